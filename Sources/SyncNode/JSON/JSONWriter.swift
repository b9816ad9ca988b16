/// Writes JSON straight into bytes, without a tree in between.
///
/// The caller names what comes next; commas, quotes and escapes are the writer's business. A name outside an object, a
/// value without its name, or a container left open is a mistake of ours and stops the program.
///
///     var writer = JSONWriter()
///     writer.object { writer in
///         writer.member("id", "branch-0101")
///         writer.member("waiting", 3)
///     }
///     send(writer.bytes)
struct JSONWriter {
    /// How the text looks. The values are the same.
    enum Layout: Sendable {
        /// One line, no blanks.
        case compact
        /// One member a line, two blanks a level: for people.
        case pretty
    }

    /// The text so far; complete after the outermost value.
    private(set) var bytes: [UInt8] = []
    private let layout: Layout
    private var levels: [Level] = []
    private var isNamed = false

    private struct Level {
        var isObject: Bool
        var count = 0
    }

    init(layout: Layout = .compact) { self.layout = layout }

    /// The text as a string.
    var text: String { String(decoding: bytes, as: UTF8.self) }

    // MARK: Containers

    mutating func object(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "{"), isObject: true)
        try body(&self)
        close(UInt8(ascii: "}"), isObject: true)
    }

    mutating func array(_ body: (inout JSONWriter) throws -> Void) rethrows {
        open(UInt8(ascii: "["), isObject: false)
        try body(&self)
        close(UInt8(ascii: "]"), isObject: false)
    }

    /// The name of the next value.
    mutating func name(_ name: String) {
        precondition(levels.last?.isObject == true && !isNamed, "a name stands only in an object, before one value")
        separate()
        quote(name)
        bytes.append(UInt8(ascii: ":"))
        if layout == .pretty { bytes.append(UInt8(ascii: " ")) }
        isNamed = true
    }

    // MARK: Scalars

    mutating func value(_ text: String) {
        begin()
        quote(text)
    }

    mutating func value(_ number: Int64) { raw(String(number)) }
    mutating func value(_ number: Int) { raw(String(number)) }
    mutating func value(_ number: UInt64) { raw(String(number)) }

    /// A number that is not finite has no JSON; it is written as null.
    mutating func value(_ number: Double) { raw(number.isFinite ? "\(number)" : "null") }
    mutating func value(_ flag: Bool) { raw(flag ? "true" : "false") }
    mutating func null() { raw("null") }

    private mutating func raw(_ text: String) {
        begin()
        bytes.append(contentsOf: text.utf8)
    }

    // MARK: Layout

    private mutating func begin() {
        if isNamed {
            isNamed = false
            return
        }
        precondition(levels.last?.isObject != true, "a value in an object needs a name")
        precondition(!levels.isEmpty || bytes.isEmpty, "a text holds one value")
        if !levels.isEmpty { separate() }
    }

    private mutating func separate() {
        if levels[levels.count - 1].count > 0 { bytes.append(UInt8(ascii: ",")) }
        levels[levels.count - 1].count += 1
        newLine()
    }

    private mutating func open(_ bracket: UInt8, isObject: Bool) {
        begin()
        bytes.append(bracket)
        levels.append(Level(isObject: isObject))
    }

    private mutating func close(_ bracket: UInt8, isObject: Bool) {
        precondition(!isNamed, "a name without a value")
        guard let level = levels.popLast(), level.isObject == isObject else {
            preconditionFailure("containers close in the order they were opened")
        }
        if level.count > 0 { newLine() }
        bytes.append(bracket)
    }

    private mutating func newLine() {
        guard layout == .pretty else { return }
        bytes.append(0x0A)
        bytes.append(contentsOf: repeatElement(0x20, count: 2 * levels.count))
    }

    // MARK: Strings

    private mutating func quote(_ text: String) {
        bytes.append(UInt8(ascii: "\""))
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        if isDone == nil {
            var text = text
            text.makeContiguousUTF8()
            text.utf8.withContiguousStorageIfAvailable { appendEscaped($0) }
        }
        bytes.append(UInt8(ascii: "\""))
    }

    /// Copies runs of plain bytes as a whole.
    private mutating func appendEscaped(_ text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices where JSONWriter.mayNeedEscape(text[index]) {
            guard index >= start, let scalar = JSONWriter.escaped(in: text, at: index) else { continue }
            bytes.append(contentsOf: text[start..<index])
            escape(scalar)
            start = index + UTF8.width(scalar)
        }
        bytes.append(contentsOf: text[start...])
    }

    /// What JSON forbids, and the first byte of whatever hides itself (`Unicode.Scalar.isHidden`).
    private static func mayNeedEscape(_ byte: UInt8) -> Bool {
        switch byte {
        case 0..<0x20, UInt8(ascii: "\""), UInt8(ascii: "\\"), 0x7F, 0xC2, 0xD8, 0xE2, 0xEF, 0xF3: true
        default: false
        }
    }

    /// The scalar that begins at a place, where it must not stand as it is.
    private static func escaped(in text: UnsafeBufferPointer<UInt8>, at index: Int) -> Unicode.Scalar? {
        var bytes = text[index...].prefix(4).makeIterator()
        var decoder = UTF8()
        guard case .scalarValue(let scalar) = decoder.decode(&bytes) else { return nil }
        return scalar.isHidden || scalar == "\"" || scalar == "\\" ? scalar : nil
    }

    private mutating func escape(_ scalar: Unicode.Scalar) {
        bytes.append(UInt8(ascii: "\\"))
        switch scalar {
        case "\u{8}": bytes.append(UInt8(ascii: "b"))
        case "\t": bytes.append(UInt8(ascii: "t"))
        case "\n": bytes.append(UInt8(ascii: "n"))
        case "\u{C}": bytes.append(UInt8(ascii: "f"))
        case "\r": bytes.append(UInt8(ascii: "r"))
        case "\"", "\\": bytes.append(UInt8(truncatingIfNeeded: scalar.value))
        default:
            for (index, unit) in scalar.utf16.enumerated() {
                if index > 0 { bytes.append(UInt8(ascii: "\\")) }
                bytes.append(UInt8(ascii: "u"))
                for shift in [12, 8, 4, 0] { bytes.append(JSONWriter.digits[Int(unit >> UInt16(shift)) & 15]) }
            }
        }
    }

    private static let digits = Array("0123456789abcdef".utf8)
}

extension JSONWriter {
    mutating func member(_ name: String, _ text: String) {
        self.name(name)
        value(text)
    }

    mutating func member(_ name: String, _ number: Int64) {
        self.name(name)
        value(number)
    }

    mutating func member(_ name: String, _ number: Int) {
        self.name(name)
        value(number)
    }

    mutating func member(_ name: String, _ number: UInt64) {
        self.name(name)
        value(number)
    }

    mutating func member(_ name: String, _ number: Double) {
        self.name(name)
        value(number)
    }

    mutating func member(_ name: String, _ flag: Bool) {
        self.name(name)
        value(flag)
    }

    /// A text, or null where there is none.
    mutating func member(_ name: String, orNull text: String?) {
        self.name(name)
        if let text { value(text) } else { null() }
    }

    mutating func member(_ name: String, object body: (inout JSONWriter) throws -> Void) rethrows {
        self.name(name)
        try object(body)
    }

    mutating func member(_ name: String, array body: (inout JSONWriter) throws -> Void) rethrows {
        self.name(name)
        try array(body)
    }

    /// A list of texts.
    mutating func member(_ name: String, texts: some Sequence<String>) {
        self.name(name)
        array { writer in
            for text in texts { writer.value(text) }
        }
    }
}

extension JSONWriter {
    /// The order of members when a whole value is written.
    enum MemberOrder: Sendable {
        case given
        /// By the bytes of their names: the same text for the same content.
        case sorted
    }

    /// A whole value, for example one that was read.
    mutating func value(_ value: JSONValue, order: MemberOrder = .given) {
        switch value {
        case .null: null()
        case .bool(let flag): self.value(flag)
        case .integer(let number): self.value(number)
        case .number(let number): self.value(number)
        case .string(let text): self.value(text)
        case .array(let elements):
            array { writer in
                for element in elements { writer.value(element.value, order: order) }
            }
        case .object(let members):
            let ordered =
                order == .given
                ? members : members.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
            object { writer in
                for member in ordered {
                    writer.name(member.name)
                    writer.value(member.element.value, order: order)
                }
            }
        }
    }
}
