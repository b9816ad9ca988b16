import Platform
import Testing

@testable import TicketStore

@Suite struct DiskFaultTests {
    let fixture = StoreFixture()

    @Test func `a full disk refuses work with a hint, and work goes on by itself when there is space again`() throws {
        let witness = ScriptedWitness()
        let store = try fixture.store(witness: witness)
        try store.insert(1)
        fixture.disk.set(.init(calls: [.write], result: .full))
        #expect(code { try store.insert(2) } == "store.disk-full")
        #expect(code { try store.insert(3) } == "store.disk-full")
        #expect(try store.values() == [1])
        #expect(store.halted == nil)
        fixture.disk.set(nil)
        try store.insert(4)
        #expect(try store.values() == [1, 4])
        #expect(witness.sequences == [1, 2])
        #expect(fixture.events.filter { $0 == "undone group" }.count == 2)
        store.close()
    }

    @Test func `a full disk in the middle of a large job undoes its group and spares the next`() throws {
        // A small cache makes SQLite write before the commit, and undo everything when that fails.
        let store = try fixture.store { $0.cacheKibibytes = 16 }
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        store.submit({ try $0.cached("INSERT INTO t(a) VALUES(1)").run() }, completion: answers.completion("small"))
        store.submit(
            { [disk = fixture.disk] connection in
                disk.set(.init(calls: [.write], result: .full))
                defer { disk.set(nil) }
                for _ in 0..<200 { try connection.cached("INSERT INTO t(a) VALUES(zeroblob(4000))").run() }
            }, completion: answers.completion("large"))
        store.submit({ try $0.cached("INSERT INTO t(a) VALUES(3)").run() }, completion: answers.completion("after"))
        gate.open()
        let codes = Dictionary(uniqueKeysWithValues: answers.wait(for: 3).map { ($0.0, $0.1.code) })
        #expect(codes == ["small": "store.disk-full", "large": "store.disk-full", "after": nil])
        #expect(try store.values() == [3])
        store.close()
    }

    @Test(arguments: [4, 5, 6, 8, 12, 20, 40])
    func `a file that may not grow refuses work and keeps what it has`(pages: Int) throws {
        var store = try fixture.store { $0.pagesMax = pages }
        var kept: [Int] = []
        for number in 1...pages + 10 {
            let found = code {
                try store.perform { try $0.cached("INSERT INTO t(id, a) VALUES(?, zeroblob(3000))").run(number) }
            }
            if found == nil { kept.append(number) } else { #expect(found == "store.disk-full") }
        }
        #expect(!kept.isEmpty && kept.count < pages)
        #expect(try store.read { try $0.cached("SELECT id FROM t").all { $0.int(0) } } == kept)
        store.close()
        store = try fixture.store()
        try store.insert(1_000_000)
        #expect(try store.read { try $0.cached("SELECT count(*) FROM t").integer() } == Int64(kept.count + 1))
        store.close()
    }

    @Test func `a failed sync stops all acknowledging until the store is opened anew`() throws {
        let store = try fixture.store(witness: ScriptedWitness())
        try store.insert(1)
        fixture.disk.set(.init(calls: [.sync], result: .ioErrorSync, isSticky: false))
        #expect(code { try store.insert(2) } == "store.io-sync")
        #expect(store.halted != nil)
        #expect(code { try store.insert(3) } == "store.halted")
        store.close()
        let again = try fixture.store(witness: ScriptedWitness())
        try again.insert(4)
        let values = try again.values()
        // What was refused may be there or not, what was acknowledged must be.
        #expect(values == [1, 4] || values == [1, 2, 4])
        again.close()
    }

    @Test func `jobs of a group whose sync fails are all refused`() throws {
        let store = try fixture.store()
        let answers = Answers<Void>()
        let gate = Gate(store.writer)
        for number in 1...3 {
            store.submit(
                { try $0.cached("INSERT INTO t(a) VALUES(?)").run(number) }, completion: answers.completion("\(number)")
            )
        }
        fixture.disk.set(.init(calls: [.sync], result: .ioErrorSync))
        gate.open()
        #expect(answers.wait(for: 3).map(\.1.code) == ["store.io-sync", "store.io-sync", "store.io-sync"])
        fixture.disk.set(nil)
        store.close()
    }

    @Test func `an error of the disk is told, and a disk that works again is used again`() throws {
        let store = try fixture.store()
        try store.insert(1)
        fixture.disk.set(.init(calls: [.write], result: .ioErrorWrite, isSticky: false))
        #expect(code { try store.insert(2) } == "store.io")
        try store.insert(3)
        #expect(try store.values() == [1, 3])
        store.close()
    }

    @Test func `a file that may only be read is told at opening, not at the first write`() throws {
        try fixture.connection().close()
        fixture.disk.makeReadOnly()
        #expect(code { try fixture.connection() } == "store.read-only")
        let reader = try Connection(path: fixture.path, mode: .readOnly)
        #expect(try reader.prepare("SELECT count(*) FROM t").integer() == 0)
        reader.close()
    }

    @Test func `a checkpoint that fails loses nothing and is tried again`() throws {
        let connection = try fixture.connection()
        try connection.execute("INSERT INTO t(a) VALUES(1)")
        fixture.disk.set(.init(calls: [.write], result: .full))
        #expect(code { try connection.checkpoint() } == "store.disk-full")
        #expect(try connection.prepare("SELECT a FROM t").integer() == 1)
        fixture.disk.set(nil)
        #expect(try connection.checkpoint().isWhole)
        #expect(try connection.prepare("PRAGMA integrity_check").first { $0.string(0) } == "ok")
        connection.close()
    }

    @Test func `a failed checkpoint is repeated after more work, not at once`() throws {
        var options = WriterOptions()
        options.checkpointFrames = 10
        var schedule = CheckpointSchedule(options)
        schedule.committed(walFrames: 9)
        #expect(schedule.due(isIdle: true) == nil)
        schedule.committed(walFrames: 12)
        #expect(schedule.due(isIdle: true) == .passive)
        #expect(schedule.due(isIdle: false) == nil)
        schedule.finished(.failure(DatabaseError(.full, message: "")))
        #expect(schedule.due(isIdle: true) == nil)
        schedule.committed(walFrames: 22)
        #expect(schedule.due(isIdle: true) == .passive)
        schedule.committed(walFrames: options.checkpointUrgentFrames)
        #expect(schedule.due(isIdle: false) == .passive)
        schedule.committed(walFrames: options.walFramesMax)
        #expect(schedule.due(isIdle: false) == .restart)
        schedule.finished(.success(CheckpointResult(walFrames: 40, checkpointedFrames: 40, wasBlocked: false)))
        #expect(schedule.due(isIdle: true) == nil)
    }
}
