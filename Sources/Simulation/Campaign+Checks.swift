import SyncProtocol
import TicketStore

/// Promises that are checked while the run goes on.
extension Campaign {
    struct Cursors {
        var child: Cursor?
        var parent: Cursor?
        var adoptions: Int
    }

    func cursors(_ child: SimulatedNode, _ parent: SimulatedNode) throws -> Cursors {
        Cursors(
            child: try child.store.cursor(on: parent.id), parent: try parent.store.cursor(on: child.id),
            adoptions: try adoptions(child) + adoptions(parent))
    }

    private func adoptions(_ node: SimulatedNode) throws -> Int {
        try node.store.incidents().filter { $0.code == IncidentCode.cursorMismatch.rawValue }.reduce(0) {
            $0 + $1.count
        }
    }

    /// I5: a cursor only moves forward, unless a named incident moved it.
    mutating func checkCursors(_ before: Cursors, _ child: SimulatedNode, _ parent: SimulatedNode) throws {
        let now = try cursors(child, parent)
        guard now.adoptions == before.adoptions else { return mark("cursor mended") }
        for (old, new, node) in [(before.child, now.child, child), (before.parent, now.parent, parent)] {
            guard let old, let new, old.log == new.log, new.sequence < old.sequence else { continue }
            oracle.note(Finding(.cursorBack, "\(node.key) from \(old.sequence) to \(new.sequence)"))
        }
    }

    /// I1 on the way: what a child calls held by its parent is there.
    mutating func checkAcknowledged(_ child: SimulatedNode, _ parent: SimulatedNode) throws {
        guard !restored.contains(parent.id), !restored.contains(child.id), cloned.isEmpty else { return }
        let own = oracle.acts.filter { $0.author == child.key }
        guard !own.isEmpty else { return }
        let act = own[Int(random.next() % UInt64(own.count))]
        guard try child.store.hash(of: act.dot) != nil else { return }
        let level = try child.store.acknowledgement(of: [act.dot])
        if level >= .parent, try parent.store.hash(of: act.dot) != act.hash {
            oracle.note(Finding(.acknowledgedTooEarly, "\(act.dot) of \(child.key) at \(parent.key)"))
        }
        let head = bank.hierarchy.headOffice
        if level == .headOffice, !restored.contains(head), try bank[head.text].hash(of: act.dot) != act.hash {
            oracle.note(Finding(.acknowledgedTooEarly, "\(act.dot) of \(child.key) at \(head)"))
        }
    }
}
