/// Refuses headers whose message boundary is doubtful. libmicrohttpd is lenient here: it takes two different
/// Content-Lengths, a length beside chunks, and codings that it does not know.
///
/// It also drops lines without a word: those of which it sees no name, such as one that begins with a zero byte, and
/// joins folded ones after it has looked for a length. Whoever stands in front may see a length there, so what follows
/// on the connection would be read at different places. Nothing shows such a line but the room that it takes: see
/// `explains`.
struct FramingGuard {
    private(set) var headers = HTTPHeaders()
    private var contentLengths = 0
    private var hosts = 0
    private var transferCodings = 0
    private var isPlainChunked = false
    private var isClean = true
    private var length: Int? = 0
    /// Where the first field begins and the last one ends, in the library's buffer.
    private var firstByte: UInt?
    private var endByte: UInt = 0
    private var isContiguous = true

    static let fieldsMax = 128

    mutating func add(name: UnsafeRawBufferPointer, value sent: UnsafeRawBufferPointer) {
        note(name, sent)
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

    /// True where a body was announced, be it one of no bytes.
    var tellsLength: Bool { contentLengths == 1 }

    /// True where request line and fields are the whole header, byte for byte, each line ended by CR and LF: nothing
    /// stands between them that was not seen.
    func explains(headerBytes: Int, requestLineBytes: Int) -> Bool {
        let fieldsBytes = firstByte.map { Int(endByte - $0) + FramingGuard.lineEndBytes } ?? 0
        let seenBytes = requestLineBytes + FramingGuard.lineEndBytes + fieldsBytes + FramingGuard.lineEndBytes
        return isContiguous && headerBytes == seenBytes
    }

    private static let lineEndBytes = 2

    /// Fields that were sent one after the other lie so in the buffer; one that was put together lies elsewhere.
    private mutating func note(_ name: UnsafeRawBufferPointer, _ value: UnsafeRawBufferPointer) {
        guard let start = name.baseAddress.map({ UInt(bitPattern: $0) }),
            let valueStart = value.baseAddress.map({ UInt(bitPattern: $0) }), valueStart > start + UInt(name.count)
        else {
            isContiguous = false
            return
        }
        if firstByte == nil { firstByte = start } else { isContiguous = isContiguous && start == endByte + 2 }
        endByte = valueStart + UInt(value.count)
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
