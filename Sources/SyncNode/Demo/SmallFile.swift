import Glibc
import Platform

/// Files that the demonstration writes for its nodes.
enum SmallFile {
    /// - Throws: `SmallFileError`.
    static func write(_ bytes: [UInt8], to path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw SmallFileError(path: path, systemError: errno) }
        defer { close(descriptor) }
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { throw SmallFileError(path: path, systemError: errno) }
            rest = rest.dropFirst(count)
        }
    }

    /// The lines of a text file; none where it does not exist.
    static func lines(_ path: String) -> [String] {
        guard let bytes = WholeFile.read(path) else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n").map(String.init)
    }
}

/// A file of the demonstration that cannot be written.
struct SmallFileError: ExplainedError {
    let path: String
    let systemError: Int32

    var code: String { "demo.file" }
    var sentence: String { "\(path) cannot be written (\(String(cString: strerror(systemError))))." }
    var hint: String { "Name another folder with --folder, or make room." }
}
