import Testing

@testable import TicketStore

@Suite struct FaultDiskTests {
    let folder = TemporaryFolder()

    @Test func `a whole fault disk is a plain disk`() throws {
        let disk = FaultDisk()
        let connection = try Connection(path: folder["a.db"], mode: .readWriteCreate, options: disk.options)
        try connection.execute("CREATE TABLE t(a); INSERT INTO t VALUES(1)")
        try connection.checkpoint(.truncate)
        connection.close()
        let again = try Connection(path: folder["a.db"], mode: .readOnly)
        #expect(try again.prepare("SELECT a FROM t").integer() == 1)
        again.close()
    }

    @Test func `the canary: a write that is told to fail does fail`() throws {
        let disk = FaultDisk()
        let connection = try Connection(path: folder["a.db"], mode: .readWriteCreate, options: disk.options)
        try connection.execute("CREATE TABLE t(a)")
        disk.set(.init(calls: [.write], result: .full))
        let error = #expect(throws: DatabaseError.self) { try connection.execute("INSERT INTO t VALUES(1)") }
        #expect(error?.code == "store.disk-full")
        #expect(disk.hits > 0)
        connection.close()
    }
}
