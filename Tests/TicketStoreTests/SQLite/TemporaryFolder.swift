import Glibc

/// A folder of one test, removed with everything in it at the end.
final class TemporaryFolder {
    let path: String

    init() {
        var template = Array("/tmp/store-test-XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else { preconditionFailure("no temporary folder: errno \(errno)") }
        path = String(decoding: template.dropLast().map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    deinit { TemporaryFolder.remove(path) }

    subscript(_ name: String) -> String { path + "/" + name }

    /// The names in the folder, sorted.
    var names: [String] { TemporaryFolder.names(in: path).sorted() }

    private static func names(in path: String) -> [String] {
        guard let folder = opendir(path) else { return [] }
        defer { closedir(folder) }
        var names: [String] = []
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != "." && name != ".." { names.append(name) }
        }
        return names
    }

    private static func remove(_ path: String) {
        for name in names(in: path) {
            let child = path + "/" + name
            if unlink(child) != 0 { remove(child) }
        }
        rmdir(path)
    }
}

/// Whole files, for tests that damage them.
enum TestFile {
    static func read(_ path: String) -> [UInt8] {
        guard let file = fopen(path, "rb") else { preconditionFailure("cannot open \(path)") }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while case let count = fread(&buffer, 1, buffer.count, file), count > 0 { bytes += buffer[..<count] }
        return bytes
    }

    static func write(_ path: String, _ bytes: [UInt8]) {
        guard let file = fopen(path, "wb") else { preconditionFailure("cannot open \(path)") }
        defer { fclose(file) }
        precondition(fwrite(bytes, 1, bytes.count, file) == bytes.count)
    }

    /// The permission bits.
    static func mode(_ path: String) -> UInt32 {
        var status = stat()
        precondition(stat(path, &status) == 0)
        return status.st_mode & 0o777
    }
}
