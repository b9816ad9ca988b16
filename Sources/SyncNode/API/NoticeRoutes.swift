import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// The outbox of notices: what waits, what left, what could not.
extension APIRoute {
    static let notices = [noticeList, noticeRetry]

    /// Notices of one answer where the request does not say.
    private static let noticeRowsUsual = 100

    private static let noticeList = APIRoute(
        method: .get, path: "/api/v1/notices", operation: "listNotices",
        summary: Wording("通知发件箱", "The outbox of notices of this node, newest first"),
        parameters: actorHeaders + [
            Parameter(
                name: "state", place: .query,
                summary: Wording("只看这些状态,逗号分隔", "only these states, separated by commas"),
                schema: .string(pattern: "^(\(stateNames))(,(\(stateNames)))*$"), example: "waiting,unverified"),
            Parameter(
                name: "limit", place: .query, summary: Wording("最多条数", "rows at most"),
                schema: .integer(1...NoticeLimits.pageMax)),
        ],
        answers: [Answer(status: 200, summary: Wording("通知", "the notices"), schema: "NoticeList")],
        handler: .worker { call in
            let (states, limit) = try noticeFilter(call.request.target.query)
            let target = try ListedTickets(call).target
            let notices = try call.store.notices(states, max: limit, keptFrom: target)
            let counts = try call.store.noticeCounts(keptFrom: target)
            let sender = call.runtime.notices
            let isSuspended = try call.store.isSuspended()
            let reader = try TicketReading(listing: call)
            let rows = try notices.compactMap { notice -> NoticeJSON? in
                let detail = try call.store.ticket(.document(notice.document))
                guard reader.level(of: detail) > .nothing else { return nil }
                let hold = NoticeHold(notice, detail.view, sender.state, isSuspended: isSuspended)
                return NoticeJSON(notice, detail.view, hold, call)
            }
            return .json { writer in
                writer.object { writer in
                    writer.named("sender") { writer in
                        writer.object { writer in
                            let state = sender.state
                            writer.member("kind", orNull: sender.settings?.name)
                            writer.member("state", isSuspended ? "suspended" : state.name)
                            writer.member("error", orNull: state.error)
                            writer.member("rests_until", numberOrNull: state.restsUntil)
                        }
                    }
                    writer.named("counts") { writer in
                        writer.object { writer in
                            for state in NoticeState.allCases { writer.member(state.rawValue, counts[state] ?? 0) }
                        }
                    }
                    writer.named("notices") { writer in
                        writer.array { writer in for row in rows { row.write(to: &writer) } }
                    }
                }
            }
        })

    private static let noticeRetry = APIRoute(
        method: .post, path: "/api/v1/notices/{notice}/retry", operation: "retryNotice",
        summary: Wording("重新发送一条通知,all 为全部未发出的", "Send a notice again; `all` for whatever failed or waits"),
        parameters: actorHeaders,
        answers: [Answer(status: 200, summary: Wording("将重新发送", "will be sent again"), schema: "NoticesRetried")],
        problems: [404, 409, 507],
        handler: .worker { call in
            guard let id = call.values["notice"] else { preconditionFailure("the route has no {notice}") }
            // A gateway that is closed, or rests after a failure, is tried again at once.
            let isHeld = ["closed", "resting"].contains(call.runtime.notices.state.name)
            let target = try ListedTickets(call).target
            let count = try call.store.retryNotices(id == "all" ? nil : id, keptFrom: target)
            guard count > 0 || id == "all" else { throw noSuchNotice }
            guard count > 0 || isHeld else { throw noneWaiting }
            call.runtime.notices.resume()
            return .json { writer in writer.object { writer in writer.member("waiting", count) } }
        })

    private static let noSuchNotice = APIProblem(
        404, "notice.not-found", Wording("没有这条待发通知", "There is no such notice that could be sent again."),
        hint: Wording("清单见 /api/v1/notices;已发出的不再发", "See /api/v1/notices; one that was sent is not sent again."))

    private static let noneWaiting = APIProblem(
        409, "notice.none-waiting", Wording("没有待发或发送失败的通知", "No notice waits or has failed."),
        hint: Wording("清单见 /api/v1/notices", "See /api/v1/notices."))

    private static var stateNames: String { NoticeState.allCases.map(\.rawValue).joined(separator: "|") }

    private static func noticeFilter(_ items: [HTTPQueryItem]) throws(APIProblem) -> ([NoticeState], Int) {
        var states = NoticeState.allCases
        var limit = noticeRowsUsual
        for item in items {
            if item.name == "state" {
                let names = item.value.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
                states = names.compactMap(NoticeState.init(rawValue:))
                guard states.count == names.count else {
                    throw .badParameter(
                        "state", "unknown-code", Wording("没有这个状态", "There is no such state."),
                        hint: Wording("可用 \(stateNames)", "One or more of \(stateNames)."))
                }
            } else {
                guard let number = Int(item.value), (1...NoticeLimits.pageMax).contains(number) else {
                    throw .badParameter(
                        "limit", "out-of-range", Wording("条数超出范围", "The number is out of range."),
                        hint: Wording("1 到 \(NoticeLimits.pageMax)", "From 1 to \(NoticeLimits.pageMax)."))
                }
                limit = number
            }
        }
        return (Array(Set(states)), limit)
    }
}

/// One notice with the words that it has, so that somebody can read it out or print it. Never the number.
private struct NoticeJSON {
    let notice: Notice
    let hold: NoticeHold?
    let words: Bilingual

    init(_ notice: Notice, _ ticket: TicketView, _ hold: NoticeHold?, _ call: APICall) {
        self.notice = notice
        self.hold = hold
        let bank = call.runtime.topology.bank
        words = NoticeText.words(notice.kind, ticket, bank: Bilingual(bank.zh, bank.en))
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", notice.id)
            writer.member("ticket", orNull: notice.ticket)
            writer.member("document", notice.document.description)
            writer.member("kind", notice.kind.rawValue)
            writer.member("label", Wording(notice.kind.label))
            writer.member("to", notice.kind.isForCustomer ? "customer" : "staff")
            writer.member("roles", texts: notice.recipients)
            let state = hold == .contactChanged ? NoticeState.unverified : notice.state
            writer.member("state", state.rawValue)
            writer.member("state_label", state.wording)
            writer.member("held", orNull: hold?.rawValue)
            writer.member("held_label", hold?.wording)
            writer.member("at", notice.at)
            writer.member("next_attempt", numberOrNull: notice.state == .waiting ? notice.due : nil)
            writer.member("attempts", notice.attempts)
            writer.member("error", orNull: notice.error)
            writer.member("text", Wording(words))
        }
    }
}

/// Why a notice does not leave now, as far as it can be told without trying.
enum NoticeHold: String, CaseIterable {
    case contactNotVerified = "notice.contact-not-verified"
    case contactChanged = "notice.contact-changed"
    case noSender = "notice.no-sender"
    case suspended = "notice.suspended"
    case gatewayRests = "notice.gateway-rests"
    case gatewayClosed = "notice.gateway-closed"

    /// nil where the next round sends it, and for what has ended.
    init?(_ notice: Notice, _ ticket: TicketView, _ sender: NoticeSenderState, isSuspended: Bool) {
        guard !notice.state.isFinal else { return nil }
        if notice.kind.isForCustomer, ticket.verifiedPhone == nil {
            self = ticket.value(TicketField.contactVerifiedAt) == nil ? .contactNotVerified : .contactChanged
        } else if isSuspended {
            self = .suspended
        } else {
            switch sender.name {
            case "off": self = .noSender
            case "closed": self = .gatewayClosed
            case "resting": self = .gatewayRests
            default: return nil
            }
        }
    }

    var wording: Wording {
        switch self {
        case .contactNotVerified:
            Wording("联系方式未核实,先办 verify_contact", "the contact is not verified: verify_contact first")
        case .contactChanged:
            Wording("号码不在或核实后有变,须重新核实", "no number is here, or it was changed since it was verified: verify it again")
        case .noSender: Wording("本节点未配置发送方", "no sender is configured at this node")
        case .suspended: Wording("有两个副本,本副本暂停", "two copies are alive; this one is suspended")
        case .gatewayRests: Wording("网关未应答,稍后再试", "the gateway failed; it is tried again")
        case .gatewayClosed: Wording("网关已关闭(410),用 notices retry 重开", "the gateway is closed (410): notices retry")
        }
    }
}

extension NoticeState {
    var wording: Wording {
        switch self {
        case .waiting: Wording("待发送", "waiting")
        case .unverified: Wording("待核实联系方式", "waiting for verification")
        case .sent: Wording("已发出", "sent")
        case .failed: Wording("发送失败", "failed")
        case .expired: Wording("逾期未发", "too old")
        case .imported: Wording("导入所见,不逐件发送", "found by an import, not sent one by one")
        }
    }
}

extension APISchema {
    /// What the outbox answers.
    static let noticeAnswers: [(name: String, schema: APISchema)] = [
        (
            "NoticeList",
            all([
                (
                    "sender",
                    all([
                        ("kind", .nullable(.choice(["file", "webhook"]))),
                        ("state", .choice(["off", "working", "resting", "closed", "suspended"])),
                        ("error", .nullable(.text)), ("rests_until", .nullable(.int)),
                    ])
                ),
                ("counts", all(NoticeState.allCases.map { ($0.rawValue, .int) })),
                (
                    "notices",
                    .array(
                        all([
                            ("id", .text), ("ticket", .nullable(.text)), ("document", .text),
                            ("kind", .choice(NoticeKind.allCases.map(\.rawValue))), ("label", .reference("Label")),
                            ("to", .choice(["customer", "staff"])), ("roles", .array(.text)),
                            ("state", .choice(NoticeState.allCases.map(\.rawValue))),
                            ("state_label", .reference("Label")),
                            ("held", .nullable(.choice(NoticeHold.allCases.map(\.rawValue)))),
                            ("held_label", .nullable(.reference("Label"))), ("at", .int),
                            ("next_attempt", .nullable(.int)),
                            ("attempts", .int), ("error", .nullable(.text)), ("text", .reference("Label")),
                        ]))
                ),
            ])
        ),
        ("NoticesRetried", all([("waiting", .int)])),
    ]

    /// All members are always there; a newer node may add some.
    static func all(_ members: [(name: String, schema: APISchema)]) -> APISchema {
        .object(members, required: members.map(\.name), isOpen: true)
    }
}

extension Metrics {
    /// The outbox by state.
    mutating func add(_ counts: [NoticeState: Int], _ sender: NoticeSenderState) {
        family(
            "notices", .gauge, "Notices in the outbox by state.",
            NoticeState.allCases.map { ([("state", $0.rawValue)], Int64(counts[$0] ?? 0)) })
        gauge(
            "notices_blocked", "1 while the gateway of notices rests or is closed.",
            ["resting", "closed"].contains(sender.name) ? 1 : 0)
    }
}
