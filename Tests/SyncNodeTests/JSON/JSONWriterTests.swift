import Testing

@testable import SyncNode

@Suite struct JSONWriterTests {
    @Test func `an object with everything is written in the given order`() {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("b", "文")
            writer.member("a", 1)
            writer.member("f", 1.5)
            writer.member("t", true)
            writer.member("none", orNull: nil as String?)
            writer.member("list", texts: ["x", "y"])
            writer.member("empty", array: { _ in })
            writer.member("inner", object: { _ in })
        }
        #expect(
            writer.text
                == #"{"b":"文","a":1,"f":1.5,"t":true,"none":null,"list":["x","y"],"empty":[],"inner":{}}"#)
    }

    @Test func `the pretty layout breaks lines and indents`() {
        var writer = JSONWriter(layout: .pretty)
        writer.object { writer in
            writer.member("a", 1)
            writer.member("b", texts: ["x"])
            writer.member("c", array: { _ in })
        }
        #expect(writer.text == "{\n  \"a\": 1,\n  \"b\": [\n    \"x\"\n  ],\n  \"c\": []\n}")
    }

    @Test func `characters that JSON forbids in strings are escaped, and others stand as they are`() {
        var writer = JSONWriter()
        writer.value("\" \\ / \n \r \t \u{8} \u{C} \0 \u{1F} é 😀 “，’\u{200D}客户")
        #expect(writer.text == #""\" \\ / \n \r \t \b \f \u0000 \u001f é 😀 "# + "“，’\u{200D}客户\"")
    }

    @Test func `what hides or turns the text is escaped`() throws {
        var writer = JSONWriter()
        let text = "a\u{7F}b\u{85}\u{9F}c\u{202E}\u{2028}d\u{2069}\u{FEFF}\u{E0041}"
        writer.value(text)
        #expect(writer.text == #""a\u007fb\u0085\u009fc\u202e\u2028d\u2069\ufeff\udb40\udc41""#)
        #expect(try JSONReader.parse(writer.bytes).string == text)
    }

    @Test func `a number that is not finite becomes null, never bad JSON`() {
        var writer = JSONWriter()
        writer.array { writer in
            writer.value(Double.nan)
            writer.value(-Double.infinity)
            writer.value(UInt64.max)
            writer.value(Int64.min)
        }
        #expect(writer.text == "[null,null,18446744073709551615,-9223372036854775808]")
    }

    @Test(arguments: [
        #"{"z":[1,2.5,{"y":null,"a":"\n"}],"a":true}"#, #"[]"#, #""\u0001""#, #"[-0.001,1e300,"中"]"#,
    ])
    func `what was written is read as the same value`(text: String) throws {
        let value = try JSONReader.parse(Array(text.utf8)).value
        for layout in [JSONWriter.Layout.compact, .pretty] {
            var writer = JSONWriter(layout: layout)
            writer.value(value)
            var again = JSONWriter()
            again.value(try JSONReader.parse(writer.bytes).value)
            var compact = JSONWriter()
            compact.value(value)
            #expect(again.text == compact.text)
        }
    }

    @Test func `sorted members make one text of one content`() throws {
        func sorted(_ text: String) throws -> String {
            var writer = JSONWriter()
            writer.value(try JSONReader.parse(Array(text.utf8)).value, order: .sorted)
            return writer.text
        }
        #expect(try sorted(#"{"b":{"d":1,"c":2},"a":[]}"#) == #"{"a":[],"b":{"c":2,"d":1}}"#)
        #expect(try sorted(#"{"a":[],"b":{"c":2,"d":1}}"#) == sorted(#"{"b":{"d":1,"c":2},"a":[]}"#))
    }

    @Test func `a value without its name in an object stops the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.object { $0.value(1) }
        }
    }

    @Test func `two values in one text stop the program`() async {
        await #expect(processExitsWith: .failure) {
            var writer = JSONWriter()
            writer.value(1)
            writer.value(2)
        }
    }
}
