import SyncProtocol
import TicketModel

/// What a worklist shows and in which order.
public struct WorklistQuery: Sendable {
    /// A condition on one typed column.
    public struct Filter: Sendable {
        public enum Test: Sendable {
            case equals(Value)
            case oneOf([Value])
            case atLeast(Value)
            case below(Value)
        }

        public var column: String
        public var test: Test

        public init(_ column: String, _ test: Test) {
            self.column = column
            self.test = test
        }
    }

    public static let rowsMax = 500
    /// Kinds that head office follows one by one.
    public static let followedKinds = ["escalated", "internal_appeal", "regulator_referral", "regulator_appeal"]

    public var filters: [Filter] = []
    /// Columns to sort by, with the direction; the document key breaks ties. At most two.
    public var order: [(column: String, descending: Bool)] = [("received_at", true)]
    public var rows = 50
    /// Where the page before ended.
    public var after: String?
    /// Only tickets whose fields have several values side by side.
    public var onlyConflicts = false
    /// Leaves out what went into another ticket (T28): it counts once.
    public var hidesMerged = false
    /// Only tickets of `followedKinds`, by an index of their own.
    public var onlyFollowed = false
    /// Only these documents, for example what a search found.
    public var keys: [Int64]?
    /// Whose own tickets are left out.
    public var keptFrom: RecusalTokens?
    /// Only tickets that this node holds the lead leg of, or that are offered to it.
    public var custodian: String?
    public var offeredTo: String?

    public init() {}
}

/// A page of a worklist.
public struct WorklistPage: Sendable {
    public let rows: [TicketRow]
    /// To be passed as `after` for the next page; nil on the last one.
    public let next: String?
}

/// Why a worklist cannot be made.
public enum WorklistError: Error, Equatable, Sendable {
    case unknownColumn(String)
    case badCursor
}

extension WorklistQuery {
    /// To be passed as `after` for what follows a row of this query.
    ///
    /// - Throws: `WorklistError`.
    public func cursor(after row: TicketRow) throws -> String { try WorklistSQL(self).cursor(of: row) }
}

extension ReplicaStore {
    /// - Throws: `WorklistError` for a column or cursor that does not exist.
    public func worklist(_ query: WorklistQuery) throws -> WorklistPage {
        let sql = try WorklistSQL(query)
        return try read { connection in
            var rows = try sql.rows(connection)
            let isFull = rows.count > sql.rowsMax
            if isFull { rows.removeLast() }
            return WorklistPage(rows: rows, next: isFull ? rows.last.map { sql.cursor(of: $0) } : nil)
        }
    }

    /// How many tickets there are for each combination of values, as of an apply sequence.
    public func counts(by columns: [String], _ query: WorklistQuery = WorklistQuery()) throws -> (
        asOf: Int64, cells: [([Value?], Int)]
    ) {
        let sql = try WorklistSQL(query)
        for column in columns { _ = try WorklistSQL.column(column) }
        let list = columns.joined(separator: ", ")
        let asOf = try peek(\.applySequence)
        let table = columns.first == "origin_org" ? "documents INDEXED BY documents_units" : "documents"
        let text = "SELECT count(*), \(list) FROM \(table) WHERE \(sql.conditions) GROUP BY \(list) ORDER BY \(list)"
        return try read { connection in
            let statement = try connection.cached(text: text)
            for (index, value) in sql.conditionValues.enumerated() {
                switch value {
                case .empty: try statement.bind(SQLNull(), at: index + 1)
                case .integer(let number): try statement.bind(number, at: index + 1)
                case .text(let text): try statement.bind(text, at: index + 1)
                }
            }
            defer { statement.reset() }
            var cells: [([Value?], Int)] = []
            while try statement.step() {
                let row = statement.row
                let values = try columns.enumerated().map { index, name in
                    WorklistSQL.value(row, index + 1, try WorklistSQL.column(name))
                }
                cells.append((values, row.int(0)))
            }
            return (asOf, cells)
        }
    }
}

/// A worklist as one SQL statement. Column names come from the schema only; values are bound.
struct WorklistSQL {
    let text: String
    let values: [Value]
    let conditions: String
    let conditionValues: [Value]
    /// One more is read, to know whether another page follows.
    let rowsMax: Int
    private let namesKeys: Bool
    private let order: [(column: String, descending: Bool)]

    private static let head = "key, space, number, custodian, offered_to, conflicts, last_action, body_actions"
    private static let headCount = 8

    init(_ query: WorklistQuery) throws {
        rowsMax = min(max(1, query.rows), WorklistQuery.rowsMax)
        namesKeys = query.keys != nil
        order = Array(query.order.prefix(2))
        var parts = ["ticket_no IS NOT NULL", "is_staged = 0"]
        var bound: [Value] = []
        for filter in query.filters {
            let column = try WorklistSQL.column(filter.column).name
            switch filter.test {
            case .equals(let value): parts.append("\(column) = ?"); bound.append(value)
            case .atLeast(let value): parts.append("\(column) >= ?"); bound.append(value)
            case .below(let value): parts.append("\(column) < ?"); bound.append(value)
            case .oneOf(let list):
                parts.append("\(column) IN (\(list.map { _ in "?" }.joined(separator: ", ")))")
                bound += list
            }
        }
        if query.hidesMerged { parts.append("state IS NOT 'merged'") }
        if query.onlyFollowed { parts.append(WorklistSQL.followed) }
        if query.onlyConflicts { parts.append("conflicts > 0") }
        if let custodian = query.custodian { parts.append("custodian = ?"); bound.append(.text(custodian)) }
        if let node = query.offeredTo { parts.append("offered_to = ?"); bound.append(.text(node)) }
        if let target = query.keptFrom {
            parts.append(RecusalTokens.leavesOut)
            bound += target.values.map(Value.text)
        }
        if let keys = query.keys { parts.append("key IN (\(keys.map(String.init).joined(separator: ", ")))") }
        conditions = parts.joined(separator: " AND ")
        conditionValues = bound
        if let after = query.after {
            let (condition, more) = try WorklistSQL.continuation(after, order)
            parts.append(condition)
            bound += more
        }
        let columns = TicketRowSchema.columns.map(\.name).joined(separator: ", ")
        let sort = try order.map { "\(try WorklistSQL.column($0.column).name) \($0.descending ? "DESC" : "ASC")" }
        text = """
            SELECT \(WorklistSQL.head), \(columns) FROM \(WorklistSQL.table(query)) WHERE \(parts.joined(separator: " AND "))
            ORDER BY \((sort + ["key DESC"]).joined(separator: ", ")) LIMIT \(rowsMax + 1)
            """
        values = bound
    }

    /// Few tickets are offered or press: they are found by their own index and sorted, where the order's index would be
    /// read through.
    private static func table(_ query: WorklistQuery) -> String {
        guard query.keys == nil else { return "documents" }
        if query.offeredTo != nil { return "documents INDEXED BY documents_offered" }
        if query.onlyConflicts { return "documents INDEXED BY documents_conflicts" }
        if query.onlyFollowed { return "documents INDEXED BY documents_followed" }
        for (column, index) in [("warn_at", "documents_pressing"), ("interim_from", "documents_interim")] {
            let isAsked = query.filters.contains { if case .below = $0.test { $0.column == column } else { false } }
            if isAsked { return "documents INDEXED BY \(index)" }
        }
        return "documents"
    }

    /// In the index and in its queries letter by letter: SQLite takes the one for the other by that.
    static let followed = "kind IN (\(WorklistQuery.followedKinds.map { "'\($0)'" }.joined(separator: ", ")))"

    /// The row of one document; nil where it is no ticket that this node holds.
    static func row(key: Int64, _ connection: Connection) throws -> TicketRow? {
        try connection.cached(text: byKey).first(key) { row($0) }
    }

    private static let byKey: String = {
        let columns = TicketRowSchema.columns.map(\.name).joined(separator: ", ")
        return "SELECT \(head), \(columns) FROM documents WHERE key = ? AND ticket_no IS NOT NULL AND is_staged = 0"
    }()

    /// The rows of the page, and one more where there are more.
    func rows(_ connection: Connection) throws -> [TicketRow] {
        // A text with keys in it is used once: kept, each search would leave one behind.
        let statement = try namesKeys ? connection.prepare(text) : connection.cached(text: text)
        for (index, value) in values.enumerated() {
            switch value {
            case .empty: try statement.bind(SQLNull(), at: index + 1)
            case .integer(let number): try statement.bind(number, at: index + 1)
            case .text(let text): try statement.bind(text, at: index + 1)
            }
        }
        defer { statement.reset() }
        var rows: [TicketRow] = []
        while try statement.step() { rows.append(WorklistSQL.row(statement.row)) }
        return rows
    }

    static func column(_ name: String) throws -> TicketColumn {
        guard let column = TicketRowSchema.columns.first(where: { $0.name == name }) else {
            throw WorklistError.unknownColumn(name)
        }
        return column
    }

    static func row(_ row: Row) -> TicketRow {
        TicketRow(
            key: row.int64(0), document: DocumentID(space: row.uint64(1), number: row.uint64(2)),
            columns: TicketRowSchema.columns.enumerated().map { value(row, $0 + headCount, $1) },
            custodian: row.string(3), offeredTo: row.string(4), conflicts: row.int(5),
            version: "\(row.int64(6))-\(row.int64(7))")
    }

    static func value(_ row: Row, _ index: Int, _ column: TicketColumn) -> Value? {
        if row.isNull(index) { return nil }
        return column.kind == .integer ? .integer(row.int64(index)) : row.string(index).map { .text($0) }
    }

    /// The sort values and the key of the last row, as text.
    func cursor(of row: TicketRow) -> String {
        let values = order.map { entry -> String in
            switch row.value(entry.column) {
            case .integer(let number)?: "i\(number)"
            case .text(let text)?: "t" + Hex.encode(Array(text.utf8))
            case .empty?, nil: "n"
            }
        }
        return (values + ["\(row.key)"]).joined(separator: ".")
    }

    /// Rows after the cursor: lexicographic over the sort columns, NULLs first when ascending as SQLite sorts them.
    private static func continuation(
        _ cursor: String, _ order: [(column: String, descending: Bool)]
    ) throws -> (String, [Value]) {
        let pieces = cursor.split(separator: ".", omittingEmptySubsequences: false)
        guard pieces.count == order.count + 1, let key = Int64(pieces[order.count]) else {
            throw WorklistError.badCursor
        }
        var alternatives: [String] = []
        var bound: [Value] = []
        var equalSoFar: [(String, Value)] = []
        // A plain range lets SQLite begin where the page before ended; the alternatives alone would have it read all before.
        var range = ""
        if let first = order.first, let piece = pieces.first, neverNull.contains(first.column) {
            range = "\(first.column) \(first.descending ? "<=" : ">=") ? AND "
            bound.append(try decode(piece))
        }
        for (entry, piece) in zip(order, pieces) {
            let name = try column(entry.column).name
            let value = try decode(piece)
            let prefix = equalSoFar.map { "\($0.0) IS ? AND " }.joined()
            bound += equalSoFar.map(\.1)
            switch (value, entry.descending) {
            case (.empty, true): alternatives.append("\(prefix)0")
            case (.empty, false): alternatives.append("\(prefix)\(name) IS NOT NULL")
            case (_, true):
                alternatives.append("\(prefix)(\(name) < ? OR \(name) IS NULL)")
                bound.append(value)
            case (_, false):
                alternatives.append("\(prefix)\(name) > ?")
                bound.append(value)
            }
            equalSoFar.append((name, value))
        }
        alternatives.append(equalSoFar.map { "\($0.0) IS ? AND " }.joined() + "key < \(key)")
        bound += equalSoFar.map(\.1)
        return ("\(range)(" + alternatives.map { "(\($0))" }.joined(separator: " OR ") + ")", bound)
    }

    /// Every ticket has a value there.
    private static let neverNull: Set<String> = ["received_at", "registered_at", "ticket_no", "priority", "due_order"]

    private static func decode(_ piece: Substring) throws -> Value {
        switch piece.first {
        case "n": return .empty
        case "i":
            guard let number = Int64(piece.dropFirst()) else { throw WorklistError.badCursor }
            return .integer(number)
        case "t":
            let digits = Array(piece.dropFirst().utf8)
            guard digits.count % 2 == 0 else { throw WorklistError.badCursor }
            var bytes: [UInt8] = []
            for index in stride(from: 0, to: digits.count, by: 2) {
                guard let byte = Hex.decode(digits[index..<index + 2]) else { throw WorklistError.badCursor }
                bytes.append(UInt8(byte))
            }
            guard let text = String(validating: bytes, as: UTF8.self) else { throw WorklistError.badCursor }
            return .text(text)
        default: throw WorklistError.badCursor
        }
    }
}
