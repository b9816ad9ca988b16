import Testing

@testable import TicketStore

@Suite struct PowerLossTests {
    /// Opens the images; it has no faults and spares the real syncs.
    let reader = FaultDisk()

    /// What was found wrong in an image; nil where all is well.
    enum Loss: Error, Equatable {
        case acknowledgedLost(told: Int, found: Int), damaged, witnessAhead, witnessBehind, gap
    }

    /// Writes `jobs` rows and records all that goes to the disk.
    private func record(
        _ fixture: StoreFixture, jobs: Int, synchronous: ConnectionOptions.Synchronous
    ) throws -> (image: CrashImage, events: [FaultDisk.Event]) {
        var options = WriterOptions()
        options.checkpointFrames = 15
        let connection = try fixture.connection { $0.synchronous = synchronous }
        try connection.checkpoint(.truncate)
        let witness = RecordedWitness(disk: fixture.disk, first: StoreFixture.record(0))
        let image = CrashImage(durable: [
            fixture.path: TestFile.read(fixture.path), fixture.path + "-wal": [],
            RecordedWitness.name: witness.fileBytes,
        ])
        fixture.disk.record()
        let store = InlineExecutor(connection, witness: witness, hooks: fixture.hooks, options: options)
        for number in 1...jobs {
            try store.perform { connection in
                try connection.cached("INSERT INTO t(id, a) VALUES(?, zeroblob(?))").run(number, number * 131 % 9_000)
            }
            fixture.disk.note(.acknowledged(number))
        }
        let events = fixture.disk.events
        store.close()
        return (image, events)
    }

    /// Opens what a power cut left.
    private func audit(_ image: CrashImage, _ random: inout SplitMix64, in folder: TemporaryFolder) throws {
        var witness: WitnessSlots?
        for (name, bytes) in image.files(using: &random) {
            if name == RecordedWitness.name {
                witness = WitnessSlots(fileBytes: bytes)
            } else {
                TestFile.write(folder[name.hasSuffix("-wal") ? "image.db-wal" : "image.db"], bytes)
            }
        }
        let connection = try Connection(path: folder["image.db"], mode: .readWrite, options: reader.options)
        defer { connection.close() }
        guard try connection.prepare("PRAGMA integrity_check").first(body: { $0.string(0) }) == "ok" else {
            throw Loss.damaged
        }
        let ids = try connection.prepare("SELECT id FROM t ORDER BY id").all { $0.int(0) }
        guard ids == Array(1..<ids.count + 1) else { throw Loss.gap }
        guard ids.count >= image.acknowledged else {
            throw Loss.acknowledgedLost(told: image.acknowledged, found: ids.count)
        }
        guard let sequence = witness?.newest.record.sequence else { throw Loss.damaged }
        guard sequence <= ids.count else { throw Loss.witnessAhead }
        guard sequence >= image.acknowledged else { throw Loss.witnessBehind }
    }

    /// Cuts the power at random moments; the losses that were found.
    private func losses(images: Int, seed: UInt64, synchronous: ConnectionOptions.Synchronous) throws -> [Loss] {
        let fixture = StoreFixture()
        let (start, events) = try record(fixture, jobs: 60, synchronous: synchronous)
        var random = SplitMix64(seed: seed)
        let cuts = (0..<images).map { _ in Int.random(in: 0...events.count, using: &random) }.sorted()
        var image = start
        var done = 0
        var losses: [Loss] = []
        for cut in cuts {
            for event in events[done..<cut] { image.add(event) }
            done = cut
            do {
                try audit(image, &random, in: fixture.folder)
            } catch let loss as Loss {
                losses.append(loss)
            }
        }
        return losses
    }

    @Test(arguments: [UInt64(1), 2])
    func `a power cut at any moment loses nothing acknowledged and damages nothing`(seed: UInt64) throws {
        #expect(try losses(images: 1_000, seed: seed, synchronous: .full) == [])
    }

    @Test func `the canary: without the sync of each commit the same test finds the losses`() throws {
        let found = try losses(images: 300, seed: 3, synchronous: .normal)
        #expect(found.contains { if case .acknowledgedLost = $0 { true } else { false } })
        #expect(!found.contains(.damaged) && !found.contains(.gap))
    }
}
