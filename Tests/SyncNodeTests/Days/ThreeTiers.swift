import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Head office, two provinces and three branches that share one clock, which is cranked by hand.
final class ThreeTiers {
    let clock: Locked<Int64>
    let head: RunningNode
    let province: RunningNode
    let branch: RunningNode
    let second: RunningNode
    private var sessions: UInt64 = 0

    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    /// Monday 2026-11-16, 09:00 in China.
    static let morning: Int64 = 1_794_790_800_000

    init(publishing files: [String] = ["reference/rules.json"]) throws {
        clock = Locked(ThreeTiers.morning)
        head = try RunningNode("head", clock: clock)
        province = try RunningNode("p1", clock: clock)
        branch = try RunningNode("b1", clock: clock)
        second = try RunningNode("b2", clock: clock)
        for file in files {
            for item in try ReferenceFile.items(Repository.path(file)) {
                try head.runtime.store.publish(item, post: "policy-desk")
            }
        }
        try connect()
    }

    var now: Int64 { clock.withLock { $0 } }
    func pass(_ milliseconds: Int64) { clock.withLock { $0 += milliseconds } }

    /// Every line works for a while.
    func connect() throws {
        for _ in 0..<2 {
            try exchange(province, head)
            try exchange(branch, province)
            try exchange(second, province)
        }
        try exchange(province, head)
    }

    func exchange(_ one: RunningNode, _ two: RunningNode) throws {
        sessions += 1
        try one.exchange(with: two, session: sessions)
    }

    /// Does an act of the catalogue that must be granted.
    @discardableResult
    func act(
        _ node: RunningNode, _ number: String, _ act: String, _ fields: [String: String] = [:], role: String? = nil
    )
        throws -> Answer
    {
        let headers: HTTPHeaders = role.map { ["X-Role": $0, "X-Post": "test.\($0)"] } ?? [:]
        let answer = try node.post("/api/v1/tickets/\(number)/acts/\(act)", Sample.body(fields), headers)
        try #require(answer.status == 200, "\(act): \(answer.text)")
        return answer
    }

    /// A register with one post of a department: only posts that it names act at that node from now on.
    func publishPost(_ post: String, of department: String, at node: NodeID) throws {
        let content = """
            {"format": 1, "people": "one-post", "version": "2026-11-01.1", "name": {"zh": "一岗", "en": "one post"},
             "posts": [{"post": "\(post)", "roles": ["dept_handler"], "node": "\(node)", "department": "\(department)",
             "trained": true}]}
            """
        let item = ReferenceItem(kind: .people, name: "one-post", version: "2026-11-01.1", content: content)
        try #require(try head.runtime.store.publish(item, post: "policy-desk"))
        try connect()
    }

    /// A complaint of the branch as far as the province's desk.
    func submitted(_ change: [String: String] = [:], from node: RunningNode? = nil) throws -> String {
        let node = node ?? branch
        let number = try node.register(change)
        try act(node, number, "submit_up")
        return number
    }

    func view(_ number: String, at node: RunningNode) throws -> TicketView {
        try node.runtime.store.ticket(TicketReference(number)).view
    }
}
