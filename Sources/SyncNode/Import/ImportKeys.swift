import SyncProtocol

/// The keys under which rows are registered at most once (`Idempotency-Key`), however often and from whatever copy of
/// the file they are sent. A node alone knows what it holds: nothing about an import is remembered anywhere else.
///
/// A key says what the row is, not where it stands: the first row of the file (which ledger this is), the row itself,
/// and which of several equal rows. So a ledger that has grown, or of which one row was corrected, brings in the new rows
/// alone; the same words in another ledger are another complaint.
struct ImportKeys {
    private let hash: HashFunction
    private let header: [UInt8]
    /// Of the first row; nil before it.
    private var ledger: String?
    /// How often a row was seen, by the first half of its digest: eight bytes a row, however long the file is.
    private var seen: [UInt64: Int] = [:]

    init(columns: [String], _ hash: @escaping HashFunction) {
        self.hash = hash
        header = CSVFormat.line(columns)
    }

    /// The key of the next row.
    /// - Parameter raw: the record as it stands in the file.
    mutating func next(_ raw: [UInt8]) -> String {
        let digest = (header + raw).withUnsafeBytes { hash($0) }
        let row = Hex.encode(digest.bytes.prefix(16))
        let ledger = ledger ?? String(row.prefix(16))
        self.ledger = ledger
        let short = digest.bytes.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        let times = seen[short, default: 0]
        seen[short] = times + 1
        return "import-\(ledger)-\(row)-\(times)"
    }
}
