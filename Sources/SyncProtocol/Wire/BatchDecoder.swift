/// Reads a batch back and checks every record against its chain, so that what comes out is what the authors wrote.
///
/// Only the form that `BatchEncoder` writes is accepted: a batch has one form, whoever relays it.
struct BatchDecoder {
    private var columns: ColumnReader
    private var incarnations: ReadTable<Incarnation>
    private let heads: [Digest?]
    private var posts: ReadTable<String>
    private let hash: HashFunction
    private var context = BatchContext()
    private var recordBytes = 0
    private var budget: WorkBudget

    static func decode(
        _ reader: inout ByteReader, hash: @escaping HashFunction, _ budget: inout WorkBudget
    ) throws(WireError) -> Batch {
        let start = try reader.cursor()
        let end = try reader.cursor()
        let count = try reader.count(max: Limits.batchEntriesMax)
        var decoder = try BatchDecoder(&reader, hash: hash, budget)
        var items: [BatchItem] = []
        items.reserveCapacity(min(count, decoder.columns[.shape].remaining))
        for _ in 0..<count { items.append(try decoder.item()) }
        try decoder.finish()
        budget = decoder.budget
        let batch = Batch(start: start, end: end, items: items)
        try batch.check(hash)
        return batch
    }

    private init(
        _ reader: inout ByteReader, hash: @escaping HashFunction, _ budget: WorkBudget
    ) throws(WireError) {
        self.budget = budget
        var incarnations: [Incarnation] = []
        var heads: [Digest?] = []
        for _ in 0..<(try reader.count(max: Limits.batchIncarnationsMax)) {
            try self.budget.spend(Limits.workBytesPerName)
            incarnations.append(try reader.incarnation())
            heads.append(try reader.flag() ? try reader.digest() : nil)
        }
        guard Set(incarnations).count == incarnations.count else { throw .malformed }
        var posts: [ExactText] = []
        for _ in 0..<(try reader.count(max: Limits.batchEntriesMax)) {
            try self.budget.spend(Limits.workBytesPerName)
            posts.append(ExactText(text: try reader.text(max: Limits.postBytesMax)))
        }
        guard Set(posts).count == posts.count else { throw .malformed }
        columns = try ColumnReader(&reader)
        self.incarnations = ReadTable(incarnations)
        self.heads = heads
        self.posts = ReadTable(posts.map(\.text))
        self.hash = hash
    }

    /// Nothing left over, and every incarnation's last record has the promised hash.
    private func finish() throws(WireError) {
        try columns.finish()
        try incarnations.finish()
        try posts.finish()
        for (index, head) in heads.enumerated() where context.head(index) != head { throw .hashMismatch }
    }

    private mutating func item() throws(WireError) -> BatchItem {
        try budget.spend(Limits.workBytesPerItem)
        let shape = try columns[.shape].byte()
        guard shape & ~BatchShape.all == 0 else { throw .malformed }
        switch shape & BatchShape.kindMask {
        case BatchShape.action: return try action(shape)
        case BatchShape.bodies where shape == BatchShape.bodies: return try bodiesItem()
        case BatchShape.echo where shape == BatchShape.echo:
            let first = try dot()
            let count = try columns[.sequence].varint(atMost: UInt64(Limits.echoEntriesMax))
            guard count > 0 else { throw .malformed }
            return .echo(first: first, count: count)
        default: throw .malformed
        }
    }

    private mutating func bodiesItem() throws(WireError) -> BatchItem {
        let dot = try dot()
        var bodies: [CarriedBody] = []
        for _ in 0..<(try columns[.bodyShape].count(max: 2)) {
            let (part, isCarried, size) = try bodyHead()
            if let last = bodies.last, last.part >= part { throw .malformed }
            guard isCarried else { throw .malformed }
            bodies.append(CarriedBody(part: part, envelope: try envelope(size)))
        }
        return .bodies(dot, bodies)
    }

    private mutating func action(_ shape: UInt8) throws(WireError) -> BatchItem {
        let line = try incarnations.index(&columns[.incarnation])
        let (dot, previous) = try place(shape, line)
        let document = try document()
        let dependencies = try dependencies(shape, document)
        let stamp = try stamp()
        let post = posts[try posts.index(&columns[.post])]
        let kind = try columns[.kind].small()
        let epoch = try columns[.epoch].small()
        let claim = try claim(shape, document)
        let operations = try Operation.readColumns(&columns)
        let (references, carried) = try bodies()
        let record = CoreRecord(
            dot: dot, document: document, dependencies: dependencies, stamp: stamp, post: post, kind: kind,
            claim: claim, operations: operations, bodies: references, epoch: epoch, previous: previous)
        let bytes = record.encoded()
        try count(recordBytes: bytes.count)
        let sealed = SealedRecord(record, encoded: bytes, hash)
        context.append(sealed, line: line)
        return .action(sealed, bodies: carried)
    }

    /// A record is counted before it is hashed or kept.
    private mutating func count(recordBytes count: Int) throws(WireError) {
        recordBytes += count
        guard count <= Limits.coreRecordBytesMax, recordBytes <= Limits.batchRecordBytesMax else { throw .tooLarge }
        try budget.spend(count)
    }

    /// The dot and the hash before it.
    private mutating func place(_ shape: UInt8, _ line: Int) throws(WireError) -> (Dot, Digest) {
        let incarnation = incarnations[line]
        let next = context.next(line)
        if shape & BatchShape.follows != 0 {
            guard let next, next.sequence <= Limits.sequenceMax else { throw .malformed }
            return (Dot(incarnation, next.sequence), next.previous)
        }
        let sequence = try columns[.sequence].sequence()
        let previous = try columns[.previous].digest()
        if let next, next.sequence == sequence, next.previous == previous { throw .malformed }
        return (Dot(incarnation, sequence), previous)
    }

    private mutating func dot() throws(WireError) -> Dot {
        let line = try incarnations.index(&columns[.incarnation])
        return Dot(incarnations[line], try columns[.sequence].sequence())
    }

    private mutating func document() throws(WireError) -> DocumentID {
        let space = try columns[.space].varint()
        if space == 0 {
            let document = DocumentID(
                space: try columns[.documentLow].fixed64(), number: try columns[.documentLow].fixed64())
            guard !document.isTicket else { throw .malformed }
            return document
        }
        let line = try incarnations.take(space - 1)
        let document = DocumentID(
            space: incarnations[line].rawValue, number: try columns.split(.documentLow, .documentHigh))
        guard document.isWellFormed else { throw .malformed }
        return document
    }

    private mutating func dependencies(_ shape: UInt8, _ document: DocumentID) throws(WireError) -> VersionVector {
        let known = context.vector(of: document)
        if shape & BatchShape.knownDependencies != 0 {
            guard let known else { throw .malformed }
            return known
        }
        let count = try columns[.dependencyCount].count(max: Limits.vectorEntriesMax)
        var entries: [Dot] = []
        entries.reserveCapacity(min(count, columns[.dependencyLow].remaining))
        for _ in 0..<count {
            let line = try incarnations.index(&columns[.dependencyIncarnation])
            let sequence = try columns.split(.dependencyLow, .dependencyHigh)
            guard (1...Limits.sequenceMax).contains(sequence) else { throw .malformed }
            entries.append(Dot(incarnations[line], sequence))
        }
        guard let vector = VersionVector(ascending: entries), vector != known else { throw .malformed }
        return vector
    }

    private mutating func stamp() throws(WireError) -> HybridTime {
        let (milliseconds, overflow) = context.stamp.milliseconds.addingReportingOverflow(try columns[.clock].signed())
        guard !overflow, (0...Limits.clockMillisecondsMax).contains(milliseconds) else { throw .malformed }
        let offset = try columns[.counter].small()
        let stamp = HybridTime(
            milliseconds: milliseconds, counter: context.predictedCounter(at: milliseconds) &+ offset)
        context.advance(to: stamp)
        return stamp
    }

    private mutating func claim(_ shape: UInt8, _ document: DocumentID) throws(WireError) -> CustodyClaim? {
        let first = document.isTicket ? CustodyClaim(leg: 0, version: document.creator) : nil
        if shape & BatchShape.claimsFirstCustody != 0 {
            guard shape & BatchShape.claims != 0, let first else { throw .malformed }
            return first
        }
        guard shape & BatchShape.claims != 0 else { return nil }
        let leg = try columns[.claim].byte()
        let line = try incarnations.index(&columns[.claim])
        let claim = CustodyClaim(leg: leg, version: Dot(incarnations[line], try columns[.claim].sequence()))
        guard claim != first else { throw .malformed }
        return claim
    }

    // MARK: Bodies

    private mutating func bodyHead() throws(WireError) -> (part: Part, isCarried: Bool, size: Int) {
        let shape = try columns[.bodyShape].byte()
        guard let part = Part(rawValue: shape & ~BatchShape.carried), part != .core else { throw .malformed }
        return (part, shape & BatchShape.carried != 0, try columns[.bodyLength].count(max: Limits.bodyBytesMax))
    }

    private mutating func envelope(_ size: Int) throws(WireError) -> [UInt8] {
        try budget.spend(size)
        let head = try columns[.bodyHead].raw(min(size, BatchShape.headBytes))
        let salt = try columns[.bodySalt].raw(min(size - head.count, BatchShape.saltBytes))
        let rest = try columns[.bodyBytes].raw(size - head.count - salt.count)
        var envelope: [UInt8] = []
        envelope.reserveCapacity(size)
        envelope.append(contentsOf: head)
        envelope.append(contentsOf: salt)
        envelope.append(contentsOf: rest)
        return envelope
    }

    private mutating func bodies() throws(WireError) -> ([BodyReference], [CarriedBody]) {
        let count = try columns[.bodyShape].count(max: 2)
        var references: [BodyReference] = []
        var carried: [CarriedBody] = []
        for _ in 0..<count {
            let (part, isCarried, size) = try bodyHead()
            if let last = references.last, last.part >= part { throw .malformed }
            if isCarried {
                let body = CarriedBody(part: part, envelope: try envelope(size))
                let digest = body.envelope.withUnsafeBytes { hash($0) }
                references.append(BodyReference(part: part, hash: digest, size: size))
                carried.append(body)
            } else {
                references.append(BodyReference(part: part, hash: try columns[.bodyHash].digest(), size: size))
            }
        }
        return (references, carried)
    }
}

extension Batch {
    /// A stretch of a log ends as many entries after its start as its items stand for, with the chain hash that they
    /// lead to. Loose items have no place in a log, and there is nothing to echo.
    fileprivate func check(_ hash: HashFunction) throws(WireError) {
        var count: UInt64 = 0
        var echoed: UInt64 = 0
        for item in items {
            if case .echo(_, let run) = item {
                guard !isLoose else { throw .malformed }
                echoed += run
                guard echoed <= UInt64(Limits.echoEntriesMax) else { throw .tooLarge }
            }
            count += item.entryCount
            guard count <= UInt64(Limits.batchEntriesMax) else { throw .tooLarge }
        }
        if isLoose {
            guard start == Cursor(startOf: 0), end == start else { throw .malformed }
            return
        }
        guard end.log == start.log, end.sequence == start.sequence + count else { throw .malformed }
        guard recomputedChain(hash) == end.chain else { throw .hashMismatch }
    }
}

extension ByteReader {
    mutating func varint(atMost max: UInt64) throws(WireError) -> UInt64 {
        let value = try varint()
        guard value <= max else { throw .tooLarge }
        return value
    }
}
