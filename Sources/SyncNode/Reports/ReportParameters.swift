import HTTPTransport
import TicketModel
import TicketStore

/// The query of a board or report. What a report does not take is refused by name.
struct ReportParameters {
    private(set) var limit: Int?
    private(set) var period: ReportPeriod.Kind?
    private(set) var by: Dimension?
    /// The id of the figure whose rows are wanted.
    private(set) var rows: Indicator?
    private(set) var customers: Int64?
    private(set) var calls: Int64?
    private(set) var callsAnswered: Int64?
    private var dateText: String?

    private static let outsideMax = 10_000_000_000
    /// How far back a day may lie whose acts are walked over, and how many days a rehearsal may span: a year and a month.
    static let reportDaysMax = 400

    init(_ items: [HTTPQueryItem], allowed: [String]) throws {
        for item in items {
            guard allowed.contains(item.name) else { throw APIProblem.unknownParameter(item.name, known: allowed) }
            switch item.name {
            case "limit": limit = Int(try Self.number(item, 1...WorklistQuery.rowsMax))
            case "period": period = try Self.choice(item, ReportPeriod.Kind.allCases)
            case "by": by = try Self.choice(item, Dimension.allCases)
            case "rows": rows = try Self.indicator(item)
            case "customers": customers = try Self.number(item, 1...Self.outsideMax)
            case "calls": calls = try Self.number(item, 1...Self.outsideMax)
            case "calls_answered": callsAnswered = try Self.number(item, 0...Self.outsideMax)
            default: dateText = item.value
            }
        }
        if let calls, let callsAnswered, callsAnswered > calls {
            throw APIProblem.badParameter(
                "calls_answered", "contradiction", Wording("多于来电总数", "There are more than calls."),
                hint: Wording("不超过 calls", "Keep it to calls at most."))
        }
    }

    /// An instant of the day that is asked for; nil where none is.
    func date(in zone: BankZone) throws -> Int64? {
        guard let dateText else { return nil }
        guard let date = CivilTime.date(from: dateText), date.text == dateText, date.year >= 1970
        else {
            throw APIProblem.badParameter(
                "date", "not-a-date", Wording("不是日期", "It is no date."),
                hint: Wording("例如 date=2026-11-16", "For example date=2026-11-16."))
        }
        return zone.noon(of: date)
    }

    /// The same for a report that walks back from now to the day.
    ///
    /// - Parameter now: milliseconds since 1970 UTC.
    func recentDate(in zone: BankZone, now: Int64) throws -> Int64? {
        guard let date = try date(in: zone) else { return nil }
        guard now - date <= Int64(Self.reportDaysMax) * 86_400_000 else {
            throw APIProblem.badParameter(
                "date", "out-of-range",
                Wording("早于 \(Self.reportDaysMax) 天前", "It lies more than \(Self.reportDaysMax) days back."),
                hint: Wording(
                    "更早的用 report indicators --period month --date",
                    "Use report indicators --period month for older days."))
        }
        return date
    }

    private static func number(_ item: HTTPQueryItem, _ range: ClosedRange<Int>) throws -> Int64 {
        guard let number = Int(item.value), range.contains(number) else {
            throw APIProblem.badParameter(
                item.name, "out-of-range",
                Wording(
                    "不是 \(range.lowerBound) 到 \(range.upperBound) 的整数",
                    "It is no number from \(range.lowerBound) to \(range.upperBound)."),
                hint: Wording(
                    "例如 \(item.name)=\(max(range.lowerBound, 20))",
                    "For example \(item.name)=\(max(range.lowerBound, 20))."))
        }
        return Int64(number)
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ item: HTTPQueryItem, _ choices: [Choice]
    ) throws -> Choice {
        if let choice = Choice(rawValue: item.value) { return choice }
        let names = choices.map(\.rawValue).joined(separator: ", ")
        throw APIProblem.badParameter(
            item.name, "unknown-value", Wording("没有这个取值", "There is no such value."),
            hint: Wording("可用:\(names)", "One of: \(names)."))
    }

    private static func indicator(_ item: HTTPQueryItem) throws -> Indicator {
        if let indicator = Indicator.named(item.value) { return indicator }
        let names = Indicator.all.map(\.id).joined(separator: ", ")
        throw APIProblem.badParameter(
            item.name, "unknown-value", Wording("没有这个指标", "There is no such figure."),
            hint: Wording("可用:\(names)", "One of: \(names)."))
    }

    static let described: [APIRoute.Parameter] = [
        parameter("limit", "行数", "rows", .integer(1...WorklistQuery.rowsMax)),
        parameter("period", "周期", "the period", .choice(ReportPeriod.Kind.allCases.map(\.rawValue))),
        parameter(
            "date", "周期内的任一天,缺省今天", "a day of the period; by default today",
            .string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")),
        parameter("by", "细分", "break down by", .choice(Dimension.allCases.map(\.rawValue))),
        parameter("rows", "列出该指标的明细", "list the rows behind this figure", .choice(Indicator.all.map(\.id))),
        parameter("customers", "使用该业务的客户数(外部)", "customers using the business, from outside", .integer(1...outsideMax)),
        parameter("calls", "人工请求呼叫量(外部)", "calls asking for a person, from outside", .integer(1...outsideMax)),
        parameter(
            "calls_answered", "15 秒内人工应答量(外部)", "of these answered within 15 s", .integer(0...outsideMax)),
    ]

    private static func parameter(
        _ name: String, _ chinese: String, _ english: String, _ schema: APISchema
    ) -> APIRoute.Parameter {
        APIRoute.Parameter(name: name, place: .query, summary: Wording(chinese, english), schema: schema)
    }
}
