import Glibc
import Platform
import SyncProtocol
import TicketModel

/// The key that a node makes tokens of persons with: `person.key` in its data folder, 64 hexadecimal digits, in no
/// backup and in no message. A province and its branches share one, so that the same name has the same token
/// (decision 0012).
enum PersonKeyFile {
    private static let keyBytes = 32
    private static let name = "person.key"

    /// Makes a random key, or takes over the one in a file. A key that is in the folder already stays: a node that is
    /// restored there makes the tokens that it made before.
    ///
    /// - Throws: `PersonKeyError`.
    static func create(in folder: String, copying file: String?) throws -> PersonTokens {
        let path = "\(folder)/\(name)"
        let given = try file.map { try read($0) }
        if access(path, F_OK) == 0 {
            let key = try read(path)
            guard given == nil || given == key else { throw PersonKeyError(path: path, systemError: EEXIST) }
            return tokens(key)
        }
        let key = given ?? SystemRandom.bytes(keyBytes)
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw PersonKeyError(path: path, systemError: errno) }
        defer { close(descriptor) }
        let line = Array((Hex.encode(key) + "\n").utf8)
        guard write(descriptor, line, line.count) == line.count, fsync(descriptor) == 0 else {
            throw PersonKeyError(path: path, systemError: errno)
        }
        return tokens(key)
    }

    /// - Throws: `PersonKeyError` where the key is missing or damaged: another one would make other tokens in silence.
    static func read(in folder: String) throws -> PersonTokens { tokens(try read("\(folder)/\(name)")) }

    /// What makes tokens under a key.
    static func tokens(_ key: [UInt8]) -> PersonTokens {
        PersonTokens { SHA256.authenticate($0, key: key) }
    }

    private static func read(_ path: String) throws -> [UInt8] {
        let bytes: [UInt8]
        do throws(ConfigurationError) {
            bytes = try ConfigurationFile.bytes(path, area: "person-key", bytesMax: 256)
        } catch {
            throw PersonKeyError(path: path, systemError: ENOENT)
        }
        let digits = bytes.filter { $0 > 0x20 }
        var key: [UInt8] = []
        for index in stride(from: 0, to: digits.count - digits.count % 2, by: 2) {
            guard let byte = Hex.decode(digits[index..<index + 2]) else { break }
            key.append(UInt8(truncatingIfNeeded: byte))
        }
        guard digits.count == 2 * keyBytes, key.count == keyBytes else {
            throw PersonKeyError(path: path, systemError: EINVAL)
        }
        return key
    }
}

/// The key for tokens of persons cannot be read or written.
struct PersonKeyError: ExplainedError {
    let path: String
    let systemError: Int32

    var code: String { "node.person-key" }
    var sentence: String {
        "The key for tokens of persons, \(path), cannot be used (\(String(cString: strerror(systemError))))."
    }
    var hint: String {
        "Put back the key of the province, 64 hexadecimal digits; without one, tokens made before are not found again."
    }
}
