import Testing

@testable import SyncNode

/// Bodies of requests and configuration files come from anywhere.
@Suite struct JSONReaderTests {
    private func parse(_ text: String, _ limits: JSONLimits = .request) throws(JSONError) -> JSONElement {
        try JSONReader.parse(Array(text.utf8), limits: limits)
    }

    private func fault(_ bytes: [UInt8], _ limits: JSONLimits = .request) -> JSONError? {
        do throws(JSONError) {
            _ = try JSONReader.parse(bytes, limits: limits)
            return nil
        } catch {
            return error
        }
    }

    @Test func `every kind of value is read with its place`() throws {
        let root = try parse("{\n  \"name\": \"县支行\", \"n\": [1, -2.5, true,\n null]\n}")
        #expect(root.place == JSONPlace(line: 1, column: 1))
        #expect(root["name"]?.string == "县支行")
        #expect(root["name"]?.place == JSONPlace(line: 2, column: 11))
        // The column counts characters, not bytes: the Chinese name before it is three, not nine.
        #expect(root["n"]?.place == JSONPlace(line: 2, column: 23))
        #expect(root["n"]?[0]?.integer == 1)
        #expect(root["n"]?[1]?.value == .number(-2.5))
        #expect(root["n"]?[2]?.bool == true)
        #expect(root["n"]?[3]?.isNull == true)
        #expect(root["n"]?[3]?.place == JSONPlace(line: 3, column: 2))
        #expect(root["n"]?[4] == nil)
    }

    @Test func `members keep their order`() throws {
        #expect(try parse(#"{"b":1,"a":2,"c":3}"#).object?.map(\.name) == ["b", "a", "c"])
    }

    @Test(arguments: [
        (#""a\"\\\/\b\f\n\r\tz""#, "a\"\\/\u{8}\u{C}\n\r\tz"), (#""\u00e9\u4E2d\ud83d\ude00""#, "é中😀"),
        (#""\u0000""#, "\0"), (#""中\u6587x""#, "中文x"), (#""""#, ""),
    ])
    func `escapes become the characters they stand for`(text: String, expected: String) throws {
        #expect(try parse(text).string == expected)
    }

    @Test(arguments: [
        ("0", JSONValue.integer(0)), ("-0", .integer(0)), ("9223372036854775807", .integer(.max)),
        ("-9223372036854775808", .integer(.min)), ("1.0", .number(1)), ("1e3", .number(1000)), ("1E-2", .number(0.01)),
        ("-1.5e+2", .number(-150)), ("1e-999", .number(0)),
    ])
    func `numbers are read exactly or as the nearest double`(text: String, expected: JSONValue) throws {
        #expect(try parse(text).value == expected)
    }

    @Test(arguments: [
        ("", JSONError.Reason.empty, 1, 1), ("  \n ", .empty, 2, 2), ("nul", .truncated, 1, 4),
        ("nulx", .unexpected, 1, 1), ("tru", .truncated, 1, 4), ("{", .truncated, 1, 2), ("[1,", .truncated, 1, 4),
        ("[1,]", .trailingComma, 1, 3), ("{\"a\":1,}", .trailingComma, 1, 7), ("[,1]", .unexpected, 1, 2),
        ("[1 2]", .unexpected, 1, 4), ("{\"a\" 1}", .unexpected, 1, 6), ("{a:1}", .unexpected, 1, 2),
        ("{'a':1}", .unexpected, 1, 2), ("// c\n{}", .unexpected, 1, 1), ("{} {}", .trailingContent, 1, 4),
        ("]", .unexpected, 1, 1), ("01", .badNumber, 1, 1), ("-", .truncated, 1, 2), ("-x", .badNumber, 1, 1),
        ("+1", .unexpected, 1, 1), (".5", .unexpected, 1, 1), ("1.", .truncated, 1, 3), ("[1.]", .badNumber, 1, 2),
        ("1e", .truncated, 1, 3), ("0x10", .trailingContent, 1, 2), ("NaN", .unexpected, 1, 1),
        ("Infinity", .unexpected, 1, 1), ("1e999", .numberOutOfRange, 1, 1), ("-1e999", .numberOutOfRange, 1, 1),
        ("9223372036854775808", .numberOutOfRange, 1, 1), ("{\"a\":1,\n\"a\":2}", .duplicateName, 2, 1),
        (#"{"a":1,"\u0061":2}"#, .duplicateName, 1, 8), (#""\x""#, .badEscape, 1, 2), (#""\u12g4""#, .badEscape, 1, 2),
        (#""\u12"#, .truncated, 1, 6), (#""\ud800""#, .loneSurrogate, 1, 2), (#""\ud800\u0041""#, .loneSurrogate, 1, 2),
        (#""\udc00\ud800""#, .loneSurrogate, 1, 2), (#""\ud800x""#, .loneSurrogate, 1, 2),
        ("\"a\nb\"", .controlCharacter, 1, 3), ("\"\t\"", .controlCharacter, 1, 2), ("\"abc", .truncated, 1, 5),
    ])
    func `what is no JSON is refused with its place`(text: String, reason: JSONError.Reason, line: Int, column: Int) {
        let error = fault(Array(text.utf8))
        #expect(error == JSONError(reason: reason, place: JSONPlace(line: line, column: column)))
    }

    @Test(
        arguments: [
            [0x22, 0xFF, 0x22], [0x22, 0xC0, 0x80, 0x22], [0x22, 0xED, 0xA0, 0x80, 0x22],
            [0x22, 0xF4, 0x90, 0x80, 0x80, 0x22],
            [0x22, 0xE4, 0xB8, 0x22], [0x7B, 0x22, 0x80, 0x22, 0x3A, 0x31, 0x7D],
        ] as [[UInt8]])
    func `bytes that are no UTF-8 are refused`(bytes: [UInt8]) {
        #expect(fault(bytes)?.reason == .badUTF8)
    }

    @Test func `a byte order mark is skipped and does not move the columns`() throws {
        let root = try JSONReader.parse([0xEF, 0xBB, 0xBF] + Array("[1]".utf8))
        #expect(root[0]?.place == JSONPlace(line: 1, column: 2))
    }

    @Test func `a depth bomb is refused at the bound and costs no stack`() {
        let limits = JSONLimits.request
        let fine = String(repeating: "[", count: limits.depthMax) + String(repeating: "]", count: limits.depthMax)
        #expect(fault(Array(fine.utf8)) == nil)
        #expect(fault(Array(repeating: 0x5B, count: 1_000_000))?.reason == .tooDeep)
        #expect(fault(Array(String(repeating: "{\"a\":", count: 100_000).utf8))?.reason == .tooDeep)
    }

    @Test func `a text that is too large is refused before it is looked at`() {
        let limits = JSONLimits(
            textBytesMax: 10, depthMax: 8, valuesMax: 5, stringBytesMax: 4, numberBytesMax: 3)
        #expect(fault(Array("[1,2,3,4,5]".utf8), limits)?.reason == .textTooLarge)
        #expect(fault(Array("[1,2,3,4]".utf8), limits) == nil)
        #expect(fault(Array("[[[[[]]]]]".utf8), limits) == nil)
        #expect(fault(Array("\"12345\"".utf8), limits)?.reason == .stringTooLong)
        #expect(fault(Array(#""\u4e2d""#.utf8), limits) == nil)
        #expect(fault(Array("1234".utf8), limits)?.reason == .numberOutOfRange)
    }

    @Test func `a text of very many values is refused`() {
        let count = JSONLimits.request.valuesMax
        let text = "[" + String(repeating: "0,", count: count) + "0]"
        #expect(fault(Array(text.utf8))?.reason == .tooManyValues)
    }

    @Test func `a doubled name is found among many`() {
        let members = (0..<500).map { "\"k\($0)\":0" }
        #expect(fault(Array("{\(members.joined(separator: ","))}".utf8)) == nil)
        #expect(fault(Array("{\(members.joined(separator: ",")),\"k77\":1}".utf8))?.reason == .duplicateName)
    }

    private static let sample =
        #"{"工单":[{"id":"a-1","n":-12.5e2,"ok":true,"x":null,"t":"\ud83d\ude00\n\"引\""},[],{},0],"z":false}"#

    @Test func `a text cut off at any byte is refused and never traps`() {
        let bytes = Array(JSONReaderTests.sample.utf8)
        #expect(fault(bytes) == nil)
        for count in 0..<bytes.count {
            #expect(fault(Array(bytes.prefix(count))) != nil, "cut after \(count) bytes")
        }
    }

    @Test func `a text with any byte replaced never traps`() {
        let bytes = Array(JSONReaderTests.sample.utf8)
        var refused = 0
        for index in bytes.indices {
            for byte in [0x00, 0x22, 0x2C, 0x30, 0x5B, 0x5C, 0x5D, 0x7B, 0x7D, 0x80, 0xC3, 0xFF] as [UInt8] {
                var damaged = bytes
                damaged[index] = byte
                if fault(damaged) != nil { refused += 1 }
            }
        }
        #expect(refused > bytes.count * 6)
    }

    @Test func `an error says what to do and quotes nothing`() {
        let error = fault(Array(#"{"secret": "13800000000", "secret": 1}"#.utf8))
        #expect(error?.code == "json.duplicate-name")
        #expect(error?.description.contains("138") == false)
        for reason in JSONError.Reason.allCases {
            let error = JSONError(reason: reason, place: .start)
            #expect(!error.sentence.isEmpty && !error.hint.isEmpty)
        }
    }
}
