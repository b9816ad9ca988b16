/// Reads CSV (RFC 4180) record by record without holding more than one record and one piece of the file.
///
/// Line breaks are `\n` or `\r\n`; values in double quotes may hold both, commas, and quotes written twice. A byte order
/// mark is skipped, and so are empty lines. A malformed record does not end the reading: its first line is given back
/// as malformed and reading goes on with the line after it, so one lost quote costs few rows, never the rest.
struct CSVReader {
    private enum State {
        case fieldStart
        case plain
        case quoted
        /// A quote inside a quoted value: its end, or half of an escaped one.
        case quoteInQuoted
        /// A carriage return outside quotes: only a line feed may follow.
        case carriageReturn
    }

    private static let pieceBytes = 64 * 1024

    private let source: any ByteSource
    private let recordBytesMax: Int
    private var buffer: [UInt8] = []
    /// Where the next record begins in `buffer`.
    private var start = 0
    private var isAtEnd = false
    private var line = 1
    /// Bytes of the source behind the last record: for showing progress.
    private(set) var bytesRead: Int64 = 0

    /// Looks at the first bytes.
    /// - Throws: what cannot be text in UTF-8 at all: gzip, UTF-16.
    init(_ source: any ByteSource, recordBytesMax: Int = ImportLimits.recordBytesMax) throws(ImportError) {
        self.source = source
        self.recordBytesMax = recordBytesMax
        while buffer.count < 3, try fill() {}
        if buffer.starts(with: [0x1F, 0x8B]) { throw ImportError(reason: .compressed, file: source.name) }
        if buffer.starts(with: [0xFF, 0xFE]) || buffer.starts(with: [0xFE, 0xFF]) {
            throw ImportError(reason: .utf16, file: source.name)
        }
        if buffer.starts(with: [0xEF, 0xBB, 0xBF]) { consume(3, countingLines: false) }
    }

    /// The next record; nil at the end.
    mutating func next() throws(ImportError) -> CSVRecord? {
        while true {
            guard try available(start) else { return nil }
            switch try scan() {
            case .success(let end):
                let raw = Array(buffer[start..<end.content])
                let recordLine = line
                consume(end.next - start)
                if raw.isEmpty { continue }
                return CSVRecord(line: recordLine, content: CSVSplitter.split(raw), raw: raw)
            case .failure(let fault):
                return try giveUpLine(fault)
            }
        }
    }

    // MARK: Finding the end of a record

    private struct End {
        /// Behind the last byte of the record.
        var content: Int
        /// Behind its line break.
        var next: Int
    }

    private enum Scan {
        case success(End)
        case failure(CSVFault)
    }

    private mutating func scan() throws(ImportError) -> Scan {
        var state = State.fieldStart
        var index = start
        while try available(index) {
            guard index - start < recordBytesMax else { return .failure(.recordTooLarge) }
            let byte = buffer[index]
            if byte == 0x0A, state != .quoted {
                let content = state == .carriageReturn ? index - 1 : index
                return .success(End(content: content, next: index + 1))
            }
            switch step(state, byte) {
            case .success(let next): state = next
            case .failure(let fault): return .failure(fault)
            }
            index += 1
        }
        switch state {
        case .quoted: return .failure(.unclosedQuote)
        case .carriageReturn: return .success(End(content: index - 1, next: index))
        case .fieldStart, .plain, .quoteInQuoted: return .success(End(content: index, next: index))
        }
    }

    private func step(_ state: State, _ byte: UInt8) -> Result<State, CSVFault> {
        switch (state, byte) {
        case (.carriageReturn, _): .failure(.bareCarriageReturn)
        case (.quoted, UInt8(ascii: "\"")): .success(.quoteInQuoted)
        case (.quoted, _): .success(.quoted)
        case (_, UInt8(ascii: ",")): .success(.fieldStart)
        case (_, 0x0D): .success(.carriageReturn)
        case (.fieldStart, UInt8(ascii: "\"")), (.quoteInQuoted, UInt8(ascii: "\"")): .success(.quoted)
        case (.quoteInQuoted, _): .failure(.textAfterQuote)
        case (.plain, UInt8(ascii: "\"")): .failure(.quoteInField)
        case (.fieldStart, _), (.plain, _): .success(.plain)
        }
    }

    /// Takes the first line of the malformed record out of the way.
    private mutating func giveUpLine(_ fault: CSVFault) throws(ImportError) -> CSVRecord {
        let recordLine = line
        var raw: [UInt8] = []
        while try available(start) {
            let end = buffer[start...].firstIndex(of: 0x0A)
            let stop = end ?? buffer.count
            raw += buffer[start..<stop].prefix(ImportLimits.rejectedRawBytesMax - raw.count)
            consume((end.map { $0 + 1 } ?? stop) - start)
            if end != nil { break }
        }
        if raw.last == 0x0D { raw.removeLast() }
        return CSVRecord(line: recordLine, content: .malformed(fault), raw: raw)
    }

    // MARK: Buffer

    /// True where there is a byte at `index`, after reading more of the source if need be.
    private mutating func available(_ index: Int) throws(ImportError) -> Bool {
        while index >= buffer.count {
            guard try fill() else { return false }
        }
        return true
    }

    private mutating func fill() throws(ImportError) -> Bool {
        guard !isAtEnd else { return false }
        let piece = try source.read(CSVReader.pieceBytes)
        isAtEnd = piece.isEmpty
        buffer += piece
        return !isAtEnd
    }

    private mutating func consume(_ count: Int, countingLines: Bool = true) {
        if countingLines { line += buffer[start..<(start + count)].count { $0 == 0x0A } }
        start += count
        bytesRead += Int64(count)
        // What is behind is thrown away now and then, not at each record.
        if start >= CSVReader.pieceBytes || start == buffer.count {
            buffer.removeFirst(start)
            start = 0
        }
    }
}

extension CSVFault: Error {}

/// Takes one well-formed record apart.
enum CSVSplitter {
    static func split(_ raw: [UInt8]) -> CSVRecord.Content {
        guard !raw.contains(0) else { return .malformed(.nulByte) }
        guard String(validating: raw, as: UTF8.self) != nil else { return .malformed(.badUTF8) }
        var fields: [String] = []
        var index = 0
        repeat {
            guard fields.count < ImportLimits.columnsMax else { return .malformed(.tooManyColumns) }
            fields.append(field(raw, &index))
            index += 1
        } while index <= raw.count
        return .fields(fields)
    }

    /// One value; leaves `index` at the comma behind it or at the end.
    private static func field(_ raw: [UInt8], _ index: inout Int) -> String {
        guard index < raw.count, raw[index] == UInt8(ascii: "\"") else {
            let end = raw[index...].firstIndex(of: UInt8(ascii: ",")) ?? raw.count
            defer { index = end }
            return String(decoding: raw[index..<end], as: UTF8.self)
        }
        var value: [UInt8] = []
        index += 1
        while index < raw.count {
            let end = raw[index...].firstIndex(of: UInt8(ascii: "\"")) ?? raw.count
            value += raw[index..<end]
            index = min(end + 1, raw.count)
            guard index < raw.count, raw[index] == UInt8(ascii: "\"") else { break }
            value.append(UInt8(ascii: "\""))
            index += 1
        }
        return String(decoding: value, as: UTF8.self)
    }
}
