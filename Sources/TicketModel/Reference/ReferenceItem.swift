import SyncProtocol

/// What head office publishes for every node: one version of a policy pack, a calendar, the posts, a text.
///
/// A version never changes once it is published, so that a deadline can be derived again years later from the very
/// data that it was pinned with (model §2.6). A newer version is an item of its own.
public struct ReferenceItem: Hashable, Sendable {
    public let kind: ReferenceKind
    /// The stable name, the same for all versions: `bank-promise`, `cn-working-days-2026`.
    public let name: String
    /// Later versions sort after earlier ones, byte by byte: `2026-01-15.1`.
    public let version: String
    /// The file as it was published, UTF-8.
    public let content: String

    /// The most bytes of content.
    public static let contentBytesMax = Limits.valueBytesMax

    public init(kind: ReferenceKind, name: String, version: String, content: String) {
        self.kind = kind
        self.name = name
        self.version = version
        self.content = content
    }

    /// The item that a published document holds; nil where it is none that this version knows.
    public init?(_ core: FieldState) {
        guard case .text(let kind)? = core.value(ReferenceField.kind), let known = ReferenceKind(rawValue: kind),
            case .text(let name)? = core.value(ReferenceField.name),
            case .text(let version)? = core.value(ReferenceField.version),
            case .text(let content)? = core.value(ReferenceField.content)
        else { return nil }
        self.init(kind: known, name: name, version: version, content: content)
    }

    /// The operations of the act that publishes it from head office.
    public func operations(headOffice: NodeID) -> [Operation] {
        [
            .create(home: headOffice), .publish, .write(ReferenceField.kind, .text(kind.rawValue)),
            .write(ReferenceField.name, .text(name)), .write(ReferenceField.version, .text(version)),
            .write(ReferenceField.content, .text(content)),
        ]
    }
}

/// The kinds of reference items.
public enum ReferenceKind: String, CaseIterable, Sendable {
    /// Deadlines as data.
    case policyPack = "policy_pack"
    /// Working days of a year.
    case workCalendar = "work_calendar"
    /// Posts, roles, authority levels, absence and deputies.
    case people
    /// An explanation text that tickets link to (口径).
    case knowledgeText = "knowledge_text"
    /// When like complaints are an alert.
    case alertRules = "alert_rules"

    public var label: Bilingual {
        switch self {
        case .policyPack: Bilingual("时限规则包", "policy pack")
        case .workCalendar: Bilingual("工作日历", "working calendar")
        case .people: Bilingual("岗位与人员", "posts")
        case .alertRules: Bilingual("预警规则", "alert rules")
        case .knowledgeText: Bilingual("口径", "explanation text")
        }
    }
}

/// The fields of a reference document; they lie apart from those of tickets.
public enum ReferenceField {
    public static let kind = FieldID(rawValue: 400)
    public static let name = FieldID(rawValue: 401)
    public static let version = FieldID(rawValue: 402)
    public static let content = FieldID(rawValue: 403)
    /// The number of the publishing act in core records.
    public static let publishAct: UInt16 = 1008
}
