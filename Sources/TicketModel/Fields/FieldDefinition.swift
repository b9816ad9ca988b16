import SyncProtocol

/// One field of a ticket: number, names, where it travels, how it merges and what it may hold (model §2.2, §2.2a).
///
/// A class only so that handing one on costs one reference and not a dozen; it never changes.
public final class FieldDefinition: Sendable {
    /// The number on the wire. Never reused, never given another meaning.
    public let id: FieldID
    /// The stable identifier in files, in the HTTP API and in columns: snake_case as in model §2.2.
    public let name: String
    public let label: Bilingual
    public let part: Part
    public let merge: MergeKind
    public let type: FieldType
    /// Who gives the value.
    public let source: FieldSource
    /// From which step on the field must have a value.
    public let required: RequiredFrom
    /// What registration writes where nobody says otherwise; nil where there is no sensible default.
    public let defaultText: String?

    init(
        id: FieldID, name: String, label: Bilingual, part: Part, merge: MergeKind, type: FieldType, source: FieldSource,
        required: RequiredFrom, defaultText: String?
    ) {
        self.id = id
        self.name = name
        self.label = label
        self.part = part
        self.merge = merge
        self.type = type
        self.source = source
        self.required = required
        self.defaultText = defaultText
    }

    /// True where registration is refused while the field has neither a value nor a default.
    public var mandatoryAtRegistration: Bool { required == .registration }
}

/// How concurrent values of a field come together (model §2.2a, sync "Merge").
public enum MergeKind: String, Sendable, CaseIterable {
    /// Set at registration; later only by a correcting act of the custodian.
    case once
    /// Regulated: only the custodian writes it.
    case custodian
    /// A multi-value register: concurrent values are kept side by side until a person chooses.
    case free
    /// A set that only grows.
    case grow
    /// Follows from other fields or from the log; never written.
    case computed
}

/// Who gives the value of a field.
public enum FieldSource: String, Sendable, CaseIterable {
    /// A person, at registration, with an act or by amending.
    case person
    /// An act writes it by itself (state, times and posts of acts); no form offers it.
    case act
    /// Computed from other fields.
    case computed
}

/// From which step on a field must have a value (column M of model §2.2).
public enum RequiredFrom: String, Sendable, CaseIterable {
    case never
    case registration
    case dispatch
    case reply
    case close
    case archive
}
