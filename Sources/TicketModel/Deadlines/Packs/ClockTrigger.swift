import SyncProtocol

/// What starts or stops a clock. Its text form travels inside the clock, so that a node with another pack, or with
/// none, stops it all the same.
public enum ClockTrigger: Hashable, Sendable {
    /// The policy begins to apply: at registration, or when a correction makes the ticket one of its kind. Starts only.
    case applies
    /// A transition of the state machine, `T07`.
    case transition(String)
    /// An act or event that is no transition, `!read_receipt`.
    case event(String)
    /// A field takes one of these codes, `acceptance=accepted/not_accepted`.
    case becomes(FieldID, [String])

    static let codesMax = 8
    /// All that stops one clock, in bytes of the text.
    static let bytesMax = 400

    /// Reads the text form; nil for anything else.
    public init?(_ text: String) {
        let bytes = text.utf8
        if text == "applies" {
            self = .applies
        } else if bytes.first == 0x54, bytes.count == 3, AsciiText.number(bytes.dropFirst()) != nil {
            self = .transition(text)
        } else if bytes.first == 0x21 {
            let name = String(text.dropFirst())
            guard Code.isWellFormed(name) else { return nil }
            self = .event(name)
        } else {
            guard let trigger = ClockTrigger.becomes(text) else { return nil }
            self = trigger
        }
    }

    private static func becomes(_ text: String) -> ClockTrigger? {
        let sides = text.utf8.split(separator: 0x3D, omittingEmptySubsequences: false)
        guard sides.count == 2, let field = FieldTable.definition(named: String(Substring(sides[0]))),
            field.part == .core
        else { return nil }
        let codes = sides[1].split(separator: 0x2F, omittingEmptySubsequences: false).map { String(Substring($0)) }
        guard (1...codesMax).contains(codes.count), codes.allSatisfy(Code.isWellFormed) else { return nil }
        return .becomes(field.id, codes)
    }

    public var text: String {
        switch self {
        case .applies: "applies"
        case .transition(let id): id
        case .event(let name): "!" + name
        case .becomes(let field, let codes):
            (FieldTable.definition(field)?.name ?? "") + "=" + codes.joined(separator: "/")
        }
    }

    /// In words, for explanations.
    public var label: Bilingual {
        switch self {
        case .applies: return Bilingual("规则开始适用", "the rule begins to apply")
        case .transition(let id):
            let name = TransitionTable.transition(id)?.act.label ?? Bilingual(id, id)
            return Bilingual("\(name.chinese)(\(id))", "\(name.english) (\(id))")
        case .event(let name): return ClockEvents.all[name] ?? Bilingual(name, name)
        case .becomes(let field, let codes):
            guard let definition = FieldTable.definition(field) else { return Bilingual(text, text) }
            let labels = codes.map { definition.type.enumeration?.label(of: $0) ?? Bilingual($0, $0) }
            let chinese = labels.map(\.chinese).joined(separator: "/")
            let english = labels.map(\.english).joined(separator: "/")
            return Bilingual("「\(definition.label.chinese)」为\(chinese)", "\(definition.label.english) is \(english)")
        }
    }
}
