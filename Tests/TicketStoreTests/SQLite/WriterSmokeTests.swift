import Platform
import SyncProtocol
import Testing

@testable import TicketStore

@Suite struct GroupCommitWriterTests {
    let folder = TemporaryFolder()

    private func open() throws -> sending Connection {
        let connection = try Connection(path: folder["a.db"], mode: .readWriteCreate)
        try connection.execute("CREATE TABLE IF NOT EXISTS t(id INTEGER PRIMARY KEY, a)")
        return connection
    }

    @Test func `many clients at once are each answered and all is there`() throws {
        let store = try ThreadedExecutor(path: folder["a.db"], writer: try open(), witness: nil)
        let threads = try (0..<8).map { client in
            try WorkerThread(name: "client") {
                for number in 0..<50 {
                    do {
                        try store.perform { try $0.cached("INSERT INTO t(a) VALUES(?)").run(client * 100 + number) }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(try store.read { try $0.cached("SELECT count(DISTINCT a) FROM t").integer() } == 400)
        store.close()
    }

    @Test func `a backup of a running node is whole and never replaces a file`() throws {
        let store = try ThreadedExecutor(path: folder["a.db"], writer: try open(), witness: nil)
        try store.perform { try $0.cached("INSERT INTO t(a) VALUES(7)").run() }
        try store.backup(to: folder["b.db"])
        #expect(TestFile.mode(folder["b.db"]) == 0o600)
        let copy = try Connection(path: folder["b.db"], mode: .readOnly)
        #expect(try copy.prepare("SELECT a FROM t").integer() == 7)
        copy.close()
        let error = #expect(throws: FileError.self) { try store.backup(to: folder["b.db"]) }
        #expect(error?.code == "store.file-exists")
        store.close()
    }
}
