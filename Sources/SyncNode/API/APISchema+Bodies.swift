import SyncProtocol
import TicketModel

// What requests carry.
extension APISchema {
    static let bodies: [(name: String, schema: APISchema)] = [
        (
            "RegistrationBody",
            .object([("fields", .reference("RegistrationFields"))], required: ["fields"])
        ),
        ("LinkedBody", .object([("fields", .reference("RegistrationFields"))])),
        ("RegistrationFields", fields(Registration.enterable)),
        (
            "AmendBody",
            .object(
                [
                    ("fields", fields(FieldTable.all.filter { $0.source == .person })),
                    ("reason", .choice(Enumeration.correctionReason.codes)),
                ], required: ["fields"])
        ),
        // Parameters and fields of an act by their names; which ones it takes is in the list of acts.
        ("ActBody", .object([("fields", .map(.any))])),
        ("FieldsBody", .object([("fields", fields(FieldTable.all.filter { $0.source == .person }))])),
        (
            "DispatchBody",
            .object(
                [
                    ("to", .reference("NodeID")),
                    ("fields", fields(FieldTable.all.filter { $0.source == .person })),
                ], required: ["to"])
        ),
        (
            "WidenBody",
            .object(
                [("to", .choice(["casework", "full"])), ("reason", .choice(Enumeration.wideningReason.codes))],
                required: ["to", "reason"])
        ),
        ("SearchBody", APIRoute.searchBody),
        ("NoteBody", .object([("text", .string(bytesMax: Limits.valueBytesMax))], required: ["text"])),
        (
            "ResolveBody",
            .object(
                [
                    ("field", .choice(FieldTable.all.filter { $0.merge == .free }.map(\.name))),
                    ("value", .string(bytesMax: Limits.valueBytesMax)),
                    (
                        "new",
                        .described(
                            .boolean,
                            Wording("填 true 才可用并存值以外的新值", "true allows a value that is none of those side by side"))
                    ),
                ],
                required: ["field", "value"])
        ),
        ("ReasonBody", .object([("reason", .choice(Enumeration.declineReason.codes))], required: ["reason"])),
        (
            "ReturnBody",
            .object(
                [("missing", .array(.choice(FieldTable.all.map(\.name)), countMax: CodeSet.membersMax))],
                required: ["missing"])
        ),
        (
            "RehearsalBody",
            .object(
                [
                    ("content", .string(bytesMax: ReferenceItem.contentBytesMax)), ("since", .string(bytesMax: 16)),
                    ("until", .string(bytesMax: 16)),
                ], required: ["content"])
        ),
        (
            "SupervisionBody",
            .object(
                [
                    ("tickets", .array(.string(bytesMax: 64), countMax: SupervisionOrder.ticketsMax)),
                    ("answer_by", .string(bytesMax: 40)), ("reason", .choice(Enumeration.supervisionReason.codes)),
                    ("to", .reference("NodeID")),
                ], required: ["tickets", "answer_by"])
        ),
        ("NothingBody", .object([])),
        ("NodeID", .string(pattern: "^[a-z0-9][a-z0-9-]{0,31}$")),
    ]

    /// An object of fields by name.
    private static func fields(_ definitions: [FieldDefinition]) -> APISchema {
        .object(definitions.map { ($0.name, .described(.nullable(value(of: $0.type)), Wording($0.label))) })
    }

    /// What may be given for a field.
    private static func value(of type: FieldType) -> APISchema {
        switch type {
        case .code(let list): list.isOpen ? .string(bytesMax: Code.bytesMax) : .choice(list.codes)
        case .codeSet(let list):
            .anyOf([.string(), .array(list.isOpen ? .string() : .choice(list.codes), countMax: CodeSet.membersMax)])
        case .fieldNames, .nodeSet: .anyOf([.string(), .array(.string(), countMax: CodeSet.membersMax)])
        case .text(let bytesMax): .string(bytesMax: bytesMax)
        case .instant: .anyOf([.described(.string(), Wording("日期或时间", "yyyy-mm-dd, optionally hh:mm")), .integer()])
        case .date: .string(pattern: "^[0-9]{4}-[0-9]{2}-[0-9]{2}$")
        case .integer(let range): .integer(Int(range.lowerBound)...Int(range.upperBound))
        case .flag: .boolean
        case .money: .string(pattern: "^[0-9]{1,12}(\\.[0-9]{1,2})?$")
        default: .string(bytesMax: type.bytesMax)
        }
    }
}
