import SyncProtocol

// What a person types into a core record goes to head office whatever the ticket: it names what is known here (a post of
// the register, a department, a unit of the bank), or it is a code without a long number. A name with a telephone number
// passes for none of these.
extension Draft {
    /// The value that a person's text means for a field; what goes into core records is known here.
    func value(of definition: FieldDefinition, from text: String) throws(FieldProblem) -> Value {
        let value = try definition.value(from: text)
        if definition.part == .core, let problem = unknown(value, definition) {
            throw FieldProblem(definition.name, definition.label, problem)
        }
        return value
    }

    private func unknown(_ value: Value, _ definition: FieldDefinition) -> ValueProblem? {
        guard definition.id != TicketField.leadDepartment else {
            guard case .text(let department) = value, !people.hasDepartment(department) else { return nil }
            return .unknownDepartment
        }
        return unknown(value, definition.type)
    }

    /// Why a value that stands for something names nothing that is known here; nil where it does.
    func unknown(_ value: Value, _ type: FieldType) -> ValueProblem? {
        guard case .text(let text) = value else { return nil }
        switch type {
        case .post: return isKnown(post: text) ? nil : .unknownPost
        case .org: return isKnown(org: text) ? nil : .unknownOrg
        case .nodeSet:
            guard people.hasTree else { return longNumber(text) }
            let nodes = CodeSet.members(text).compactMap { NodeID($0) }
            return nodes.allSatisfy(people.contains) ? nil : .unknownNode
        case .unit:
            guard let unit = UnitRef(text), let department = unit.department else { return longNumber(text) }
            return people.hasDepartment(department, at: unit.node) ? longNumber(text) : .unknownDepartment
        case .code, .codeSet, .reference: return longNumber(text)
        default: return nil
        }
    }

    /// The post that acts names itself. Without a register nobody else can be named.
    private func isKnown(post: String) -> Bool { people.seat(post) != nil || post == actor.post }

    private func isKnown(org: String) -> Bool {
        people.hasTree ? people.orgs.contains(org) : longNumber(org) == nil
    }

    private func longNumber(_ text: String) -> ValueProblem? {
        CoreLint(orgs: people.orgs).hasLongNumber(text.utf8.span) ? .longNumber : nil
    }

    /// What is wrong with the words of the command whatever state the ticket is in: names that no field has, values that
    /// are none, or that name what is not known here. They are said before anything else, so that a slip of the finger is
    /// not answered with "not now". An amendment depends on no state and looks at its fields itself.
    func malformed(_ command: TicketCommand) -> [FieldProblem] {
        guard case .perform(let act, let given) = command, let definition = ActCatalogue.definition(act) else {
            return []
        }
        var problems: [FieldProblem] = []
        let input = ActInput(definition, given, &problems)
        problems.removeAll { $0.rule == .mandatory }
        problems += unknown(input, definition)
        for (definition, text) in Draft.known(input.fields, &problems) where !AsciiText.isBlank(text) {
            do {
                for member in Draft.members(text, of: definition) { _ = try value(of: definition, from: member) }
            } catch {
                problems.append(error)
            }
        }
        return problems
    }

    /// Parameters that name nothing known: what they say goes into core records.
    private func unknown(_ input: ActInput, _ definition: ActDefinition) -> [FieldProblem] {
        definition.parameters.compactMap { parameter in
            guard let text = input.text(parameter.name), let problem = unknown(.text(text), parameter.type) else {
                return nil
            }
            return .malformed(parameter, problem)
        }
    }
}
