import Glibc
import Platform

/// The witness on a disk: two slots, each in a block of its own, written in turn.
///
/// Invariant: at every instant at least one slot is whole and durable. A write goes to the slot with the older
/// generation, so a torn write costs only what was not yet acknowledged. The file never grows after its creation, so a
/// full disk does not stop it (on a file system that overwrites in place).
public final class WitnessFile: Witness {
    public let path: String
    private let state: Locked<State>

    private struct State {
        let file: Int32
        var newest: WitnessSlot
        /// The slot that holds `newest`, 0 or 1.
        var position: Int
        var failure: WitnessError?
    }

    /// One block a slot: no disk in use writes more than this at once, so a torn write stays in its slot.
    static let blockBytes = 4096

    private init(path: String, file: Int32, newest: WitnessSlot, position: Int) {
        self.path = path
        state = Locked(State(file: file, newest: newest, position: position))
    }

    deinit { state.withLock { _ = close($0.file) } }

    /// Makes the file of a new node and makes it and its name durable. Throws `FileError` with `store.file-exists` for
    /// a path that is taken: a witness is never overwritten.
    public static func create(path: String, record: WitnessRecord) throws {
        let file = try FileDescriptor(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
        let slot = WitnessSlot(generation: 1, record: record)
        let padding = [UInt8](repeating: 0, count: blockBytes - WitnessSlot.byteCount)
        let block = slot.bytes + padding
        try (block + [UInt8](repeating: 0, count: blockBytes)).withUnsafeBytes { try file.write($0, at: 0) }
        try file.sync()
        try syncDirectory(parentDirectory(of: path))
    }

    /// Opens an existing file and reads it. Throws `FileError` (`store.missing-file` …) or `WitnessError.unreadable`.
    public static func open(path: String) throws -> WitnessFile {
        let file = try FileDescriptor(path: path, flags: O_RDWR)
        let slots = try (0...1).map { WitnessSlot(try file.read(WitnessSlot.byteCount, at: $0 * blockBytes)) }
        let position = (slots[1]?.generation ?? 0) > (slots[0]?.generation ?? 0) ? 1 : 0
        guard let newest = slots[position] else { throw WitnessError.unreadable(path: path) }
        // A second descriptor, because a value that is closed by its owner cannot live in a shared state.
        let kept = dup(file.number)
        guard kept >= 0 else { throw FileError("open", path: path) }
        return WitnessFile(path: path, file: kept, newest: newest, position: position)
    }

    /// The newest record: at opening what the disk holds, later the last one written.
    public var record: WitnessRecord { state.withLock { $0.newest.record } }

    public func write(_ record: WitnessRecord) throws {
        let path = path
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            let position = 1 - state.position
            let slot = WitnessSlot(generation: state.newest.generation &+ 1, record: record)
            let bytes = slot.bytes
            let written = pwrite(state.file, bytes, bytes.count, off_t(position * WitnessFile.blockBytes))
            guard written == bytes.count else {
                throw FileError("write", path: path, systemError: written < 0 ? errno : EIO)
            }
            guard fdatasync(state.file) == 0 else {
                let failure = WitnessError.syncFailed(FileError("sync", path: path))
                state.failure = failure
                throw failure
            }
            state.newest = slot
            state.position = position
        }
    }
}
