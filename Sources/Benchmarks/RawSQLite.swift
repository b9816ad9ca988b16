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

    func close() { connection.close() }
}
