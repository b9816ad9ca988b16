import Testing

@testable import TicketStore

/// What was deleted, shortened or replaced is nowhere in the files once the WAL was checkpointed.
@Suite("Deleted words") struct DeletedWordsTests {
    private static let word = "张三丰的秘密"
    private let folder = TemporaryFolder()
    private var path: String { folder["words.db"] }

    /// Rows of each kind of page: a cell, a chain of overflow pages, and so many rows that whole pages become free.
    private func fill(_ connection: Connection) throws {
        try connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a TEXT); CREATE INDEX i ON t(a)")
        try connection.transaction {
            for number in 0..<300 {
                let text = DeletedWordsTests.word + String(repeating: "。", count: number % 7 == 0 ? 9_000 : number)
                try connection.cached("INSERT INTO t(a) VALUES(?)").run(text)
            }
        }
        try connection.checkpoint(.truncate)
    }

    private func remove(_ connection: Connection) throws {
        try connection.execute(
            """
            UPDATE t SET a = 'x' WHERE id % 3 = 0;
            UPDATE t SET a = replace(a, '\(DeletedWordsTests.word)', 'x') WHERE id % 3 = 1;
            DELETE FROM t WHERE id % 3 = 2
            """)
    }

    private var found: Int {
        ["", "-wal", "-shm"].reduce(0) { count, suffix in
            count + TestFile.read(path + suffix).ranges(of: Array(DeletedWordsTests.word.utf8)).count
        }
    }

    @Test func `deleted words are in no page, free or not, and in no WAL`() throws {
        let connection = try Connection(path: path, mode: .readWriteCreate)
        try fill(connection)
        #expect(found > 300, "the words are not looked for as they are stored")
        try remove(connection)
        try connection.checkpoint(.truncate)
        #expect(try connection.prepare("PRAGMA freelist_count").integer() ?? 0 > 0, "no page became free")
        #expect(found == 0)
        connection.close()
    }

    @Test func `without overwriting they stay, so the search above finds what it looks for`() throws {
        let connection = try Connection(path: path, mode: .readWriteCreate)
        try connection.execute("PRAGMA secure_delete=OFF")
        try fill(connection)
        try remove(connection)
        try connection.checkpoint(.truncate)
        #expect(found > 0)
        connection.close()
    }

    @Test(arguments: [OpenMode.readWriteCreate, .readWrite, .memory])
    func `every connection that writes overwrites`(_ mode: OpenMode) throws {
        let made = try Connection(path: path, mode: .readWriteCreate)
        made.close()
        for options in [ConnectionOptions(), .rebuildable] {
            let connection = try Connection(path: path, mode: mode, options: options)
            #expect(try connection.prepare("PRAGMA secure_delete").integer() == 1)
            connection.close()
        }
    }
}
