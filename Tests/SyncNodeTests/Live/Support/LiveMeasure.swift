import Glibc
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// What a process uses, as the kernel counts it.
struct LiveUse {
    /// Of all its threads.
    let cpuMilliseconds: Int
    let residentKibibytes: Int

    init(_ process: LiveProcess) throws {
        let words = try #require(LiveUse.words(process.pid, "stat", after: ")"))
        // Fields 14 and 15 of proc(5); the first two are cut off.
        let ticks = try #require(Int(words[11])) + (try #require(Int(words[12])))
        cpuMilliseconds = ticks * 1000 / sysconf(Int32(_SC_CLK_TCK))
        let pages = try #require(LiveUse.words(process.pid, "statm").flatMap { Int($0[1]) })
        residentKibibytes = pages * sysconf(Int32(_SC_PAGESIZE)) / 1024
    }

    private static func words(_ pid: pid_t, _ file: String, after mark: Character? = nil) -> [Substring]? {
        guard let bytes = WholeFile.read("/proc/\(pid)/\(file)") else { return nil }
        var text = Substring(String(decoding: bytes, as: UTF8.self))
        if let mark, let place = text.lastIndex(of: mark) { text = text[text.index(after: place)...] }
        return text.split(separator: " ")
    }
}

/// Frames of under a kilobyte that ask for as much as a sender of ill will can think of.
enum LiveBomb {
    /// Without any compression, so that the payload can be taken out.
    private static let plain = WireCodec(hash: SHA256.function, compress: { $0 }, decompress: { _, _ in nil })

    /// Acts that all name the same 255 others as their past: two bytes each, and 4 KiB when rebuilt.
    static func dependencies(session: UInt64, hello: Hello? = nil) -> [UInt8] {
        let life = Incarnation(rawValue: 1 << 50)
        let strangers = (0..<255).map { Dot(Incarnation(rawValue: 1 << 40 + UInt64($0)), 1 << 47) }
        let document = DocumentID(createdBy: Dot(life, 1))
        var previous = Digest.zero
        var items: [BatchItem] = []
        for number in UInt64(1)...2_000 {
            let last = number == 1 ? [] : [Dot(life, number - 1)]
            let sealed = SealedRecord(
                CoreRecord(
                    dot: Dot(life, number), document: document,
                    dependencies: VersionVector(entries: strangers + last) ?? .empty,
                    stamp: HybridTime(milliseconds: 1_790_000_000_000 + Int64(number)), post: "x", kind: 1,
                    operations: [], previous: previous),
                SHA256.function)
            previous = sealed.hash
            items.append(.action(sealed, bodies: []))
        }
        var message = Message(session: session)
        message.hello = hello
        message.surplus = Batch(loose: items)
        return squeezed(message)
    }

    static func squeezed(_ message: Message) -> [UInt8] {
        let frame = Frame.encode(message, plain)
        let packed = Zstd().compress(Array(frame[12...].dropLast(4)), level: 19)
        var writer = ByteWriter()
        writer.raw(frame[..<3])
        writer.byte(1)
        writer.raw(frame[4..<12])
        writer.counted(packed)
        return writer.bytes + SHA256.digest(writer.bytes).bytes.prefix(4)
    }
}
