/// One record of a CSV file, good or bad.
struct CSVRecord: Hashable, Sendable {
    enum Content: Hashable, Sendable {
        case fields([String])
        case malformed(CSVFault)
    }

    /// The line of the file on which the record begins, from 1.
    let line: Int
    let content: Content
    /// The record as it stands in the file, without the line break at its end. Cut short where it is far too long.
    let raw: [UInt8]
}

/// Why a record is no CSV (RFC 4180).
enum CSVFault: String, Hashable, Sendable, CaseIterable {
    case unclosedQuote = "unclosed-quote"
    case textAfterQuote = "text-after-quote"
    case quoteInField = "quote-in-field"
    case bareCarriageReturn = "bare-carriage-return"
    case recordTooLarge = "record-too-large"
    case tooManyColumns = "too-many-columns"
    case badUTF8 = "bad-utf8"
    case nulByte = "nul-byte"

    var sentence: String {
        switch self {
        case .unclosedQuote: "a double quote is opened and never closed"
        case .textAfterQuote: "something other than a comma follows a closing double quote"
        case .quoteInField: "a double quote stands inside a value that is not quoted"
        case .bareCarriageReturn: "a carriage return stands alone outside quotes"
        case .recordTooLarge: "the record is larger than \(ImportLimits.recordBytesMax) bytes"
        case .tooManyColumns: "the record has more than \(ImportLimits.columnsMax) columns"
        case .badUTF8: "the record is not valid UTF-8"
        case .nulByte: "the record holds a NUL byte"
        }
    }
}

/// Writes records that every CSV reader understands.
enum CSVFormat {
    /// One record with its line break. Values are quoted where they must be.
    static func line(_ fields: [String]) -> [UInt8] {
        var bytes: [UInt8] = []
        for (index, field) in fields.enumerated() {
            if index > 0 { bytes.append(UInt8(ascii: ",")) }
            append(field, to: &bytes)
        }
        // A record of one empty value would be an empty line, which readers pass over.
        return (bytes.isEmpty ? Array("\"\"".utf8) : bytes) + [0x0A]
    }

    private static func append(_ field: String, to bytes: inout [UInt8]) {
        let needsQuotes = field.utf8.contains { special.contains($0) }
        guard needsQuotes else {
            bytes += field.utf8
            return
        }
        bytes.append(UInt8(ascii: "\""))
        for byte in field.utf8 {
            if byte == UInt8(ascii: "\"") { bytes.append(byte) }
            bytes.append(byte)
        }
        bytes.append(UInt8(ascii: "\""))
    }

    private static let special = Array("\",\r\n".utf8)
}
