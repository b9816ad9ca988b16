/// The value of one field in an action. Instants are milliseconds since 1970 UTC; sets of codes are their stable
/// identifiers, sorted and joined by commas.
public enum Value: Hashable, Sendable {
    /// The field was cleared on purpose.
    case empty
    case integer(Int64)
    case text(String)
}

extension Value: Comparable {
    /// A total order, used only to list sets the same way on every node.
    public static func < (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.empty, .empty): false
        case (.empty, _): true
        case (_, .empty): false
        case (.integer(let a), .integer(let b)): a < b
        case (.integer, .text): true
        case (.text, .integer): false
        case (.text(let a), .text(let b)): a.utf8.lexicographicallyPrecedes(b.utf8)
        }
    }
}

/// The number of a field. What it means is the business of the layer above; `SyncProtocol` knows no ticket.
public struct FieldID: Hashable, Comparable, Sendable, RawRepresentable {
    public let rawValue: UInt16
    public init(rawValue: UInt16) { self.rawValue = rawValue }
    public static func < (left: FieldID, right: FieldID) -> Bool { left.rawValue < right.rawValue }
}
