import SyncProtocol
import TicketModel

/// Reads the policies of a pack one by one.
struct PolicyReader {
    var reading = ReferenceReading()

    mutating func policy(_ field: JSONField) -> Policy? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let id = reading.code("id", in: &fields)
        let name = reading.bilingual("name", in: &fields)
        let family = fields.optional("family").flatMap { reading.code($0) }
        let stage = fields.optional("stage").flatMap { reading.code($0) }
        let applies = condition("when", in: &fields)
        let starts = triggers("start", in: &fields)
        let startsFrom = fields.optional("from").flatMap { instantField($0) }
        let stops = triggers("stop", in: &fields)
        let limit = limit(in: &fields)
        let warns = warns(in: &fields)
        let warned = reading.optionalCodes("warned", in: &fields)
        let ladder = reading.optionalCodes("ladder", in: &fields)
        let extensions = list("extension", in: &fields) { reader, item in reader.extensionRule(item, limit) }
        let pauses = list("pause", in: &fields) { reader, item in reader.pauseRule(item) }
        let atBreach = fields.optional("at_breach").flatMap { effect($0) }
        let inside = fields.optional("inside").flatMap { reading.code($0) }
        let isWindow = fields.optionalFlag("window", &reading.mistakes) ?? false
        let sureness = sureness(in: &fields)
        let source = reading.plainText("source", in: &fields)
        let note = reading.optionalBilingual("note", in: &fields)
        fields.finish(&reading.mistakes)
        guard let id, let name, let limit, let warns, let sureness, let source else { return nil }
        return Policy(
            id: id, name: name, family: family, stage: stage, applies: applies, starts: starts, startsFrom: startsFrom,
            stops: stops, limit: limit, warns: warns, warned: warned, ladder: ladder, extensions: extensions,
            pauses: pauses, atBreach: atBreach, inside: inside, isWindow: isWindow, sureness: sureness,
            source: source, note: note)
    }

    // MARK: Conditions and triggers

    /// A list of clauses that must all hold; none where it is missing.
    mutating func condition(_ key: String, in fields: inout ObjectFields) -> PolicyCondition {
        PolicyCondition(list(key, in: &fields) { reader, item in reader.clause(item) })
    }

    private mutating func clause(_ field: JSONField) -> PolicyCondition.Clause? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let definition = fields.required("field", &reading.mistakes).flatMap { ticketField($0) }
        let any = fields.optional("any").map { codes($0, of: definition) }
        let none = fields.optional("none").map { codes($0, of: definition) }
        fields.finish(&reading.mistakes)
        guard let definition else { return nil }
        switch (any, none) {
        case (let codes?, nil): return PolicyCondition.Clause(definition.id, .any(codes))
        case (nil, let codes?): return PolicyCondition.Clause(definition.id, .none(codes))
        default:
            reading.mistakes.add(
                "bad-clause", at: field, "a clause asks one thing of a field", hint: "give either \"any\" or \"none\"")
            return nil
        }
    }

    /// Codes of the field's own list, so that a misspelt one does not make a rule that never applies.
    private mutating func codes(_ field: JSONField, of definition: FieldDefinition?) -> [String] {
        guard let items = field.list(countMax: ReferenceLimits.codesMax, &reading.mistakes) else { return [] }
        return items.compactMap { item in
            guard let code = reading.code(item) else { return nil }
            if let list = definition?.type.enumeration, !list.accepts(code) {
                reading.unknown("code", code, item, known: list.codes)
                return nil
            }
            return code
        }
    }

    private mutating func ticketField(_ field: JSONField) -> FieldDefinition? {
        guard let name = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes) else { return nil }
        guard let definition = FieldTable.definition(named: name), definition.part == .core else {
            let core = FieldTable.all.filter { $0.part == .core && $0.type.enumeration != nil }.map(\.name)
            reading.unknown("field", name, field, known: core)
            return nil
        }
        return definition
    }

    private mutating func instantField(_ field: JSONField) -> FieldID? { ticketField(field)?.id }

    private mutating func triggers(_ key: String, in fields: inout ObjectFields) -> [ClockTrigger] {
        guard let field = fields.required(key, &reading.mistakes),
            let items = field.list(countMax: ReferenceLimits.codesMax, &reading.mistakes)
        else { return [] }
        return items.compactMap { item in
            guard let text = item.text(bytesMax: ReferenceLimits.textBytesMax, &reading.mistakes) else { return nil }
            guard let trigger = ClockTrigger(text) else {
                reading.mistakes.add(
                    "bad-event", at: item, "\(reading.quoted(text)) is no event",
                    hint: "write applies, a transition like T07, an event like !read_receipt, or field=code/code")
                return nil
            }
            return trigger
        }
    }

    // MARK: Limits

    private mutating func limit(in fields: inout ObjectFields) -> ClockLimit? {
        guard let field = fields.required("limit", &reading.mistakes),
            var inner = ObjectFields(field, &reading.mistakes)
        else { return nil }
        let found = limits(in: &inner)
        inner.finish(&reading.mistakes)
        guard found.count == 1, let limit = found.first else {
            if reading.mistakes.isEmpty || found.count > 1 {
                reading.mistakes.add(
                    "bad-limit", at: field, "the limit has \(found.count) amounts",
                    hint: "give one of minutes, hours, natural_days, working_days")
            }
            return nil
        }
        return limit
    }

    private mutating func limits(in inner: inout ObjectFields) -> [ClockLimit] {
        var found: [ClockLimit] = []
        let ends = inner.optionalFlag("ends_on_working_day", &reading.mistakes) ?? false
        if let minutes = inner.optionalInteger("minutes", in: 1...1_000_000, &reading.mistakes) {
            found.append(.elapsed(minutes: minutes))
        }
        if let hours = inner.optionalInteger("hours", in: 1...10_000, &reading.mistakes) {
            found.append(.elapsed(minutes: hours * 60))
        }
        if let days = inner.optionalInteger("natural_days", in: 0...10_000, &reading.mistakes) {
            found.append(.naturalDays(days, endsOnWorkingDay: ends))
        }
        if let days = inner.optionalInteger("working_days", in: 0...10_000, &reading.mistakes) {
            found.append(.workingDays(days))
        }
        return found
    }

    private mutating func warns(in fields: inout ObjectFields) -> Bool? {
        guard let field = fields.required("warn", &reading.mistakes) else { return nil }
        switch field.element.string {
        case "9/10": return true
        case "none": return false
        default:
            reading.mistakes.add(
                "bad-warning", at: field, "a warning is given at nine tenths or not at all",
                hint: "write \"9/10\" or \"none\"")
            return nil
        }
    }

    private mutating func sureness(in fields: inout ObjectFields) -> Sureness? {
        guard let field = fields.required("sureness", &reading.mistakes) else { return nil }
        return sureness(field)
    }

    private mutating func sureness(_ field: JSONField) -> Sureness? {
        guard let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes) else { return nil }
        guard let sureness = Sureness(rawValue: text) else {
            reading.unknown("sureness", text, field, known: Sureness.allCases.map(\.rawValue))
            return nil
        }
        return sureness
    }

    private mutating func extensionRule(_ field: JSONField, _ limit: ClockLimit?) -> ExtensionRule? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let id = reading.code("id", in: &fields)
        let longest = self.limit(in: &fields)
        let reasons = reading.optionalCodes("reasons", in: &fields)
        let approvers = reading.optionalCodes("approvers", in: &fields)
        let sureness = sureness(in: &fields)
        fields.finish(&reading.mistakes)
        guard let id, let longest, let sureness, let limit else { return nil }
        guard longest.unit == limit.unit else {
            reading.mistakes.add(
                "bad-limit", at: field, "the extension counts otherwise than the limit",
                hint: "give both in the same unit: \(limit.unit)")
            return nil
        }
        return ExtensionRule(
            id: id, amountMax: longest.amount, reasons: reasons, approvers: approvers, sureness: sureness)
    }

    private mutating func pauseRule(_ field: JSONField) -> PauseRule? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let reason = reading.code("reason", in: &fields)
        let sureness = sureness(in: &fields)
        fields.finish(&reading.mistakes)
        guard let reason, let sureness else { return nil }
        return PauseRule(reason: reason, sureness: sureness)
    }

    private mutating func effect(_ field: JSONField) -> BreachEffect? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let definition = fields.required("field", &reading.mistakes).flatMap { ticketField($0) }
        let code = reading.code("code", in: &fields)
        fields.finish(&reading.mistakes)
        guard let definition, let code else { return nil }
        return BreachEffect(field: definition.id, code: code)
    }

    /// The items of a list that may be missing.
    private mutating func list<Item>(
        _ key: String, in fields: inout ObjectFields, _ read: (inout PolicyReader, JSONField) -> Item?
    ) -> [Item] {
        guard let field = fields.optional(key),
            let items = field.list(countMax: ReferenceLimits.codesMax, &reading.mistakes)
        else { return [] }
        var found: [Item] = []
        for item in items {
            if let one = read(&self, item) { found.append(one) }
        }
        return found
    }
}
