import Testing

@testable import TicketStore

/// SQLite ends its recovery at the first frame of the WAL that does not check, and says nothing. These tests pin down
/// what our design relies on: only a tail is lost, and the witness knows that there was more.
@Suite struct DamagedLogTests {
    private static let rows = 40

    /// A database whose rows are all in its WAL, and the witness of the last of them.
    private func life(_ fixture: StoreFixture) throws -> (file: [UInt8], wal: [UInt8], witness: WitnessRecord) {
        let connection = try fixture.connection()
        try connection.checkpoint(.truncate)
        let witness = MemoryWitness()
        let store = InlineExecutor(connection, witness: witness, hooks: fixture.hooks)
        for number in 1...DamagedLogTests.rows {
            try store.perform { try $0.cached("INSERT INTO t(id, a) VALUES(?, ?)").run(number, "row \(number)") }
        }
        let files = (TestFile.read(fixture.path), TestFile.read(fixture.path + "-wal"))
        store.close()
        return (files.0, files.1, try #require(witness.record))
    }

    /// How many rows are left; they must be the first ones, unchanged.
    private func rowsLeft(_ file: [UInt8], _ wal: [UInt8], in folder: TemporaryFolder) throws -> Int {
        TestFile.write(folder["copy.db"], file)
        TestFile.write(folder["copy.db-wal"], wal)
        let connection = try Connection(path: folder["copy.db"], mode: .readWrite)
        defer { connection.close() }
        let found = try connection.prepare("SELECT id, a FROM t ORDER BY id").all { ($0.int(0), $0.string(1)) }
        for (index, row) in found.enumerated() {
            #expect(row.0 == index + 1 && row.1 == "row \(index + 1)")
        }
        return found.count
    }

    @Test func `a WAL cut short anywhere loses its tail only, and the witness shows it`() throws {
        let fixture = StoreFixture()
        let (file, wal, witness) = try life(fixture)
        #expect(try rowsLeft(file, wal, in: fixture.folder) == DamagedLogTests.rows)
        #expect(witness.sequence == UInt64(DamagedLogTests.rows))
        var left: [Int] = []
        for count in stride(from: 0, to: wal.count, by: 512) {
            left.append(try rowsLeft(file, Array(wal[..<count]), in: fixture.folder))
        }
        #expect(left == left.sorted())
        #expect(left.first == 0)
        // Nothing but the witness tells: every one of these databases is in order by itself.
        #expect(left.allSatisfy { UInt64($0) < witness.sequence })
    }

    @Test func `a flipped bit in the WAL never changes a row`() throws {
        let fixture = StoreFixture()
        let (file, wal, witness) = try life(fixture)
        var random = SplitMix64(seed: 11)
        var silent = 0
        for _ in 0..<300 {
            var damaged = wal
            damaged[Int.random(in: 0..<wal.count, using: &random)] ^= 1 << UInt8.random(in: 0...7, using: &random)
            let left = try rowsLeft(file, damaged, in: fixture.folder)
            if UInt64(left) < witness.sequence { silent += 1 }
        }
        // The canary: if no flip had an effect, this test would show nothing.
        #expect(silent > 200)
    }
}
