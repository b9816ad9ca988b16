import Glibc

/// Reads a configuration file as a whole.
enum ConfigurationFile {
    /// The JSON of the file at `path`.
    /// - Parameters:
    ///   - area: the first half of the error codes: `topology`, `mapping`.
    /// - Throws: the file cannot be read, is larger than `limits` allow, or is no JSON.
    static func read(
        _ path: String, area: String, limits: JSONLimits = .configuration
    ) throws(ConfigurationError) -> JSONElement {
        let bytes = try bytes(path, area: area, bytesMax: limits.textBytesMax)
        do {
            return try JSONReader.parse(bytes, limits: limits)
        } catch {
            throw ConfigurationError(file: path, area: area, error)
        }
    }

    /// The bytes of the file at `path`.
    static func bytes(_ path: String, area: String, bytesMax: Int) throws(ConfigurationError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw unreadable(path, area, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 * 1024)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw unreadable(path, area, errno) }
            if count == 0 { return bytes }
            guard bytes.count + count <= bytesMax else {
                throw ConfigurationError(
                    file: path, area: area, code: "file-too-large", "the file is larger than \(bytesMax) bytes",
                    hint: "check that this is the file you mean")
            }
            bytes += chunk.prefix(count)
        }
    }

    private static func unreadable(_ path: String, _ area: String, _ code: Int32) -> ConfigurationError {
        switch code {
        case ENOENT:
            ConfigurationError(
                file: path, area: area, code: "file-missing", "there is no such file",
                hint: "check the name, or copy the example that comes with the program")
        case EACCES:
            ConfigurationError(
                file: path, area: area, code: "file-forbidden", "this user may not read the file",
                hint: "run as the node's own user, or give it the right to read")
        case EISDIR:
            ConfigurationError(
                file: path, area: area, code: "file-is-folder", "this is a folder, not a file",
                hint: "name the file inside it")
        default:
            ConfigurationError(
                file: path, area: area, code: "file-unreadable", "the file cannot be read (errno \(code))",
                hint: "check the disk and the name")
        }
    }
}
