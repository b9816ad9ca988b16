/// Reads a batch back and checks every record against its chain, so that what comes out is what the authors wrote.
struct BatchDecoder {
    private var columns: ColumnReader
    private let incarnations: [Incarnation]
    private let heads: [Digest?]
    private let posts: [String]
    private let hash: HashFunction
    private var lastSequence: [Incarnation: UInt64] = [:]
    private var lastHash: [Incarnation: Digest] = [:]
    private var vectors: [DocumentID: VersionVector] = [:]
    private var lastStamp = HybridTime(rawValue: 0)

    static func decode(_ reader: inout ByteReader, hash: @escaping HashFunction) throws(WireError) -> Batch {
        let start = try reader.cursor()
        let end = try reader.cursor()
        let count = try reader.count(max: Limits.batchEntriesMax)
        var decoder = try BatchDecoder(&reader, hash: hash)
        var items: [BatchItem] = []
        items.reserveCapacity(min(count, 4096))
        for _ in 0..<count { items.append(try decoder.item()) }
        try decoder.finish()
        let batch = Batch(start: start, end: end, items: items)
        if !batch.isLoose {
            try batch.checkLength()
            guard batch.recomputedChain(hash) == end.chain else { throw .hashMismatch }
        }
        return batch
    }

    private init(_ reader: inout ByteReader, hash: @escaping HashFunction) throws(WireError) {
        var incarnations: [Incarnation] = []
        var heads: [Digest?] = []
        for _ in 0..<(try reader.count(max: Limits.batchIncarnationsMax)) {
            incarnations.append(Incarnation(rawValue: try reader.fixed64()))
            heads.append(try reader.flag() ? try reader.digest() : nil)
        }
        var posts: [String] = []
        for _ in 0..<(try reader.count(max: Limits.batchEntriesMax)) {
            posts.append(try reader.text(max: Limits.postBytesMax))
        }
        columns = try ColumnReader(&reader)
        self.incarnations = incarnations
        self.heads = heads
        self.posts = posts
        self.hash = hash
    }

    /// Nothing left over, and every incarnation's last record has the promised hash.
    private func finish() throws(WireError) {
        try columns.finish()
        for (incarnation, head) in zip(incarnations, heads) where lastHash[incarnation] != head { throw .hashMismatch }
    }

    private mutating func item() throws(WireError) -> BatchItem {
        let shape = try columns[.shape].byte()
        guard shape & ~BatchShape.all == 0 else { throw .malformed }
        switch shape & BatchShape.kindMask {
        case BatchShape.action: return try action(shape)
        case BatchShape.bodies where shape == BatchShape.bodies:
            let dot = try dot()
            let count = Int(try columns[.bodyShape].varint(atMost: 2))
            var bodies: [CarriedBody] = []
            for _ in 0..<count {
                guard case .carried(let body) = try body() else { throw .malformed }
                bodies.append(body)
            }
            return .bodies(dot, bodies)
        case BatchShape.echo where shape == BatchShape.echo:
            let first = try dot()
            let count = try columns[.sequence].varint(atMost: UInt64(Limits.batchEntriesMax))
            guard count > 0, first.sequence <= UInt64.max - count else { throw .malformed }
            return .echo(first: first, count: count)
        default: throw .malformed
        }
    }

    private mutating func action(_ shape: UInt8) throws(WireError) -> BatchItem {
        let incarnation = try incarnation(.incarnation)
        let dot: Dot
        let previous: Digest
        if shape & BatchShape.follows != 0 {
            guard let sequence = lastSequence[incarnation], let last = lastHash[incarnation], sequence < UInt64.max
            else { throw .malformed }
            dot = Dot(incarnation, sequence + 1)
            previous = last
        } else {
            let sequence = try columns[.sequence].varint()
            guard sequence > 0 else { throw .malformed }
            dot = Dot(incarnation, sequence)
            previous = try columns[.previous].digest()
        }
        let document = try document()
        let dependencies = try dependencies(shape, document)
        let stamp = try stamp()
        let postIndex = try columns[.post].varint(atMost: UInt64(max(posts.count, 1) - 1))
        guard !posts.isEmpty else { throw .malformed }
        let kind = try columns[.kind].small()
        let epoch = try columns[.epoch].small()
        let claim = try claim(shape, document)
        let operations = try Operation.readColumns(&columns)
        let (references, carried) = try bodies()
        let record = CoreRecord(
            dot: dot, document: document, dependencies: dependencies, stamp: stamp, post: posts[Int(postIndex)],
            kind: kind, claim: claim, operations: operations, bodies: references, epoch: epoch, previous: previous)
        lastSequence[incarnation] = dot.sequence
        let sealed = SealedRecord(record, hash)
        lastHash[incarnation] = sealed.hash
        vectors[document] = VersionVector.following(record)
        return .action(sealed, bodies: carried)
    }

    private mutating func incarnation(_ column: Column) throws(WireError) -> Incarnation {
        let index = try columns[column].varint()
        guard index < UInt64(incarnations.count) else { throw .malformed }
        return incarnations[Int(index)]
    }

    private mutating func dot() throws(WireError) -> Dot {
        let incarnation = try incarnation(.incarnation)
        let sequence = try columns[.sequence].varint()
        guard sequence > 0 else { throw .malformed }
        return Dot(incarnation, sequence)
    }

    private mutating func document() throws(WireError) -> DocumentID {
        let space = try columns[.space].varint(atMost: UInt64(incarnations.count))
        if space == 0 {
            return DocumentID(
                space: try columns[.documentLow].fixed64(), number: try columns[.documentLow].fixed64())
        }
        let document = DocumentID(
            space: incarnations[Int(space) - 1].rawValue, number: try columns.split(.documentLow, .documentHigh))
        guard document.isTicket, document.number > 0 else { throw .malformed }
        return document
    }

    private mutating func dependencies(_ shape: UInt8, _ document: DocumentID) throws(WireError) -> VersionVector {
        if shape & BatchShape.knownDependencies != 0 {
            guard let vector = vectors[document] else { throw .malformed }
            return vector
        }
        var entries: [Dot] = []
        for _ in 0..<Int(try columns[.dependencyCount].varint(atMost: UInt64(Limits.vectorEntriesMax))) {
            let incarnation = try incarnation(.dependencyIncarnation)
            let sequence = try columns.split(.dependencyLow, .dependencyHigh)
            guard sequence > 0 else { throw .malformed }
            entries.append(Dot(incarnation, sequence))
        }
        guard let vector = VersionVector(entries: entries), vector.entries == entries else { throw .malformed }
        return vector
    }

    private mutating func stamp() throws(WireError) -> HybridTime {
        let (milliseconds, overflow) = lastStamp.milliseconds.addingReportingOverflow(try columns[.clock].signed())
        guard !overflow, (0...Limits.clockMillisecondsMax).contains(milliseconds) else { throw .malformed }
        let predicted = milliseconds == lastStamp.milliseconds ? lastStamp.counter &+ 1 : 0
        let offset = try columns[.counter].small()
        lastStamp = HybridTime(milliseconds: milliseconds, counter: predicted &+ offset)
        return lastStamp
    }

    private mutating func claim(_ shape: UInt8, _ document: DocumentID) throws(WireError) -> CustodyClaim? {
        if shape & BatchShape.claimsFirstCustody != 0 {
            guard shape & BatchShape.claims != 0, document.isTicket else { throw .malformed }
            return CustodyClaim(leg: 0, version: document.creator)
        }
        guard shape & BatchShape.claims != 0 else { return nil }
        let leg = try columns[.claim].byte()
        let incarnation = try incarnation(.claim)
        let sequence = try columns[.claim].varint()
        guard sequence > 0 else { throw .malformed }
        return CustodyClaim(leg: leg, version: Dot(incarnation, sequence))
    }

    private enum BodySlot {
        case carried(CarriedBody)
        case withheld(BodyReference)
    }

    private mutating func body() throws(WireError) -> BodySlot {
        let shape = try columns[.bodyShape].byte()
        guard let part = Part(rawValue: shape & ~BatchShape.carried), part != .core else { throw .malformed }
        let size = Int(try columns[.bodyLength].varint(atMost: UInt64(Limits.bodyBytesMax)))
        if shape & BatchShape.carried == 0 {
            return .withheld(BodyReference(part: part, hash: try columns[.bodyHash].digest(), size: size))
        }
        let head = try columns[.bodySalt].raw(min(size, BatchShape.saltBytes))
        let rest = try columns[.bodyBytes].raw(size - head.count)
        return .carried(CarriedBody(part: part, envelope: Array(head) + Array(rest)))
    }

    private mutating func bodies() throws(WireError) -> ([BodyReference], [CarriedBody]) {
        let count = Int(try columns[.bodyShape].varint(atMost: 2))
        var references: [BodyReference] = []
        var carried: [CarriedBody] = []
        for _ in 0..<count {
            switch try body() {
            case .withheld(let reference): references.append(reference)
            case .carried(let body):
                let digest = body.envelope.withUnsafeBytes { hash($0) }
                references.append(BodyReference(part: body.part, hash: digest, size: body.envelope.count))
                carried.append(body)
            }
        }
        if references.count == 2, references[0].part >= references[1].part { throw .malformed }
        return (references, carried)
    }
}

extension Batch {
    /// The end lies as many entries after the start as the items stand for.
    fileprivate func checkLength() throws(WireError) {
        var count: UInt64 = 0
        for item in items {
            count += item.entryCount
            guard count <= UInt64(Limits.batchEntriesMax) else { throw .tooLarge }
        }
        let (expected, overflow) = start.sequence.addingReportingOverflow(count)
        guard !overflow, end.log == start.log, end.sequence == expected else { throw .malformed }
    }
}

extension ByteReader {
    mutating func varint(atMost max: UInt64) throws(WireError) -> UInt64 {
        let value = try varint()
        guard value <= max else { throw .tooLarge }
        return value
    }
}
