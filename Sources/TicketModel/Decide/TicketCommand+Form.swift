extension TicketCommand {
    /// What is wrong with the words of the command whatever state the ticket is in: names that no field has, values that
    /// are none. They are said before anything else, so that a slip of the finger is not answered with "not now". An
    /// amendment depends on no state and looks at its fields itself.
    var malformed: [FieldProblem] {
        guard case .perform(let act, let given) = self, let definition = ActCatalogue.definition(act) else { return [] }
        var problems: [FieldProblem] = []
        let fields = ActInput(definition, given, &problems).fields
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
