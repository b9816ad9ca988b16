import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// The example topology with the example register, three tiers, and one clock that is cranked by hand.
struct PeopleBank {
    static let minute: Int64 = 60_000
    static let hour = 60 * minute
    static let day = 24 * hour
    /// Monday 2026-11-16, 09:00 in China.
    static let morning: Int64 = 1_794_790_800_000

    let clock = Locked(PeopleBank.morning)
    let head: RunningNode
    let province: RunningNode
    let branch: RunningNode
    let other: RunningNode
    private let sessions = Locked<UInt64>(0)

    init() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        head = try RunningNode("head-office", of: topology, clock: clock)
        province = try RunningNode("province-01", of: topology, clock: clock)
        branch = try RunningNode("branch-0101", of: topology, clock: clock)
        other = try RunningNode("branch-0102", of: topology, clock: clock)
    }

    /// The bank with the shipped register in force everywhere.
    static func registered() throws -> PeopleBank {
        let bank = try PeopleBank()
        try bank.publish(Repository.path("reference/people.json"))
        try bank.connect()
        return bank
    }

    func publish(_ path: String) throws {
        let outcome = RunningNode.run([
            "reference", "publish", path, "--post", "000000.ho_dispatcher", "--url", head.url,
        ])
        try #require(outcome.code == .success, "\(outcome.error)")
    }

    /// Publishes a register given as the text of its lists.
    func publish(_ name: String, version: String, _ lists: String) throws {
        try publish(try write(name, version: version, lists))
    }

    /// A file with a register of these lists.
    func write(_ name: String, version: String, _ lists: String) throws -> String {
        let path = head.folder.path + "/\(name)-\(version).json"
        try SmallFile.write(
            Array(
                """
                {"format": 1, "people": "\(name)", "version": "\(version)", "name": {"zh": "测试", "en": "test"}, \(lists)}
                """.utf8), to: path)
        return path
    }

    /// All lines work for a while.
    func connect() throws {
        for _ in 0..<2 {
            let session = sessions.withLock { session in
                session += 3
                return session
            }
            try province.exchange(with: head, session: session)
            try branch.exchange(with: province, session: session + 1)
            try other.exchange(with: province, session: session + 2)
        }
    }

    func pass(_ milliseconds: Int64) { clock.withLock { $0 += milliseconds } }
    var now: Int64 { clock.withLock { $0 } }
}

extension RunningNode {
    /// The answer to a note, the least that anybody may do.
    func note(_ number: String, _ headers: [String: String]) throws -> Answer {
        try post("/api/v1/tickets/\(number)/note", #"{"text":"已联系客户"}"#, HTTPHeaders(headers))
    }
}
