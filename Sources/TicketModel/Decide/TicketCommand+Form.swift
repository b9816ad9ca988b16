extension TicketCommand {
    /// What is wrong with the words of the command whatever state the ticket is in: names that no field has, values that
    /// are none. They are said before anything else, so that a slip of the finger is not answered with "not now". An
    /// amendment depends on no state and looks at its fields itself.
    var malformed: [FieldProblem] {
        var problems: [FieldProblem] = []
        var fields: [String: String]
        switch self {
        case .perform(let act, let given):
            guard let definition = ActCatalogue.definition(act) else { return [] }
            fields = ActInput(definition, given, &problems).fields
        case .answerOnSpot(let given), .dispatch(_, let given), .feedBack(let given), .reply(let given),
            .close(let given):
            fields = given
        default: fields = [:]
        }
        problems.removeAll { $0.rule == .mandatory }
        for (definition, text) in Draft.known(fields, &problems) where !AsciiText.isBlank(text) {
            do {
                for member in Draft.members(text, of: definition) { _ = try definition.value(from: member) }
            } catch {
                problems.append(error)
            }
        }
        return problems
    }
}
