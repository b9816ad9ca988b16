import Testing

@testable import TicketStore

/// The n-th call to the disk fails, for n = 1, 2, 3 … until the operation no longer meets the fault (SQLite's own method
/// for I/O errors, https://sqlite.org/testing.html).
@Suite struct FaultSweepTests {
    struct Sweep: Sendable, CustomTestStringConvertible {
        var result: ResultCode
        var calls: Set<FaultDisk.Call>
        var isSticky: Bool
        var testDescription: String { "\(result.stableName)\(isSticky ? ", for good" : ", once")" }
    }

    static let sweeps = [true, false].flatMap { isSticky in
        [
            Sweep(result: .full, calls: [.write], isSticky: isSticky),
            Sweep(result: .ioErrorWrite, calls: [.write, .truncate], isSticky: isSticky),
            Sweep(result: .ioErrorSync, calls: [.sync], isSticky: isSticky),
            Sweep(result: ResultCode(rawValue: 10 | 1 << 8), calls: [.read], isSticky: isSticky),
            Sweep(result: .cannotOpen, calls: [.open], isSticky: isSticky),
        ]
    }

    /// Opens, writes, checkpoints and closes on a disk that fails at the n-th call; the values that were acknowledged.
    private func life(_ fixture: StoreFixture, checkpointFrames: Int) -> [Int] {
        var options = WriterOptions()
        options.checkpointFrames = checkpointFrames
        var acknowledged: [Int] = []
        do {
            let connection = try fixture.connection { $0.cacheKibibytes = 16 }
            let store = InlineExecutor(connection, witness: MemoryWitness(), hooks: fixture.hooks, options: options)
            for number in 1...12 where code(of: { try store.insert(number) }) == nil { acknowledged.append(number) }
            store.close()
        } catch {
            #expect(error is DatabaseError)
        }
        return acknowledged
    }

    @Test(arguments: sweeps)
    func `whatever call to the disk fails, what was acknowledged is there afterwards`(sweep: Sweep) throws {
        var n = 0
        var metTheFault = true
        while metTheFault {
            n += 1
            let fixture = StoreFixture()
            fixture.disk.set(.init(calls: sweep.calls, result: sweep.result, at: n, isSticky: sweep.isSticky))
            let acknowledged = life(fixture, checkpointFrames: 5)
            metTheFault = fixture.disk.hits > 0
            fixture.disk.set(nil)
            let connection = try fixture.connection()
            let found = try connection.prepare("SELECT a FROM t ORDER BY id").all { $0.int(0) }
            #expect(Set(acknowledged).isSubset(of: found), "call \(n)")
            #expect(found.allSatisfy { (1...12).contains($0) } && Set(found).count == found.count)
            #expect(try connection.prepare("PRAGMA integrity_check").first { $0.string(0) } == "ok")
            connection.close()
            if !metTheFault { #expect(acknowledged == Array(1...12)) }
            try #require(n < 1_000)
        }
        // Otherwise the sweep has tested nothing.
        #expect(n > 3)
    }
}
