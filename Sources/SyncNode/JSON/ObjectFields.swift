/// A value and the way to it.
struct JSONField: Sendable {
    let element: JSONElement
    let path: JSONPath

    init(_ element: JSONElement, at path: JSONPath = .root) {
        self.element = element
        self.path = path
    }

    /// The text, with a mistake where this is no string.
    func text(bytesMax: Int, _ mistakes: inout MistakeList) -> String? {
        guard let text = element.string else { return wrongType("a string", &mistakes) }
        guard text.utf8.count <= bytesMax else {
            mistakes.add(
                "too-long", at: self, "the text is longer than \(bytesMax) bytes of UTF-8", hint: "shorten it")
            return nil
        }
        return text
    }

    /// The items of an array, with a mistake where this is none or has too many.
    func list(countMax: Int, _ mistakes: inout MistakeList) -> [JSONField]? {
        guard let items = element.array else { return wrongType("an array", &mistakes) }
        guard items.count <= countMax else {
            mistakes.add(
                "too-many", at: self, "the list holds \(items.count) items", hint: "keep it to \(countMax) items")
            return nil
        }
        return items.enumerated().map { JSONField($1, at: path.index($0)) }
    }

    func wrongType<Value>(_ expected: String, _ mistakes: inout MistakeList) -> Value? {
        mistakes.add(
            "wrong-type", at: self, "this is \(element.value.kindName), not \(expected)", hint: "write \(expected)")
        return nil
    }
}

/// The members of an object, taken one by one by name. `finish` finds those that nobody asked for.
///
///     guard var fields = ObjectFields(field, &mistakes) else { return nil }
///     let id = fields.text("id", bytesMax: 32, &mistakes)
///     let note = fields.optionalText("note", bytesMax: 1000, &mistakes)
///     fields.finish(&mistakes)
struct ObjectFields {
    let path: JSONPath
    let place: JSONPlace
    private let members: [JSONMember]
    private var known: [String] = []

    /// Nil, with a mistake, where the value is no object.
    init?(_ field: JSONField, _ mistakes: inout MistakeList) {
        guard let members = field.element.object else {
            let none: Bool? = field.wrongType("an object", &mistakes)
            precondition(none == nil)
            return nil
        }
        path = field.path
        place = field.element.place
        self.members = members
    }

    /// The member; nil where it is missing or null.
    mutating func optional(_ name: String) -> JSONField? {
        known.append(name)
        guard let member = members.first(where: { $0.name == name }), !member.element.isNull else { return nil }
        return JSONField(member.element, at: path.member(name))
    }

    /// The member, with a mistake where it is missing or null.
    mutating func required(_ name: String, _ mistakes: inout MistakeList) -> JSONField? {
        guard let field = optional(name) else {
            let nearby = members.map(\.name).filter { !known.contains($0) }
            let typed = Suggestion.nearest(to: name, among: nearby)
            let hint = typed.map { "is \(JSONPath.root.member($0)) meant? it is called \(name)" }
            mistakes.add("missing-key", at: path, place, "the key \(name) is missing", hint: hint ?? "add \"\(name)\"")
            return nil
        }
        return field
    }

    mutating func text(_ name: String, bytesMax: Int, _ mistakes: inout MistakeList) -> String? {
        required(name, &mistakes)?.text(bytesMax: bytesMax, &mistakes)
    }

    mutating func optionalText(_ name: String, bytesMax: Int, _ mistakes: inout MistakeList) -> String? {
        optional(name)?.text(bytesMax: bytesMax, &mistakes)
    }

    mutating func list(_ name: String, countMax: Int, _ mistakes: inout MistakeList) -> [JSONField]? {
        required(name, &mistakes)?.list(countMax: countMax, &mistakes)
    }

    mutating func object(_ name: String, _ mistakes: inout MistakeList) -> ObjectFields? {
        required(name, &mistakes).flatMap { ObjectFields($0, &mistakes) }
    }

    /// An integer within `range`; nil where it is missing, null or, with a mistake, something else.
    mutating func optionalInteger(
        _ name: String, in range: ClosedRange<Int64>, _ mistakes: inout MistakeList
    ) -> Int64? {
        guard let field = optional(name) else { return nil }
        guard let number = field.element.integer else { return field.wrongType("an integer", &mistakes) }
        guard range.contains(number) else {
            mistakes.add(
                "out-of-range", at: field, "the number is out of range",
                hint: "write a number from \(range.lowerBound) to \(range.upperBound)")
            return nil
        }
        return number
    }

    /// A boolean; nil where it is missing, null or, with a mistake, something else.
    mutating func optionalFlag(_ name: String, _ mistakes: inout MistakeList) -> Bool? {
        guard let field = optional(name) else { return nil }
        return field.element.bool ?? field.wrongType("true or false", &mistakes)
    }

    /// Every member by its own name, for objects whose names are data. Nothing is unknown after this.
    mutating func all() -> [(name: String, field: JSONField)] {
        known += members.map(\.name)
        return members.map { ($0.name, JSONField($0.element, at: path.member($0.name))) }
    }

    /// Reports every member that was not asked for.
    func finish(_ mistakes: inout MistakeList) {
        let present = Set(members.map(\.name))
        let asked = Set(known)
        let missing = known.filter { !present.contains($0) }
        for member in members where !asked.contains(member.name) {
            let hint = mistakes.isFull ? "" : hint(forUnknown: member.name, missing)
            mistakes.add(
                "unknown-key", at: path.member(member.name), member.namePlace, "this key is not known", hint: hint)
        }
    }

    private func hint(forUnknown name: String, _ missing: [String]) -> String {
        if let hint = Suggestion.hint(for: name, among: missing) { return hint }
        if let hint = Suggestion.hint(for: name, among: known) { return hint }
        return known.isEmpty ? "remove it" : "known here: \(known.joined(separator: ", "))"
    }
}
