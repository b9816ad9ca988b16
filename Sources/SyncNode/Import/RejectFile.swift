import Glibc

/// How rejected rows are written: `_line`, `_reason`, `_raw`, `_guarded`, then the columns of the imported file.
///
/// After a person has mended the rows, the reject file itself can be imported with the same mapping: the mapping goes by
/// names of columns, and what starts with `_` is ours. No cell is a formula to a spreadsheet (`SpreadsheetCell`), and an
/// import reads each as what it was.
struct RejectFormat: Sendable {
    static let lineColumn = "_line"
    static let reasonColumn = "_reason"
    static let rawColumn = "_raw"
    static let ownColumns = [lineColumn, reasonColumn, rawColumn, SpreadsheetCell.markColumn]

    private let columns: [String]
    private let isGuarded: Bool
    /// Which fields of a record to write: all but our own, where a reject file is imported again.
    private let kept: [Int]

    /// - Parameter isGuarded: the imported file is guarded itself.
    init(columns: [String], isGuarded: Bool) {
        self.columns = columns
        self.isGuarded = isGuarded
        kept = columns.indices.filter { !RejectFormat.ownColumns.contains(columns[$0]) }
    }

    /// The first line of the file.
    var header: [UInt8] { RejectFormat.guarded(RejectFormat.ownColumns + kept.map { columns[$0] }) }

    /// The line for one row; nil for a row that was not rejected.
    func line(_ row: ImportRow) -> [UInt8]? {
        guard case .rejected(let reason) = row.outcome else { return nil }
        let words = ErrorWords.both(ErrorWords.rejects[reason.code], reason.sentence)
        let start = [String(row.line), "\(reason.code): \(words)"]
        guard case .fields(let fields) = row.record.content, fields.count == columns.count else {
            let raw = String(decoding: row.record.raw, as: UTF8.self)
            return RejectFormat.guarded(start + [raw, ""] + kept.map { _ in "" })
        }
        let values = isGuarded ? fields.map(SpreadsheetCell.plain) : fields
        let raw = columns.firstIndex(of: RejectFormat.rawColumn).map { values[$0] } ?? ""
        return RejectFormat.guarded(start + [raw, ""] + kept.map { values[$0] })
    }

    private static func guarded(_ cells: [String]) -> [UInt8] { CSVFormat.line(cells.map(SpreadsheetCell.guarded)) }
}

/// The file of rejected rows. It holds personal data, so only its owner may read it.
final class RejectFile {
    private let path: String
    private let format: RejectFormat
    private let descriptor: Int32
    /// What a progress file remembers.
    private(set) var byteCount: Int64

    /// Opens the file for appending.
    /// - Parameter resumeAt: nil for a new file, which must not exist yet; else its size when progress was last saved,
    ///   and whatever was written behind that is taken off, because those rows come again.
    init(_ path: String, format: RejectFormat, resumeAt: Int64?) throws(ImportError) {
        let flags = O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW | (resumeAt == nil ? O_EXCL : 0)
        descriptor = open(path, flags, 0o600)
        self.path = path
        self.format = format
        byteCount = resumeAt ?? 0
        guard descriptor >= 0 else {
            let reason: ImportError.Reason = errno == EEXIST ? .rejectFileExists : .unwritable(errno: errno)
            throw ImportError(reason: reason, file: path)
        }
        if let resumeAt { try takeOff(behind: resumeAt) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends the row, and the header before the first one. Rows that were not rejected are passed over.
    func append(_ row: ImportRow) throws(ImportError) {
        guard let line = format.line(row) else { return }
        if byteCount == 0 { try append(format.header) }
        try append(line)
    }

    /// Waits until everything is on the disk. Do this before saving progress.
    func synchronize() throws(ImportError) {
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// Takes the file away where nothing was rejected, so that nobody has to look into it.
    func removeIfEmpty() throws(ImportError) {
        guard byteCount == 0 else { return }
        guard unlink(path) == 0 || errno == ENOENT else { throw failure() }
    }

    private func append(_ bytes: [UInt8]) throws(ImportError) {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            rest = rest.dropFirst(count)
            byteCount += Int64(count)
        }
    }

    private func takeOff(behind size: Int64) throws(ImportError) {
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure() }
        guard Int64(status.st_size) >= size else { throw ImportError(reason: .rejectFileShrank, file: path) }
        guard ftruncate(descriptor, off_t(size)) == 0 else { throw failure() }
    }

    private func failure() -> ImportError { ImportError(reason: .unwritable(errno: errno), file: path) }
}
