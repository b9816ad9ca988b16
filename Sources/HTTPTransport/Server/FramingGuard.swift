/// Refuses headers whose message boundary is doubtful. libmicrohttpd is lenient here: it takes two different
/// Content-Lengths, a length beside chunks, and codings that it does not know.
struct FramingGuard {
    private(set) var headers = HTTPHeaders()
    private var contentLengths = 0
    private var hosts = 0
    private var transferCodings = 0
    private var isPlainChunked = false
    private var isClean = true
    private var length: Int? = 0

    static let fieldsMax = 128

    mutating func add(name: UnsafeRawBufferPointer, value sent: UnsafeRawBufferPointer) {
        let value = FramingGuard.trimmed(sent)
        guard headers.count < FramingGuard.fieldsMax, HTTPGrammar.isToken(name), HTTPGrammar.isFieldValue(value) else {
            isClean = false
            return
        }
        switch FramingGuard.lowercased(name) {
        case "content-length":
            contentLengths += 1
            length = FramingGuard.decimal(value)
        case "transfer-encoding":
            transferCodings += 1
            isPlainChunked = FramingGuard.lowercased(value) == "chunked"
        case "host": hosts += 1
        default: break
        }
        headers.add(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }

    /// The length of the body that follows, in bytes.
    /// - Throws: `.badFraming`, or `.lengthRequired` for a chunked body: it could pass its limit in the middle, where
    ///   no answer can be sent any more.
    func bodyBytes() throws(HTTPRefusal) -> Int {
        guard isClean, contentLengths <= 1, hosts <= 1, transferCodings <= 1, let length else { throw .badFraming }
        if transferCodings == 1 {
            guard isPlainChunked, contentLengths == 0 else { throw .badFraming }
            throw .lengthRequired
        }
        return length
    }

    /// Blanks around a value are no part of it (RFC 9110 §5.5); the library leaves those behind it.
    private static func trimmed(_ value: UnsafeRawBufferPointer) -> UnsafeRawBufferPointer {
        func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }
        var value = value[...]
        while let last = value.last, isBlank(last) { value.removeLast() }
        while let first = value.first, isBlank(first) { value.removeFirst() }
        return UnsafeRawBufferPointer(rebasing: value)
    }

    private static func lowercased(_ bytes: UnsafeRawBufferPointer) -> String {
        String(decoding: bytes.map(HTTPGrammar.lowercase), as: UTF8.self)
    }

    private static func decimal(_ bytes: UnsafeRawBufferPointer) -> Int? {
        guard !bytes.isEmpty, bytes.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return Int(String(decoding: bytes, as: UTF8.self))
    }
}
