import Glibc
import SyncProtocol
import TicketStore

/// The limit: plain SQLite with the same durability, one row a ticket and one row an event, written by prepared
/// statements and nothing else.
final class RawSQLite {
    private let connection: Connection

    init(_ path: String) throws {
        connection = try Connection(path: path, mode: .readWriteCreate)
        let columns = (1...24).map { "c\($0) TEXT" }.joined(separator: ", ")
        try connection.execute(
            """
            CREATE TABLE tickets(key INTEGER PRIMARY KEY, \(columns), body BLOB);
            CREATE TABLE events(key INTEGER PRIMARY KEY, ticket INTEGER NOT NULL, record BLOB NOT NULL);
            """)
    }

    /// One ticket and its event in a durable transaction of their own.
    func create(body: [UInt8], record: [UInt8]) throws {
        try connection.transaction { try insert(body: body, record: record) }
    }

    func insert(body: [UInt8], record: [UInt8]) throws {
        let marks = (1...24).map { "'value\($0)'" }.joined(separator: ", ")
        try connection.cached(text: "INSERT INTO tickets VALUES(NULL, \(marks), ?)").run(body)
        try connection.cached("INSERT INTO events VALUES(NULL, ?, ?)").run(connection.lastInsertRowID, record)
    }

    /// Tickets in one transaction.
    func fill(_ count: Int, body: [UInt8], record: [UInt8]) throws {
        try connection.transaction { for _ in 0..<count { try insert(body: body, record: record) } }
    }

    /// Updates of one field each, with their event rows, so many a transaction.
    func update(_ updates: [(ticket: Int, value: String)], record: [UInt8], perTransaction: Int) throws {
        var rest = updates[...]
        while !rest.isEmpty {
            let group = rest.prefix(perTransaction)
            rest = rest.dropFirst(perTransaction)
            try connection.transaction {
                for update in group {
                    try connection.cached("UPDATE tickets SET c5 = ? WHERE key = ?").run(update.value, update.ticket)
                    try connection.cached("INSERT INTO events VALUES(NULL, ?, ?)").run(update.ticket, record)
                }
            }
        }
    }

    /// A board: a table as wide as ours, with the index that its order needs.
    func fillBoard(_ count: Int) throws {
        try connection.execute(
            """
            ALTER TABLE tickets ADD COLUMN is_open INTEGER; ALTER TABLE tickets ADD COLUMN priority INTEGER;
            ALTER TABLE tickets ADD COLUMN due INTEGER;
            """)
        let names = (1...24).map { "c\($0)" }.joined(separator: ", ")
        let marks = (1...24).map { "'value\($0)'" }.joined(separator: ", ")
        let text = "INSERT INTO tickets(\(names), is_open, priority, due) VALUES(\(marks), 1, ?, ?)"
        try connection.transaction {
            for number in 0..<count {
                try connection.cached(text: text).run(number % 4 + 1, (number * 7_919) % 72_000)
            }
        }
        try connection.execute("CREATE INDEX board ON tickets(is_open, priority, due, key DESC)")
    }

    /// Its first page.
    func board() throws -> Int {
        try connection.cached(
            "SELECT * FROM tickets WHERE is_open = 1 ORDER BY priority, due, key DESC LIMIT 50"
        ).all { row in (1...27).map { row.string($0) } }.count
    }

    func close() { connection.close() }
}
