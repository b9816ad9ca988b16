import Glibc

/// An open file, closed when its owner goes.
struct FileDescriptor: ~Copyable {
    let number: Int32
    let path: String

    init(path: String, flags: Int32, mode: mode_t = 0o600) throws {
        self.path = path
        number = open(path, flags | O_CLOEXEC, mode)
        guard number >= 0 else { throw FileError("open", path: path) }
    }

    deinit { close(number) }

    /// Writes all bytes at an offset.
    func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws {
        var written = 0
        while written < bytes.count {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[written...])
            let count = pwrite(number, rest.baseAddress, rest.count, off_t(offset + written))
            if count < 0 && errno == EINTR { continue }
            guard count > 0 else { throw FileError("write", path: path, systemError: count < 0 ? errno : EIO) }
            written += count
        }
    }

    /// Reads up to `count` bytes at an offset; fewer at the end of the file.
    func read(_ count: Int, at offset: Int) throws -> [UInt8] {
        var failure: Int32?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                let rest = UnsafeMutableRawBufferPointer(rebasing: UnsafeMutableRawBufferPointer(buffer)[filled...])
                let got = pread(number, rest.baseAddress, rest.count, off_t(offset + filled))
                if got < 0 && errno == EINTR { continue }
                if got < 0 { failure = errno }
                guard got > 0 else { return }
                filled += got
            }
        }
        if let failure { throw FileError("read", path: path, systemError: failure) }
        return bytes
    }

    /// Makes the file's bytes and its size and mode durable. After a failure the kernel may have dropped them and a second
    /// sync would lie (https://lwn.net/Articles/752063/), so nobody calls this again on the same file: see `Witness`.
    func sync() throws {
        guard fsync(number) == 0 else { throw FileError("sync", path: path) }
    }
}

/// Makes the names in a folder durable: a new, renamed or removed file survives power loss only after this.
public func syncDirectory(_ path: String) throws {
    let folder = try FileDescriptor(path: path, flags: O_RDONLY | O_DIRECTORY)
    try folder.sync()
}

/// The folder that a file is in.
func parentDirectory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "." }
    return slash == path.startIndex ? "/" : String(path[..<slash])
}

/// Removes a file; one that is not there is as good as removed.
func removeFile(_ path: String) throws {
    guard unlink(path) == 0 || errno == ENOENT else { throw FileError("remove", path: path) }
}
