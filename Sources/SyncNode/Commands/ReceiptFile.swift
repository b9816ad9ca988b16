import Glibc

/// Row and ticket number of every acknowledged row, appended as they come. A row that was sent again stands twice.
final class ReceiptFile {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `SmallFileError`.
    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw SmallFileError(path: path, systemError: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(row: Int, ticket: String) throws {
        var line = "\(row),\(ticket)\n"
        let written = line.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.utf8.count else { throw SmallFileError(path: path, systemError: errno) }
    }
}
