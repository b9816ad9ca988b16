import Testing

@testable import TicketStore

@Suite struct ForeignFileTests {
    let folder = TemporaryFolder()
    let ours: Int32 = 0x534e_6f64

    private func version(_ connection: Connection) throws -> Int32 {
        try connection.schemaVersion(applicationID: ours, knownUpTo: 3, path: "x.db")
    }

    @Test func `a new file is free, a marked one is ours, with its version`() throws {
        let connection = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        #expect(try version(connection) == 0)
        try connection.transaction {
            try connection.execute("CREATE TABLE t(a)")
            try connection.mark(applicationID: ours, schemaVersion: 2)
        }
        #expect(try version(connection) == 2)
        connection.close()
    }

    @Test func `a mark that was not committed is not there`() throws {
        struct Stop: Error {}
        let connection = try Connection(path: "", mode: .memory)
        #expect(throws: Stop.self) {
            try connection.transaction {
                try connection.mark(applicationID: ours, schemaVersion: 2)
                throw Stop()
            }
        }
        #expect(try version(connection) == 0)
    }

    @Test func `another program's database is refused and left as it is`() throws {
        let other = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        try other.execute("CREATE TABLE t(a)")
        #expect(code { try version(other) } == "store.foreign-file")
        try other.execute("PRAGMA application_id=77")
        #expect(code { try version(other) } == "store.foreign-file")
        other.close()
    }

    @Test func `a file of a newer version is refused with its number`() throws {
        let connection = try Connection(path: "", mode: .memory)
        try connection.mark(applicationID: ours, schemaVersion: 4)
        #expect(code { try version(connection) } == "store.newer-schema")
    }

    @Test(arguments: [OpenMode.readWriteCreate, .readWrite, .readOnly])
    func `a file that is no database is refused and not touched`(mode: OpenMode) throws {
        let text = Array("this is a letter to the head office, and no database at all, whatever its name says".utf8)
        let bytes = text + [UInt8](repeating: 32, count: 4096)
        TestFile.write(folder["a.db"], bytes)
        #expect(code { try Connection(path: folder["a.db"], mode: mode) } == "store.foreign-file")
        #expect(TestFile.read(folder["a.db"]) == bytes)
    }

    @Test func `a missing file is told as such where it may not be made`() {
        #expect(code { try Connection(path: folder["a.db"], mode: .readWrite) } == "store.cannot-open")
        #expect(code { try Connection(path: folder["a.db"], mode: .readOnly) } == "store.cannot-open")
        #expect(code { try Connection(path: folder["no/a.db"], mode: .readWriteCreate) } == "store.cannot-open")
        #expect(folder.names == [])
    }

    @Test func `a database that another holds is told as locked`() throws {
        let first = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        try first.execute("CREATE TABLE t(a)")
        var options = ConnectionOptions()
        options.busyTimeoutMilliseconds = 1
        let second = try Connection(path: folder["a.db"], mode: .readWrite, options: options)
        try first.transaction {
            try first.execute("INSERT INTO t VALUES(1)")
            #expect(code { try second.transaction { try second.execute("INSERT INTO t VALUES(2)") } } == "store.locked")
        }
        second.close()
        first.close()
    }
}
