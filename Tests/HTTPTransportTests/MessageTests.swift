import Testing

@testable import HTTPTransport

@Suite("Headers and answers")
struct MessageTests {
    @Test func `header names are compared without case`() {
        var headers: HTTPHeaders = ["Content-Type": "text/plain"]
        headers.add("X", "1")
        headers.add("x", "2")
        #expect(headers["content-type"] == "text/plain")
        #expect(headers.all("X") == ["1", "2"])
        headers["X"] = "3"
        #expect(headers.all("x") == ["3"])
        headers["x"] = nil
        #expect(headers["X"] == nil)
        #expect(headers.count == 1)
    }

    @Test func `a problem is proper JSON whatever its text`() {
        let response = HTTPResponse.problem(status: 400, code: "a.b", sentence: "\"\\\n\u{1}投诉", hint: "")
        let json = String(decoding: response.body, as: UTF8.self)
        #expect(
            json
                == #"{"type":"urn:syncnode:problem:a.b","status":400,"code":"a.b","title":"\"\\\u000a\u0001投诉","#
                + #""detail":"\"\\\u000a\u0001投诉","hint":"","errors":[]}"# + "\n"
        )
    }

    @Test func `every refusal has its own code, a sentence and a hint`() {
        #expect(Set(HTTPRefusal.allCases.map(\.code)).count == HTTPRefusal.allCases.count)
        for refusal in HTTPRefusal.allCases {
            #expect(!refusal.sentence.isEmpty && !refusal.hint.isEmpty && (400...599).contains(refusal.status))
            #expect(refusal.response.headers.areSendable)
            let isChinese = refusal.chinese.sentence.unicodeScalars.contains { $0.value >= 0x4E00 }
            #expect(isChinese && !refusal.chinese.hint.isEmpty)
        }
        let unknown = HTTPRefusal.methodNotAllowed.response(allowed: []).headers["Allow"]
        #expect(unknown?.isEmpty == false, "the library sends no field without a value")
    }

    @Test(arguments: ["a\r\nSet-Cookie: x", "a\nb", "a\u{0}b", "a\rb", "a\u{7f}"])
    func `a value that would end its line is not sendable`(value: String) {
        #expect(!HTTPHeaders(dictionaryLiteral: ("X", value)).areSendable)
    }

    @Test(arguments: ["", "a b", "a:", "名", "a\r\n"])
    func `a name that is no token is not sendable`(name: String) {
        #expect(!HTTPHeaders(dictionaryLiteral: (name, "v")).areSendable)
    }
}
