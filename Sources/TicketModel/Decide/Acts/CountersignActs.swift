import SyncProtocol

/// The second person's own act. Append-only, without custody: it can be done where the ticket is only held.
enum CountersignActs {
    static let all: [ActDefinition] = [countersign]

    static let countersign = ActDefinition(
        .countersign, roles: CountersignMatter.signers,
        [
            ActParameter("matter", "会签事项", "matter", .code(.countersignMatter)),
            ActParameter("amount", "金额上限", "largest amount", .money, required: false),
            ActParameter(
                "instead", "变更后的被投诉人(空为删除)", "person complained about from now on; none to remove",
                FieldTable.known(TicketField.targetPerson).type, required: false),
        ], needsOpen: false
    ) { (draft, input) throws(Refusal) in
        guard let matter = CountersignMatter(rawValue: input.known("matter")) else {
            preconditionFailure("the list of matters is not the list of its codes")
        }
        try draft.countersign(matter, upTo: input.integer("amount"), instead: input.text("instead"))
    }
}
