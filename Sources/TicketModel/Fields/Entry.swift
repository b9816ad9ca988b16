import SyncProtocol

/// The shape of one member of a growing core set: typed parts joined by `@`, so that lists of what happened carry
/// posts, codes and instants and never a word.
public struct EntryShape: Sendable {
    /// What one part may hold.
    public enum Kind: Sendable {
        case code(Enumeration)
        /// A well-formed code that no list knows: packs, texts, acts.
        case reference
        /// Made by a node for something new on a ticket: the node and the instant, `branch-0101.1772328600000`.
        case key
        case instant
        case post
        case node
        /// SHA-256, 64 hexadecimal digits.
        case digest
        /// A small number: a leg, a round.
        case number
        case date
        /// How many there are of something.
        case count
        /// An amount in fen.
        case money
        case token
    }

    /// One part: its name and kind. An optional part that is not there is written `-`.
    public struct Part: Sendable {
        public let name: String
        public let kind: Kind
        public let isOptional: Bool
    }

    /// Digits of a small number; more would be a telephone number.
    static let numberDigitsMax = 6

    /// The parts, in the order in which they are written.
    public let parts: [Part]

    init(_ parts: (String, Kind)..., optional: Set<String> = []) {
        self.parts = parts.map { Part(name: $0.0, kind: $0.1, isOptional: optional.contains($0.0)) }
    }

    /// Longest text of an entry of this shape, in bytes.
    var bytesMax: Int { parts.reduce(0) { $0 + $1.kind.bytesMax + 1 } }

    func position(of name: String) -> Int? { parts.firstIndex { $0.name == name } }
}

/// One member of a growing core set, read.
public struct Entry: Sendable {
    public let shape: EntryShape
    private let texts: [String]

    /// Reads the text form; nil for anything else.
    public init?(_ text: String, of shape: EntryShape) {
        guard text.utf8.count <= shape.bytesMax else { return nil }
        let texts = text.utf8.split(separator: 0x40, omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard texts.count == shape.parts.count else { return nil }
        for (part, text) in zip(shape.parts, texts) {
            guard (text == "-" && part.isOptional) || part.kind.accepts(text) else { return nil }
        }
        self.shape = shape
        self.texts = texts
    }

    /// Writes the parts. What was copied from a ticket may be anything: an optional part that is not well-formed is
    /// left out.
    init(_ shape: EntryShape, _ values: [String: String?]) {
        let texts = shape.parts.map { part -> String in
            guard let text = values[part.name] ?? nil else { return "-" }
            return part.isOptional && !part.kind.accepts(text) ? "-" : text
        }
        for (part, text) in zip(shape.parts, texts) {
            precondition((text == "-" && part.isOptional) || part.kind.accepts(text), "entry part \(part.name)")
        }
        self.shape = shape
        self.texts = texts
    }

    public var text: String { texts.joined(separator: "@") }

    /// The part's text; nil where it is not there.
    public subscript(_ name: String) -> String? {
        guard let position = shape.position(of: name), texts[position] != "-" else { return nil }
        return texts[position]
    }

    /// An instant or number of the entry.
    public func integer(_ name: String) -> Int64? { self[name].flatMap { AsciiText.number($0.utf8) } }

    /// The parts as people read them.
    func display(_ language: Language) -> String {
        zip(shape.parts, texts).filter { $0.1 != "-" }.map { part, text in
            switch part.kind {
            case .code(let list): list.label(of: text).text(language)
            case .instant: AsciiText.number(text.utf8).map(CivilTime.chinaText) ?? text
            case .digest, .token: String(text.prefix(8)) + "…"
            case .money: AsciiText.number(text.utf8).map { Money.words(fen: $0).text(language) } ?? text
            default: text
            }
        }
        .joined(separator: " · ")
    }
}

extension EntryShape.Kind {
    var bytesMax: Int {
        switch self {
        case .instant, .number, .count, .money: 18
        case .digest: 64
        case .token: Token.bytesMax
        case .node: Limits.nodeIDBytesMax
        default: Code.bytesMax
        }
    }

    func accepts(_ text: String) -> Bool {
        switch self {
        case .code(let list): list.accepts(text)
        case .reference: Code.isWellFormed(text)
        case .key: EntryKey.isWellFormed(text)
        case .instant: AsciiText.number(text.utf8).map { $0 <= CivilTime.instantMax } ?? false
        case .post: Post.isWellFormed(text)
        case .node: NodeID(text) != nil
        case .digest: text.utf8.count == 64 && Token.isWellFormed(text)
        case .number: text.utf8.count <= EntryShape.numberDigitsMax && AsciiText.number(text.utf8) != nil
        case .date: CivilTime.date(from: text)?.text == text
        case .count, .money: AsciiText.number(text.utf8) != nil
        case .token: Token.isWellFormed(text)
        }
    }
}

/// The key of something new on a ticket, made by the node where it came up.
enum EntryKey {
    static func text(_ node: NodeID, at instant: Int64) -> String { "\(node).\(instant)" }

    static func isWellFormed(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: 0x2E, omittingEmptySubsequences: false)
        return parts.count == 2 && NodeID(String(Substring(parts[0]))) != nil && AsciiText.number(parts[1]) != nil
    }
}

/// A unit of work: a node, and a department of it where one is meant.
public struct UnitRef: Hashable, Sendable {
    public let node: NodeID
    /// The department's code; nil for the node as a whole.
    public let department: String?

    public init(_ node: NodeID, _ department: String? = nil) {
        self.node = node
        self.department = department
    }

    /// Reads `node` or `node/department`; nil for anything else.
    public init?(_ text: String) {
        let parts = text.utf8.split(separator: 0x2F, maxSplits: 1, omittingEmptySubsequences: false)
        guard let first = parts.first, let node = NodeID(String(Substring(first))) else { return nil }
        self.node = node
        department = parts.count == 2 ? String(Substring(parts[1])) : nil
        if let department, !Code.isWellFormed(department) { return nil }
    }

    public var text: String { department.map { "\(node)/\($0)" } ?? node.text }
}

/// The way back of a work order (DR-09): the units that handed it on, the last one first to get it back.
public enum UnitPath {
    /// Units on one path; a transfer beyond is refused.
    public static let unitsMax = 8

    /// The units of a text form, `a>b/dept`; nil for anything else.
    public static func units(_ text: String) -> [UnitRef]? {
        let parts = text.utf8.split(separator: 0x3E, omittingEmptySubsequences: false)
        guard parts.count <= unitsMax else { return nil }
        let units = parts.compactMap { UnitRef(String(Substring($0))) }
        return units.count == parts.count ? units : nil
    }

    public static func text(_ units: [UnitRef]) -> String { units.map(\.text).joined(separator: ">") }
}
