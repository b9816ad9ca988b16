import Platform
import Testing

@testable import TicketStore

@Suite struct ReadPoolTests {
    let fixture = StoreFixture()

    @Test func `more readers than connections wait for their turn`() throws {
        let store = try fixture.store()
        try store.insert(7)
        let sum = Locked(0)
        let threads = try (0..<8).map { _ in
            try WorkerThread(name: "reader") {
                for _ in 0..<50 {
                    do {
                        let values = try store.values()
                        sum.withLock { $0 += values.count }
                    } catch {
                        Issue.record(error)
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(sum.withLock { $0 } == 400)
        store.close()
    }

    @Test func `a statement left in the middle does not keep an old snapshot alive`() throws {
        let store = try fixture.store()
        for number in 1...3 { try store.insert(number) }
        for _ in 0..<4 {
            let first = try store.read { connection in
                let statement = try connection.cached("SELECT a FROM t ORDER BY id DESC")
                return try statement.step() ? statement.row.int(0) : nil
            }
            #expect(try store.values().last == first)
            try store.insert((first ?? 0) + 1)
        }
        store.close()
    }

    @Test func `a kept statement left in the middle is still the kept one for the next reader`() throws {
        let store = try fixture.store()
        for number in 1...3 { try store.insert(number) }
        let names = try (0..<2).map { _ in
            try store.read { connection in
                let statement = try connection.cached(text: "SELECT a FROM t")
                _ = try statement.step()
                return ObjectIdentifier(statement)
            }
        }
        #expect(names[0] == names[1])
        store.close()
    }

    @Test func `a reader that fails gives its connection back`() throws {
        struct Stop: Error {}
        let store = try fixture.store()
        for _ in 0..<5 { #expect(throws: Stop.self) { try store.read { _ in throw Stop() } } }
        #expect(try store.values() == [])
        store.close()
    }

    @Test func `a reader cannot write`() throws {
        let store = try fixture.store()
        let found = code { try store.read { try $0.cached("INSERT INTO t(a) VALUES(1)").run() } }
        #expect(found == "store.read-only")
        store.close()
    }
}
