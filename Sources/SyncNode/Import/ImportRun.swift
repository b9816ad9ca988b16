import SyncProtocol

/// One import from beginning to end: rows come out, what became of them goes in, and it can stop at any moment.
///
///     var run = try ImportRun(files, targets: names, hash: hash)
///     while let row = try run.next() {
///         if case .fields(let fields) = row.outcome { try send(fields, key: run.idempotencyKey(row)) }
///         try run.settle(row)
///         if row.number % 100 == 0 { try run.save() }
///     }
///     try run.finish()
struct ImportRun {
    /// The files of one import.
    struct Files: Sendable {
        /// `-` for standard input.
        var source: String
        var mapping: String
        var rejects: String
        var progress: String

        /// Rejects and progress beside the source, of one node where one is named.
        init(source: String, mapping: String, node: String? = nil) {
            let base = (source == "-" ? "import" : source) + (node.map { "." + $0 } ?? "")
            self.source = source
            self.mapping = mapping
            rejects = base + ".rejects.csv"
            progress = base + ".progress.json"
        }
    }

    /// What is done so far, rows of earlier runs included.
    private(set) var progress: ImportProgress
    /// Size of the source in bytes; nil for a pipe.
    let byteCount: Int64?
    private let files: Files
    private let rejects: RejectFile
    private var reader: ImportReader

    /// Opens the files and goes on where an earlier run stopped.
    /// - Parameter targets: the fields that a ticket has; nil accepts every name.
    /// - Throws: `ConfigurationError` about mapping or progress file, `ImportError` about the others.
    init(_ files: Files, targets: [String]?, hash: @escaping HashFunction) throws {
        let mapping = try ImportMapping.load(files.mapping, targets: targets, hash: hash)
        let source = try FileSource(files.source)
        let kept = try ImportProgress.load(files.progress)
        reader = try ImportReader(source, mapping: mapping, hash: hash)
        try kept?.check(reader.fingerprint, mapping: mapping.digest, file: files.source)
        self.files = files
        byteCount = source.byteCount
        progress = kept ?? ImportProgress(fingerprint: reader.fingerprint, mapping: mapping.digest)
        rejects = try RejectFile(
            files.rejects, format: RejectFormat(columns: reader.columns, isGuarded: reader.isGuarded),
            resumeAt: kept?.rejectFileBytes)
        try reader.skip(rows: progress.rowsDone)
        // From here on the reject file is known to be ours, even if nothing else gets done.
        if kept == nil { try progress.save(to: files.progress) }
    }

    /// True where the mapping says which unit a row belongs to.
    var namesUnits: Bool { reader.namesUnits }

    /// Ties the import to where it goes.
    mutating func bind(to destination: ImportDestination) throws(ImportError) {
        try progress.bind(to: destination.binding, file: files.progress)
    }

    /// Bytes of the source that have been read, out of `byteCount`.
    var bytesRead: Int64 { reader.bytesRead }

    /// Columns of the file that no rule of the mapping uses.
    var unusedColumns: [String] { reader.unusedColumns }

    /// The next row that is not done; nil at the end.
    mutating func next() throws(ImportError) -> ImportRow? { try reader.next() }

    /// The key that makes sending a row twice harmless.
    func idempotencyKey(_ row: ImportRow) -> String { progress.fingerprint.idempotencyKey(row: row.number) }

    /// Takes note that a row is acknowledged, or puts a rejected one into the reject file. Rows are settled in order.
    mutating func settle(_ row: ImportRow) throws(ImportError) {
        try rejects.append(row)
        progress.note(row)
    }

    /// The same for a row that the node refused.
    mutating func reject(_ row: ImportRow, _ reason: RejectReason) throws(ImportError) {
        try settle(row.with(.rejected(reason)))
    }

    /// Makes everything settled so far durable, so that a run after a crash goes on from here.
    mutating func save() throws(ImportError) {
        try rejects.synchronize()
        progress.rejectFileBytes = rejects.byteCount
        try progress.save(to: files.progress)
    }

    /// Marks the import as complete. A second run with the same files then finds nothing to do.
    mutating func finish() throws(ImportError) {
        progress.isComplete = true
        try save()
        try rejects.removeIfEmpty()
    }
}
