import Platform
import Testing

@testable import TicketStore

@Suite struct GroupCommitWriterTests {
    let fixture = StoreFixture()

    @Test func `many clients at once are each answered and all is there`() throws {
        let store = try fixture.store(witness: MemoryWitness())
        let threads = try (0..<8).map { client in
            try WorkerThread(name: "client") {
                for number in 0..<50 {
                    do { try store.insert(client * 100 + number) } catch { Issue.record(error) }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(Set(try store.values()).count == 400)
        store.close()
    }

    @Test func `jobs that come while the writer is busy share one transaction`() throws {
        let store = try fixture.store(witness: ScriptedWitness())
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        for number in 1...20 {
            store.submit(
                { try $0.cached("INSERT INTO t(a) VALUES(?)").run(number) }, completion: answers.completion("\(number)")
            )
        }
        gate.open()
        let all = answers.wait(for: 20)
        #expect(all.map(\.0) == (1...20).map { "\($0)" })
        #expect(all.allSatisfy { $0.1.code == nil })
        // One commit for the gate, one for the twenty.
        #expect(fixture.events == ["before commit", "after commit", "before commit", "after commit"])
        store.close()
    }

    @Test func `a group is bounded`() throws {
        var options = WriterOptions()
        options.groupJobsMax = 3
        let store = try fixture.store(options: options)
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        for number in 1...7 {
            store.submit(
                { try $0.cached("INSERT INTO t(a) VALUES(?)").run(number) }, completion: answers.completion(""))
        }
        gate.open()
        _ = answers.wait(for: 7)
        store.close()
        #expect(fixture.events.filter { $0 == "after commit" }.count == 1 + 3)
        #expect(fixture.events.count == 8)
    }

    @Test func `a job that fails is undone alone and the others of its group stay`() throws {
        struct Refused: Error {}
        let store = try fixture.store(witness: ScriptedWitness())
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        store.submit({ try $0.cached("INSERT INTO t(a) VALUES(1)").run() }, completion: answers.completion("first"))
        store.submit(
            { connection in
                try connection.cached("INSERT INTO t(a) VALUES(2)").run()
                throw Refused()
            }, completion: answers.completion("refused"))
        store.submit(
            { try $0.cached("INSERT INTO t(id, a) VALUES(1, 3)").run() }, completion: answers.completion("double"))
        store.submit({ try $0.cached("INSERT INTO t(a) VALUES(4)").run() }, completion: answers.completion("last"))
        gate.open()
        let codes = Dictionary(uniqueKeysWithValues: answers.wait(for: 4).map { ($0.0, $0.1.code) })
        #expect(codes == ["first": nil, "refused": "Refused()", "double": "store.constraint", "last": nil])
        #expect(try store.values() == [1, 4])
        #expect(fixture.events.suffix(4) == ["undone job", "undone job", "before commit", "after commit"])
        store.close()
    }

    @Test func `nobody is answered before the witness is durable`() throws {
        let witness = ScriptedWitness()
        let store = try fixture.store(witness: witness)
        let entered = Signal()
        let goOn = Signal()
        witness.before {
            entered.raise()
            goOn.wait(after: 0)
        }
        let answered = Locked(false)
        store.submit(
            { try $0.cached("INSERT INTO t(a) VALUES(1)").run() }, completion: { _ in answered.change { $0 = true } })
        entered.wait(after: 0)
        // Committed, hence visible to readers, but not acknowledged.
        #expect(try store.values() == [1])
        #expect(answered.withLock { $0 } == false)
        goOn.raise()
        _ = answered.wait { $0 ? true : nil }
        #expect(witness.sequences == [1])
        store.close()
    }

    @Test func `a witness that fails once: not acknowledged, kept, and written with the next group`() throws {
        let witness = ScriptedWitness()
        let store = try fixture.store(witness: witness)
        witness.failNext(FileError("write", path: "w", systemError: 28))
        #expect(code { try store.insert(1) } == "store.not-acknowledged")
        #expect(try store.values() == [1])
        #expect(store.halted == nil)
        try store.insert(2)
        #expect(witness.sequences == [2])
        store.close()
    }

    @Test func `a record that was left over is written by a group that has none of its own`() throws {
        let witness = ScriptedWitness()
        let given = Locked([StoreFixture.record(7), nil, nil])
        let store = try ThreadedExecutor(
            path: fixture.path, writer: try fixture.connection(), witness: witness,
            hooks: CommitHooks(afterCommit: { _ in given.withLock { $0.removeFirst() } }))
        witness.failNext(FileError("write", path: "w", systemError: 5), FileError("write", path: "w", systemError: 5))
        #expect(code { try store.insert(1) } == "store.not-acknowledged")
        // It has nothing of its own for the witness, so it is acknowledged whatever becomes of the older record.
        #expect(code { try store.insert(2) } == nil)
        #expect(code { try store.insert(3) } == nil)
        #expect(witness.sequences == [7])
        store.close()
    }

    @Test func `after a failed sync of the witness nothing more is accepted`() throws {
        let witness = ScriptedWitness()
        let store = try fixture.store(witness: witness)
        try store.insert(1)
        witness.failNext(WitnessError.syncFailed(FileError("sync", path: "w", systemError: 5)))
        #expect(code { try store.insert(2) } == "store.not-acknowledged")
        #expect(store.halted != nil)
        #expect(code { try store.insert(3) } == "store.halted")
        #expect(try store.values() == [1, 2])
        #expect(witness.sequences == [1])
        store.close()
    }

    @Test func `a hook that fails before the commit undoes the group, after it leaves it unacknowledged`() throws {
        struct Broken: Error {}
        let fails = Locked((before: true, after: false))
        let store = try ThreadedExecutor(
            path: fixture.path, writer: try fixture.connection(), witness: ScriptedWitness(),
            hooks: CommitHooks(
                beforeCommit: { _ in if fails.withLock({ $0.before }) { throw Broken() } },
                afterCommit: { _ in
                    if fails.withLock({ $0.after }) { throw Broken() }
                    return nil
                }))
        #expect(code { try store.insert(1) } == "Broken()")
        fails.withLock { $0 = (false, true) }
        #expect(code { try store.insert(2) } == "store.not-acknowledged")
        fails.withLock { $0 = (false, false) }
        try store.insert(3)
        #expect(try store.values() == [2, 3])
        store.close()
    }

    @Test func `beyond the bound of the queue callers are told to come back`() throws {
        var options = WriterOptions()
        options.queueJobsMax = 2
        let store = try fixture.store(options: options)
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        for name in ["a", "b", "c"] {
            store.submit({ try $0.cached("INSERT INTO t(a) VALUES(1)").run() }, completion: answers.completion(name))
        }
        let refused = answers.wait(for: 1)
        #expect(refused.map(\.0) == ["c"] && refused[0].1.code == "store.overloaded")
        gate.open()
        #expect(answers.wait(for: 3).filter { $0.1.code == nil }.count == 2)
        store.close()
    }

    @Test func `closing answers what was accepted and refuses the rest`() throws {
        let store = try fixture.store()
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        for name in ["a", "b"] {
            store.submit({ try $0.cached("INSERT INTO t(a) VALUES(1)").run() }, completion: answers.completion(name))
        }
        gate.open()
        store.close()
        #expect(answers.wait(for: 2).allSatisfy { $0.1.code == nil })
        #expect(code { try store.insert(2) } == "store.closed")
        #expect(code { try store.values() } == "store.closed")
        store.close()
        #expect(fixture.folder.names == ["store.db"])
    }

    @Test func `a job that leaves a writing statement between its rows is committed`() throws {
        let store = try fixture.store()
        let id = try store.perform { connection in
            let statement = try connection.cached("INSERT INTO t(a) VALUES(5), (6) RETURNING id")
            return try statement.step() ? statement.row.int(0) : nil
        }
        #expect(id == 1)
        #expect(try store.values() == [5, 6])
        store.close()
    }

    @Test func `the WAL stays bounded under steady writing`() throws {
        var options = WriterOptions()
        options.checkpointFrames = 20
        options.checkpointUrgentFrames = 60
        let store = try fixture.store(options: options)
        for number in 1...600 { try store.insert(number) }
        // A frame has 4,120 bytes; each commit adds two or three, and 600 of them without a checkpoint 1,200 and more.
        #expect(TestFile.read(fixture.path + "-wal").count < (60 + 10) * 4120)
        #expect(store.writer.checkpointError == nil)
        store.close()
    }

    @Test func `a reader that stays long is no error, and the WAL is copied when it is gone`() throws {
        var options = WriterOptions()
        options.checkpointFrames = 10
        options.checkpointUrgentFrames = 10
        let store = try fixture.store(options: options) { $0.busyTimeoutMilliseconds = 1 }
        try store.insert(0)
        let seen = try store.read { connection in
            let before = try connection.cached("SELECT count(*) FROM t").integer()
            for number in 1...100 { try store.insert(number) }
            return [before, try connection.cached("SELECT count(*) FROM t").integer()]
        }
        #expect(seen == [1, 1])
        #expect(try store.values().count == 101)
        let whileBlocked = TestFile.read(fixture.path + "-wal").count
        for number in 101...200 { try store.insert(number) }
        #expect(TestFile.read(fixture.path + "-wal").count < whileBlocked * 3 / 2)
        store.close()
    }
}
