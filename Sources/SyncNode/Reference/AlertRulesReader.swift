import TicketModel

/// The alert rules of the bank under one name and version (AL-07).
struct AlertRules: Sendable {
    static let area = "alerts"
    private static let rulesMax = 64

    let id: String
    let version: String
    let rules: [AlertRule]

    /// `four-colours@2026.1`.
    var reference: String { "\(id)@\(version)" }

    /// Before head office has published any.
    static let proposed = AlertRules(id: "proposed", version: "1", rules: AlertRule.proposed)

    /// What head office published last under the name that stands first; the proposed ones where there is nothing.
    ///
    /// - Throws: the published text cannot be read by this version.
    static func published(_ items: [ReferenceItem]) throws(ConfigurationError) -> AlertRules {
        guard let latest = latest(of: items) else { return proposed }
        return try item(latest)
    }

    /// The item whose rules count; nil where none was published.
    static func latest(of items: [ReferenceItem]) -> ReferenceItem? {
        items.filter { $0.kind == .alertRules }.max { one, other in
            one.version == other.version
                ? one.name > other.name : ReferenceVersion.precedes(one.version, other.version)
        }
    }

    /// The rules of one item, whose text must bear its name and version.
    static func item(_ item: ReferenceItem) throws(ConfigurationError) -> AlertRules {
        let rules = try read(try item.root(area: area), file: item.title)
        try item.check(name: rules.id, version: rules.version, area: area)
        return rules
    }

    static func load(_ path: String) throws(ConfigurationError) -> AlertRules {
        try read(try ConfigurationFile.read(path, area: area), file: path)
    }

    static func read(_ root: JSONElement, file: String) throws(ConfigurationError) -> AlertRules {
        var reading = ReferenceReading()
        guard var fields = ObjectFields(JSONField(root), &reading.mistakes) else {
            throw ConfigurationError(file: file, area: area, reading.mistakes)
        }
        reading.format(in: &fields)
        let id = reading.code("alerts", in: &fields)
        let version = reading.code("version", in: &fields)
        let items = fields.list("rules", countMax: rulesMax, &reading.mistakes) ?? []
        let rules = items.compactMap { rule($0, &reading) }
        fields.finish(&reading.mistakes)
        checkDoubles(rules, items, &reading)
        guard reading.mistakes.isEmpty, let id, let version else {
            throw ConfigurationError(file: file, area: area, reading.mistakes)
        }
        return AlertRules(id: id, version: version, rules: rules)
    }

    /// An owner is named for a rule by its id: of two with one id nobody could tell which is meant.
    private static func checkDoubles(_ rules: [AlertRule], _ items: [JSONField], _ reading: inout ReferenceReading) {
        guard rules.count == items.count else { return }
        var seen: Set<String> = []
        for (rule, item) in zip(rules, items) where !seen.insert(rule.id).inserted {
            reading.mistakes.add(
                "doubled-rule", at: item, "the rule \(reading.quoted(rule.id)) is there twice", hint: "keep one of them"
            )
        }
    }

    private static func rule(_ field: JSONField, _ reading: inout ReferenceReading) -> AlertRule? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let id = reading.code("id", in: &fields)
        let colour: AlertColour? = choice("colour", AlertColour.allCases, in: &fields, &reading)
        let reach: AlertRule.Reach? = choice("within", AlertRule.Reach.allCases, in: &fields, &reading)
        let sureness: Sureness? = choice("sureness", Sureness.allCases, in: &fields, &reading)
        let days = fields.optional("days").flatMap { $0.element.integer }
        let counts = ["tickets", "branches", "provinces"].map {
            fields.optionalInteger($0, in: 1...1_000_000, &reading.mistakes) ?? 1
        }
        let flags = reading.optionalCodes("flags", in: &fields)
        fields.finish(&reading.mistakes)
        guard let id, let colour, let reach, let sureness else { return nil }
        let rule = days.flatMap { days in
            AlertRule(
                id: id, colour: colour, within: reach, days: Int(clamping: days), tickets: Int(clamping: counts[0]),
                branches: Int(clamping: counts[1]), provinces: Int(clamping: counts[2]), flags: flags,
                sureness: sureness)
        }
        if rule == nil {
            reading.mistakes.add(
                "bad-rule", at: field, "a number is out of range, or a mark is unknown",
                hint: "days 1 to 90, counts from 1 on, flags of the code list flag")
        }
        return rule
    }

    private static func choice<Choice: RawRepresentable<String>>(
        _ key: String, _ choices: [Choice], in fields: inout ObjectFields, _ reading: inout ReferenceReading
    ) -> Choice? {
        guard let field = fields.required(key, &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        if let choice = Choice(rawValue: text) { return choice }
        reading.unknown(key, text, field, known: choices.map(\.rawValue))
        return nil
    }
}
