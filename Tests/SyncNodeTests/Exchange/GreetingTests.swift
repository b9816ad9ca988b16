import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("A first message is small, and a run reads the store once") struct GreetingTests {
    private let branch: ReplicaStore
    private let province: ReplicaStore
    private let codec = WireCodec.production()

    init() throws {
        let topology = try RunningNode.topology()
        func store(_ id: NodeID) throws -> ReplicaStore {
            try ReplicaStore.inMemory(NodeProcess.context(topology, try #require(topology.node(id))))
        }
        branch = try store("b1")
        province = try store("p1")
    }

    /// A ticket that the province has already.
    private func ticket() throws -> DocumentID {
        let place = Place(node: "b1", tier: .branch, org: "000003", parent: "p1")
        let registration = Registration(fields: [
            "kind": "complaint", "intake_channel": "hotline", "intake_form": "telephone",
            "symptom": "machine_retained_cash", "business_class": "card", "nature": "transaction_error",
            "demand": "explanation", "what": "the machine kept the cash", "who_involved": "the customer",
            "when_happened": "this morning", "where_happened": "branch hall", "complainant_name": "Customer",
            "complainant_phone": "199-0000-0000",
        ])
        let receipt = try branch.execute(
            TicketRequest(
                command: .register(registration), ticket: nil,
                actor: Actor(post: "clerk-1", role: "branch_officer", place: place)))
        try drain()
        return receipt.document
    }

    /// That many acts on it, which wait.
    private func write(_ count: Int, on ticket: DocumentID) throws {
        for _ in 0..<count {
            _ = try branch.author(
                Draft(
                    document: ticket, kind: TicketAct.amend.rawValue, post: "clerk-1",
                    claim: .held(CustodyClaim(leg: 0, version: ticket.creator)),
                    core: [.assign(TicketField.severity, .text("ordinary"))]))
        }
    }

    private func drain() throws {
        var one = Session(dialling: "p1", id: 5)
        var two = Session(answering: 5)
        var rounds = 0
        while let message = try one.nextMessage(branch) {
            rounds += 1
            try #require(rounds < 100)
            try two.receive(Frame.decode(Frame.encode(message, codec), codec), province)
            let answer = try #require(try two.nextMessage(province))
            try one.receive(Frame.decode(Frame.encode(answer, codec), codec), branch)
        }
        #expect(try branch.shared(with: "p1").fingerprint == province.shared(with: "b1").fingerprint)
    }

    @Test func `a few acts come along with the hello`() throws {
        try write(60, on: ticket())
        var session = Session(dialling: "p1", id: 1)
        let message = try #require(try session.nextMessage(branch))
        #expect(message.hello != nil && message.batch?.items.count == 60)
        #expect(Frame.encode(message, codec).count <= Limits.greetingBytesMax)
        try drain()
    }

    /// More bytes than a greeting has, and more entries than are worth a look.
    @Test(arguments: [250, 300])
    func `what no greeting can carry follows`(count: Int) throws {
        try write(count, on: ticket())
        var session = Session(dialling: "p1", id: 1)
        let message = try #require(try session.nextMessage(branch))
        #expect(message.hello != nil && message.receipt != nil && message.batch == nil && message.hasMore)
        let open = try Frame.open(Frame.encode(message, codec), codec, payloadBytesMax: Limits.greetingBytesMax)
        #expect(open.head.hello == message.hello)
        try drain()
    }

    @Test func `one reading of the store answers all questions of a run, and a new run reads anew`() throws {
        _ = try ticket()
        var session = Session(answering: 9)
        var hello = Message(session: 9)
        hello.hello = Hello(
            node: "b1", topology: branch.topologyDigest, incarnation: nil, clock: 1_790_000_000_000,
            tokens: try branch.freshTokens(for: "p1"))
        try session.receive(hello, province)
        _ = try session.nextMessage(province)
        let whole = RangeFingerprint(lower: .lowest, upper: .highest, fingerprint: .empty)
        let middle = ReconcileKey(
            stamp: HybridTime(milliseconds: 1), dot: Dot(Incarnation(rawValue: 1 << 20), 1))
        let part = RangeFingerprint(lower: .lowest, upper: middle, fingerprint: .empty)
        #expect(session.needsReading(for: .compare([part])))
        var asked = Message(session: 9)
        asked.question = NumberedQuestion(number: 1, question: .compare([whole]))
        try session.receive(asked, province)
        #expect(try session.nextMessage(province)?.reply != nil)
        #expect(!session.needsReading(for: .compare([part])))
        #expect(session.needsReading(for: .compare([part, whole])))
        #expect(!session.needsReading(for: .fetch([])))
        // Who asks for something else has done comparing.
        try session.receive(Message(session: 9), province)
        _ = try session.nextMessage(province)
        #expect(session.needsReading(for: .compare([part])))
    }
}
