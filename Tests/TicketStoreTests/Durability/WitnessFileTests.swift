import SyncProtocol
import Testing

@testable import TicketStore

@Suite struct WitnessFileTests {
    let folder = TemporaryFolder()
    var path: String { folder["witness"] }

    private func record(_ sequence: UInt64) -> WitnessRecord {
        let hash = Digest(words: (sequence, 2, 3, ~sequence))
        return WitnessRecord(incarnation: Incarnation(rawValue: 0xabcdef), sequence: sequence, hash: hash)
    }

    @Test func `the last record written is the one read after opening`() throws {
        try WitnessFile.create(path: path, record: record(0))
        #expect(TestFile.mode(path) == 0o600)
        for last in UInt64(1)...5 {
            let witness = try WitnessFile.open(path: path)
            #expect(witness.record == record(last - 1))
            try witness.write(record(last))
            #expect(witness.record == record(last))
        }
        #expect(TestFile.read(path).count == WitnessSlots.fileBytes)
    }

    @Test func `a witness is never made in place of another file`() throws {
        try WitnessFile.create(path: path, record: record(3))
        #expect(code { try WitnessFile.create(path: path, record: record(0)) } == "store.file-exists")
        #expect(try WitnessFile.open(path: path).record == record(3))
    }

    @Test func `a missing witness is an error, not a new one`() {
        #expect(code { try WitnessFile.open(path: path) } == "store.missing-file")
        #expect(folder.names == [])
    }

    @Test func `a write torn at any byte leaves the acknowledged record`() throws {
        let before = WitnessSlots(first: record(1)).adding(record(2)).adding(record(3))
        let after = before.adding(record(4))
        var file = WitnessSlots(first: record(1)).fileBytes
        for slots in [WitnessSlots(first: record(1)).adding(record(2)), before] { overwrite(&file, slots, upTo: 72) }
        #expect(WitnessSlots(fileBytes: file) == before)
        for count in 0...WitnessSlot.byteCount {
            var torn = file
            overwrite(&torn, after, upTo: count)
            let found = WitnessSlots(fileBytes: torn)
            #expect(found == (count == WitnessSlot.byteCount ? after : before) || found == after, "\(count) bytes")
        }
    }

    private func overwrite(_ file: inout [UInt8], _ slots: WitnessSlots, upTo count: Int) {
        for (index, byte) in slots.newest.bytes.prefix(count).enumerated() { file[slots.offset + index] = byte }
    }

    @Test func `any flipped bit of a slot makes it unreadable, and the other one is used`() throws {
        var file = WitnessSlots(first: record(1)).fileBytes
        let newest = WitnessSlots(first: record(1)).adding(record(2))
        overwrite(&file, newest, upTo: 72)
        for bit in 0..<WitnessSlot.byteCount * 8 {
            var damaged = file
            damaged[newest.offset + bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(WitnessSlots(fileBytes: damaged)?.newest.record == record(1), "bit \(bit)")
        }
    }

    @Test func `a file whose slots are both damaged, or that is no witness, is refused and kept`() throws {
        for bytes in [[UInt8](), [UInt8](repeating: 0, count: 8192), [UInt8](repeating: 0x53, count: 100)] {
            TestFile.write(path, bytes)
            #expect(code { try WitnessFile.open(path: path) } == "store.witness-unreadable")
            #expect(TestFile.read(path) == bytes)
        }
    }

    @Test func `the file's layout does not change by accident`() {
        let bytes = WitnessSlot(generation: 0x0102, record: record(7)).bytes
        #expect(bytes.count == WitnessSlot.byteCount)
        #expect(String(decoding: bytes[..<8], as: UTF8.self) == "SNWITN01")
        #expect(
            Array(bytes[8..<32]) == [2, 1, 0, 0, 0, 0, 0, 0, 0xef, 0xcd, 0xab, 0, 0, 0, 0, 0, 7, 0, 0, 0, 0, 0, 0, 0])
        #expect(Array(bytes[32..<64]) == record(7).hash.bytes)
        #expect(WitnessSlot(bytes)?.record == record(7))
    }
}
