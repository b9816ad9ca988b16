import Testing
import TicketStore

@testable import SyncNode

/// A command works with the node that its topology file names, or with none.
@Suite("The node that is meant") struct NodeIdentityStories {
    /// A file in which the node `named` has the address of the running one.
    private func file(
        _ folder: TemporaryFolder, _ node: RunningNode, named: String, bank: Wording? = nil, without: String? = nil
    ) throws -> String {
        let topology = try RunningNode.topology()
        let nodes = topology.nodes.filter { $0.id.text != without }.map { entry in
            guard entry.id.text == named else { return entry }
            return entry.moved(to: node.listen, dataFolder: entry.dataFolder)
        }
        return try folder.write(
            "\(named)-\(without ?? "all")-\(bank == nil).json",
            try Topology(bank: bank ?? topology.bank, nodes: nodes).encoded)
    }

    /// One command that shows, one that sends words, one that streams, one that writes a file, one of an operator.
    private static let commands = [
        ["ticket", "list"], ["ticket", "note", "NUMBER", "客户来电"], ["events", "--count", "1"], ["export"], ["verify"],
        ["import", "in.csv", "--mapping", "map.json"],
    ]

    @Test func `a node of another bank, another node and another topology are told apart, and nothing is sent`() throws
    {
        let node = try RunningNode("b1")
        let number = try node.register()
        let folder = try TemporaryFolder()
        let csv = try folder.write("in.csv", "words\n一\n")
        let map = try folder.write("map.json", #"{"version": 1, "fields": {"what": {"column": "words"}}}"#)
        let sequence = try node.runtime.store.currentSequence()
        let other = Wording("别家银行", "Another Bank")
        for (path, id, code, names) in [
            (try file(folder, node, named: "b1", bank: other), "b1", "client.other-bank", "Test Bank"),
            (try file(folder, node, named: "b2"), "b2", "client.other-node", "b1, not b2"),
            (try file(folder, node, named: "b1", without: "b3"), "b1", "client.other-topology", "digest"),
        ] {
            for command in NodeIdentityStories.commands {
                let words = command.map { ["NUMBER": number, "in.csv": csv, "map.json": map][$0] ?? $0 }
                let outcome = RunningNode.run(words + ["--topology", path, "--node", id])
                #expect(outcome.code == .failed, "\(command)")
                #expect(outcome.error.contains("[\(code)]") && outcome.error.contains(names), "\(outcome.error)")
                #expect(outcome.error.contains("hint:") && !outcome.output.contains(number), "\(command)")
            }
        }
        #expect(try node.runtime.store.currentSequence() == sequence, "something was sent")
        // The right file.
        let right = try file(folder, node, named: "b1")
        let outcome = RunningNode.run(["ticket", "list", "--topology", right, "--node", "b1"])
        #expect(outcome.code == .success && outcome.output.contains(number), "\(outcome.error)")
    }

    @Test func `an address and a topology that both say which node is meant contradict each other`() throws {
        let node = try RunningNode("b1")
        for more in [["--node", "b1"], ["--topology", "topology.json"]] {
            let outcome = node.run(words: ["ticket", "list"] + more)
            #expect(outcome.code == .usage && outcome.error.contains("usage.contradictory-flags"), "\(outcome.error)")
        }
    }

    @Test func `a node does not open the store of another bank, whatever the file says`() throws {
        let folder = try TemporaryFolder()
        let backup = folder.file("backup.sqlite")
        #expect(try RunningNode("b1").run("backup", backup).code == .success)
        let topology = try RunningNode.topology()
        let other = try Topology(bank: Wording("别家银行", "Another Bank"), nodes: topology.nodes)
        let error = #expect(throws: StoreError.self) { try RunningNode("b1", of: other, from: backup) }
        #expect(error?.code == "store.other-bank", "\(String(describing: error))")
    }

    @Test func `what is no node is not asked for anything`() throws {
        let folder = try TemporaryFolder()
        let node = try RunningNode("b1")
        let path = try file(folder, node, named: "b1")
        node.stop()
        let outcome = RunningNode.run(["status", "--topology", path, "--node", "b1"])
        #expect(outcome.code == .unavailable && outcome.error.contains("节点没有应答"), "\(outcome.error)")
    }
}
