import SyncProtocol

/// The fields of a node's own record. They lie apart from those of tickets: a node's record has no folded fields.
public enum NodeRecordField {
    /// How many tickets the node has registered up to the end of a day.
    public static let dayTally = FieldID(rawValue: 390)
    /// The shape of its text: the last day that is counted, the first millisecond that is not, the tickets, and when the
    /// last of them was registered (0 for none).
    public static let dayTallyShape = EntryShape(
        ("day", .date), ("before", .instant), ("registered", .count), ("last_at", .instant))

    static let dayTallyType = FieldType.entry(dayTallyShape)
}
