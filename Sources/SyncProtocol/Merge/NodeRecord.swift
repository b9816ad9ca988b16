/// What may be said in a node's own record, and by whom. A record is a set of facts: its acts wait for nothing, and each is
/// judged by its author and the tree of its revision alone.
extension Speaker {
    /// The node itself and those above it write in its record; nobody else is heard there.
    public func mayWrite(inRecordOf owner: NodeID) -> Bool {
        owner == node || tree.isAbove(node, owner) || !isAsked(.nodeRecords)
    }

    /// True where the author may say this in the record of `owner`.
    func may(_ operation: Operation, in record: CoreRecord, of owner: NodeID, _ lineage: borrowing Lineage) -> Bool {
        func isOwn(_ life: Incarnation) -> Bool { lineage.node(of: life) == node }
        switch operation {
        case .birth(let birth): return record.dot.sequence == 1 && birth.node == owner && owner == node
        case .mark: return record.dot.sequence == 1 && owner == node
        // Nobody declares lost what another node wrote: honest acts would count for nothing.
        case .lost(let ranges):
            return !isAsked(.nodeRecords) || owner == node && ranges.allSatisfy { isOwn($0.incarnation) }
        case .suspend, .adopt: return mayWrite(inRecordOf: owner)
        case .withheld(let acts):
            return tree.isAbove(node, owner) && acts.allSatisfy { lineage.node(of: $0.dot.incarnation) == owner }
        case .settle(let dot, _): return tree.isAbove(node, owner) && lineage.node(of: dot.incarnation) == owner
        case .assign, .write, .add: return owner == node
        case .unknown: return true
        default: return false
        }
    }
}

extension CoreRecord {
    /// The operations of a node's record that count: what their author had no authority for has no effect.
    ///
    /// - Parameter owner: the node whose record it is.
    public func lawfulOperations(of owner: NodeID, _ lineage: borrowing Lineage) -> [Operation] {
        guard let speaker = Speaker(self, lineage) else { return [] }
        var lawful: [Operation] = []
        for operation in operations where speaker.may(operation, in: self, of: owner, lineage) {
            lawful.append(operation)
        }
        return lawful
    }
}

/// Whether custody under a node's name rests: a suspension counts until an adoption that knew of it.
public enum Suspension {
    /// - Parameters:
    ///   - records: of the node's own record, in any order.
    ///   - isOwnLine: true for lives of the copy that asks: who adopts one line leaves the other suspended.
    public static func isInForce(
        _ records: [CoreRecord], of owner: NodeID, _ lineage: borrowing Lineage, isOwnLine: (Incarnation) -> Bool
    ) -> Bool {
        var suspensions: [Dot] = []
        var adoptions: [(record: CoreRecord, life: Incarnation)] = []
        for record in records {
            for operation in record.lawfulOperations(of: owner, lineage) {
                switch operation {
                case .suspend: suspensions.append(record.dot)
                case .adopt(let life): adoptions.append((record, life))
                default: continue
                }
            }
        }
        for adoption in adoptions where !isOwnLine(adoption.life) {
            // Another line goes on, unless a later word says otherwise.
            suspensions.append(adoption.record.dot)
        }
        let own = adoptions.filter { isOwnLine($0.life) }.map(\.record)
        for suspension in suspensions {
            var isLifted = false
            for adoption in own where adoption.dependencies.covers(suspension, lineage) { isLifted = true }
            if !isLifted { return true }
        }
        return false
    }
}
