import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// The acts on a ticket that exists: one address each, one shape of body each.
extension APIRoute {
    static let acts: [APIRoute] = [
        act("submit", "submitTicket", Wording("提交上级", "Hand the ticket to the node above")) { _ in .submitUp },
        act(
            "dispatch", "dispatchTicket", Wording("派单", "Dispatch to a unit"), body: "DispatchBody"
        ) { call in
            try RequestBody.read(call) { fields, mistakes in
                let node = fields.node("to", &mistakes)
                let given = fields.ticketFields(&mistakes)
                return node.map { .dispatch(to: $0, fields: given) }
            }
        },
        act("take", "takeTicket", Wording("接收", "Take what is offered to this node")) { _ in .take },
        act(
            "feedback", "feedBackTicket", Wording("反馈处理结果", "Feed the result back"), body: "FieldsBody"
        ) { .feedBack(fields: try fields($0)) },
        act(
            "reply", "replyTicket", Wording("答复客户", "Answer the customer"), body: "FieldsBody"
        ) { .reply(fields: try fields($0)) },
        act(
            "answer", "answerTicketOnSpot", Wording("现场答复", "Answer at the place of intake"), body: "FieldsBody"
        ) { .answerOnSpot(fields: try fields($0)) },
        act(
            "close", "closeTicket", Wording("回访结案", "Follow up and close"), body: "FieldsBody"
        ) { .close(fields: try fields($0)) },
        act(
            "widen", "widenTicket", Wording("扩大知悉范围", "Let head office see more"), body: "WidenBody"
        ) { call in
            try RequestBody.read(call) { fields, mistakes in
                let level = fields.level("to", &mistakes)
                let reason = fields.text("reason", bytesMax: Code.bytesMax, &mistakes)
                return level.flatMap { level in reason.map { .widen(to: level, reason: $0) } }
            }
        },
        act("note", "noteTicket", Wording("加备注", "Add a note"), body: "NoteBody") { call in
            try RequestBody.read(call) { fields, mistakes in
                fields.text("text", bytesMax: Limits.valueBytesMax, &mistakes).map { .note($0) }
            }
        },
        act(
            "resolve", "resolveConflict", Wording("裁定冲突值", "Choose one of several values"), body: "ResolveBody"
        ) { call in
            try RequestBody.read(call) { fields, mistakes in
                let name = fields.text("field", bytesMax: Code.bytesMax, &mistakes)
                let value = fields.text("value", bytesMax: Limits.valueBytesMax, &mistakes)
                let isNew = fields.optionalFlag("new", &mistakes) ?? false
                return name.flatMap { name in value.map { .resolve(field: name, value: $0, isNew: isNew) } }
            }
        },
        act("recall", "recallOffer", Wording("收回交接", "Take an offer back")) { _ in .recall },
        act("decline", "declineOffer", Wording("退回交接", "Give an offer back"), body: "ReasonBody") { call in
            try RequestBody.read(call) { fields, mistakes in
                fields.text("reason", bytesMax: Code.bytesMax, &mistakes).map { .decline(reason: $0) }
            }
        },
        act(
            "return", "returnForCompletion", Wording("退回补充", "Give back for completion"), body: "ReturnBody"
        ) { call in
            try RequestBody.read(call) { fields, mistakes in
                guard let items = fields.list("missing", countMax: CodeSet.membersMax, &mistakes) else { return nil }
                let names = items.compactMap { $0.text(bytesMax: Code.bytesMax, &mistakes) }
                return .returnForCompletion(missing: names)
            }
        },
    ]

    static let amend = APIRoute(
        method: .patch, path: "/api/v1/tickets/{ref}", operation: "amendTicket",
        summary: Wording("修改工单", "Change values of a ticket"),
        parameters: actorHeaders + [
            idempotencyKey,
            Parameter(
                name: "If-Match", place: .header,
                summary: Wording("读取时的 ETag;防止覆盖他人修改", "the ETag that was read, so that nobody's change is lost"),
                schema: .string(pattern: EntityTag.onePattern), isRequired: true, example: EntityTag.example),
        ],
        body: Body(schema: "AmendBody", isRequired: true, bytesMax: bodyBytesMax),
        answers: [Answer(status: 200, summary: Wording("已修改", "changed"), schema: "Receipt")],
        problems: [403, 404, 409, 412, 415, 422, 428, 507],
        handler: .deferred { call, reply in
            guard let version = try ifMatch(call) else { throw APIProblem.versionRequired }
            let command: TicketCommand = try RequestBody.read(call) { fields, mistakes in
                guard fields.required("fields", &mistakes) != nil else { return nil }
                let given = fields.ticketFields(&mistakes)
                let reason = fields.optionalText("reason", bytesMax: Code.bytesMax, &mistakes)
                return .amend(fields: given, reason: reason)
            }
            try Commands.run(command, call, reply, ifVersion: version == "*" ? nil : version)
        })

    /// Bodies of acts: words, no files.
    static let bodyBytesMax = 512 * 1024

    static let actorHeaders = [
        Parameter(
            name: "X-Post", place: .header,
            summary: Wording("办理岗位;缺省为本机构该角色的岗位", "the post that acts; by default the unit's post of that role"),
            schema: .string(pattern: "^[A-Za-z0-9._-]{1,48}$")),
        Parameter(
            name: "X-Role", place: .header,
            summary: Wording("角色;缺省为通常办理者", "the role; by default who usually does this"),
            schema: .choice(Enumeration.role.codes)),
        Parameter(
            name: "X-On-Behalf-Of", place: .header,
            summary: Wording("代理:缺勤岗位的代码,X-Post 为代理人岗位", "the empty post for which X-Post, its deputy, stands in"),
            schema: .string(pattern: "^[A-Za-z0-9._-]{1,48}$")),
    ]

    /// Who reads, and why: kept with the reading.
    static let readerHeaders =
        actorHeaders + [
            Parameter(
                name: "X-Purpose", place: .header,
                summary: Wording("查阅目的代码,随查阅记录保存", "why it is read: a code that is kept with the reading"),
                schema: .string(pattern: "^[a-z0-9][a-z0-9._-]{0,47}$"), example: "audit-2026")
        ]

    /// Every request that changes something takes one.
    static let idempotencyKey = Parameter(
        name: "Idempotency-Key", place: .header,
        summary: Wording(
            "重发同一请求用同一键:只办理一次,答复同前;同键另一请求答 422",
            "send a request again under the same key: it is done once and answered as before; another request under it: 422"
        ),
        schema: .string(pattern: "^[!-~]{1,128}$"))

    private static func act(
        _ name: String, _ operation: String, _ summary: Wording, body schema: String? = nil,
        _ command: @escaping @Sendable (APICall) throws -> TicketCommand
    ) -> APIRoute {
        APIRoute(
            method: .post, path: "/api/v1/tickets/{ref}/\(name)", operation: operation, summary: summary,
            parameters: actorHeaders + [
                idempotencyKey,
                Parameter(
                    name: "If-Match", place: .header,
                    summary: Wording("读取时的 ETag", "the ETag that was read; refused where the ticket changed since"),
                    schema: .string(pattern: EntityTag.onePattern), example: EntityTag.example),
            ],
            body: Body(schema: schema ?? "NothingBody", isRequired: schema != nil, bytesMax: bodyBytesMax),
            answers: [Answer(status: 200, summary: Wording("已办理", "done"), schema: "Receipt")],
            problems: [403, 404, 409, 412, 415, 422, 507],
            handler: .deferred { call, reply in
                let version = try ifMatch(call)
                let command = try command(call)
                if schema == nil { try RequestBody.read(call, isRequired: false) { _, _ in () } }
                try Commands.run(command, call, reply, ifVersion: version == "*" ? nil : version)
            })
    }

    private static func fields(_ call: APICall) throws -> [String: String] {
        try RequestBody.read(call) { fields, mistakes in fields.ticketFields(&mistakes) }
    }

    /// The version of `If-Match`; `*` where any will do; nil where the header is not there.
    static func ifMatch(_ call: APICall) throws -> String? {
        guard let header = try call.header("If-Match") else { return nil }
        guard let tags = EntityTag.list(header), tags.count == 1, let (tag, isWeak) = tags.first else {
            throw APIProblem.badHeader(
                "If-Match", Wording("须为一个带引号的 ETag", "It must be one entity tag in quotes."),
                hint: Wording("原样送回读取时的 ETag", "Send the ETag back as it was read."))
        }
        // A weak tag never matches strongly (RFC 9110 §13.1.1).
        guard !isWeak else { throw StoreError.changedMeanwhile }
        return tag == "*" ? tag : EntityTag.version(of: tag)
    }
}

extension ObjectFields {
    /// The name of a node.
    fileprivate mutating func node(_ name: String, _ mistakes: inout MistakeList) -> NodeID? {
        guard required(name, &mistakes) != nil else { return nil }
        return optionalNode(name, &mistakes)
    }

    /// The id of a node, where one is given.
    mutating func optionalNode(_ name: String, _ mistakes: inout MistakeList) -> NodeID? {
        guard let field = optional(name), let text = field.text(bytesMax: Limits.nodeIDBytesMax, &mistakes) else {
            return nil
        }
        guard let node = NodeID(text) else {
            mistakes.add("not-a-node", at: field, "this is no node id", hint: "lower-case letters, digits and hyphens")
            return nil
        }
        return node
    }

    /// A level of disclosure.
    fileprivate mutating func level(_ name: String, _ mistakes: inout MistakeList) -> Disclosure? {
        guard let field = required(name, &mistakes), let text = field.text(bytesMax: Code.bytesMax, &mistakes) else {
            return nil
        }
        guard let level = Disclosure(code: text), level > .core else {
            mistakes.add("not-a-level", at: field, "this is no level", hint: "casework or full")
            return nil
        }
        return level
    }
}

extension Disclosure {
    /// As the interface writes it.
    var code: String {
        switch self {
        case .nothing: "nothing"
        case .core: "core"
        case .casework: "casework"
        case .full: "full"
        }
    }

    init?(code: String) {
        guard let level = Disclosure.allCases.first(where: { $0.code == code }) else { return nil }
        self = level
    }
}

extension Part {
    /// As the interface writes it.
    var code: String {
        switch self {
        case .core: "core"
        case .casework: "casework"
        case .personal: "personal"
        }
    }
}
