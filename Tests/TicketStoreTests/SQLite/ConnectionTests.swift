import SyncProtocol
import Testing

@testable import TicketStore

@Suite struct ConnectionTests {
    let folder = TemporaryFolder()

    private func memory() throws -> Connection {
        let connection = try Connection(path: "", mode: .memory)
        try connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)")
        return connection
    }

    @Test func `every kind of value comes back as it went in`() throws {
        let connection = try memory()
        let digest = Digest((0..<32).map { UInt8($0) })
        try connection.execute("CREATE TABLE v(i, u, s, b, d, n, o, f)")
        try connection.cached("INSERT INTO v VALUES(?,?,?,?,?,?,?,?)")
            .run(Int64.min, UInt64.max, "客户投诉", [UInt8](0...255), digest, SQLNull(), String?.none, true)
        let row = try connection.cached("SELECT * FROM v").first { row throws -> Bool in
            #expect(row.int64(0) == .min)
            #expect(row.uint64(1) == .max)
            #expect(row.string(2) == "客户投诉")
            #expect(row.bytes(3) == [UInt8](0...255))
            #expect(try row.digest(4) == digest)
            #expect(row.isNull(5) && row.string(6) == nil && row.bytes(6) == nil && row.int64OrNil(6) == nil)
            #expect(row.bool(7))
            return true
        }
        #expect(row == true)
    }

    @Test func `empty text and empty bytes are not NULL`() throws {
        let connection = try memory()
        let empty = UnsafeRawBufferPointer(start: nil, count: 0)
        try connection.cached("INSERT INTO t(a, b) VALUES(?, ?)").run("", [UInt8]())
        try connection.cached("INSERT INTO t(a, b) VALUES(?, ?)").run("", empty)
        let rows = try connection.cached("SELECT a, b FROM t").all { ($0.string(0), $0.bytes(1)) }
        #expect(rows.count == 2)
        for (text, bytes) in rows {
            #expect(text == "")
            #expect(bytes == [])
        }
    }

    @Test func `text with a zero byte is kept whole`() throws {
        let connection = try memory()
        try connection.cached("INSERT INTO t(a) VALUES(?)").run("a\0b")
        #expect(try connection.cached("SELECT a FROM t").first { $0.string(0) } == "a\0b")
    }

    @Test func `a blob is bound in place and read in place`() throws {
        let connection = try memory()
        let bytes = [UInt8](repeating: 7, count: 100_000)
        try bytes.withUnsafeBytes { try connection.cached("INSERT INTO t(b) VALUES(?)").run($0) }
        let count = try connection.cached("SELECT b FROM t").first { row in
            row.withBlob(0) { $0.filter { $0 == 7 }.count }
        }
        #expect(count == 100_000)
    }

    @Test func `a hash of the wrong length is damage, not a crash`() throws {
        let connection = try memory()
        try connection.cached("INSERT INTO t(a) VALUES(?)").run([UInt8](repeating: 1, count: 31))
        let error = #expect(throws: DatabaseError.self) {
            try connection.cached("SELECT a FROM t").first { try $0.digest(0) }
        }
        #expect(error?.resultCode == .corrupt)
    }

    @Test func `a kept statement is compiled once`() throws {
        let connection = try memory()
        func insert() throws -> Statement { try connection.cached("INSERT INTO t(a) VALUES(1)") }
        #expect(try insert() === insert())
        #expect(try connection.cached(text: "SELECT 1") === connection.cached(text: "SELECT 1"))
    }

    @Test func `a kept statement used inside its own loop does not restart the loop`() throws {
        let connection = try memory()
        for value in 1...3 { try connection.cached("INSERT INTO t(a) VALUES(?)").run(value) }
        var seen: [Int] = []
        func walk(_ depth: Int) throws {
            try connection.cached("SELECT a FROM t ORDER BY a").forEach { row in
                seen.append(row.int(0))
                if depth < 2 { try walk(depth + 1) }
            }
        }
        try walk(1)
        #expect(seen == [1, 1, 2, 3, 2, 1, 2, 3, 3, 1, 2, 3])
    }

    @Test func `a statement left between rows can be bound again`() throws {
        let connection = try memory()
        for value in 1...3 { try connection.cached("INSERT INTO t(a) VALUES(?)").run(value) }
        let statement = try connection.prepare("SELECT a FROM t WHERE a >= ?")
        try statement.bind(1)
        #expect(try statement.step())
        try statement.bind(3)
        #expect(try statement.step())
        #expect(statement.row.int(0) == 3)
        #expect(try !statement.step())
        #expect(!statement.isBusy)
    }

    @Test func `a mistake in SQL is told with its text`() throws {
        let connection = try memory()
        let error = #expect(throws: DatabaseError.self) { try connection.prepare("SELEC 1") }
        #expect(error?.code == "store.sql")
        #expect(error?.sql == "SELEC 1")
        #expect(throws: DatabaseError.self) { try connection.prepare("SELECT 1; SELECT 2") }
        #expect(throws: DatabaseError.self) { try connection.prepare("  ") }
        #expect(throws: Never.self) { try connection.prepare("SELECT 1 ; \n") }
    }

    @Test func `no error carries a bound value`() throws {
        let connection = try memory()
        let secret = "张三 13800138000"
        try connection.execute("CREATE TABLE u(a TEXT UNIQUE CHECK(a <> 'x')); CREATE VIRTUAL TABLE f USING fts5(a)")
        try connection.cached("INSERT INTO u VALUES(?)").run(secret)
        var errors: [any Error] = []
        func attempt(_ sql: String, _ value: String) {
            do { try connection.cached(text: sql).run(value) } catch { errors.append(error) }
        }
        attempt("INSERT INTO u VALUES(?)", secret)
        attempt("SELECT * FROM f WHERE f MATCH ?", "\"" + secret)
        attempt("SELECT json_extract('{}', ?)", secret)
        attempt("SELECT 1 LIMIT ?", secret)
        #expect(errors.count == 4)
        for error in errors { #expect(!"\(error)".contains("张三") && !"\(error)".contains("138")) }
        #expect((errors.first as? DatabaseError)?.resultCode == .constraintUnique)
    }

    @Test func `a primary code matches its extended ones and not the reverse`() {
        let unique: any Error = DatabaseError(.constraintUnique, message: "")
        #expect(ResultCode.constraint ~= unique)
        #expect(ResultCode.constraintUnique ~= unique)
        #expect(!(ResultCode.constraintCheck ~= unique))
        #expect(!(ResultCode.constraintUnique ~= ResultCode.constraint))
        #expect(!(ResultCode.constraint ~= WriterError.closed))
    }

    @Test func `an error inside a transaction undoes all of it, inside a savepoint only that part`() throws {
        struct Stop: Error {}
        let connection = try memory()
        func insert(_ value: Int) throws { try connection.cached("INSERT INTO t(a) VALUES(?)").run(value) }
        func values() throws -> [Int] { try connection.cached("SELECT a FROM t ORDER BY a").all { $0.int(0) } }
        #expect(throws: Stop.self) {
            try connection.transaction {
                try insert(1)
                throw Stop()
            }
        }
        #expect(try values() == [])
        try connection.transaction {
            try insert(2)
            #expect(throws: Stop.self) {
                try connection.savepoint {
                    try insert(3)
                    try connection.savepoint { try insert(4) }
                    throw Stop()
                }
            }
            try connection.savepoint { try insert(5) }
        }
        #expect(try values() == [2, 5])
        #expect(!connection.isInTransaction)
    }

    @Test func `a file is made private, and its WAL too`() throws {
        let connection = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        try connection.execute("CREATE TABLE t(a)")
        #expect(folder.names == ["a.db", "a.db-shm", "a.db-wal"])
        for name in folder.names { #expect(TestFile.mode(folder[name]) == 0o600) }
        connection.close()
        #expect(folder.names == ["a.db"])
    }

    @Test func `a reader neither writes nor checkpoints`() throws {
        let writer = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        try writer.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)")
        let reader = try Connection(path: folder["a.db"], mode: .readOnly)
        #expect(try reader.prepare("SELECT a FROM t").integer() == 1)
        let error = #expect(throws: DatabaseError.self) { try reader.execute("INSERT INTO t VALUES(2)") }
        #expect(error?.code == "store.read-only")
        let wal = TestFile.read(folder["a.db-wal"]).count
        reader.close()
        #expect(TestFile.read(folder["a.db-wal"]).count == wal)
        writer.close()
    }

    @Test func `a path that looks like a URI is a plain file name`() throws {
        try Connection(path: folder["a.db"], mode: .readWriteCreate).close()
        let found = code { try Connection(path: "file:" + folder["a.db"], mode: .readWrite) }
        #expect(found == "store.cannot-open")
    }

    @Test func `a running query is stopped from another thread`() throws {
        let connection = try memory()
        let handle = connection.interruptHandle
        // Interrupting before the start has no effect; inside the query it ends it.
        handle.interrupt()
        let error = #expect(throws: DatabaseError.self) {
            try connection.prepare(
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i+1 FROM n LIMIT 100000000) SELECT i FROM n"
            ).forEach { row in if row.int(0) == 1000 { handle.interrupt() } }
        }
        #expect(error?.code == "store.interrupted")
        connection.close()
        handle.interrupt()
    }
}
