import SyncProtocol
import TicketStore

/// A lying node as a citizen of the run.
extension Campaign {
    /// The marks of all lies that there are.
    public static let lies = Lie.allCases.map { "lie \($0.rawValue)" }

    /// One node of the bank begins to lie: a branch, sometimes a province.
    mutating func turn(_ seed: UInt64) throws {
        var chance = SeededRandom(seed: seed &+ 3)
        let isProvince = chance.next() % 4 == 0
        let candidates = bank.nodes.filter { bank.hierarchy.tier(of: $0.id) == (isProvince ? .province : .branch) }
        let node = candidates[Int(chance.next() % UInt64(candidates.count))]
        hangUpAll()
        liar = try Liar(node, knowsOthers: chance.next() % 3 > 0, seed: chance.next(), bank.codec)
        bank.remove(node.key)
        mark(isProvince ? "lying province" : "lying branch")
        trace.note("\(node.key) lies, knows others \(liar?.knowsOthers == true)")
    }

    /// One message of the liar, and what it hears in return.
    mutating func speak() throws {
        guard var liar else { return }
        defer { self.liar = liar }
        if liar.knowsOthers { liar.learn(oracle.byDocument.keys.sorted()) }
        let parent = bank.node(liar.parent.text)
        let message = liar.nextMessage(topology: parent.store.topologyDigest)
        for lie in liar.lies { mark("lie \(lie.rawValue)") }
        let frame = Frame.encode(message, bank.codec)
        trace.absorb(frame)
        do {
            let answer = try Frame.decode(parent.answer(frame, through: bank.flaw), bank.codec)
            try liar.hear(answer)
            trace.note("\(liar.node) says \(liar.lies): \(answer.batch?.items.count ?? 0) told")
        } catch let error where error is SessionError || error is WireError {
            liar.hangUp()
            mark("refused")
            trace.note("\(liar.node) says \(liar.lies): \(error)")
        }
    }

    /// Nodes whose own doings prove nothing.
    var untrusted: Set<NodeID> { liar?.subtree ?? [] }

    func isForged(_ hash: Digest) -> Bool { liar?.forged.contains(hash) ?? false }
}
