import Testing

@testable import SyncNode

/// A person mends a file once, not once a mistake.
@Suite struct ObjectFieldsTests {
    private func field(_ text: String) throws -> JSONField { JSONField(try JSONReader.parse(Array(text.utf8))) }

    @Test func `all mistakes of an object are found at once, in the order of the text`() throws {
        var mistakes = MistakeList()
        var fields = try #require(
            ObjectFields(
                try field(#"{"titel": "x", "count": "7", "flag": 3, "zzz": 1, "small": 99, "long": "abcdef"}"#),
                &mistakes))
        #expect(fields.text("title", bytesMax: 10, &mistakes) == nil)
        #expect(fields.optionalInteger("count", in: 0...10, &mistakes) == nil)
        #expect(fields.optionalFlag("flag", &mistakes) == nil)
        #expect(fields.optionalInteger("small", in: 0...10, &mistakes) == nil)
        #expect(fields.optionalText("long", bytesMax: 5, &mistakes) == nil)
        fields.finish(&mistakes)
        let found = mistakes.mistakes.map { "\($0.path) \($0.code)" }
        #expect(
            found == [
                "top level missing-key", "titel unknown-key", "count wrong-type", "flag wrong-type", "zzz unknown-key",
                "small out-of-range", "long too-long",
            ])
        #expect(mistakes.mistakes[0].hint == "is titel meant? it is called title")
        #expect(mistakes.mistakes[1].hint == "did you mean title?")
        #expect(mistakes.mistakes[2].sentence == "this is a string, not an integer")
    }

    @Test func `null counts as missing`() throws {
        var mistakes = MistakeList()
        var fields = try #require(ObjectFields(try field(#"{"a": null, "b": null}"#), &mistakes))
        #expect(fields.optionalText("a", bytesMax: 5, &mistakes) == nil)
        #expect(mistakes.isEmpty)
        #expect(fields.text("b", bytesMax: 5, &mistakes) == nil)
        #expect(mistakes.mistakes.map(\.code) == ["missing-key"])
    }

    @Test func `a body that is no object is a mistake, not a crash`() throws {
        var mistakes = MistakeList()
        #expect(ObjectFields(try field("[1]"), &mistakes) == nil)
        #expect(mistakes.mistakes.map(\.sentence) == ["this is an array, not an object"])
    }

    @Test func `paths read well, and serve programs as JSON pointers`() {
        let path = JSONPath.root.member("nodes").index(3).member("na/me~ x").member("zh")
        #expect(path.description == #"nodes[3]["na/me~ x"].zh"#)
        #expect(path.pointer == "/nodes/3/na~1me~0 x/zh")
        #expect(JSONPath.root.description == "top level")
        #expect(JSONPath.root.pointer.isEmpty)
        #expect(JSONPath.root.member("a\u{1B}[2Jb").description == "[\"a\u{FFFD}[2Jb\"]")
    }

    @Test func `twenty thousand unknown keys are counted without long work`() throws {
        let members = (0..<19_000).map { "\"key\($0)\":0" }.joined(separator: ",")
        var mistakes = MistakeList()
        var fields = try #require(ObjectFields(try field("{\(members)}"), &mistakes))
        for index in 0..<60 { _ = fields.text("wanted\(index)", bytesMax: 5, &mistakes) }
        fields.finish(&mistakes)
        #expect(mistakes.mistakes.count == MistakeList.mistakesMax)
        #expect(mistakes.omittedCount == 19_060 - MistakeList.mistakesMax)
    }
}
