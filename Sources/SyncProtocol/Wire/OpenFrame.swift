/// A frame whose check is right and whose first parts are read: who speaks and how far both have come. What costs more,
/// batches above all, is read only when `message` is called.
public struct OpenFrame: Sendable {
    /// Without batches, questions, replies and what is behind them.
    public let head: Message
    private let parts: UInt64
    private let rest: ByteReader
    private let budget: WorkBudget
    private let hash: HashFunction

    init(
        session: UInt64, payload: [UInt8], budget: WorkBudget, hash: @escaping HashFunction
    ) throws(WireError) {
        var reader = ByteReader(payload)
        let parts = try reader.varint()
        head = try Message(session, head: &reader, parts)
        self.parts = parts
        rest = reader
        self.budget = budget
        self.hash = hash
    }

    /// The whole message.
    ///
    /// - Throws: `WireError`.
    public func message() throws(WireError) -> Message {
        var message = head
        var reader = rest
        var budget = budget
        try message.readRest(&reader, parts, hash, &budget)
        try reader.finish()
        return message
    }
}
