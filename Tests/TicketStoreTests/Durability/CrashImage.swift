import Platform
import SyncProtocol

@testable import TicketStore

/// Random numbers from a seed (Steele, Lea & Flood 2014): the same seed gives the same test.
struct SplitMix64: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var z = state
        z = (z ^ (z >> 30)) &* 0xbf58_476d_1ce4_e5b9
        z = (z ^ (z >> 27)) &* 0x94d0_49bb_1331_11eb
        return z ^ (z >> 31)
    }
}

/// What a disk may hold after a power cut: all that was synced, and any part of what was not, in any order, torn at any
/// sector.
struct CrashImage {
    private struct File {
        var durable: [UInt8]
        var pending: [FaultDisk.Event] = []
    }

    private var files: [String: File]
    /// The largest number that somebody had been told is durable.
    private(set) var acknowledged = 0

    private static let sectorBytes = 512

    /// - Parameter durable: what the files held, synced, before the first event.
    init(durable: [String: [UInt8]]) { files = durable.mapValues { File(durable: $0) } }

    /// The next thing that happened before the power cut.
    mutating func add(_ event: FaultDisk.Event) {
        switch event {
        case .write(let file, _, _), .truncate(let file, _):
            files[file, default: File(durable: [])].pending.append(event)
        case .sync(let name):
            guard var file = files[name] else { return }
            for event in file.pending { CrashImage.apply(event, to: &file.durable, sectors: { _ in true }) }
            file.pending = []
            files[name] = file
        case .acknowledged(let number): acknowledged = max(acknowledged, number)
        }
    }

    /// One of the states that the power cut may leave.
    func files(using random: inout SplitMix64) -> [(name: String, bytes: [UInt8])] {
        files.sorted { $0.key < $1.key }.map { name, file in
            var bytes = file.durable
            for event in file.pending {
                switch random.next() % 4 {
                case 0: continue
                case 1: CrashImage.apply(event, to: &bytes) { _ in random.next() % 2 == 0 }
                default: CrashImage.apply(event, to: &bytes) { _ in true }
                }
            }
            return (name, bytes)
        }
    }

    private static func apply(_ event: FaultDisk.Event, to file: inout [UInt8], sectors: (Int) -> Bool) {
        switch event {
        case .truncate(_, let size):
            if size < file.count { file.removeSubrange(size...) } else { grow(&file, to: size) }
        case .write(_, let offset, let bytes):
            for range in chosen(offset..<offset + bytes.count, sectors) {
                grow(&file, to: range.upperBound)
                file.replaceSubrange(range, with: bytes[range.lowerBound - offset..<range.upperBound - offset])
            }
        case .sync, .acknowledged: break
        }
    }

    /// The parts of a write that reach the disk, sector by sector.
    private static func chosen(_ range: Range<Int>, _ sectors: (Int) -> Bool) -> [Range<Int>] {
        let numbers = range.lowerBound / sectorBytes...(range.upperBound - 1) / sectorBytes
        return numbers.filter(sectors).map { ($0 * sectorBytes..<($0 + 1) * sectorBytes).clamped(to: range) }
    }

    private static func grow(_ file: inout [UInt8], to count: Int) {
        if file.count < count { file.append(contentsOf: repeatElement(0, count: count - file.count)) }
    }
}

/// The witness file's logic on a recorded disk, so that its writes and syncs stand in one order with those of the WAL.
final class RecordedWitness: Witness {
    static let name = "witness"
    private let disk: FaultDisk
    private let slots: Locked<WitnessSlots>

    init(disk: FaultDisk, first: WitnessRecord) {
        self.disk = disk
        slots = Locked(WitnessSlots(first: first))
    }

    var fileBytes: [UInt8] { slots.withLock { $0.fileBytes } }

    func write(_ record: WitnessRecord) {
        slots.withLock { slots in
            slots = slots.adding(record)
            disk.note(.write(file: RecordedWitness.name, offset: slots.offset, bytes: slots.newest.bytes))
            disk.note(.sync(file: RecordedWitness.name))
        }
    }
}
