/// Writes a batch in columns and leaves out what the reader can recompute (rule R14): hashes of records and of bodies
/// that travel along, the previous hash inside a run, dependencies that follow from the batch itself, and document
/// identifiers but for their number.
struct BatchEncoder {
    private var columns = ColumnWriter()
    private var incarnations = IndexTable<UInt64>()
    private var posts = IndexTable<ExactText>()
    private var context = BatchContext()
    private var work = 0

    /// - Returns: what reading it costs (`WorkBudget`).
    static func encode(_ batch: Batch, to writer: inout ByteWriter) -> Int {
        var encoder = BatchEncoder()
        for item in batch.items { encoder.add(item) }
        writer.cursor(batch.start)
        writer.cursor(batch.end)
        writer.varint(batch.items.count)
        encoder.writeTables(to: &writer)
        encoder.columns.write(to: &writer)
        let names = encoder.incarnations.values.count + encoder.posts.values.count
        return encoder.work + names * Limits.workBytesPerName
    }

    private func writeTables(to writer: inout ByteWriter) {
        writer.varint(incarnations.values.count)
        for (index, incarnation) in incarnations.values.enumerated() {
            writer.fixed64(incarnation)
            // The hash of the last record of each incarnation proves all of them through the chain.
            if let hash = context.head(index) {
                writer.byte(1)
                writer.digest(hash)
            } else {
                writer.byte(0)
            }
        }
        writer.varint(posts.values.count)
        for post in posts.values { writer.text(post.text) }
    }

    private mutating func add(_ item: BatchItem) {
        switch item {
        case .action(let sealed, let bodies):
            add(sealed, bodies)
            work += WorkBudget.work(sealed, bodies)
        case .bodies(let dot, let bodies):
            columns[.shape].byte(BatchShape.bodies)
            addIncarnation(dot.incarnation, .incarnation)
            columns[.sequence].varint(dot.sequence)
            columns[.bodyShape].varint(bodies.count)
            for body in bodies { addCarried(body) }
            work += Limits.workBytesPerItem + WorkBudget.work(bodies)
        case .echo(let first, let count):
            columns[.shape].byte(BatchShape.echo)
            addIncarnation(first.incarnation, .incarnation)
            columns[.sequence].varint(first.sequence)
            columns[.sequence].varint(count)
            work += Limits.workBytesPerItem
        }
    }

    private mutating func add(_ sealed: SealedRecord, _ bodies: [CarriedBody]) {
        let record = sealed.record
        let line = incarnations.index(of: record.dot.incarnation.rawValue)
        let next = context.next(line)
        let follows = next?.sequence == record.dot.sequence && next?.previous == record.previous
        let knowsDependencies = context.vector(of: record.document) == record.dependencies
        let claimsFirst = record.claimsFirstCustody
        var shape = BatchShape.action
        if follows { shape |= BatchShape.follows }
        if knowsDependencies { shape |= BatchShape.knownDependencies }
        if record.claim != nil { shape |= BatchShape.claims }
        if claimsFirst { shape |= BatchShape.claimsFirstCustody }
        columns[.shape].byte(shape)
        columns[.incarnation].varint(line)
        if !follows {
            columns[.sequence].varint(record.dot.sequence)
            columns[.previous].digest(record.previous)
        }
        addDocument(record.document)
        if !knowsDependencies { addDependencies(record.dependencies) }
        addStamp(record.stamp)
        columns[.post].varint(posts.index(of: ExactText(text: record.post)))
        columns[.kind].varint(UInt64(record.kind))
        columns[.epoch].varint(UInt64(record.epoch))
        if let claim = record.claim, !claimsFirst { add(claim) }
        Operation.writeColumns(record.operations, &columns)
        add(record.bodies, bodies)
        context.append(sealed, line: line)
    }

    private mutating func addIncarnation(_ incarnation: Incarnation, _ column: Column) {
        columns[column].varint(incarnations.index(of: incarnation.rawValue))
    }

    private mutating func addDocument(_ document: DocumentID) {
        if document.isTicket {
            columns[.space].varint(incarnations.index(of: document.space) + 1)
            columns.split(document.number, .documentLow, .documentHigh)
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
        columns[.clock].signed(stamp.milliseconds - context.stamp.milliseconds)
        columns[.counter].varint(UInt64(stamp.counter &- context.predictedCounter(at: stamp.milliseconds)))
        context.advance(to: stamp)
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
        let size = body.envelope.count
        columns[.bodyLength].varint(size)
        let head = min(size, BatchShape.headBytes)
        let salt = min(size, head + BatchShape.saltBytes)
        columns[.bodyHead].raw(body.envelope[..<head])
        columns[.bodySalt].raw(body.envelope[head..<salt])
        columns[.bodyBytes].raw(body.envelope[salt...])
    }
}

extension CoreRecord {
    /// True where the claim is the lead leg's first version, made by the document's creation.
    var claimsFirstCustody: Bool {
        guard let claim, document.isTicket else { return false }
        return claim == CustodyClaim(leg: 0, version: document.creator)
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
        let log = try fixed64()
        let sequence = try varint(atMost: Limits.sequenceMax)
        return Cursor(log: log, sequence: sequence, chain: ChainHash(high: try fixed64(), low: try fixed64()))
    }
}
