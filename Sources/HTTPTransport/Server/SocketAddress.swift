import Glibc

/// An IPv4 or IPv6 address with its port, as the system wants it.
struct SocketAddress {
    private var storage = sockaddr_storage()
    private var length = socklen_t(MemoryLayout<sockaddr_storage>.size)

    /// To be filled by `fill`.
    init() {}

    /// - Throws: `.badAddress` unless the text is a numeric address.
    init(numeric text: String, port: UInt16) throws(HTTPError) {
        var four = sockaddr_in()
        var six = sockaddr_in6()
        if inet_pton(AF_INET, text, &four.sin_addr) == 1 {
            four.sin_family = sa_family_t(AF_INET)
            four.sin_port = port.bigEndian
            length = socklen_t(MemoryLayout<sockaddr_in>.size)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: four, as: sockaddr_in.self) }
        } else if inet_pton(AF_INET6, text, &six.sin6_addr) == 1 {
            six.sin6_family = sa_family_t(AF_INET6)
            six.sin6_port = port.bigEndian
            length = socklen_t(MemoryLayout<sockaddr_in6>.size)
            withUnsafeMutableBytes(of: &storage) { $0.storeBytes(of: six, as: sockaddr_in6.self) }
        } else {
            throw .badAddress(address: text)
        }
    }

    var family: sa_family_t { storage.ss_family }

    /// 127.0.0.0/8 or ::1.
    var isLoopback: Bool {
        withUnsafeBytes(of: storage) { bytes in
            if family == sa_family_t(AF_INET) { return bytes[4] == 127 }
            return bytes[8..<23].allSatisfy { $0 == 0 } && bytes[23] == 1
        }
    }

    /// Both kinds keep it behind the family.
    var port: UInt16 {
        withUnsafeBytes(of: storage) { UInt16($0[2]) << 8 | UInt16($0[3]) }
    }

    /// The address without its port, such as `127.0.0.1`.
    var host: String {
        withUnsafeBytes(of: storage) { bytes in
            let offset = family == sa_family_t(AF_INET) ? 4 : 8
            var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
            guard let address = bytes.baseAddress,
                inet_ntop(Int32(family), address + offset, &text, socklen_t(text.count)) != nil
            else { return "unknown" }
            return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }

    func withPointer<Result>(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Result) -> Result {
        withUnsafePointer(to: storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { body($0, length) }
        }
    }

    /// Lets a system call fill in the address, and returns what it returned.
    mutating func fill(_ call: (UnsafeMutablePointer<sockaddr>, UnsafeMutablePointer<socklen_t>) -> Int32) -> Int32 {
        var filled = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let outcome = withUnsafeMutablePointer(to: &storage) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { call($0, &filled) }
        }
        length = filled
        return outcome
    }
}
