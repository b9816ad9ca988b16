import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

// Forms on paper, and whether a paper still agrees with the record.
extension APIRoute {
    static let forms = [printForm, checkForm]

    private static let printForm = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/forms/{form}", operation: "printForm",
        summary: Wording(
            "打印表单 FO-01…FO-08 或回执 receipt", "A form, FO-01 to FO-08 or receipt, as a page for the printer"),
        parameters: readerHeaders,
        answers: [
            Answer(
                status: 200, summary: Wording("网页", "the page"), schema: "PlainText", mediaType: FormPage.mediaType)
        ],
        problems: [404],
        handler: .worker { call in
            let form = try formKind(call)
            let reading = try TicketReading.detail(call).reading
            let present = try call.store.present(of: try call.ticket())
            let channels = present.view.text(TicketField.originOrg)
                .flatMap { call.runtime.topology.node(orgCode: $0) }
                .flatMap { call.store.people.channels[$0.id] }
            let filled = FilledForm(form, of: present, reading, channels)
            return FormPage(
                form: filled, code: CheckCode(filled, SHA256.function), bank: call.runtime.topology.bank,
                unit: call.runtime.node.name, at: call.store.wallMilliseconds()
            ).response
        })

    private static let checkForm = APIRoute(
        method: .get, path: "/api/v1/tickets/{ref}/forms/{form}/check", operation: "checkForm",
        summary: Wording("核对纸面校验码", "Whether a printed form still agrees with the record"),
        parameters: actorHeaders + [
            Parameter(
                name: "code", place: .query, summary: Wording("纸面上的校验码", "the check code on the paper"), schema: .text,
                isRequired: true, example: "7K2M-9QXR-4T0")
        ],
        answers: [Answer(status: 200, summary: Wording("结果", "the result"), schema: "FormCheck")],
        problems: [404],
        handler: .worker { call in
            let form = try formKind(call)
            guard let code = CheckCode(typed: call.request.target.queryValue("code") ?? "") else { throw badCode }
            let result = try check(code, form, call)
            return .json { writer in
                writer.object { writer in
                    writer.member("form", form.rawValue)
                    writer.member("result", result.name)
                    writer.member("label", result.label)
                    writer.member("since", numberOrNull: result.change?.at)
                    writer.member("act", orNull: result.change.map { TicketAct(rawValue: $0.kind).name })
                    writer.member("changes", result.changes)
                }
            }
        })

    private static func formKind(_ call: APICall) throws(APIProblem) -> FormKind {
        guard let form = FormKind(name: call.values["form"] ?? "") else {
            throw APIProblem(
                404, "form.not-found", Wording("没有这种表单", "There is no such form."),
                hint: Wording(
                    "可用 \(FormKind.allCases.map(\.rawValue).joined(separator: "、"))",
                    "One of \(FormKind.allCases.map(\.rawValue).joined(separator: ", "))."))
        }
        return form
    }

    private static let badCode = APIProblem.badParameter(
        "code", "bad-check-code", Wording("校验码抄写有误", "This is no check code; a symbol was mistyped."),
        hint: Wording("照纸面再抄一次,十一个符号", "Type it again from the paper, eleven symbols."))

    /// The present first, then the past: of a form that agreed once, the act that changed it.
    private static func check(_ code: CheckCode, _ form: FormKind, _ call: APICall) throws -> FormCheckResult {
        let reading = try TicketReading.detail(call).reading
        let ticket = try call.ticket()
        @Sendable func agrees(_ moment: TicketMoment) -> Bool {
            CheckCode(FilledForm(form, of: moment, reading), SHA256.function) == code
        }
        guard try !agrees(call.store.present(of: ticket)) else { return .same }
        let result = Locked(FormCheckResult.unknown)
        try call.store.moments(of: ticket) { moment in
            let isSame = agrees(moment)
            result.withLock { result in
                guard !isSame else { return result = .same }
                result.goOn(moment.acts.last)
            }
        }
        return result.withLock { $0 }
    }
}

/// What became of a paper's check code.
enum FormCheckResult: Sendable {
    case same
    /// The act after which the form was another, and how many acts there were since.
    case differs(since: FormAct, changes: Int)
    /// No state of the ticket that this node knows printed that code.
    case unknown

    /// After one more act the form is another.
    fileprivate mutating func goOn(_ act: FormAct?) {
        switch self {
        case .same: self = act.map { .differs(since: $0, changes: 1) } ?? .unknown
        case .differs(let since, let changes): self = .differs(since: since, changes: changes + 1)
        case .unknown: break
        }
    }

    var name: String {
        switch self {
        case .same: "same"
        case .differs: "differs"
        case .unknown: "unknown"
        }
    }

    var label: Wording {
        switch self {
        case .same: Wording("一致", "the paper agrees with the record")
        case .differs: Wording("打印后记录已变更", "the record has changed since it was printed")
        case .unknown:
            Wording("本节点查无此码", "no state of this ticket that is known here printed that code")
        }
    }

    var change: FormAct? { if case .differs(let act, _) = self { act } else { nil } }
    var changes: Int { if case .differs(_, let count) = self { count } else { 0 } }
}

extension FilledForm {
    fileprivate init(
        _ form: FormKind, of moment: TicketMoment, _ reading: Disclosure, _ channels: PublishedChannels? = nil
    ) {
        self.init(
            form, of: moment.view, acts: moment.acts, isAwaitingBodies: moment.isAwaitingBodies,
            reading: reading, channels: channels)
    }
}

extension APISchema {
    /// What the routes of forms answer.
    static let formAnswers: [(name: String, schema: APISchema)] = [
        (
            "FormCheck",
            all([
                ("form", .choice(FormKind.allCases.map(\.rawValue))),
                ("result", .choice(["same", "differs", "unknown"])),
                ("label", .reference("Label")), ("since", .nullable(.int)), ("act", .nullable(.text)),
                ("changes", .int),
            ])
        )
    ]
}
