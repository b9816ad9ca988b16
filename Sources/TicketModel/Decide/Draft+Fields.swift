import SyncProtocol

// Taking over what a person wrote into fields. All problems are collected, so that one answer names all of them.
extension Draft {
    /// Sets the given fields of an act's form and checks what the form needs. Blank texts count as not given.
    mutating func fill(_ form: ActForm, _ given: [String: String]) -> [FieldProblem] {
        var problems = take(given, allowed: Set(form.fields))
        let broken = Set(problems.map(\.field))
        for group in form.needs where !group.contains(where: { value($0) != nil }) {
            let names = group.map { FieldTable.known($0) }
            guard let first = names.first, !names.contains(where: { broken.contains($0.name) }) else { continue }
            problems.append(.mandatory(first, alternatives: Array(names.dropFirst())))
        }
        return problems
    }

    /// Sets the given fields where they are allowed; returns what is wrong with them.
    mutating func take(_ given: [String: String], allowed: Set<FieldID>) -> [FieldProblem] {
        var problems: [FieldProblem] = []
        for (definition, text) in Draft.known(given, &problems) where !AsciiText.isBlank(text) {
            guard allowed.contains(definition.id) else {
                problems.append(.notEnterable(definition))
                continue
            }
            do {
                for member in Draft.members(text, of: definition) {
                    set(definition.id, try value(of: definition, from: member))
                }
            } catch {
                problems.append(error)
            }
        }
        return problems
    }

    /// Links are given several at once, divided by commas; any other text is one value.
    static func members(_ text: String, of definition: FieldDefinition) -> [String] {
        if case .link = definition.type { CodeSet.members(text) } else { [text] }
    }

    /// The given fields that exist, in the order of the table; the others become problems.
    static func known(_ given: [String: String], _ problems: inout [FieldProblem]) -> [(FieldDefinition, String)] {
        var found: [(FieldDefinition, String)] = []
        for (name, text) in given.sorted(by: { $0.key < $1.key }) {
            if let definition = FieldTable.definition(named: name) {
                found.append((definition, text))
            } else {
                problems.append(.unknownField(name))
            }
        }
        return found.sorted { $0.0.id < $1.0.id }
    }

    func refuse(_ rule: String, _ problems: [FieldProblem]) throws(Refusal) {
        guard problems.isEmpty else { throw Refusals.invalidFields(rule, problems) }
    }
}
