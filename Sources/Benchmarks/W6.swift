import Glibc
import Platform
import SyncProtocol
import TicketStore

/// Start-up of a real node process with 100,000 tickets, until it answers.
enum W6 {
    private static let tickets = 100_000

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let port = try freePort()
        let topology = try TopologyFile(branches: 1, folder: folder, provincePort: 1, branchPort: port)
        try Fill.tickets(tickets, node: "b1", topology, branches: 1)
        let node = try NodeUnderTest("b1", topology: topology.path, port: port)
        node.stop()
        return [
            Figure(
                name: "W6 start-up with 100,000 tickets", value: "\(String.number(node.startSeconds, 3)) s",
                ratio: Figure.share(node.startSeconds, of: 1), goal: "< 1 s")
        ]
    }
}
