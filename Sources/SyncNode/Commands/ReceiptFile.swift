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
        // The number is what a node answered: a cell like any other.
        let line = CSVFormat.line([String(row), SpreadsheetCell.guarded(ticket)])
        guard write(descriptor, line, line.count) == line.count else {
            throw SmallFileError(path: path, systemError: errno)
        }
    }
}
