/// What both sides of a batch remember of the items before, so that the next one can leave it out (rule R14). Encoder
/// and decoder ask the same questions: each record has exactly one short form.
struct BatchContext {
    /// The latest record of an incarnation in this batch.
    private struct Line {
        var sequence: UInt64
        var hash: Digest
    }

    /// By index of the incarnation.
    private var lines: [Line?] = []
    private var documents: [DocumentID: VersionVector] = [:]
    private(set) var stamp = HybridTime(rawValue: 0)

    /// The dot and hash of the record that comes next in an incarnation's chain.
    func next(_ line: Int) -> (sequence: UInt64, previous: Digest)? {
        guard line < lines.count, let last = lines[line] else { return nil }
        return (last.sequence + 1, last.hash)
    }

    /// The hash of an incarnation's last record in the batch.
    func head(_ line: Int) -> Digest? { line < lines.count ? lines[line]?.hash : nil }

    /// What the latest record of a document leaves behind.
    func vector(of document: DocumentID) -> VersionVector? { documents[document] }

    /// Counter of a stamp in this millisecond, if nothing came between.
    func predictedCounter(at milliseconds: Int64) -> UInt16 {
        milliseconds == stamp.milliseconds ? stamp.counter &+ 1 : 0
    }

    /// The stamp of the next item.
    mutating func advance(to stamp: HybridTime) { self.stamp = stamp }

    /// The record is in the batch.
    mutating func append(_ sealed: SealedRecord, line: Int) {
        if line >= lines.count { lines.append(contentsOf: repeatElement(nil, count: line + 1 - lines.count)) }
        lines[line] = Line(sequence: sealed.record.dot.sequence, hash: sealed.hash)
        documents[sealed.record.document] = VersionVector.following(sealed.record)
    }
}

/// The bits of the shape column.
enum BatchShape {
    static let action: UInt8 = 0
    static let bodies: UInt8 = 1
    static let echo: UInt8 = 2
    static let kindMask: UInt8 = 3
    /// The record before it in the batch is its incarnation's previous one.
    static let follows: UInt8 = 1 << 2
    /// Its dependencies are what the batch's earlier record of the document leaves behind.
    static let knownDependencies: UInt8 = 1 << 3
    static let claims: UInt8 = 1 << 4
    /// The claim is the lead leg under the document's creation.
    static let claimsFirstCustody: UInt8 = 1 << 5
    static let all: UInt8 = (1 << 6) - 1
    /// In the body shape column: the body itself is here.
    static let carried: UInt8 = 1 << 7
    /// Algorithm and key id, at the head of an envelope, repeat.
    static let headBytes = 2
    /// The salt behind them is random and does not compress.
    static let saltBytes = 16
}

/// Text by its bytes: `String` takes different spellings of one character for equal.
struct ExactText: Hashable {
    let text: String

    static func == (left: ExactText, right: ExactText) -> Bool { left.text.utf8.elementsEqual(right.text.utf8) }

    func hash(into hasher: inout Hasher) { for byte in text.utf8 { hasher.combine(byte) } }
}

/// Values numbered in order of first use.
struct IndexTable<Key: Hashable> {
    private(set) var values: [Key] = []
    private var indexes: [Key: Int] = [:]
    /// Most items name what the item before named.
    private var last = 0

    mutating func index(of key: Key) -> Int {
        if last < values.count, values[last] == key { return last }
        if let index = indexes[key] {
            last = index
            return index
        }
        last = values.count
        indexes[key] = last
        values.append(key)
        return last
    }
}

/// The reading side of an `IndexTable`: values must be named in the order of the table, and all of them.
struct ReadTable<Value> {
    private let values: [Value]
    private var named = 0

    init(_ values: [Value]) { self.values = values }

    subscript(index: Int) -> Value { values[index] }

    /// The index of the next value named, in bounds.
    mutating func index(_ reader: inout ByteReader) throws(WireError) -> Int {
        try take(reader.varint())
    }

    mutating func take(_ raw: UInt64) throws(WireError) -> Int {
        guard raw < UInt64(values.count), raw <= UInt64(named) else { throw .malformed }
        if raw == UInt64(named) { named += 1 }
        return Int(raw)
    }

    func finish() throws(WireError) { if named < values.count { throw .malformed } }
}

extension VersionVector {
    /// The author's vector after the act, where its line was one of the entries or none: what a later record of the
    /// same document depends on, if nothing else came between.
    static func following(_ record: CoreRecord) -> VersionVector? {
        let entries = record.dependencies.entries
        let dot = record.dot
        if entries.isEmpty || entries.count == 1 && entries[0].incarnation == dot.incarnation {
            return VersionVector(dot)
        }
        var after: [Dot] = []
        after.reserveCapacity(entries.count + 1)
        after.append(contentsOf: entries.prefix { $0.incarnation < dot.incarnation })
        after.append(dot)
        after.append(contentsOf: entries.dropFirst(after.count - 1).drop { $0.incarnation == dot.incarnation })
        return after.count <= Limits.vectorEntriesMax ? VersionVector(ascending: after) : nil
    }
}

extension DocumentID {
    /// The dot that created a ticket.
    public var creator: Dot {
        precondition(isTicket)
        return Dot(Incarnation(rawValue: space), number)
    }
}
