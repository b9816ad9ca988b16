import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// A second process on a copy of a node's folder: same id, same parent, another port.
final class LiveCopy {
    let line: LineProxy
    let client: LiveClient
    let topologyFile: String
    private let log: String
    private let node: NodeID
    private var process: LiveProcess?

    /// - Parameter backup: a backup of the node; nil copies its folder, and then the original must not run.
    init(of node: NodeID, in bank: LiveBank, from backup: String? = nil) throws {
        self.node = node
        let data = bank.folder.path + "/copy"
        if backup == nil { try LiveFolder.copy(bank.dataPath(node), to: data) }
        let parent = try #require(bank.topology.node(node)?.parent.flatMap { bank.topology.node($0) })
        line = try LineProxy(to: parent.listen.nodes.port, capturePath: nil)
        let listen = try LivePort.addresses()
        topologyFile = bank.folder.path + "/copy.json"
        log = bank.folder.path + "/copy.log"
        try bank.write(node, to: topologyFile, listen: listen, data: data, line: line)
        client = LiveClient(listen)
        if let backup {
            let made = try LiveProcess(
                ["init", "--backup", backup, "--topology", topologyFile, "--node", node.text], log: log)
            try #require(made.wait() == 0, "\(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self))")
        }
    }

    deinit {
        process?.kill()
        line.close()
    }

    /// SIGTERM, and waits until it is gone.
    func stop() {
        process?.terminate()
        process?.wait()
    }

    func start() throws {
        let process = try LiveProcess(["run", "--topology", topologyFile, "--node", node.text], log: log)
        self.process = process
        try client.waitUntilReady(process, "the copy: \(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self))")
    }
}
