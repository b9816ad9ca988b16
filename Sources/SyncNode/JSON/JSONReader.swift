/// Reads a JSON text (RFC 8259) into values that know their place.
///
/// Stricter than the standard where laxness hides mistakes: a name that stands twice in an object is refused, and so
/// is a number that cannot be held. A byte order mark at the start is skipped. Never traps, whatever the bytes.
struct JSONReader {
    private let bytes: [UInt8]
    private let limits: JSONLimits
    private var offset = 0
    private var line = 1
    /// Offset of the first byte of the line, moved on by continuation bytes so that columns count scalars.
    private var columnBase = 0
    private var values = 0

    private init(_ bytes: [UInt8], _ limits: JSONLimits) {
        self.bytes = bytes
        self.limits = limits
    }

    /// The one value that `bytes` spell.
    static func parse(
        _ bytes: [UInt8], limits: JSONLimits = .configuration
    ) throws(JSONError) -> JSONElement {
        guard bytes.count <= limits.textBytesMax else { throw JSONError(reason: .textTooLarge, place: .start) }
        var reader = JSONReader(bytes, limits)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) {
            reader.offset = 3
            reader.columnBase = 3
        }
        reader.skipBlanks()
        guard reader.offset < bytes.count else { throw reader.failure(.empty) }
        let element = try reader.element(depth: 0)
        reader.skipBlanks()
        guard reader.offset == bytes.count else { throw reader.failure(.trailingContent) }
        return element
    }

    // MARK: Values

    private mutating func element(depth: Int) throws(JSONError) -> JSONElement {
        values += 1
        guard values <= limits.valuesMax else { throw failure(.tooManyValues) }
        let start = place
        guard let byte = peek else { throw failure(.truncated) }
        switch byte {
        case UInt8(ascii: "{"): return JSONElement(.object(try members(depth: depth + 1)), at: start)
        case UInt8(ascii: "["): return JSONElement(.array(try elements(depth: depth + 1)), at: start)
        case UInt8(ascii: "\""): return JSONElement(.string(try string()), at: start)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): return JSONElement(try number(), at: start)
        case UInt8(ascii: "t"): return JSONElement(try word("true", .bool(true)), at: start)
        case UInt8(ascii: "f"): return JSONElement(try word("false", .bool(false)), at: start)
        case UInt8(ascii: "n"): return JSONElement(try word("null", .null), at: start)
        default: throw failure(.unexpected)
        }
    }

    private mutating func members(depth: Int) throws(JSONError) -> [JSONMember] {
        guard depth <= limits.depthMax else { throw failure(.tooDeep) }
        offset += 1
        var members: [JSONMember] = []
        var names = NameSet()
        while try another(&members, closing: UInt8(ascii: "}")) {
            let namePlace = place
            guard let byte = peek else { throw failure(.truncated) }
            guard byte == UInt8(ascii: "\"") else { throw failure(.unexpected) }
            let name = try string()
            guard names.insert(name) else { throw JSONError(reason: .duplicateName, place: namePlace) }
            skipBlanks()
            try expect(UInt8(ascii: ":"))
            skipBlanks()
            members.append(JSONMember(name, try element(depth: depth), at: namePlace))
        }
        return members
    }

    private mutating func elements(depth: Int) throws(JSONError) -> [JSONElement] {
        guard depth <= limits.depthMax else { throw failure(.tooDeep) }
        offset += 1
        var elements: [JSONElement] = []
        while try another(&elements, closing: UInt8(ascii: "]")) { elements.append(try element(depth: depth)) }
        return elements
    }

    /// Steps over the comma or the closing bracket; true where another item follows.
    private mutating func another<Item>(_ items: inout [Item], closing: UInt8) throws(JSONError) -> Bool {
        skipBlanks()
        guard let byte = peek else { throw failure(.truncated) }
        if byte == closing {
            offset += 1
            return false
        }
        guard !items.isEmpty else { return true }
        guard byte == UInt8(ascii: ",") else { throw failure(.unexpected) }
        let comma = place
        offset += 1
        skipBlanks()
        guard peek != closing else { throw JSONError(reason: .trailingComma, place: comma) }
        return true
    }

    private mutating func word(_ word: StaticString, _ value: JSONValue) throws(JSONError) -> JSONValue {
        let start = place
        for index in 0..<word.utf8CodeUnitCount {
            guard let byte = peek else { throw failure(.truncated) }
            guard byte == word.utf8Start[index] else { throw JSONError(reason: .unexpected, place: start) }
            offset += 1
        }
        return value
    }

    // MARK: Numbers

    private mutating func number() throws(JSONError) -> JSONValue {
        let start = offset
        let startPlace = place
        var isInteger = true
        if peek == UInt8(ascii: "-") { offset += 1 }
        let firstDigit = offset
        try digits(startPlace)
        if bytes[firstDigit] == UInt8(ascii: "0"), offset > firstDigit + 1 {
            throw JSONError(reason: .badNumber, place: startPlace)
        }
        if peek == UInt8(ascii: ".") {
            isInteger = false
            offset += 1
            try digits(startPlace)
        }
        if peek == UInt8(ascii: "e") || peek == UInt8(ascii: "E") {
            isInteger = false
            offset += 1
            if peek == UInt8(ascii: "+") || peek == UInt8(ascii: "-") { offset += 1 }
            try digits(startPlace)
        }
        guard offset - start <= limits.numberBytesMax else {
            throw JSONError(reason: .numberOutOfRange, place: startPlace)
        }
        let text = String(decoding: bytes[start..<offset], as: UTF8.self)
        if isInteger, let integer = Int64(text) { return .integer(integer) }
        guard !isInteger, let double = Double(text), double.isFinite else {
            throw JSONError(reason: .numberOutOfRange, place: startPlace)
        }
        return .number(double)
    }

    /// One digit or more.
    private mutating func digits(_ start: JSONPlace) throws(JSONError) {
        let first = offset
        while let byte = peek, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) { offset += 1 }
        guard offset > first else {
            throw peek == nil ? failure(.truncated) : JSONError(reason: .badNumber, place: start)
        }
    }

    // MARK: Strings

    /// The string whose opening quote is next.
    private mutating func string() throws(JSONError) -> String {
        let start = place
        offset += 1
        let first = offset
        guard try plainRun() == UInt8(ascii: "\\") else {
            let text = try validated(bytes.span.extracting(first..<offset), start)
            offset += 1
            return text
        }
        var buffer = Array(bytes[first..<offset])
        while true {
            try escape(into: &buffer)
            let runStart = offset
            let stop = try plainRun()
            buffer.append(contentsOf: bytes[runStart..<offset])
            if stop == UInt8(ascii: "\"") { break }
        }
        let text = try validated(buffer.span, start)
        offset += 1
        return text
    }

    /// Steps over unescaped characters up to the closing quote or a backslash, which it returns.
    private mutating func plainRun() throws(JSONError) -> UInt8 {
        let run = JSONReader.plainRun(bytes.span, from: offset)
        offset = run.end
        columnBase += run.continuationBytes
        guard let stop = peek else { throw failure(.truncated) }
        guard stop >= 0x20 else { throw failure(.controlCharacter) }
        return stop
    }

    private static func plainRun(_ text: Span<UInt8>, from start: Int) -> (end: Int, continuationBytes: Int) {
        var index = start
        var continuationBytes = 0
        while index < text.count {
            let byte = text[index]
            if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
            if byte & 0xC0 == 0x80 { continuationBytes += 1 }
            index += 1
        }
        return (index, continuationBytes)
    }

    private func validated(_ text: Span<UInt8>, _ start: JSONPlace) throws(JSONError) -> String {
        guard text.count <= limits.stringBytesMax else { throw JSONError(reason: .stringTooLong, place: start) }
        do {
            return String(copying: try UTF8Span(validating: text))
        } catch {
            throw JSONError(reason: .badUTF8, place: start)
        }
    }

    private mutating func escape(into buffer: inout [UInt8]) throws(JSONError) {
        let start = place
        offset += 1
        guard let byte = peek else { throw failure(.truncated) }
        offset += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): buffer.append(byte)
        case UInt8(ascii: "b"): buffer.append(0x08)
        case UInt8(ascii: "f"): buffer.append(0x0C)
        case UInt8(ascii: "n"): buffer.append(0x0A)
        case UInt8(ascii: "r"): buffer.append(0x0D)
        case UInt8(ascii: "t"): buffer.append(0x09)
        case UInt8(ascii: "u"): buffer.append(contentsOf: String(try escapedScalar(start)).utf8)
        default: throw JSONError(reason: .badEscape, place: start)
        }
    }

    /// The scalar of `\uXXXX` or of a surrogate pair; the first `\u` is behind.
    private mutating func escapedScalar(_ start: JSONPlace) throws(JSONError) -> Character {
        let first = try fourHexDigits(start)
        if let scalar = Unicode.Scalar(first) { return Character(scalar) }
        guard first < 0xDC00 else { throw JSONError(reason: .loneSurrogate, place: start) }
        for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
            guard let byte = peek else { throw failure(.truncated) }
            guard byte == expected else { throw JSONError(reason: .loneSurrogate, place: start) }
            offset += 1
        }
        let second = try fourHexDigits(start)
        guard (0xDC00...0xDFFF).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
        else { throw JSONError(reason: .loneSurrogate, place: start) }
        return Character(scalar)
    }

    private mutating func fourHexDigits(_ start: JSONPlace) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek else { throw failure(.truncated) }
            guard let digit = Character(Unicode.Scalar(byte)).hexDigitValue, byte < 0x80 else {
                throw JSONError(reason: .badEscape, place: start)
            }
            value = value << 4 | UInt32(digit)
            offset += 1
        }
        return value
    }

    // MARK: Steps

    private var peek: UInt8? { offset < bytes.count ? bytes[offset] : nil }

    private var place: JSONPlace { JSONPlace(line: line, column: offset - columnBase + 1) }

    private func failure(_ reason: JSONError.Reason) -> JSONError { JSONError(reason: reason, place: place) }

    private mutating func expect(_ byte: UInt8) throws(JSONError) {
        guard let next = peek else { throw failure(.truncated) }
        guard next == byte else { throw failure(.unexpected) }
        offset += 1
    }

    private mutating func skipBlanks() {
        while let byte = peek {
            switch byte {
            case 0x20, 0x09, 0x0D: offset += 1
            case 0x0A:
                offset += 1
                line += 1
                columnBase = offset
            default: return
            }
        }
    }
}

/// The names met so far in one object: a short list is searched, a long one is hashed (with a seed of this process, so
/// that no sender can choose names that collide).
private struct NameSet {
    private var few: [String] = []
    private var many: Set<String> = []

    /// False where the name was there already.
    mutating func insert(_ name: String) -> Bool {
        if many.isEmpty, few.count < 16 {
            guard !few.contains(name) else { return false }
            few.append(name)
            return true
        }
        if many.isEmpty { many = Set(few) }
        return many.insert(name).inserted
    }
}
