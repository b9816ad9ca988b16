/// Where a node listens: a numeric loopback address and a port. Plain HTTP goes nowhere else.
struct ListenAddress: Hashable, Sendable, CustomStringConvertible {
    /// `127.0.0.1` or `::1`, without brackets.
    let host: String
    let port: UInt16

    /// Why a text is no address to listen on.
    enum Mistake: Error, Hashable, Sendable {
        /// Not `ADDRESS:PORT` at all.
        case malformed
        /// A name, not a number.
        case hostName
        /// A valid address of another machine or of all interfaces.
        case notLoopback
        /// Not 1…65535.
        case portOutOfRange
    }

    /// Reads `127.0.0.1:7100` or `[::1]:7100`.
    init(_ text: String) throws(Mistake) {
        guard let colon = text.lastIndex(of: ":") else { throw .malformed }
        let digits = text[text.index(after: colon)...]
        guard !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { throw .malformed }
        guard let port = UInt16(digits), port > 0 else { throw .portOutOfRange }
        host = try ListenAddress.loopback(text[..<colon])
        self.port = port
    }

    /// For addresses that were made here.
    init(loopbackPort port: UInt16) {
        host = "127.0.0.1"
        self.port = port
    }

    /// For an address at which a server listens.
    init(loopback host: String, port: UInt16) {
        self.host = host
        self.port = port
    }

    /// As written in a topology file.
    var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }

    /// The node's base address, without a slash at the end.
    var url: String { "http://\(self)" }

    private static func loopback(_ host: Substring) throws(Mistake) -> String {
        if host.hasPrefix("["), host.hasSuffix("]") {
            guard host == "[::1]" else { throw .notLoopback }
            return "::1"
        }
        guard !host.contains(":"), !host.isEmpty else { throw .malformed }
        let parts = host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.allSatisfy({ part in part.utf8.allSatisfy { (0x30...0x39).contains($0) } }) else { throw .hostName }
        guard parts.count == 4, parts.allSatisfy(isOctet) else { throw .malformed }
        guard parts[0] == "127" else { throw .notLoopback }
        return String(host)
    }

    /// 0…255 without leading zeros, which some programs read as octal.
    private static func isOctet(_ text: Substring) -> Bool {
        guard let value = UInt8(text) else { return false }
        return String(value) == text
    }
}
