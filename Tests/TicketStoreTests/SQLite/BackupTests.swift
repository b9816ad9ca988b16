import Testing

@testable import TicketStore

@Suite struct BackupTests {
    let fixture = StoreFixture()

    @Test func `a backup of a running node is whole, private and never replaces a file`() throws {
        let store = try fixture.store()
        try store.insert(7)
        let backup = fixture.folder["backup.db"]
        try store.backup(to: backup)
        try store.insert(8)
        #expect(TestFile.mode(backup) == 0o600)
        let copy = try Connection(path: backup, mode: .readOnly)
        #expect(try copy.prepare("SELECT a FROM t").all { $0.int(0) } == [7])
        #expect(try copy.prepare("PRAGMA integrity_check").first { $0.string(0) } == "ok")
        copy.close()
        #expect(code { try store.backup(to: backup) } == "store.file-exists")
        store.close()
    }

    @Test func `a backup that fails leaves nothing that looks like one`() throws {
        let store = try fixture.store()
        try store.insert(7)
        let found = code { try store.backup(to: fixture.folder["missing/backup.db"]) }
        #expect(found == "store.missing-file")
        #expect(fixture.folder.names == ["store.db", "store.db-shm", "store.db-wal"])
        store.close()
    }

    @Test func `the rest of an interrupted backup is no obstacle`() throws {
        let store = try fixture.store()
        try store.insert(7)
        TestFile.write(fixture.folder["b.db.unfinished"], [1, 2, 3])
        try store.backup(to: fixture.folder["b.db"])
        #expect(fixture.folder.names.filter { $0.hasPrefix("b.db") } == ["b.db"])
        store.close()
    }

    @Test func `a simulated node can be backed up as well`() throws {
        let connection = try Connection(path: "", mode: .memory)
        try connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
        let store = InlineExecutor(connection, witness: nil)
        try store.insert(9)
        try store.backup(to: fixture.folder["b.db"])
        let copy = try Connection(path: fixture.folder["b.db"], mode: .readOnly)
        #expect(try copy.prepare("SELECT a FROM t").integer() == 9)
        copy.close()
    }
}
