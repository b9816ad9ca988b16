import SyncProtocol

/// One row of an imported file, ready to become a ticket or to go to the reject file.
struct ImportRow: Sendable {
    enum Outcome: Hashable, Sendable {
        /// The ticket's fields by name. Empty ones are left out.
        case fields([String: String])
        case rejected(RejectReason)
        /// Left for the node of another unit.
        case elsewhere
    }

    /// From 1; rejected rows count, the header and empty lines do not.
    let number: Int
    let outcome: Outcome
    let record: CSVRecord
    /// Organisation code of the node that the row belongs to; nil where the mapping leaves that open.
    let recordAt: String?
    /// The key that makes sending the row twice harmless.
    let key: String

    init(number: Int, outcome: Outcome, record: CSVRecord, recordAt: String? = nil, key: String) {
        self.number = number
        self.outcome = outcome
        self.record = record
        self.recordAt = recordAt
        self.key = key
    }

    /// The same row with another fate.
    func with(_ outcome: Outcome) -> ImportRow {
        ImportRow(number: number, outcome: outcome, record: record, recordAt: recordAt, key: key)
    }

    /// The line of the file on which the row begins, from 1.
    var line: Int { record.line }
}

/// Reads a CSV file row by row through a mapping.
struct ImportReader {
    /// The names of the columns, in the order of the file.
    let columns: [String]
    /// True for a file that we wrote ourselves for spreadsheets: its cells have a quote too many.
    let isGuarded: Bool
    private let mapping: ImportMapping
    private let indexByColumn: [String: Int]
    private var reader: CSVReader
    private var keys: ImportKeys
    private var rowsRead = 0

    /// Reads the header and checks that it has what the mapping needs.
    /// - Throws: `ImportError` about the file, `ConfigurationError` about the mapping.
    init(_ source: any ByteSource, mapping: ImportMapping, hash: @escaping HashFunction) throws {
        self.mapping = mapping
        reader = try CSVReader(source)
        let header = try ImportReader.header(&reader, file: source.name)
        isGuarded = header.contains(SpreadsheetCell.markColumn)
        columns = isGuarded ? header.map(SpreadsheetCell.plain) : header
        indexByColumn = try ImportReader.index(columns, file: source.name)
        keys = ImportKeys(columns: columns, hash)
        try mapping.check(columns: columns)
    }

    /// True where the mapping says which unit a row belongs to.
    var namesUnits: Bool { !mapping.recordAt.isEmpty }

    /// Bytes of the file that are done, out of the source's `byteCount`.
    var bytesRead: Int64 { reader.bytesRead }

    /// Columns that no rule uses: what the import leaves behind.
    var unusedColumns: [String] {
        let used = Set(mapping.allRules.flatMap(\.columns))
        return columns.filter { !used.contains($0) && !RejectFormat.ownColumns.contains($0) }
    }

    /// The next row; nil at the end.
    mutating func next() throws(ImportError) -> ImportRow? {
        guard let record = try reader.next() else { return nil }
        rowsRead += 1
        let key = keys.next(record.raw)
        do throws(RejectReason) {
            let values = try values(record)
            let fields = try fields(values)
            return ImportRow(
                number: rowsRead, outcome: .fields(fields), record: record, recordAt: try place(values), key: key)
        } catch {
            return ImportRow(number: rowsRead, outcome: .rejected(error), record: record, key: key)
        }
    }

    /// The values of a record that has the right shape.
    private func values(_ record: CSVRecord) throws(RejectReason) -> [String] {
        let values: [String]
        switch record.content {
        case .malformed(let fault): throw RejectReason(fault.rawValue, fault.sentence)
        case .fields(let fields): values = isGuarded ? fields.map(SpreadsheetCell.plain) : fields
        }
        guard values.count == columns.count else {
            throw RejectReason(
                "column-count", "the row has \(values.count) columns, the first line of the file \(columns.count)")
        }
        if let raw = indexByColumn[RejectFormat.rawColumn], !values[raw].isEmpty {
            throw RejectReason("still-raw", "the row was malformed and has not been mended")
        }
        return values
    }

    private func fields(_ values: [String]) throws(RejectReason) -> [String: String] {
        var fields: [String: String] = [:]
        for rule in mapping.rules {
            fields[rule.target] = try rule.value { name in indexByColumn[name].map { values[$0] } ?? "" }
        }
        return fields
    }

    private func place(_ values: [String]) throws(RejectReason) -> String? {
        for rule in mapping.recordAt {
            if let place = try rule.value({ name in indexByColumn[name].map { values[$0] } ?? "" }) { return place }
        }
        return nil
    }

    private static func header(_ reader: inout CSVReader, file: String) throws(ImportError) -> [String] {
        guard let record = try reader.next() else { throw ImportError(reason: .noHeader, file: file) }
        switch record.content {
        case .malformed(let fault): throw ImportError(reason: .badHeader(fault), file: file)
        case .fields(let names): return names
        }
    }

    private static func index(_ columns: [String], file: String) throws(ImportError) -> [String: Int] {
        var indexByColumn: [String: Int] = [:]
        for (index, name) in columns.enumerated() {
            guard !name.isEmpty else { throw ImportError(reason: .unnamedColumn(position: index + 1), file: file) }
            if let earlier = indexByColumn.updateValue(index, forKey: name) {
                throw ImportError(
                    reason: .duplicateColumn(position: index + 1, earlier: earlier + 1), file: file)
            }
        }
        return indexByColumn
    }
}
