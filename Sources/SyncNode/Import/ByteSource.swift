import Glibc

/// Bytes that come piece by piece: a file, a pipe, or a test's own.
protocol ByteSource: AnyObject {
    /// What errors call it.
    var name: String { get }
    /// Size of the whole, as far as anyone knows: nil for a pipe.
    var byteCount: Int64? { get }
    /// Up to `countMax` bytes, at least one; none at the end.
    func read(_ countMax: Int) throws(ImportError) -> [UInt8]
}

/// A file, or standard input under the name `-`.
final class FileSource: ByteSource {
    let name: String
    let byteCount: Int64?
    private let descriptor: Int32

    /// Opens the file.
    init(_ path: String) throws(ImportError) {
        name = path
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            let reason: ImportError.Reason =
                switch errno {
                case ENOENT: .fileMissing
                case EACCES: .fileForbidden
                default: .fileUnreadable(errno: errno)
                }
            throw ImportError(reason: reason, file: path)
        }
        var status = stat()
        let isRegular = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        byteCount = isRegular ? Int64(status.st_size) : nil
    }

    deinit { if descriptor > STDERR_FILENO { close(descriptor) } }

    func read(_ countMax: Int) throws(ImportError) -> [UInt8] {
        var chunk = [UInt8](repeating: 0, count: countMax)
        while true {
            let count = Glibc.read(descriptor, &chunk, countMax)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw ImportError(reason: .fileUnreadable(errno: errno), file: name) }
            return Array(chunk.prefix(count))
        }
    }
}

/// Bytes in memory, handed out in pieces of at most `pieceBytes`.
final class MemorySource: ByteSource {
    let name: String
    let byteCount: Int64?
    private var rest: ArraySlice<UInt8>
    private let pieceBytes: Int

    init(_ bytes: [UInt8], name: String = "memory.csv", pieceBytes: Int = .max) {
        self.name = name
        byteCount = Int64(bytes.count)
        rest = bytes[...]
        self.pieceBytes = pieceBytes
    }

    func read(_ countMax: Int) -> [UInt8] {
        let piece = rest.prefix(min(countMax, pieceBytes))
        rest = rest.dropFirst(piece.count)
        return Array(piece)
    }
}
