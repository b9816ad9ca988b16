import Glibc
import Platform

/// Keeps a second process away from a data folder for as long as the value lives.
///
/// The kernel's `flock` on a small file: it goes with the process however that ends, so a crash leaves nothing to
/// clean up. The file's text is the holder's process number, for the other one's message only.
/// Not for folders on network file systems, where `flock` may be local to each machine.
public final class StoreLock: Sendable {
    public let path: String
    private let file: Int32

    /// Takes the lock without waiting. Throws `StoreLockError.held` or `FileError`.
    public init(path: String) throws {
        let file = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw FileError("open", path: path) }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let systemError = errno
            let holder = holderWritten(in: file)
            close(file)
            guard systemError == EWOULDBLOCK else { throw FileError("lock", path: path, systemError: systemError) }
            throw StoreLockError.held(path: path, processID: holder)
        }
        do {
            try writeHolder(in: file, path: path)
        } catch {
            close(file)
            throw error
        }
        self.file = file
        self.path = path
    }

    /// The file stays: removing it would let a third process lock a new file beside the second one.
    deinit { close(file) }
}

/// Why a data folder could not be locked.
public enum StoreLockError: ExplainedError, Equatable {
    /// Another process has it; its number, where the file tells.
    case held(path: String, processID: Int32?)

    public var code: String { "store.locked" }

    public var sentence: String {
        switch self {
        case .held(let path, let processID):
            "Another process\(processID.map { " (number \($0))" } ?? "") runs on this data folder: it holds \(path)."
        }
    }

    public var hint: String {
        "Talk to the running node instead, or end it first. Do not delete the lock file: two nodes on one folder lose data."
    }
}

private func holderWritten(in file: Int32) -> Int32? {
    var text = [UInt8](repeating: 0, count: 16)
    let count = pread(file, &text, text.count, 0)
    guard count > 0 else { return nil }
    return Int32(String(decoding: text[..<count], as: UTF8.self).filter { $0.isNumber })
}

private func writeHolder(in file: Int32, path: String) throws {
    let text = Array("\(getpid())\n".utf8)
    guard ftruncate(file, 0) == 0, pwrite(file, text, text.count, 0) == text.count else {
        throw FileError("write", path: path)
    }
}
