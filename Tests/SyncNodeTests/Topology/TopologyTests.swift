import Platform
import SyncProtocol
import Testing

@testable import SyncNode

@Suite struct TopologyTests {
    private func example() throws -> Topology { try Topology.load(Repository.path("topology.example.json")) }

    @Test func `the example has one head office, two provinces and six branches`() throws {
        let topology = try example()
        #expect(topology.headOffice == "head-office")
        #expect(topology.children(of: "head-office") == ["province-01", "province-02"])
        #expect(topology.children(of: "province-02") == ["branch-0201", "branch-0202", "branch-0203"])
        #expect(topology.children(of: "branch-0101").isEmpty)
        #expect(topology.nodes.filter { $0.tier == .branch }.count == 6)
        #expect(topology.bank == Wording("示例银行", "Example Bank"))
    }

    @Test func `every node finds its way up`() throws {
        let topology = try example()
        #expect(topology.parent(of: "branch-0203") == "province-02")
        #expect(topology.parent(of: "head-office") == nil)
        #expect(topology.ancestors(of: "branch-0203") == ["province-02", "head-office"])
        #expect(topology.ancestors(of: "head-office").isEmpty)
        #expect(topology.province(of: "branch-0101") == "province-01")
        #expect(topology.province(of: "province-01") == "province-01")
        #expect(topology.province(of: "head-office") == nil)
        #expect(topology.tier(of: "province-01") == .province)
        #expect(topology.neighbours(of: "province-01") == ["head-office", "branch-0101", "branch-0102", "branch-0103"])
        #expect(topology.node(orgCode: "020102")?.id == "branch-0202")
    }

    @Test func `a node that is not in the file is unknown everywhere`() throws {
        let topology = try example()
        #expect(topology.node("branch-0999") == nil)
        #expect(topology.parent(of: "branch-0999") == nil)
        #expect(topology.ancestors(of: "branch-0999").isEmpty)
        #expect(topology.province(of: "branch-0999") == nil)
        #expect(topology.suggestion(for: "brnach-0101") == "branch-0101")
    }

    @Test func `data folders are found from where the file is, not from where the program runs`() throws {
        let topology = try example()
        #expect(topology.dataFolder(of: "branch-0101") == Repository.path("data/branch-0101"))
        let moved = try Topology.parse(
            TopologyText().text(dataFolder: "/srv/./x/../b1/"), file: "conf/topology.json")
        #expect(moved.dataFolder(of: "b1") == "/srv/b1")
        #expect(moved.dataFolder(of: "p1") == "conf/data/p1")
    }

    @Test func `what is written is read as the same topology`() throws {
        let topology = try example()
        let again = try Topology.parse(topology.encoded, file: Repository.path("topology.example.json"))
        #expect(again.nodes == topology.nodes)
        #expect(again.bank == topology.bank)
    }

    @Test func `a program moves a topology to free ports and other folders`() throws {
        let topology = try example()
        let nodes = topology.nodes.enumerated().map { index, node in
            node.moved(to: .row(from: UInt16(20_000 + 3 * index)), dataFolder: "d/\(node.id)")
        }
        let moved = try Topology(bank: topology.bank, nodes: nodes, baseFolder: "/tmp/demo")
        #expect(moved.dataFolder(of: "branch-0101") == "/tmp/demo/d/branch-0101")
        #expect(moved.digest(SHA256.function) == topology.digest(SHA256.function))
    }

    @Test func `a program that makes a bad topology is told as well`() throws {
        let nodes = try example().nodes.map { $0.moved(to: .row(from: 9), dataFolder: "d/\($0.id)") }
        let error = #expect(throws: ConfigurationError.self) { try Topology(bank: Wording("行", "Bank"), nodes: nodes) }
        #expect(error?.mistakes.count == 8 * 3)
        #expect(
            error?.sentence
                == "topology: nodes[1].listen.people: the people of head-office are served at the same address")
    }

    // MARK: Digest

    @Test func `two banks with one tree, and nodes that disagree about an org code, have different digests`() throws {
        let text = TopologyText().text()
        let digest = try Topology.parse(text, file: "t").digest(SHA256.function)
        for (old, new) in [("银行", "银 行"), ("Bank", "Other Bank"), ("\"orgCode\": \"03\"", "\"orgCode\": \"09\"")] {
            let other = Array(String(decoding: text, as: UTF8.self).replacing(old, with: new).utf8)
            #expect(try Topology.parse(other, file: "t").digest(SHA256.function) != digest, "\(new)")
        }
    }

    @Test func `peers that disagree about the tree have different digests`() throws {
        let digest = try Topology.parse(TopologyText().text(), file: "t").digest(SHA256.function)
        #expect(digest.bytes.count == 16)
        #expect(digest.description.count == 32)
        let changed = [
            TopologyText().text(branchID: "b2"), TopologyText().text(extra: TopologyText.node("b9", "branch", "p1", 9)),
        ]
        for text in changed { #expect(try Topology.parse(text, file: "t").digest(SHA256.function) != digest) }
    }

    @Test func `names of nodes, addresses, folders and the order of the file do not change the digest`() throws {
        let digest = try Topology.parse(TopologyText().text(), file: "t").digest(SHA256.function)
        let changed = [
            TopologyText().text(dataFolder: "elsewhere"), TopologyText().text(listen: "[::1]:65535"),
            TopologyText().text(isReversed: true),
            Array(String(decoding: TopologyText().text(), as: UTF8.self).replacing("机构", with: "分行").utf8),
        ]
        for text in changed { #expect(try Topology.parse(text, file: "t").digest(SHA256.function) == digest) }
    }

    @Test func `the canonical bytes are fixed for ever`() throws {
        let topology = try Topology.parse(TopologyText().text(), file: "t")
        #expect(
            String(decoding: topology.canonicalBytes, as: UTF8.self)
                == "syncnode-topology 2\n[\"银行\",\"Bank\"]\nb1 branch p1 03\nho head_office - 01\np1 province ho 02\n")
        #expect(topology.digest(SHA256.function).description == "bf18f5f18cd93a6459bb17de65202625")
    }
}

/// The text of a small good topology, in which a test spoils one thing.
struct TopologyText {
    static func node(_ id: String, _ role: String, _ parent: String?, _ number: Int) -> String {
        let parentKey = parent.map { #""parent": "\#($0)", "# } ?? ""
        return #"{"id": "\#(id)", "role": "\#(role)", \#(parentKey)"name": {"zh": "机构", "en": "Unit"}, "#
            + #""orgCode": "0\#(number)", "dataFolder": "data/\#(id)", "listen": {"people": "127.0.0.1:710\#(number)", "#
            + #""nodes": "127.0.0.1:720\#(number)", "operation": "127.0.0.1:730\#(number)"}}"#
    }

    func text(
        branchID: String = "b1", dataFolder: String? = nil, listen: String? = nil, extra: String? = nil,
        isReversed: Bool = false
    ) -> [UInt8] {
        var branch = TopologyText.node(branchID, "branch", "p1", 3)
        if let dataFolder { branch = branch.replacing("data/\(branchID)", with: dataFolder) }
        if let listen { branch = branch.replacing("127.0.0.1:7103", with: listen) }
        var nodes = [
            TopologyText.node("ho", "head_office", nil, 1), TopologyText.node("p1", "province", "ho", 2), branch,
        ]
        if let extra { nodes.append(extra) }
        return TopologyText.file(isReversed ? nodes.reversed() : nodes)
    }

    /// A file with one node a line, the first on line 2.
    static func file(_ nodes: [String]) -> [UInt8] {
        Array(
            (#"{"version": 1, "bank": {"zh": "银行", "en": "Bank"}, "nodes": ["# + "\n" + nodes.joined(separator: ",\n")
                + "]}").utf8)
    }
}
