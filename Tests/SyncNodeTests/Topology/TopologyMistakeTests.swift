import SyncProtocol
import Testing

@testable import SyncNode

/// Every mistake gets a sentence that names the file, the place, and what would be right.
@Suite struct TopologyMistakeTests {
    private func error(_ bytes: [UInt8]) -> ConfigurationError? {
        do throws(ConfigurationError) {
            _ = try Topology.parse(bytes, file: "topology.json")
            return nil
        } catch {
            return error
        }
    }

    /// `code at line: sentence / hint` of every report.
    private func lines(_ nodes: [String]) -> [String] {
        error(TopologyText.file(nodes))?.englishReports ?? []
    }

    private let ho = TopologyText.node("ho", "head_office", nil, 1)
    private let p1 = TopologyText.node("p1", "province", "ho", 2)
    private let b1 = TopologyText.node("b1", "branch", "p1", 3)

    @Test func `the good topology of these tests is good`() {
        #expect(error(TopologyText.file([ho, p1, b1])) == nil)
    }

    // MARK: The tree

    @Test func `an unknown role is named, with the nearest known one`() {
        #expect(
            lines([ho, p1, TopologyText.node("b1", "brnch", "p1", 3)]) == [
                #"topology.unknown-role topology.json:4:22: nodes[2].role: there is no role "brnch" / did you mean branch?"#
            ])
        #expect(
            lines([ho, p1, TopologyText.node("b1", "city", "p1", 3)]).first?
                .hasSuffix("/ roles are head_office, province, branch") == true)
    }

    @Test func `a branch without a parent is told who could be it`() {
        #expect(
            lines([ho, p1, TopologyText.node("b1", "branch", nil, 3)]) == [
                "topology.missing-parent topology.json:4:1: nodes[2]: a branch needs a parent / "
                    + "name a province as parent: p1"
            ])
    }

    @Test func `a parent that does not exist is named, with the nearest that does`() {
        #expect(
            lines([
                ho, TopologyText.node("province-1", "province", "ho", 2),
                TopologyText.node("b1", "branch", "provnce-1", 3),
            ])
                == [
                    #"topology.unknown-parent topology.json:4:42: nodes[2].parent: there is no node "provnce-1" / "#
                        + "did you mean province-1?"
                ])
    }

    @Test func `a branch stands neither under a branch nor under head office, a province not under a branch`() {
        let found = lines([
            ho, p1, b1, TopologyText.node("b2", "branch", "b1", 4), TopologyText.node("b3", "branch", "ho", 5),
            TopologyText.node("p2", "province", "b1", 6), TopologyText.node("p3", "province", "p1", 7),
        ])
        #expect(
            found == [
                "topology.wrong-parent topology.json:5:42: nodes[3].parent: a branch cannot stand under the branch b1 / "
                    + "name a province as parent: p1, p2, p3",
                "topology.wrong-parent topology.json:6:42: nodes[4].parent: a branch cannot stand under the head office ho / "
                    + "name a province as parent: p1, p2, p3",
                "topology.wrong-parent topology.json:7:44: nodes[5].parent: a province cannot stand under the branch b1 / "
                    + "name a head office as parent: ho",
                "topology.wrong-parent topology.json:8:44: nodes[6].parent: a province cannot stand under the province p1 / "
                    + "name a head office as parent: ho",
            ])
    }

    @Test func `parents that go in a circle are reported once, with the circle`() {
        let found = lines([
            ho, TopologyText.node("p1", "province", "p2", 2), TopologyText.node("p2", "province", "p3", 3),
            TopologyText.node("p3", "province", "p1", 4), TopologyText.node("b1", "branch", "p1", 5),
        ])
        #expect(
            found == [
                "topology.circular-parent topology.json:3:44: nodes[1].parent: the parents go in a circle: "
                    + "p1 > p2 > p3 > p1 / a branch stands under a province, a province under the head office"
            ])
    }

    @Test func `a node that is its own parent is a circle too`() {
        #expect(
            lines([ho, TopologyText.node("p1", "province", "p1", 2)]).first?.contains("p1 > p1") == true)
        // Even where it calls itself the head office.
        #expect(
            lines([TopologyText.node("ho", "head_office", "ho", 1)]).first?.contains("circle: ho > ho") == true)
    }

    @Test func `head office is there exactly once and has no parent`() {
        #expect(
            lines([TopologyText.node("p1", "province", nil, 2)]).contains {
                $0.hasPrefix("topology.no-head-office topology.json:1:61: nodes: no node is the head office")
            })
        #expect(
            lines([ho, p1, TopologyText.node("h2", "head_office", nil, 4)]) == [
                "topology.two-head-offices topology.json:4:22: nodes[2].role: ho is the head office already / "
                    + "give this node the role province or branch"
            ])
        #expect(
            lines([TopologyText.node("ho", "head_office", "p1", 1), p1]).first?.hasPrefix("topology.circular-parent")
                == true)
        #expect(
            lines([ho, p1, TopologyText.node("h2", "head_office", "p1", 4)]).contains {
                $0.hasPrefix("topology.parent-of-head-office topology.json:4:47: nodes[2].parent")
            })
        #expect(lines([]).first?.hasPrefix("topology.no-head-office") == true)
    }

    // MARK: Nothing twice

    @Test(arguments: [
        ("b1", "b2", "id", "topology.duplicate-id topology.json:5:8: nodes[3].id: b1 has the same id"),
        ("03", "04", "orgCode", "topology.duplicate-org-code topology.json:5:95: nodes[3].orgCode: b1 has the same"),
        (
            "127.0.0.1:7103", "127.0.0.1:7104", "listen",
            "topology.duplicate-listen topology.json:5:147: nodes[3].listen.people: the people of b1 are served at the same"
        ),
        (
            "./data//b1/", "data/b2", "folder",
            "topology.duplicate-folder topology.json:5:115: nodes[3].dataFolder: b1 has"
        ),
        (
            "data/b1/x", "data/b2", "nested",
            "topology.nested-folder topology.json:5:115: nodes[3].dataFolder: the folder lies"
        ),
    ])
    func `two nodes that share what they must not are named`(new: String, old: String, what: String, expected: String) {
        let other = TopologyText.node("b2", "branch", "p1", 4).replacing("\"\(old)\"", with: "\"\(new)\"")
        let found = lines([ho, p1, b1, other])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix(expected) == true, "\(what): \(found)")
    }

    @Test(arguments: [
        (
            "127.0.0.1:7203", "127.0.0.1:7303",
            "nodes[2].listen.operation: the nodes of b1 are served at the same address"
        ),
        (
            "127.0.0.1:7303", "127.0.0.1:7103",
            "nodes[2].listen.operation: the people of b1 are served at the same address"
        ),
        ("127.0.0.1:7203", "127.0.0.1:7102", "nodes[2].listen.nodes: the people of p1 are served at the same address"),
    ])
    func `no two listeners share an address, neither of one node nor of two`(old: String, new: String, place: String) {
        let found = lines([ho, p1, b1.replacing(old, with: new)])
        #expect(found.count == 1)
        #expect(found.first?.hasPrefix("topology.duplicate-listen") == true, "\(found)")
        #expect(found.first?.contains(place) == true, "\(found)")
        #expect(found.first?.hasSuffix("give each of the three listeners of each node an address of its own") == true)
    }

    @Test func `one address for everything, a listener left out and one too many are told what to write`() {
        let three = #"{"people": "127.0.0.1:7103", "nodes": "127.0.0.1:7203", "operation": "127.0.0.1:7303"}"#
        let one = lines([ho, p1, b1.replacing(three, with: #""127.0.0.1:7103""#)])
        #expect(one.count == 1)
        #expect(
            one.first?.hasPrefix("topology.one-address topology.json:4:136: nodes[2].listen: a node listens") == true)
        #expect(
            one.first?.hasSuffix(
                #"write "listen": {"people": "127.0.0.1:7100", "nodes": "127.0.0.1:7200", "#
                    + #""operation": "127.0.0.1:7300"}"#) == true)
        let less = lines([ho, p1, b1.replacing(#", "operation": "127.0.0.1:7303""#, with: "")])
        #expect(less.first?.contains("nodes[2].listen: the key operation is missing") == true, "\(less)")
        let more = lines([ho, p1, b1.replacing(#""operation""#, with: #""admin": "127.0.0.1:7403", "operation""#)])
        #expect(more.first?.contains("nodes[2].listen.admin: this key is not known") == true, "\(more)")
    }

    @Test func `two ids whose records would share a name are refused`() throws {
        let bytes = TopologyText.file([ho, p1, b1])
        let error = #expect(throws: ConfigurationError.self) {
            try Topology.parse(
                bytes, file: "t", recordName: { DocumentID(space: 0, number: UInt64($0.text.utf8.count)) })
        }
        #expect(error?.mistakes.map(\.code) == ["record-name-clash", "record-name-clash"])
    }

    // MARK: Single values

    @Test(arguments: [
        ("b1", "B1", "bad-id"), ("b1", "-b1", "bad-id"), ("b1", "", "bad-id"), ("b1", "支行", "bad-id"),
        ("03", "0-3", "bad-org-code"), ("03", "", "bad-org-code"), ("03", "3", "bad-org-code"),
        ("127.0.0.1:7103", "0.0.0.0:7103", "address-not-loopback"),
        ("127.0.0.1:7103", "10.1.2.3:7103", "address-not-loopback"),
        ("127.0.0.1:7103", "[::]:7103", "address-not-loopback"),
        ("127.0.0.1:7103", "[fe80::1]:7103", "address-not-loopback"),
        ("127.0.0.1:7103", "localhost:7103", "bad-address"), ("127.0.0.1:7103", "127.0.0.1", "bad-address"),
        ("127.0.0.1:7103", "127.0.0.01:7103", "bad-address"), ("127.0.0.1:7103", "127.0.0.256:7103", "bad-address"),
        ("127.0.0.1:7103", "127.1:7103", "bad-address"), ("127.0.0.1:7103", "::1:7103", "bad-address"),
        ("127.0.0.1:7103", ":7103", "bad-address"), ("127.0.0.1:7103", "127.0.0.1:", "bad-address"),
        ("127.0.0.1:7103", "127.0.0.1:+80", "bad-address"), ("127.0.0.1:7103", "127.0.0.1:0", "port-out-of-range"),
        ("127.0.0.1:7103", "127.0.0.1:65536", "port-out-of-range"),
        ("127.0.0.1:7103", "127.0.0.1:99999999999999999999", "port-out-of-range"),
        ("data/b1", "", "bad-folder"), ("data/b1", "/", "bad-folder"), ("data/b1", "x/../..//../", "nested-folder"),
        ("机构", "", "bad-name"), ("Unit", "a\\u001bb", "bad-name"),
    ])
    func `a value that cannot be is refused where it stands`(old: String, new: String, code: String) {
        let spoiled = b1.replacing("\"\(old)\"", with: "\"\(new)\"")
        let found = error(TopologyText.file([ho, p1, spoiled]))?.mistakes ?? []
        if code == "nested-folder" {
            // `..` leads to the folder that holds all the others.
            #expect(found.isEmpty)
        } else {
            #expect(found.map(\.code) == [code])
            #expect(found.first?.place?.line == 4)
        }
    }

    @Test func `an unknown key is named, with the known one nearest to it`() {
        #expect(
            lines([ho, p1, b1.replacing("\"dataFolder\"", with: "\"datafolder\"")]) == [
                "topology.missing-key topology.json:4:1: nodes[2]: the key dataFolder is missing / "
                    + "is datafolder meant? it is called dataFolder",
                "topology.unknown-key topology.json:4:101: nodes[2].datafolder: this key is not known / "
                    + "did you mean dataFolder?",
            ])
    }

    @Test func `a value of the wrong type is named with both types`() {
        #expect(
            lines([ho, p1, b1.replacing("\"b1\"", with: "7")]).first
                == "topology.wrong-type topology.json:4:8: nodes[2].id: this is an integer, not a string / write a string"
        )
        #expect(
            lines(["7"]).first?.hasPrefix("topology.wrong-type topology.json:2:1: nodes[0]: this is an integer") == true
        )
    }

    // MARK: The file as a whole

    @Test func `several mistakes are all listed at once, in the order of the file`() {
        let found = lines([
            ho.replacing("7101", with: "0"), p1.replacing("province\"", with: "provinz\""),
            b1.replacing("\"p1\"", with: "\"p9\"").replacing("\"orgCode\"", with: "\"orgcode\""),
        ])
        #expect(
            found.map { $0.split(separator: " ").first.map(String.init) } == [
                "topology.port-out-of-range", "topology.unknown-role", "topology.missing-key",
                "topology.unknown-parent",
                "topology.unknown-key",
            ])
    }

    @Test(arguments: [
        ("", "topology.empty", "topology.json:1:1: the file is empty"),
        ("nodes:\n  - id: ho", "topology.unexpected", "topology.json:1:1: not valid JSON"),
        ("{\"nodes\": [\n}", "topology.unexpected", "topology.json:2:1: not valid JSON"),
        ("[]", "topology.wrong-type", "topology.json:1:1: this is an array, not an object"),
        ("{}", "topology.missing-key", "topology.json:1:1: the key version is missing"),
        (
            #"{"bank": {"zh": "a", "en": "b"}, "version": 2, "nodes": []}"#, "topology.unknown-version",
            "topology.json:1:45: version: this program reads version 1"
        ),
    ])
    func `a file that is no topology at all is refused with its place`(text: String, code: String, sentence: String) {
        let error = error(Array(text.utf8))
        #expect(error?.code == code)
        #expect(error?.sentence.hasPrefix(sentence) == true)
        #expect(error?.hint.isEmpty == false)
    }

    @Test func `a list with more nodes than the limit is refused`() {
        let nodes = Array(repeating: "{}", count: TopologyLimits.nodesMax + 1)
        #expect(
            lines(nodes).contains { $0.hasPrefix("topology.too-many topology.json:1:61: nodes: the list holds 4097") })
    }

    @Test func `thousands of mistakes end in a bounded list and a count`() {
        let nodes = (0..<4000).map { TopologyText.node("b\($0)", "branch", "nowhere\($0)", 1) }
        let error = error(TopologyText.file(nodes))
        #expect(error?.mistakes.count == MistakeList.mistakesMax)
        #expect(error?.reports.last?.code == "topology.more-mistakes")
    }

    @Test func `a file that is not there, or is a folder, is refused with a hint`() throws {
        let folder = try TemporaryFolder()
        for (path, code) in [
            (folder.file("none.json"), "topology.file-missing"), (folder.path, "topology.file-is-folder"),
        ] {
            let error = #expect(throws: ConfigurationError.self) { try Topology.load(path) }
            #expect(error?.code == code)
            #expect(error?.sentence.hasPrefix(path) == true)
        }
    }
}
