import Platform
import Testing

@testable import TicketStore

@Suite struct InlineExecutorTests {
    private func memory(_ witness: any Witness) throws -> InlineExecutor {
        let connection = try Connection(path: "", mode: .memory)
        try connection.execute("CREATE TABLE t(id INTEGER PRIMARY KEY, a)")
        return InlineExecutor(connection, witness: witness, hooks: StoreFixture().hooks)
    }

    @Test func `a job is durable and answered before submit returns`() throws {
        let witness = MemoryWitness()
        let store = try memory(witness)
        let answered = Locked(0)
        store.submit(
            { try $0.cached("INSERT INTO t(a) VALUES(5)").run() }, completion: { _ in answered.withLock { $0 += 1 } })
        #expect(answered.withLock { $0 } == 1)
        #expect(witness.record == StoreFixture.record(1))
        #expect(try store.values() == [5])
    }

    @Test func `a job submitted from an answer runs`() throws {
        let store = try memory(MemoryWitness())
        store.submit({ try $0.cached("INSERT INTO t(a) VALUES(1)").run() }) { _ in
            store.submit({ try $0.cached("INSERT INTO t(a) VALUES(2)").run() }) { _ in }
        }
        #expect(try store.values() == [1, 2])
    }

    @Test func `errors mean the same as with threads`() throws {
        struct Refused: Error {}
        let witness = ScriptedWitness()
        let store = try memory(witness)
        #expect(throws: Refused.self) {
            try store.perform { connection in
                try connection.cached("INSERT INTO t(a) VALUES(1)").run()
                throw Refused()
            }
        }
        #expect(try store.values() == [])
        witness.failNext(FileError("write", path: "w", systemError: 28))
        #expect(code { try store.insert(2) } == "store.not-acknowledged")
        try store.insert(3)
        #expect(witness.sequences == [2])
        witness.failNext(WitnessError.syncFailed(FileError("sync", path: "w", systemError: 5)))
        #expect(code { try store.insert(4) } == "store.not-acknowledged")
        #expect(code { try store.insert(5) } == "store.halted")
        store.close()
        #expect(code { try store.insert(6) } == "store.closed")
    }

    @Test func `a file is checkpointed too`() throws {
        let fixture = StoreFixture()
        var options = WriterOptions()
        options.checkpointFrames = 10
        let store = InlineExecutor(try fixture.connection(), witness: nil, options: options)
        for number in 1...200 { try store.insert(number) }
        #expect(TestFile.read(fixture.path + "-wal").count < 40 * 4120)
        store.close()
    }
}
