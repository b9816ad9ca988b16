import Glibc
import Platform

/// The witness on a disk: two slots, each in a block of its own, written in turn (see `WitnessSlots`).
///
/// At every instant at least one slot is whole and durable. The file never grows after its creation, so a full disk does
/// not stop it (on a file system that overwrites in place). After a failed sync nothing more is written: the kernel may
/// have dropped the bytes, and a second sync would succeed without them. Opening the file anew is safe: see `open`.
public final class WitnessFile: Witness {
    public let path: String
    private let state: Locked<State>

    private struct State {
        let file: Int32
        var slots: WitnessSlots
        var failure: WitnessError?

        mutating func write(_ slots: WitnessSlots, path: String) throws {
            let bytes = slots.newest.bytes
            let written = pwrite(file, bytes, bytes.count, off_t(slots.offset))
            guard written == bytes.count else {
                throw FileError("write", path: path, systemError: written < 0 ? errno : EIO)
            }
            guard fdatasync(file) == 0 else {
                let error = WitnessError.syncFailed(FileError("sync", path: path))
                failure = error
                throw error
            }
            self.slots = slots
        }
    }

    private init(path: String, file: Int32, slots: WitnessSlots) {
        self.path = path
        state = Locked(State(file: file, slots: slots))
    }

    deinit { state.withLock { _ = close($0.file) } }

    /// Makes the file of a new node and makes it and its name durable. Throws `FileError` with `store.file-exists` for
    /// a path that is taken: a witness is never overwritten.
    public static func create(path: String, record: WitnessRecord) throws {
        let file = try FileDescriptor(path: path, flags: O_RDWR | O_CREAT | O_EXCL)
        try WitnessSlots(first: record).fileBytes.withUnsafeBytes { try file.write($0, at: 0) }
        try file.sync()
        try syncDirectory(parentDirectory(of: path))
    }

    /// Opens an existing file and reads it. Throws `FileError` (`store.missing-file` …) or `WitnessError`.
    ///
    /// What is read may be only in the kernel's memory, after a sync that failed in an earlier process. So the newest slot is
    /// written and synced again before the other one, which is durable, may be overwritten.
    public static func open(path: String) throws -> WitnessFile {
        let file = try FileDescriptor(path: path, flags: O_RDWR)
        guard let slots = WitnessSlots(fileBytes: try file.read(WitnessSlots.fileBytes, at: 0)) else {
            throw WitnessError.unreadable(path: path)
        }
        // A second descriptor, because a value that closes itself cannot live in a shared state.
        let kept = fcntl(file.number, F_DUPFD_CLOEXEC, 0)
        guard kept >= 0 else { throw FileError("open", path: path) }
        let witness = WitnessFile(path: path, file: kept, slots: slots)
        try witness.state.withLock { try $0.write(slots, path: path) }
        return witness
    }

    /// The newest record: at opening what the disk holds, later the last one made durable.
    public var record: WitnessRecord { state.withLock { $0.slots.newest.record } }

    public func write(_ record: WitnessRecord) throws {
        let path = path
        try state.withLock { state in
            if let failure = state.failure { throw failure }
            try state.write(state.slots.adding(record), path: path)
        }
    }
}
