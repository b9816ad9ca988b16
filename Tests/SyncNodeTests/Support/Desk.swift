import HTTPTransport
import Platform
import TicketModel

@testable import SyncNode

/// Who sits at a node in a story that does not say so: where posts are registered, lists and figures are for somebody. The
/// post `none` is nobody.
enum Desk {
    private static let nodes = Locked<[String: NodeRuntime]>([:])

    static func open(_ url: String, _ runtime: NodeRuntime) { nodes.withLock { $0[url] = runtime } }
    static func close(_ url: String) { nodes.withLock { $0[url] = nil } }

    /// The post that works on the tickets of a node; nil where none is registered or several are.
    static func usualPost(at runtime: NodeRuntime, role: String? = nil) -> String? {
        let usual: Role =
            switch runtime.node.tier {
            case .branch: .branchOfficer
            case .province: .dispatcher
            case .headOffice: .hoDispatcher
            }
        let people = runtime.store.people
        guard people.covers(runtime.node.id), let role = Role(rawValue: role ?? usual.rawValue) else { return nil }
        let found = people.usualPost(of: role, at: runtime.node.id, now: runtime.store.wallMilliseconds())
        return if case .one(let post) = found { post } else { nil }
    }

    private static let listPaths = [
        "board", "consolidated", "incidents", "conflicts", "notices", "reports", "tickets", "status",
    ]

    /// True for an address that shows many tickets.
    static func lists(_ method: HTTPMethod, _ path: String) -> Bool {
        let pieces = path.split(separator: "?")[0].split(separator: "/").dropFirst(2).map(String.init)
        guard let first = pieces.first else { return false }
        if ["search", "similar", "rehearsal"].contains(pieces.last) { return true }
        guard method == .get || method == .head || pieces.last == "retry" else { return false }
        if first == "texts" { return pieces.last == "tickets" }
        return listPaths.contains(first) && (first != "tickets" || pieces.count == 1)
    }

    private static let listCommands = [
        "ticket list", "ticket search", "ticket conflicts", "ticket similar", "export", "board", "today", "alerts",
        "report", "reference rehearse", "incidents", "consolidated", "notices list", "notices retry", "status",
        "texts tickets",
    ]

    /// The command line with the post that would have typed it.
    static func naming(_ words: [String]) -> [String] {
        let typed = words.joined(separator: " ") + " "
        guard listCommands.contains(where: { typed.hasPrefix($0 + " ") }) else { return words }
        guard let flag = words.lastIndex(of: "--url"), flag + 1 < words.count,
            let runtime = nodes.withLock({ $0[words[flag + 1]] })
        else { return words }
        if let given = words.firstIndex(of: "--post") {
            guard given + 1 < words.count, words[given + 1] == "none" else { return words }
            return Array(words[..<given] + words[(given + 2)...])
        }
        let role = words.firstIndex(of: "--role").map { words[$0 + 1] }
        return usualPost(at: runtime, role: role).map { words + ["--post", $0] } ?? words
    }
}
