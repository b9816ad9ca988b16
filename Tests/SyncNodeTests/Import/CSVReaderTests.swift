import Testing

@testable import SyncNode

/// Files come from spreadsheets, exports and people. One bad row costs one row.
@Suite struct CSVReaderTests {
    /// Every record as `line: a|b|c` or `line! fault raw`.
    private func read(
        _ bytes: [UInt8], pieceBytes: Int = .max, recordBytesMax: Int = 1000
    ) throws -> [String] {
        var reader = try CSVReader(
            MemorySource(bytes, pieceBytes: pieceBytes), recordBytesMax: recordBytesMax)
        var records: [String] = []
        while let record = try reader.next() {
            switch record.content {
            case .fields(let fields): records.append("\(record.line): \(fields.joined(separator: "|"))")
            case .malformed(let fault):
                records.append("\(record.line)! \(fault.rawValue) \(String(decoding: record.raw, as: UTF8.self))")
            }
        }
        #expect(reader.bytesRead == Int64(bytes.count))
        return records
    }

    private func read(_ text: String) throws -> [String] { try read(Array(text.utf8)) }

    @Test(arguments: [
        ("a,b\n1,2\n", ["1: a|b", "2: 1|2"]), ("a,b\r\n1,2", ["1: a|b", "2: 1|2"]),
        ("a,b\n\n\r\n1,2", ["1: a|b", "4: 1|2"]),
        ("a\n\"x,\"\"y\"\"\r\nz\"\nb", ["1: a", "2: x,\"y\"\r\nz", "4: b"]), ("", []), ("\n\n", []), (",", ["1: |"]),
        ("a,\"\",", ["1: a||"]), ("\"\"", ["1: "]), ("\"\"\"\"", ["1: \""]), ("何事,\"机具\n吞钞\"", ["1: 何事|机具\n吞钞"]),
        ("a\r", ["1: a"]), (" a , b ", ["1:  a | b "]),
    ])
    func `records are found as RFC 4180 says`(text: String, expected: [String]) throws {
        #expect(try read(text) == expected)
    }

    @Test(arguments: [
        ("a\nb\"c\nd", ["1: a", "2! quote-in-field b\"c", "3: d"]),
        ("a\n\"b\"c\nd", ["1: a", "2! text-after-quote \"b\"c", "3: d"]),
        ("a\n\"b\nc\nd", ["1: a", "2! unclosed-quote \"b", "3: c", "4: d"]),
        ("a\n\"b\nc\"d\ne", ["1: a", "2! text-after-quote \"b", "3! quote-in-field c\"d", "4: e"]),
        ("a\rb\nc", ["1! bare-carriage-return a\rb", "2: c"]),
        ("a\n\"b\r\nc", ["1: a", "2! unclosed-quote \"b", "3: c"]),
        ("a\n\0b\nc", ["1: a", "2! nul-byte \0b", "3: c"]),
    ])
    func `one bad record costs its first line, never the rest`(text: String, expected: [String]) throws {
        #expect(try read(text) == expected)
    }

    @Test func `a record with bytes that are no UTF-8 is bad, and the next one good`() throws {
        let found = try read(Array("a\n".utf8) + [0xB9, 0xF1] + Array("\nb".utf8))
        #expect(found == ["1: a", "2! bad-utf8 \u{FFFD}\u{FFFD}", "3: b"])
    }

    @Test func `a record beyond the limit is bad, also where it is one endless line`() throws {
        let long = String(repeating: "x", count: 2000)
        let found = try read("a\n\(long)\nb\n\"c\n\(long)\"\nd")
        #expect(
            found.map { String($0.prefix(20)) } == [
                "1: a", "2! record-too-large ", "3: b", "4! record-too-large ", "5! record-too-large ", "6: d",
            ])
        let endless = try read([UInt8](repeating: 0x78, count: 300_000), pieceBytes: 1000)
        #expect(endless.count == 1)
        #expect(endless[0].utf8.count < ImportLimits.rejectedRawBytesMax + 100)
    }

    @Test func `a record of very many columns is bad`() throws {
        let fine = String(repeating: ",", count: ImportLimits.columnsMax - 1)
        #expect(try read(Array(fine.utf8), recordBytesMax: 10_000).first?.hasPrefix("1: ") == true)
        #expect(
            try read(Array((fine + ",").utf8), recordBytesMax: 10_000).first?.hasPrefix("1! too-many-columns") == true)
    }

    @Test func `a byte order mark belongs to nobody`() throws {
        #expect(try read([0xEF, 0xBB, 0xBF] + Array("a,b".utf8)) == ["1: a|b"])
        #expect(try read([0xEF, 0xBB, 0xBF] + Array("a,b".utf8), pieceBytes: 1) == ["1: a|b"])
        #expect(try read([0xEF, 0xBB, 0xBF]) == [])
    }

    @Test(
        arguments: [
            ([0x1F, 0x8B, 0x08], "import.compressed"), ([0xFF, 0xFE, 0x61, 0x00], "import.utf16"),
            ([0xFE, 0xFF, 0x00, 0x61], "import.utf16"),
        ] as [([UInt8], String)])
    func `a file that is no text in UTF-8 at all is refused with what to do`(bytes: [UInt8], code: String) {
        let error = #expect(throws: ImportError.self) { try CSVReader(MemorySource(bytes, pieceBytes: 1)) }
        #expect(error?.code == code)
        #expect(error?.hint.contains(code == "import.utf16" ? "iconv" : "gunzip -c") == true)
    }

    private static let sample = "h,\"i\"\"j\"\r\n\"1\r\n\",2\n\n\"坏\"x,3\n4,\"五\"\r\n"

    @Test func `it does not matter where the pieces of the file are cut`() throws {
        let bytes = Array(CSVReaderTests.sample.utf8)
        let whole = try read(bytes)
        #expect(whole == ["1: h|i\"j", "2: 1\r\n|2", "5! text-after-quote \"坏\"x,3", "6: 4|五"])
        for size in 1...bytes.count { #expect(try read(bytes, pieceBytes: size) == whole, "pieces of \(size)") }
    }

    @Test func `a file cut off or damaged at any byte never traps`() throws {
        let bytes = Array(CSVReaderTests.sample.utf8)
        for count in bytes.indices { _ = try read(Array(bytes.prefix(count))) }
        for index in bytes.indices {
            for byte in [0x00, 0x0A, 0x0D, 0x22, 0x2C, 0x80, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[index] = byte
                if damaged.starts(with: [0xFF, 0xFE]) { continue }
                _ = try read(damaged)
            }
        }
    }

    @Test(arguments: [["a", "b"], [""], ["", ""], ["x,y", "\"", "a\nb", "\r", "中"], [" "]])
    func `what is written is read as the same fields`(fields: [String]) throws {
        var reader = try CSVReader(MemorySource(CSVFormat.line(fields)))
        #expect(try reader.next()?.content == .fields(fields))
        #expect(try reader.next() == nil)
    }

    @Test func `a long file passes through a small buffer`() throws {
        let row = Array("2026-03-02,\"words, with comma\",100.00\n".utf8)
        let bytes = [UInt8]((0..<20_000).map { _ in row }.joined())
        var reader = try CSVReader(MemorySource(bytes, pieceBytes: 4096))
        var count = 0
        while let record = try reader.next() {
            count += 1
            guard case .fields(let fields) = record.content, fields.count == 3, record.line == count else {
                Issue.record("row \(count)")
                return
            }
        }
        #expect(count == 20_000)
    }
}
