import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// T9: SIGKILL of the real program at any moment.
    @Suite struct KillStories {
        @Test func `fifty kills at random moments lose nothing acknowledged, and repeat nothing`() throws {
            try KillScript(LiveBank()).play(kills: 50)
        }
    }
}

/// A branch records for several clients while its province pulls and records too; one of them, or both, lose power.
private final class KillScript {
    private static let victims: [[NodeID]] = [
        [LiveBank.branch], [LiveBank.branch], [LiveBank.province], [LiveBank.province],
        [LiveBank.branch, LiveBank.province],
    ]

    private static let disasters: Set<String> = [
        "acknowledged-tail-lost", "forked-dot", "loss-declared", "body-damaged", "two-copies-alive",
        "receipt-withdrawn",
    ]

    private let bank: LiveBank
    private let oracles = [LiveBank.branch: LiveOracle(), LiveBank.province: LiveOracle()]
    private var random = LiveSeed("kill -9")
    private var kills = 0
    private var round = 0
    /// What each node was seen to hold after its last start.
    private var seen: [NodeID: Set<String>] = [:]

    init(_ bank: LiveBank) throws { self.bank = bank }

    func play(kills wanted: Int) throws {
        try bank.start(LiveBank.province, LiveBank.branch)
        while kills < wanted {
            round += 1
            let victims = KillScript.victims[Int(random.next() % UInt64(KillScript.victims.count))]
            try recordAndKill(victims)
            try killDuringStart(victims)
            for victim in victims { try bank.start(victim) }
            for victim in victims { try examine(victim) }
        }
        try examineAtTheEnd()
    }

    private func recordAndKill(_ victims: [NodeID]) throws {
        let threads =
            try record(at: LiveBank.branch, clients: 3) + record(at: LiveBank.province, clients: 1)
        pass(milliseconds: Int.random(in: 1...150, using: &random))
        for victim in victims { kill(victim) }
        for thread in threads { thread.join() }
    }

    private func record(at node: NodeID, clients: Int) throws -> [WorkerThread] {
        try oracle(of: node).record(at: bank.listen(node), clients: clients, ticketsMax: 12, name: "\(node)-\(round)")
    }

    /// Every third time the power goes again while the node starts.
    private func killDuringStart(_ victims: [NodeID]) throws {
        guard round % 3 == 0 else { return }
        for victim in victims { try bank.spawn(victim) }
        pass(milliseconds: Int.random(in: 1...80, using: &random))
        for victim in victims { kill(victim) }
    }

    private func kill(_ node: NodeID) {
        bank.kill(node)
        kills += 1
    }

    private func oracle(of node: NodeID) throws -> LiveOracle { try #require(oracles[node]) }

    // MARK: Examining

    /// What was acknowledged is there by number, and a repeated request gives the ticket that it gave before.
    private func examine(_ node: NodeID) throws {
        let oracle = try oracle(of: node)
        let client = bank.client(node)
        for number in oracle.numbers(since: seen[node] ?? []).sorted() {
            let status = try client.ticket(number).status
            #expect(status == 200, "kill \(kills) of \(node) lost \(number): \(status); \(random)")
        }
        seen[node] = oracle.numbers
        oracle.repeatRequests(at: client, prefix: "\(node)-", known: 2, &random)
        try #require(
            oracle.unanswered.isEmpty && oracle.mistakes.isEmpty, "\(oracle.mistakes) \(oracle.unanswered); \(random)")
        if node == LiveBank.branch {
            #expect(try client.status()["tickets"]?.integer == Int64(oracle.count), "kill \(kills); \(random)")
        }
        if round % 10 == 0 { try examineWhole(node, oracle) }
    }

    private func examineWhole(_ node: NodeID, _ oracle: LiveOracle) throws {
        let held = try bank.client(node).numbers()
        #expect(oracle.numbers.isSubset(of: held), "lost: \(oracle.numbers.subtracting(held)); \(random)")
        #expect(Set(held).count == held.count, "a number twice; \(random)")
    }

    private func examineAtTheEnd() throws {
        for (node, oracle) in oracles {
            oracle.repeatRequests(at: bank.client(node), prefix: "\(node)-", known: 20, &random)
            #expect(oracle.mistakes.isEmpty && oracle.unanswered.isEmpty, "\(oracle.mistakes); \(random)")
        }
        try bank.waitUntilAgreed(LiveBank.branch, random)
        let branch = try oracle(of: LiveBank.branch)
        let province = try oracle(of: LiveBank.province)
        let held = (Set(try bank.client(LiveBank.branch).numbers()), try bank.client(LiveBank.province).numbers())
        #expect(held.0 == branch.numbers, "\(random)")
        #expect(Set(held.1) == branch.numbers.union(province.numbers), "\(random)")
        #expect(held.1.count == Set(held.1).count, "\(random)")
        for node in [LiveBank.branch, LiveBank.province] {
            try examineNotes(branch.notes, at: node)
            // A restart is no disaster: nobody is told of one.
            let incidents = try bank.client(node).incidents()
            #expect(incidents.isDisjoint(with: KillScript.disasters), "\(node): \(incidents.sorted()); \(random)")
        }
        try bank.requireSound(LiveBank.branch, LiveBank.province, seed: random)
        print(
            "kill -9: \(kills) kills in \(round) rounds, \(branch.count) + \(province.count) tickets, \(branch.notes.count) notes"
        )
        #expect(branch.count > 50 && province.count > 10, "the clients did not get to work")
    }

    private func examineNotes(_ notes: [LiveOracle.Note], at node: NodeID) throws {
        let client = bank.client(node)
        for note in notes {
            let text = try client.text("/api/v1/tickets/\(note.number)")
            #expect(text.contains(note.words), "\(note.words) is not at \(node); \(random)")
        }
    }
}
