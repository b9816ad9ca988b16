/// Writes a batch in columns and leaves out what the reader can recompute (rule R14): hashes of records and of bodies
/// that travel along, the previous hash inside a run, dependencies that follow from the batch itself, and document
/// identifiers but for their number.
struct BatchEncoder {
    private var columns = ColumnWriter()
    private var incarnations = IndexTable<UInt64>()
    private var posts = IndexTable<String>()
    private var lastSequence: [UInt64: UInt64] = [:]
    private var lastHash: [UInt64: Digest] = [:]
    private var vectors: [DocumentID: VersionVector] = [:]
    private var lastStamp = HybridTime(rawValue: 0)

    static func encode(_ batch: Batch, to writer: inout ByteWriter) {
        var encoder = BatchEncoder()
        for item in batch.items { encoder.add(item) }
        writer.cursor(batch.start)
        writer.cursor(batch.end)
        writer.varint(batch.items.count)
        writer.varint(encoder.incarnations.values.count)
        for incarnation in encoder.incarnations.values {
            writer.fixed64(incarnation)
            // The hash of the last record of each incarnation proves all of them through the chain.
            if let hash = encoder.lastHash[incarnation] {
                writer.byte(1)
                writer.digest(hash)
            } else {
                writer.byte(0)
            }
        }
        writer.varint(encoder.posts.values.count)
        for post in encoder.posts.values { writer.text(post) }
        encoder.columns.write(to: &writer)
    }

    private mutating func add(_ item: BatchItem) {
        switch item {
        case .action(let sealed, let bodies): add(sealed, bodies)
        case .bodies(let dot, let bodies):
            columns[.shape].byte(BatchShape.bodies)
            addIncarnation(dot.incarnation, .incarnation)
            columns[.sequence].varint(dot.sequence)
            columns[.bodyShape].varint(bodies.count)
            for body in bodies { addCarried(body) }
        case .echo(let first, let count):
            columns[.shape].byte(BatchShape.echo)
            addIncarnation(first.incarnation, .incarnation)
            columns[.sequence].varint(first.sequence)
            columns[.sequence].varint(count)
        }
    }

    private mutating func add(_ sealed: SealedRecord, _ bodies: [CarriedBody]) {
        let record = sealed.record
        let line = record.dot.incarnation.rawValue
        let follows = lastSequence[line] == record.dot.sequence - 1 && lastHash[line] == record.previous
        var shape = BatchShape.action
        if follows { shape |= BatchShape.follows }
        let expected = vectors[record.document]
        if expected == record.dependencies { shape |= BatchShape.knownDependencies }
        if record.claim != nil { shape |= BatchShape.claims }
        if record.document.isTicket && record.claim == CustodyClaim(leg: 0, version: record.document.creator) {
            shape |= BatchShape.claimsFirstCustody
        }
        columns[.shape].byte(shape)
        addIncarnation(record.dot.incarnation, .incarnation)
        if !follows {
            columns[.sequence].varint(record.dot.sequence)
            columns[.previous].digest(record.previous)
        }
        addDocument(record.document)
        if shape & BatchShape.knownDependencies == 0 { addDependencies(record.dependencies) }
        addStamp(record.stamp)
        columns[.post].varint(posts.index(of: record.post))
        columns[.kind].varint(UInt64(record.kind))
        columns[.epoch].varint(UInt64(record.epoch))
        if let claim = record.claim, shape & BatchShape.claimsFirstCustody == 0 { add(claim) }
        Operation.writeColumns(record.operations, &columns)
        add(record.bodies, bodies)
        lastSequence[line] = record.dot.sequence
        lastHash[line] = sealed.hash
        vectors[record.document] = VersionVector.following(record)
    }

    private mutating func addIncarnation(_ incarnation: Incarnation, _ column: Column) {
        columns[column].varint(incarnations.index(of: incarnation.rawValue))
    }

    private mutating func addDocument(_ document: DocumentID) {
        if document.isTicket {
            columns[.space].varint(incarnations.index(of: document.space) + 1)
            columns.split(document.number & (1 << 60 - 1), .documentLow, .documentHigh)
        } else {
            columns[.space].varint(0)
            columns[.documentLow].fixed64(document.space)
            columns[.documentLow].fixed64(document.number)
        }
    }

    private mutating func addDependencies(_ vector: VersionVector) {
        columns[.dependencyCount].varint(vector.entries.count)
        for entry in vector.entries {
            addIncarnation(entry.incarnation, .dependencyIncarnation)
            columns.split(entry.sequence, .dependencyLow, .dependencyHigh)
        }
    }

    private mutating func addStamp(_ stamp: HybridTime) {
        columns[.clock].signed(stamp.milliseconds &- lastStamp.milliseconds)
        let predicted = stamp.milliseconds == lastStamp.milliseconds ? lastStamp.counter &+ 1 : 0
        columns[.counter].varint(UInt64(stamp.counter &- predicted))
        lastStamp = stamp
    }

    private mutating func add(_ claim: CustodyClaim) {
        columns[.claim].byte(claim.leg)
        columns[.claim].varint(incarnations.index(of: claim.version.incarnation.rawValue))
        columns[.claim].varint(claim.version.sequence)
    }

    /// A body that travels proves its own hash; of one that does not, hash and size are sent.
    private mutating func add(_ references: [BodyReference], _ carried: [CarriedBody]) {
        columns[.bodyShape].varint(references.count)
        for reference in references {
            if let body = carried.first(where: { $0.part == reference.part }) {
                addCarried(body)
            } else {
                columns[.bodyShape].byte(reference.part.rawValue)
                columns[.bodyLength].varint(reference.size)
                columns[.bodyHash].digest(reference.hash)
            }
        }
    }

    private mutating func addCarried(_ body: CarriedBody) {
        columns[.bodyShape].byte(body.part.rawValue | BatchShape.carried)
        columns[.bodyLength].varint(body.envelope.count)
        columns[.bodySalt].raw(body.envelope.prefix(BatchShape.saltBytes))
        columns[.bodyBytes].raw(body.envelope.dropFirst(BatchShape.saltBytes))
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
    /// Algorithm, key id and salt at the head of an unsealed envelope do not compress; they have a column.
    static let saltBytes = 18
}

/// Values numbered in order of first use.
struct IndexTable<Key: Hashable> {
    private(set) var values: [Key] = []
    private var indexes: [Key: Int] = [:]

    mutating func index(of key: Key) -> Int {
        if let index = indexes[key] { return index }
        indexes[key] = values.count
        values.append(key)
        return values.count - 1
    }
}

extension VersionVector {
    /// The author's vector after the act, where its line was one of the entries or none: what a later record of the
    /// same document depends on, if nothing else came between.
    static func following(_ record: CoreRecord) -> VersionVector? {
        var entries = record.dependencies.entries.filter { $0.incarnation != record.dot.incarnation }
        entries.append(record.dot)
        return VersionVector(entries: entries)
    }
}

extension DocumentID {
    /// The dot that created a ticket.
    public var creator: Dot {
        precondition(isTicket)
        return Dot(Incarnation(rawValue: space), number)
    }
}

extension ByteWriter {
    mutating func cursor(_ cursor: Cursor) {
        fixed64(cursor.log)
        varint(cursor.sequence)
        fixed64(cursor.chain.high)
        fixed64(cursor.chain.low)
    }
}

extension ByteReader {
    mutating func cursor() throws(WireError) -> Cursor {
        Cursor(
            log: try fixed64(), sequence: try varint(), chain: ChainHash(high: try fixed64(), low: try fixed64()))
    }
}
