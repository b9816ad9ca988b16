/// The streams of a batch. Values of one kind lie side by side, so that the compressor sees what repeats.
enum Column: Int, CaseIterable {
    /// One byte an item: what it is, and which short forms it uses.
    case shape
    case incarnation, sequence
    case space, documentLow, documentHigh
    case dependencyCount, dependencyIncarnation, dependencyLow, dependencyHigh
    case clock, counter
    case post, kind, epoch
    case claim
    case operationCount, operationTag, operationField, operationLength, operationBytes
    case bodyShape, bodyLength, bodyHead, bodySalt, bodyBytes, bodyHash
    case previous
}

struct ColumnWriter {
    private var writers = Array(repeating: ByteWriter(), count: Column.allCases.count)

    subscript(column: Column) -> ByteWriter {
        get { writers[column.rawValue] }
        _modify { yield &writers[column.rawValue] }
    }

    /// The low seven bits in one column and the rest in another: they compress differently.
    mutating func split(_ value: UInt64, _ low: Column, _ high: Column) {
        self[low].byte(UInt8(value & 0x7f))
        self[high].varint(value >> 7)
    }

    func write(to writer: inout ByteWriter) {
        for column in writers { writer.counted(column.bytes) }
    }
}

struct ColumnReader {
    private var readers: [ByteReader]

    init(_ reader: inout ByteReader) throws(WireError) {
        readers = []
        for _ in Column.allCases {
            readers.append(try reader.part(try reader.count(max: Limits.frameBytesMax)))
        }
    }

    subscript(column: Column) -> ByteReader {
        get { readers[column.rawValue] }
        _modify { yield &readers[column.rawValue] }
    }

    mutating func split(_ low: Column, _ high: Column) throws(WireError) -> UInt64 {
        let lowBits = try self[low].byte()
        let highBits = try self[high].varint()
        guard lowBits < 0x80, highBits < 1 << 57 else { throw .malformed }
        return highBits << 7 | UInt64(lowBits)
    }

    func finish() throws(WireError) {
        for reader in readers { try reader.finish() }
    }
}
