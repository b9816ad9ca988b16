import Simulation
import SyncProtocol
import Testing
import TicketStore

/// A bank for one story, and the words to tell it with.
struct Story {
    let bank: SimulatedBank

    /// - Parameter protections: what every node of the bank keeps to; a story about lies leaves something out.
    init(_ seed: UInt64 = 1, protections: Protections = .all) throws {
        bank = try SimulatedBank(seed: seed, protections: protections)
    }

    /// A complaint with a body of either kind; returns its document.
    func register(at node: NodeID) throws -> DocumentID {
        let dot = try bank[node.text].author(
            Draft(
                document: nil, kind: 900, post: "clerk", claim: .own(0),
                core: [.create(home: node), .assign(SimulatedField.status, .text("registered"))],
                casework: [.write(SimulatedField.address, .text("branch hall"))],
                personal: [.write(SimulatedField.phone, .text("138 0000 0000"))]))
        return DocumentID(createdBy: dot)
    }

    @discardableResult
    func act(_ id: DocumentID, at node: String, claim: Draft.Claim = .none, _ operation: Operation) throws -> Dot {
        try bank[node].author(Draft(document: id, kind: 900, post: "clerk", claim: claim, core: [operation]))
    }

    /// Opens the ticket to head office, with the entry that says who did and why.
    @discardableResult
    func widen(_ id: DocumentID, to level: Disclosure, at node: String) throws -> Dot {
        let operations = Widening.operations(to: level, at: bank[node])
        return try bank[node].author(Draft(document: id, kind: 900, post: "clerk", core: operations))
    }

    /// A note that is personal data.
    @discardableResult
    func note(_ text: String, on id: DocumentID, at node: String) throws -> Dot {
        try bank[node].author(
            Draft(
                document: id, kind: 900, post: "clerk", core: [],
                personal: [.add(SimulatedField.note, .text(text))]))
    }

    @discardableResult
    func phone(_ number: String, on id: DocumentID, at node: String) throws -> Dot {
        try bank[node].author(
            Draft(
                document: id, kind: 900, post: "clerk", core: [],
                personal: [.write(SimulatedField.phone, .text(number))]))
    }

    func held(_ id: DocumentID, at node: String) throws -> Draft.Claim {
        .held(CustodyClaim(leg: 0, version: try #require(bank[node].state(of: id)?.lead).version))
    }

    @discardableResult
    func offer(_ id: DocumentID, from node: String, to other: NodeID) throws -> Dot {
        try act(id, at: node, claim: held(id, at: node), .offer(leg: 0, to: other))
    }

    func state(_ id: DocumentID, at node: String) throws -> DocumentState {
        try #require(try bank[node].state(of: id), "\(node) does not hold the ticket")
    }

    func notes(on id: DocumentID, at node: String) throws -> [Value] {
        try state(id, at: node).personal.elements(SimulatedField.note).map(\.value)
    }

    /// Which nodes hold this action.
    func holders(of dot: Dot) throws -> Set<String> {
        Set(try bank.nodes.filter { try $0.store.hash(of: dot) != nil }.map(\.key))
    }

    /// Bodies held at a node, of all tickets.
    func bodies(at node: String) throws -> Int {
        try bank[node].holdings().reduce(0) { $0 + $1.parts.count }
    }

    func incidents(at node: String, _ code: IncidentCode) throws -> Int {
        try bank[node].incidents().filter { $0.code == code.rawValue }.reduce(0) { $0 + $1.count }
    }

    /// Every pair of neighbours shares the same.
    func expectAgreement(_ location: SourceLocation = #_sourceLocation) throws {
        for (child, parent) in bank.pairs {
            let up = try child.store.shared(with: parent.id).fingerprint
            let down = try parent.store.shared(with: child.id).fingerprint
            #expect(up == down, "\(child.key) and \(parent.key)", sourceLocation: location)
        }
    }
}
