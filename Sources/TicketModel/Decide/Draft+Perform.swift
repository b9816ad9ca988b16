import SyncProtocol

// The engine of acts that are data: state, role, tier, custody, what was given, then the act's own body.
extension Draft {
    mutating func perform(_ act: TicketAct, _ given: [String: String]) throws(Refusal) {
        guard let definition = ActCatalogue.definition(act) else { throw Refusals.unknownAct(act) }
        var problems: [FieldProblem] = []
        let input = ActInput(definition, given, &problems)
        guard !definition.isSelfContained else {
            if definition.form == nil { problems += unexpected(input.fields) }
            try refuse(definition.rule, problems)
            return try definition.carryOut(&self, input)
        }
        if definition.lines.isEmpty {
            try checkRole(definition)
        } else {
            try walk(definition.lines)
        }
        if definition.custody == .lead { try claimCustody(definition.rule) }
        if let form = definition.form {
            problems += fill(form, input.fields)
        } else {
            problems += unexpected(input.fields)
        }
        try refuse(definition.rule, problems)
        try definition.carryOut(&self, input)
    }

    private func checkRole(_ definition: ActDefinition) throws(Refusal) {
        guard definition.tiers.contains(actor.tier) else {
            throw Refusals.tierMayNot(definition.rule, definition.act, tiers: definition.tiers, who: definition.roles)
        }
        try checkRole(definition.roles, definition.rule, definition.act)
        guard !definition.needsOpen || ticket.state?.isOpen ?? true else { throw Refusals.ended(definition.rule) }
    }

    func checkRole(_ roles: [Role], _ rule: String, _ act: TicketAct) throws(Refusal) {
        guard roles.contains(where: { $0.rawValue == actor.role }) else {
            throw Refusals.roleMayNot(rule, act, who: roles)
        }
    }

    /// Fields that were given with an act that takes none.
    private func unexpected(_ fields: [String: String]) -> [FieldProblem] {
        fields.keys.sorted().map { name in
            FieldTable.definition(named: name).map(FieldProblem.notEnterable) ?? .unknownField(name)
        }
    }

    /// Refuses by a guard, or notes that it was looked at and let the act pass.
    mutating func ensure(_ rule: Guard, _ holds: Bool) throws(Refusal) {
        guard holds else { throw rule.refusal }
        guards.append(rule)
    }

    /// Adds a member to a growing set of entries.
    mutating func add(_ field: FieldID, _ shape: EntryShape, _ values: [String: String?]) {
        set(field, Entry(shape, values).text)
    }

    /// The instant of the act, as entries write it.
    var now: String { String(at) }

    /// `node.milliseconds`, moved on where the node used that instant already: names a request, promise or order.
    func freshKey(in field: FieldID) -> String {
        let used = (ticket.fields[field] ?? []).compactMap { value -> String? in
            guard case .text(let text) = value else { return nil }
            return text.utf8.split(separator: 0x40).first.map { String(Substring($0)) }
        }
        var instant = at
        while used.contains(EntryKey.text(actor.node, at: instant)) { instant += 1 }
        return EntryKey.text(actor.node, at: instant)
    }
}
