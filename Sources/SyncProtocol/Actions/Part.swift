/// The three parts of an action, by who may hold them.
public enum Part: UInt8, Sendable, CaseIterable, Comparable {
    /// No personal data and no free text: for every node that holds the document at all.
    case core = 0
    /// Structured case data and reviewed texts.
    case casework = 1
    /// Identity, contacts, original words, unreviewed notes.
    case personal = 2

    public static func < (left: Part, right: Part) -> Bool { left.rawValue < right.rawValue }
}

/// How much of a document one node may hold. Ordered: each level includes those below it.
public enum Disclosure: UInt8, Sendable, Comparable, CaseIterable {
    case nothing = 0
    case core = 1
    case casework = 2
    case full = 3

    public static func < (left: Disclosure, right: Disclosure) -> Bool { left.rawValue < right.rawValue }

    /// True where a node at this level may hold `part`.
    public func includes(_ part: Part) -> Bool { rawValue > part.rawValue }
}
