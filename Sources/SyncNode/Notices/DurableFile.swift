import Glibc
import Platform

/// Files that outlive a power cut: there whole, or not at all.
enum DurableFile {
    /// Writes beside, makes durable, puts in place. Readable by nobody else.
    ///
    /// - Throws: `DurableFileError`.
    static func write(_ bytes: [UInt8], to path: String) throws(DurableFileError) {
        let unfinished = path + ".part"
        let descriptor = open(unfinished, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw DurableFileError(path: unfinished, systemError: errno) }
        let failure = fill(descriptor, bytes)
        close(descriptor)
        if let failure { throw DurableFileError(path: unfinished, systemError: failure) }
        guard rename(unfinished, path) == 0 else { throw DurableFileError(path: path, systemError: errno) }
        try syncFolder(of: path)
    }

    private static func fill(_ descriptor: Int32, _ bytes: [UInt8]) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return count < 0 ? errno : EIO }
            rest = rest.dropFirst(count)
        }
        return fsync(descriptor) == 0 ? nil : errno
    }

    private static func syncFolder(of path: String) throws(DurableFileError) {
        let parent = FolderPath.parent(ofFile: path)
        let folder = open(parent.isEmpty ? "." : parent, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw DurableFileError(path: path, systemError: errno) }
        let outcome = fsync(folder)
        let reason = errno
        close(folder)
        guard outcome == 0 else { throw DurableFileError(path: path, systemError: reason) }
    }
}

/// A file that cannot be written.
struct DurableFileError: ExplainedError {
    let path: String
    let systemError: Int32

    var code: String { systemError == ENOSPC ? "file.disk-full" : "file.unwritable" }
    var sentence: String { "\(path) cannot be written (\(String(cString: strerror(systemError))))." }
    var hint: String { "Check the folder's rights and make room." }
}
