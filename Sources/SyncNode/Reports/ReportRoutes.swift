import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// Boards, reports and alerts: derived from what is here, written nowhere.
extension APIRoute {
    static let reports = [board, report]

    private static let board = APIRoute(
        method: .get, path: "/api/v1/board", operation: "getBoard",
        summary: Wording("看板:各状态件数、最急的工单、相邻节点", "The desk at a glance: columns, what presses most, neighbours"),
        parameters: actorHeaders + [
            Parameter(
                name: "limit", place: .query, summary: Wording("工单行数", "rows of tickets"),
                schema: .integer(1...WorklistQuery.rowsMax))
        ],
        answers: [Answer(status: 200, summary: Wording("看板", "the board"), schema: "Board")],
        handler: .worker { call in
            let parameters = try ReportParameters(call.request.target.query, allowed: ["limit"])
            let board = try Board.take(
                call.runtime, rows: parameters.limit ?? 50, listed: try ListedTickets(call))
            return .json { board.write(to: &$0, call.runtime) }
        })

    private static let report = APIRoute(
        method: .get, path: "/api/v1/reports/{name}", operation: "getReport",
        summary: Wording("报表:\(ReportName.list)", "A report: \(ReportName.list)"),
        parameters: actorHeaders + ReportParameters.described,
        answers: [Answer(status: 200, summary: Wording("报表", "the report"), schema: "Report")],
        problems: [404],
        handler: .worker { call in
            guard let name = call.values["name"].flatMap(ReportName.init(rawValue:)) else {
                throw APIProblem(
                    404, "report.not-found", Wording("没有这个报表", "There is no such report."),
                    hint: Wording("可用:\(ReportName.list)", "One of: \(ReportName.list)."))
            }
            let parameters = try ReportParameters(call.request.target.query, allowed: name.parameters)
            return try name.take(call.runtime, parameters, try ListedTickets(call))
        })
}

/// The reports of the one family, by their addresses.
enum ReportName: String, CaseIterable {
    case today
    case day
    case indicators
    case unresolvable
    case supervision
    case alerts

    static let list = allCases.map(\.rawValue).joined(separator: ", ")

    /// The parameters that it takes.
    var parameters: [String] {
        switch self {
        case .today: []
        case .day: ["date"]
        case .indicators: ["period", "date", "by", "rows", "customers", "calls", "calls_answered"]
        case .unresolvable, .supervision: ["limit"]
        case .alerts: ["date"]
        }
    }

    /// - Parameter listed: which tickets may be named, and which no figure counts.
    func take(
        _ runtime: NodeRuntime, _ parameters: ReportParameters, _ listed: ListedTickets
    ) throws -> HTTPResponse {
        let zone = try runtime.store.rules().zone
        switch self {
        case .today:
            let report = try TodayReport.take(runtime, zone, listed)
            return .json { report.write(to: &$0, runtime) }
        case .day:
            let date = try parameters.recentDate(in: zone, now: runtime.store.wallMilliseconds())
            let report = try DayReport.take(runtime, zone, date: date, listed)
            return .json { report.write(to: &$0, runtime) }
        case .indicators:
            let report = try IndicatorReport.take(runtime, zone, parameters, listed)
            return .json { report.write(to: &$0, runtime) }
        case .unresolvable:
            let report = try UnresolvableReport.take(runtime, rowsMax: parameters.limit ?? 200, listed: listed)
            return .json { report.write(to: &$0, runtime) }
        case .supervision:
            let report = try SupervisionReport.take(runtime, rowsMax: parameters.limit ?? 200, listed: listed)
            return .json { report.write(to: &$0, runtime) }
        case .alerts:
            let report = try AlertReport.take(runtime, zone, date: try parameters.date(in: zone), listed: listed)
            return .json { report.write(to: &$0, runtime) }
        }
    }
}

extension JSONWriter {
    /// What every report begins with.
    mutating func reportHead(_ name: ReportName, _ runtime: NodeRuntime, at: Int64) {
        member("report", name.rawValue)
        member("node", runtime.node.id.text)
        member("tier", runtime.node.tier.roleName)
        member("at", at)
    }
}
