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
///
/// One that is there already is never overwritten: where an earlier run of the same import left it, it begins with the very
/// rows that this run rejects, and goes on behind them.
final class RejectFile {
    private let path: String
    private let format: RejectFormat
    private let descriptor: Int32
    /// How much was there before this run.
    private let earlierBytes: Int64
    /// Bytes of this run, written or found there.
    private var byteCount: Int64 = 0

    init(_ path: String, format: RejectFormat) throws(ImportError) {
        descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        self.path = path
        self.format = format
        var status = stat()
        guard descriptor >= 0, fstat(descriptor, &status) == 0 else {
            throw ImportError(reason: .unwritable(errno: errno), file: path)
        }
        earlierBytes = Int64(status.st_size)
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    /// Appends the row, and the header before the first one. Rows that were not rejected are passed over.
    /// - Throws: also `.rejectFileExists` where the file holds other rows.
    func append(_ row: ImportRow) throws(ImportError) {
        guard let line = format.line(row) else { return }
        if byteCount == 0 { try append(format.header) }
        try append(line)
    }

    /// Waits until everything is on the disk.
    func synchronize() throws(ImportError) {
        guard fsync(descriptor) == 0 else { throw failure() }
    }

    /// All rows are known. Takes the file away where it is empty, so that nobody has to look into it.
    func finish() throws(ImportError) {
        guard byteCount > 0 else {
            guard earlierBytes > 0 || unlink(path) == 0 || errno == ENOENT else { throw failure() }
            return
        }
        guard byteCount >= earlierBytes else { throw ImportError(reason: .rejectFileExists, file: path) }
    }

    private func append(_ bytes: [UInt8]) throws(ImportError) {
        var rest = try afterEarlier(bytes[...])
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { pwrite(descriptor, $0.baseAddress, $0.count, off_t(byteCount)) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure() }
            rest = rest.dropFirst(count)
            byteCount += Int64(count)
        }
    }

    /// Steps over what is there already; what is left is still to be written.
    private func afterEarlier(_ bytes: ArraySlice<UInt8>) throws(ImportError) -> ArraySlice<UInt8> {
        var rest = bytes
        while !rest.isEmpty, byteCount < earlierBytes {
            var found = [UInt8](repeating: 0, count: min(rest.count, Int(earlierBytes - byteCount)))
            let count = pread(descriptor, &found, found.count, off_t(byteCount))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            guard rest.prefix(count).elementsEqual(found.prefix(count)) else {
                throw ImportError(reason: .rejectFileExists, file: path)
            }
            rest = rest.dropFirst(count)
            byteCount += Int64(count)
        }
        return rest
    }

    private func failure() -> ImportError { ImportError(reason: .unwritable(errno: errno), file: path) }
}
