import Glibc
import Platform
import SyncProtocol

// Looking at the nodes until they agree.
extension DemoScript {
    func statuses() throws -> [NodeID: JSONElement] {
        var all: [NodeID: JSONElement] = [:]
        for node in bank.topology.nodes { all[node.id] = try bank.client(of: node.id).get("/api/v1/status") }
        return all
    }

    func neighbour(_ peer: NodeID, of status: JSONElement?) -> JSONElement? {
        status?["neighbours"]?.array?.first { $0["node"]?.string == peer.text }
    }

    /// What waits at each node, what its parent holds, what head office holds, bytes on the line.
    func drawQueues() throws {
        guard console.isErrorTerminal else { return }
        let all = try statuses()
        var parts: [String] = []
        for node in bank.topology.nodes {
            guard let parent = node.parent, let entry = neighbour(parent, of: all[node.id]) else { continue }
            let bytes = bank.lines[node.id]?.traffic ?? (up: 0, down: 0)
            parts.append(
                "\(node.id) 待发\(entry["waiting"]?.integer ?? 0) \(Quantity.bytes(Double(bytes.up + bytes.down)))")
        }
        console.progress("\r\u{1B}[K" + DisplayText.fit(parts.joined(separator: " · "), columns: console.columns - 1))
    }

    /// Waits until both ends of every line have drained and hold the same.
    func waitUntilAgreed(_ title: String, show: Bool) throws {
        let began = SystemClock.monotonicMilliseconds()
        var most: Int64 = 0
        var display: ProgressDisplay?
        while true {
            try check()
            let all = try statuses()
            let waiting = bank.topology.nodes.reduce(Int64(0)) { sum, node in
                sum + (all[node.id]?["neighbours"]?.array ?? []).reduce(0) { $0 + ($1["waiting"]?.integer ?? 0) }
            }
            if show, waiting > most { most = waiting }
            if show, most > 0 {
                var current =
                    display
                    ?? ProgressDisplay(
                        ProgressBar("同步 syncing", unit: .rows, total: most, now: SystemClock.monotonicMilliseconds()),
                        on: console)
                current.show(done: most - waiting, total: most, now: SystemClock.monotonicMilliseconds())
                display = current
            }
            if waiting == 0, disagreements(all).isEmpty { break }
            if SystemClock.monotonicMilliseconds() - began > DemoScript.settleMilliseconds {
                throw DemoStuck(what: disagreements(all).joined(separator: ", "))
            }
            _ = poll(nil, 0, 60)
        }
        display?.finish(done: most, now: SystemClock.monotonicMilliseconds())
        say("\(title): \(SystemClock.monotonicMilliseconds() - began) ms")
    }

    /// Lines whose two ends do not hold the same.
    func disagreements(_ all: [NodeID: JSONElement]) -> [String] {
        bank.topology.nodes.compactMap { node in
            guard let parent = node.parent else { return nil }
            let here = neighbour(parent, of: all[node.id])?["shared"]
            let above = neighbour(node.id, of: all[parent])?["shared"]
            let isEqual =
                here?["count"]?.integer == above?["count"]?.integer
                && here?["fingerprint"]?.string == above?["fingerprint"]?.string && here != nil
            return isEqual ? nil : "\(node.id)–\(parent)"
        }
    }
}
