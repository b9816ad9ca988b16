import Testing
import TicketModel

@testable import SyncNode

/// What an operator sends wrongly is refused as the sender's mistake, with its place; the node's own trouble alone is 5xx.
@Suite("Operations: wrong requests") struct ControlRefusalStories {
    private static let content =
        #"{\"format\": 1, \"alerts\": \"colours\", \"version\": \"1\", \"rules\": []}"#

    private static func item(
        kind: String = "alert_rules", name: String = "colours", version: String = "1", content: String = content,
        more: String = ""
    ) -> String {
        #"{"kind": "\#(kind)", "name": "\#(name)", "version": "\#(version)", "content": "\#(content)"\#(more)}"#
    }

    /// Body, status, code and what the answer must name.
    private static let mistakes: [(body: String, status: Int, code: String, names: String)] = [
        ("", 400, "json.empty", "JSON"), ("{", 400, "json.truncated", "close every quote"),
        ("[]", 422, "reference.wrong-type", "an object"), ("{}", 422, "reference.missing-key", "kind"),
        (#"{"kind": "people"}"#, 422, "reference.missing-key", "name"),
        (item(kind: "alert_rule"), 422, "reference.unknown-kind", "did you mean alert_rules?"),
        (item(name: "四色"), 422, "reference.bad-code", "name"),
        (item(version: ""), 422, "reference.bad-code", "version"),
        (item(more: #", "contents": "x""#), 422, "reference.unknown-key", "contents"),
        (item(more: #", "kind": "people""#), 400, "json.duplicate-name", "name"),
        (item(content: "x"), 422, "alerts.unexpected", "1:1"),
        (item(content: "{}"), 422, "alerts.missing-key", "format"),
        (item(version: "2"), 422, "alerts.other-name", "colours 1"),
        (item(kind: "people"), 422, "people.missing-key", "people"),
    ]

    @Test func `a wrong item is refused with its place, and nothing is published`() throws {
        let head = try RunningNode("head")
        let sequence = try head.runtime.store.currentSequence()
        for mistake in ControlRefusalStories.mistakes {
            let answer = try head.post("/control/publish", mistake.body)
            #expect(answer.status == mistake.status, "\(mistake): \(answer.text)")
            #expect(try answer.code == mistake.code, "\(mistake): \(answer.text)")
            #expect(answer.text.contains(mistake.names), "\(mistake): \(answer.text)")
        }
        #expect(try head.runtime.store.currentSequence() == sequence)
        #expect(try head.post("/control/publish", ControlRefusalStories.item()).status == 201)
        #expect(try head.post("/control/publish", ControlRefusalStories.item()).status == 200)
        let other = ControlRefusalStories.content.replacing("[]", with: "[ ]")
        let conflict = try head.post("/control/publish", ControlRefusalStories.item(content: other))
        #expect(try conflict.status == 409 && conflict.code == "reference.version-published")
        let branch = try RunningNode("b1")
        let elsewhere = try branch.post("/control/publish", ControlRefusalStories.item())
        #expect(try elsewhere.status == 409 && elsewhere.code == "reference.not-head-office")
    }

    @Test func `an operation refuses what it does not take, what stands twice, and a body that nobody reads`() throws {
        let province = try RunningNode("p1")
        for operation in ControlOperation.allCases {
            let known = operation.parameters
            var wrong = [("?no_such=1", "", "control.unknown-parameter")]
            if !operation.takesBody { wrong.append(("", #"{"to": "x"}"#, "control.unexpected-body")) }
            wrong += known.map { ("?\($0)=b1&\($0)=b2", "", "control.parameter-repeated") }
            wrong += known.map { ("?\($0.dropLast())=b1", "", "control.unknown-parameter") }
            for (query, body, code) in wrong {
                let answer = try province.post("/control/\(operation.rawValue)\(query)", body)
                #expect(try answer.status == 400 && answer.code == code, "\(operation)\(query): \(answer.text)")
            }
        }
        #expect(try province.post("/control/adopt?chld=b1").text.contains("did you mean child?"))
    }
}
