import SyncProtocol
import TicketModel

/// Reads a policy pack from JSON. What the policies mean together is `PackCheck`'s business, whose mistakes come back
/// with their places in the file.
enum PackReader {
    static let area = "pack"

    static func load(_ path: String) throws(ConfigurationError) -> PolicyPack {
        try read(try ConfigurationFile.read(path, area: area), file: path)
    }

    static func read(_ root: JSONElement, file: String) throws(ConfigurationError) -> PolicyPack {
        var reader = PolicyReader()
        let draft = draft(JSONField(root), &reader)
        guard reader.reading.mistakes.isEmpty, let draft else {
            throw ConfigurationError(file: file, area: area, reader.reading.mistakes)
        }
        do {
            return try PolicyPack(
                id: draft.id, version: draft.version, name: draft.name, zone: draft.zone, calendarID: draft.calendar,
                effectiveFrom: draft.effectiveFrom, effectiveUntil: draft.effectiveUntil,
                confirmation: draft.confirmation, isOuterBound: draft.isOuterBound, applies: draft.applies,
                policies: draft.policies.map(\.value), note: draft.note)
        } catch {
            throw ConfigurationError(file: file, area: area, placed(error, draft, root))
        }
    }

    private struct Draft {
        let id: String
        let version: String
        let name: Bilingual
        let zone: BankZone
        let calendar: String?
        let effectiveFrom: CivilTime.Date
        let effectiveUntil: CivilTime.Date?
        let confirmation: PolicyPack.Confirmation?
        let isOuterBound: Bool
        let applies: PolicyCondition
        let policies: [(value: Policy, field: JSONField)]
        let note: Bilingual?
    }

    private static func draft(_ field: JSONField, _ reader: inout PolicyReader) -> Draft? {
        guard var fields = ObjectFields(field, &reader.reading.mistakes) else { return nil }
        reader.reading.format(in: &fields)
        let id = reader.reading.code("pack", in: &fields)
        let version = reader.reading.code("version", in: &fields)
        let name = reader.reading.bilingual("name", in: &fields)
        let zone = zone(in: &fields, &reader.reading)
        let calendar = fields.optional("calendar").flatMap { reader.reading.code($0) }
        let effectiveFrom = reader.reading.date("effective_from", in: &fields)
        let effectiveUntil = fields.optional("effective_until").flatMap { reader.reading.date($0) }
        let confirmation = confirmation(in: &fields, &reader.reading)
        let isOuterBound = fields.optionalFlag("outer_bound", &reader.reading.mistakes) ?? false
        let applies = reader.condition("when", in: &fields)
        let note = reader.reading.optionalBilingual("note", in: &fields)
        let items = fields.list("policies", countMax: ReferenceLimits.policiesMax, &reader.reading.mistakes)
        fields.finish(&reader.reading.mistakes)
        var policies: [(value: Policy, field: JSONField)] = []
        for item in items ?? [] {
            if let policy = reader.policy(item) { policies.append((policy, item)) }
        }
        guard let id, let version, let name, let zone, let effectiveFrom else { return nil }
        return Draft(
            id: id, version: version, name: name, zone: zone, calendar: calendar, effectiveFrom: effectiveFrom,
            effectiveUntil: effectiveUntil, confirmation: confirmation, isOuterBound: isOuterBound, applies: applies,
            policies: policies, note: note)
    }

    private static func zone(in fields: inout ObjectFields, _ reading: inout ReferenceReading) -> BankZone? {
        guard let field = fields.required("zone", &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard let zone = BankZone(text) else {
            reading.mistakes.add(
                "bad-zone", at: field, "\(reading.quoted(text)) is no fixed offset", hint: "write it like +08:00")
            return nil
        }
        return zone
    }

    /// `null` or missing where nobody of the bank has confirmed the figures yet.
    private static func confirmation(
        in fields: inout ObjectFields, _ reading: inout ReferenceReading
    ) -> PolicyPack.Confirmation? {
        guard let field = fields.optional("confirmed"), var inner = ObjectFields(field, &reading.mistakes) else {
            return nil
        }
        let by = reading.plainText("by", in: &inner)
        let on = reading.date("on", in: &inner)
        inner.finish(&reading.mistakes)
        guard let by, let on else { return nil }
        return PolicyPack.Confirmation(by: by, on: on)
    }

    /// The mistakes of the check at the places that they are about.
    private static func placed(_ found: PackMistakes, _ draft: Draft, _ root: JSONElement) -> MistakeList {
        var list = MistakeList()
        for mistake in found.mistakes {
            var field = JSONField(root)
            if let index = mistake.policy, draft.policies.indices.contains(index) {
                field = draft.policies[index].field
            }
            if let member = field.element[mistake.key] {
                field = JSONField(member, at: field.path.member(mistake.key))
            }
            list.add("contradiction", at: field, Wording(mistake.sentence), hint: Wording(mistake.hint))
        }
        return list
    }
}
