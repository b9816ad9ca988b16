import SyncProtocol
import TicketModel

/// Reads a register of posts from JSON: levels of authority, posts, absences, channels on show, each list as far as the file
/// has it.
enum PeopleReader {
    static let area = "people"

    static func load(_ path: String) throws(ConfigurationError) -> PeopleRegister {
        try read(try ConfigurationFile.read(path, area: area), file: path)
    }

    static func read(_ root: JSONElement, file: String) throws(ConfigurationError) -> PeopleRegister {
        var reader = Reader()
        let register = reader.register(JSONField(root))
        guard reader.reading.mistakes.isEmpty, let register else {
            throw ConfigurationError(file: file, area: area, reader.reading.mistakes)
        }
        return register
    }
}

private struct Reader {
    var reading = ReferenceReading()
    private static let levels: ClosedRange<Int64> = 1...9

    mutating func register(_ field: JSONField) -> PeopleRegister? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        reading.format(in: &fields)
        let name = reading.code("people", in: &fields)
        let version = reading.code("version", in: &fields)
        let title = reading.bilingual("name", in: &fields)
        _ = reading.optionalBilingual("note", in: &fields)
        let authority = list("authority", ReferenceLimits.levelsMax, in: &fields)
        let posts = list("posts", ReferenceLimits.postsMax, in: &fields)
        let absences = list("absences", ReferenceLimits.absencesMax, in: &fields)
        let channels = list("channels", ReferenceLimits.postsMax, in: &fields)
        fields.finish(&reading.mistakes)
        if authority.isEmpty, posts.isEmpty, absences.isEmpty, channels.isEmpty {
            reading.mistakes.add(
                "empty-register", at: field, "the register names no level, no post, no absence and no channel",
                hint: "give at least one of authority, posts, absences, channels")
        }
        let levels = authority.compactMap { level($0) }
        let seats = posts.compactMap { seat($0) }
        checkDoubles(levels.map { String($0.level) }, authority, "level")
        checkDoubles(seats.map(\.post), posts, "post")
        let empty = absences.compactMap { absence($0) }
        let shown = channels.compactMap { channel($0) }
        checkDoubles(shown.map(\.node.text), channels, "node")
        guard let name, let version, let title else { return nil }
        return PeopleRegister(
            name: name, version: version, title: title,
            authorities: Dictionary(levels.map { ($0.level, $0.authority) }, uniquingKeysWith: { first, _ in first }),
            seats: seats, absences: empty,
            channels: Dictionary(shown.map { ($0.node, $0.channels) }, uniquingKeysWith: { first, _ in first }))
    }

    // MARK: Channels

    private mutating func channel(_ field: JSONField) -> (node: NodeID, channels: PublishedChannels)? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let node = node(in: &fields)
        let book = reading.bilingual("book", in: &fields)
        let box = reading.bilingual("box", in: &fields)
        let phone = reading.plainText("phone", in: &fields)
        fields.finish(&reading.mistakes)
        guard let node, let book, let box, let phone else { return nil }
        return (node, PublishedChannels(book: book, box: box, phone: phone))
    }

    /// Nothing where the list is missing.
    private mutating func list(_ name: String, _ countMax: Int, in fields: inout ObjectFields) -> [JSONField] {
        fields.optional(name)?.list(countMax: countMax, &reading.mistakes) ?? []
    }

    /// Only where every item could be read: else the places would not fit.
    private mutating func checkDoubles(_ keys: [String], _ fields: [JSONField], _ what: String) {
        guard keys.count == fields.count else { return }
        var seen: Set<String> = []
        for (key, field) in zip(keys, fields) where !seen.insert(key).inserted {
            reading.mistakes.add(
                "doubled-\(what)", at: field, "the \(what) \(reading.quoted(key)) is there twice",
                hint: "keep one of them")
        }
    }

    // MARK: Levels

    private mutating func level(_ field: JSONField) -> (level: Int, authority: People.Authority)? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let number =
            fields.required("level", &reading.mistakes) == nil
            ? nil : fields.optionalInteger("level", in: Reader.levels, &reading.mistakes)
        let fen = money("compensation_max", in: &fields)
        let classes = codes("business_classes", of: .businessClass, in: &fields)
        let tiers = codes("customer_tiers", of: .customerTier, in: &fields)
        let sureness = sureness(in: &fields)
        _ = fields.optionalText("source", bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        fields.finish(&reading.mistakes)
        guard let number, let fen, let sureness else { return nil }
        return (
            Int(number),
            People.Authority(
                compensationMax: fen, businessClasses: classes, customerTiers: tiers, sureness: sureness)
        )
    }

    private mutating func money(_ key: String, in fields: inout ObjectFields) -> Int64? {
        guard let field = fields.required(key, &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard let fen = Money.fen(from: text), (0...FieldType.moneyMax).contains(fen) else {
            reading.mistakes.add(
                "bad-amount", at: field, "\(reading.quoted(text)) is no amount in yuan",
                hint: "write it as text like \"500\" or \"500.00\"")
            return nil
        }
        return fen
    }

    private mutating func codes(_ key: String, of list: Enumeration, in fields: inout ObjectFields) -> [String] {
        guard let field = fields.optional(key),
            let items = field.list(countMax: ReferenceLimits.codesMax, &reading.mistakes)
        else { return [] }
        return items.compactMap { item in
            guard let code = reading.code(item) else { return nil }
            if !list.contains(code) { reading.unknown(list.name, code, item, known: list.codes) }
            return code
        }
    }

    private mutating func sureness(in fields: inout ObjectFields) -> Sureness? {
        guard let field = fields.required("sureness", &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard let sureness = Sureness(rawValue: text) else {
            reading.unknown("sureness", text, field, known: Sureness.allCases.map(\.rawValue))
            return nil
        }
        return sureness
    }

    // MARK: Posts

    private mutating func seat(_ field: JSONField) -> People.Seat? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let post = post("post", in: &fields)
        let roles = roles(in: &fields)
        let node = node(in: &fields)
        let department = fields.optional("department").flatMap { reading.code($0) }
        let level = fields.optionalInteger("level", in: 0...9, &reading.mistakes)
        let isTrained =
            fields.required("trained", &reading.mistakes) == nil
            ? nil : fields.optionalFlag("trained", &reading.mistakes)
        let person = token(in: &fields)
        fields.finish(&reading.mistakes)
        guard let post, let roles, let node, let isTrained else { return nil }
        return People.Seat(
            post, roles, at: node, department: department, level: Int(level ?? 0), isTrained: isTrained,
            personToken: person)
    }

    private mutating func post(_ key: String, in fields: inout ObjectFields) -> String? {
        fields.required(key, &reading.mistakes).flatMap { post($0) }
    }

    private mutating func post(_ field: JSONField) -> String? {
        guard let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes) else { return nil }
        guard Post.isWellFormed(text) else {
            reading.mistakes.add(
                "bad-post", at: field, "\(reading.quoted(text)) is no code of a post",
                hint: "use letters, digits, . _ -, at most 48 bytes, for example 010101.clerk-1")
            return nil
        }
        return text
    }

    private mutating func roles(in fields: inout ObjectFields) -> [Role]? {
        guard let field = fields.required("roles", &reading.mistakes),
            let items = field.list(countMax: Role.allCases.count, &reading.mistakes)
        else { return nil }
        guard !items.isEmpty else {
            reading.mistakes.add(
                "no-role", at: field, "the post holds no role", hint: "name at least one, for example \"clerk\"")
            return nil
        }
        let roles = items.compactMap { item -> Role? in
            guard let text = item.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes) else { return nil }
            guard let role = Role(rawValue: text) else {
                reading.unknown("role", text, item, known: Role.allCases.map(\.rawValue))
                return nil
            }
            return role
        }
        return roles.count == items.count ? roles : nil
    }

    private mutating func node(in fields: inout ObjectFields) -> NodeID? {
        guard let field = fields.required("node", &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard let node = NodeID(text) else {
            reading.mistakes.add(
                "bad-node", at: field, "\(reading.quoted(text)) is no node id",
                hint: "use the id of a node of the topology, for example branch-0101")
            return nil
        }
        return node
    }

    private mutating func token(in fields: inout ObjectFields) -> String? {
        guard let field = fields.optional("person"),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard Token.isWellFormed(text) else {
            reading.mistakes.add(
                "bad-token", at: field, "this is no token of a person",
                hint: "let the node make it with `syncnode person-token`; never write a name here")
            return nil
        }
        return text
    }

    // MARK: Absences

    private mutating func absence(_ field: JSONField) -> (post: String, absence: People.Absence)? {
        guard var fields = ObjectFields(field, &reading.mistakes) else { return nil }
        let post = post("post", in: &fields)
        let from = instant("from", in: &fields)
        let until = instant("until", in: &fields)
        let deputyField = fields.optional("deputy")
        let deputy = deputyField.flatMap { self.post($0) }
        fields.finish(&reading.mistakes)
        guard let post, let from, let until else { return nil }
        if from >= until {
            reading.mistakes.add(
                "contradiction", at: field, "the absence ends before it begins", hint: "until lies after from")
        }
        if let deputyField, deputy == post {
            reading.mistakes.add(
                "contradiction", at: deputyField, "a post cannot stand in for itself", hint: "name another post")
        }
        return (post, People.Absence(from: from, until: until, deputy: deputy))
    }

    private mutating func instant(_ key: String, in fields: inout ObjectFields) -> Int64? {
        guard let field = fields.required(key, &reading.mistakes),
            let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes)
        else { return nil }
        guard let instant = CivilTime.instant(from: text) else {
            reading.mistakes.add(
                "bad-time", at: field, "\(reading.quoted(text)) is no time", hint: "write it like 2026-11-20 08:00")
            return nil
        }
        return instant
    }
}
