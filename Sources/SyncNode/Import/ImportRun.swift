import SyncProtocol

/// What came of the rows of an import, as the nodes said it of each.
struct ImportCount: Hashable, Sendable {
    /// Rows so far, those that were rejected or left included.
    var rows = 0
    /// Became tickets now.
    var registered = 0
    /// Are held already: an earlier run registered them.
    var alreadyHeld = 0
    var rejected = 0
    /// Belong to other units than the one that this import is for.
    var elsewhere = 0

    /// What the nodes hold of the file.
    var held: Int { registered + alreadyHeld }
}

/// One import from beginning to end: rows come out, what became of them goes in, and it can stop at any moment.
///
///     var run = try ImportRun(files, targets: names, hash: hash)
///     while let row = try run.next() {
///         if case .fields(let fields) = row.outcome { try send(fields, key: row.key) }
///         try run.settle(row)
///     }
///     try run.finish()
struct ImportRun {
    /// The files of one import.
    struct Files: Sendable {
        /// `-` for standard input.
        var source: String
        var mapping: String
        var rejects: String

        /// Rejects beside the source, of one node where one is named.
        init(source: String, mapping: String, node: String? = nil) {
            self.source = source
            self.mapping = mapping
            rejects = (source == "-" ? "import" : source) + (node.map { "." + $0 } ?? "") + ".rejects.csv"
        }
    }

    /// What is done so far in this run.
    private(set) var count = ImportCount()
    /// Size of the source in bytes; nil for a pipe.
    let byteCount: Int64?
    private let files: Files
    private let rejects: RejectFile
    private var reader: ImportReader

    /// Opens the files.
    /// - Parameter targets: the fields that a ticket has; nil accepts every name.
    /// - Throws: `ConfigurationError` about the mapping, `ImportError` about the others.
    init(_ files: Files, targets: [String]?, hash: @escaping HashFunction) throws {
        let mapping = try ImportMapping.load(files.mapping, targets: targets)
        let source = try FileSource(files.source)
        reader = try ImportReader(source, mapping: mapping, hash: hash)
        self.files = files
        byteCount = source.byteCount
        rejects = try RejectFile(
            files.rejects, format: RejectFormat(columns: reader.columns, isGuarded: reader.isGuarded))
    }

    /// True where the mapping says which unit a row belongs to.
    var namesUnits: Bool { reader.namesUnits }

    /// Bytes of the source that have been read, out of `byteCount`.
    var bytesRead: Int64 { reader.bytesRead }

    /// Columns of the file that no rule of the mapping uses.
    var unusedColumns: [String] { reader.unusedColumns }

    /// The next row; nil at the end.
    mutating func next() throws(ImportError) -> ImportRow? { try reader.next() }

    /// Takes note that a row is acknowledged, or puts a rejected one into the reject file. Rows are settled in order.
    ///
    /// - Parameter isNew: false for a row that the node held already.
    mutating func settle(_ row: ImportRow, isNew: Bool = true) throws(ImportError) {
        precondition(row.number == count.rows + 1, "rows are done in order")
        try rejects.append(row)
        count.rows = row.number
        switch row.outcome {
        case .fields where isNew: count.registered += 1
        case .fields: count.alreadyHeld += 1
        case .rejected: count.rejected += 1
        case .elsewhere: count.elsewhere += 1
        }
    }

    /// The same for a row that the node refused.
    mutating func reject(_ row: ImportRow, _ reason: RejectReason) throws(ImportError) {
        try settle(row.with(.rejected(reason)))
    }

    /// Makes the rejected rows durable.
    func save() throws(ImportError) { try rejects.synchronize() }

    /// The whole file was read.
    /// - Throws: also where it holds no row at all.
    func finish() throws(ImportError) {
        try save()
        try rejects.finish()
        guard count.rows > 0 else { throw ImportError(reason: .noRows, file: files.source) }
    }
}
