import SyncProtocol

/// Lies about nodes, lives and names.
extension Liar {
    /// Acts on the records of nodes; nil where the lie is of another kind.
    mutating func nodeAct(_ lie: Lie) -> [BatchItem]? {
        let other = chance(70) ? foreignNode() : node
        var forgery = Forgery(on: DocumentID(recordOf: other))
        forgery.post = ""
        let victim = foreignLife()
        let some = [DotRange(victim, 1...(chance(50) ? 20 : Limits.sequenceMax))]
        switch lie {
        case .suspend:
            forgery.operations = [.suspend]
            forgery.kind = 1003
        case .adopt:
            forgery.operations = [.adopt(chance(50) ? victim : Incarnation(random: random.next()))]
            forgery.kind = 1004
        case .lost:
            forgery.document = DocumentID(recordOf: node)
            forgery.operations = [.lost(some)]
            forgery.kind = 1002
        case .lostOfOthers:
            forgery.operations = [.lost(some)]
            forgery.kind = 1002
        case .withheld:
            let act = WithheldAct(
                dot: Dot(victim, 2), document: foreignTicket(), hash: .zero, reason: .notAMember)
            forgery.operations = [.withheld([act])]
            forgery.kind = 1011
        case .settle:
            forgery.operations = [.settle(Dot(victim, 2), .zero)]
            forgery.kind = 1012
        default: return nil
        }
        return [write(forgery)]
    }

    /// A birth that is not the liar's to give, and an act in the new life; nil where the lie is of another kind.
    mutating func birth(_ lie: Lie) -> [BatchItem]? {
        let old = foreignLife()
        let oldEnd = Dot(old, max(1, lives[old] ?? 1))
        var said = Birth(node: node, tier: tier, predecessor: nil, lost: [])
        switch lie {
        case .birthOfHeadOffice: said = Birth(node: hierarchy.headOffice, tier: .headOffice, predecessor: nil, lost: [])
        case .birthOfParent:
            said = Birth(
                node: parent, tier: hierarchy.tier(of: parent) ?? .province, predecessor: chance(50) ? oldEnd : nil,
                lost: [])
        case .birthOfSibling:
            let other = foreignNode()
            said = Birth(node: other, tier: hierarchy.tier(of: other) ?? .branch, predecessor: oldEnd, lost: [])
        case .birthOfForeignLine: said.predecessor = oldEnd
        case .birthInCircle: return birthsInCircle()
        case .birthOfOtherTier: said.tier = .headOffice
        case .birthThatLosesMuch: said.lost = [DotRange(old, 1...Limits.sequenceMax)]
        case .secondLife:
            let again = beginLife()
            return [again, register()]
        default: return nil
        }
        let stranger = Incarnation(random: random.next())
        if said.node == node { nodes[stranger] = node }
        let first = seal(birth(said), as: Dot(stranger, 1), after: .zero)
        var act = Forgery(on: anyTicket(), .involve(node), .seize(leg: 0, approver: "second"), .publish)
        if chance(30) { act = Forgery(on: nil, .create(home: node), .publish) }
        act.claim = CustodyClaim(leg: 0, version: (act.document ?? foreignTicket()).creator)
        let second = seal(act, as: Dot(stranger, 2), after: first.hash)
        return [.action(first, bodies: []), .action(second, bodies: [])]
    }

    private mutating func birthsInCircle() -> [BatchItem] {
        let (one, two) = (Incarnation(random: random.next()), Incarnation(random: random.next()))
        func said(_ before: Incarnation) -> Forgery {
            birth(Birth(node: node, tier: tier, predecessor: Dot(before, 3), lost: []))
        }
        (nodes[one], nodes[two]) = (node, node)
        let first = seal(said(two), as: Dot(one, 1), after: .zero)
        let second = seal(said(one), as: Dot(two, 1), after: .zero)
        return [.action(first, bodies: []), .action(second, bodies: [])]
    }

    /// Acts under names that are not the liar's to use, or that nothing can follow; nil where the lie is of another kind.
    mutating func name(_ lie: Lie) -> [BatchItem]? {
        let document = anyTicket()
        switch lie {
        case .actOfOther:
            let other = foreignLife()
            let dot = Dot(other, (lives[other] ?? 1) + 1 + random.next() % 3)
            return [.action(seal(Forgery(on: document, .involve(node)), as: dot, after: .zero), bodies: [])]
        case .actBeforeItsBirth:
            let nobody = Incarnation(random: random.next())
            return [.action(seal(Forgery(on: document, .involve(node)), as: Dot(nobody, 5), after: .zero), bodies: [])]
        case .dependencyBeyondEnd:
            var forgery = Forgery(on: document, .write(SimulatedField.priority, .text("waits")))
            forgery.dependencies = VersionVector(Dot(foreignLife(), Limits.sequenceMax))
            return [write(forgery)]
        case .dependencyInvented: return [waiting(on: document)]
        case .floodOfWaiting:
            return (0..<30).map { _ in
                let invented = DocumentID(createdBy: Dot(Incarnation(random: random.next()), 1 + random.next() % 9))
                return waiting(on: invented)
            }
        case .twoContents:
            let dot = Dot(life, last.sequence + 1)
            let other = seal(Forgery(on: document, .involve(parent)), as: dot, after: last.hash)
            return [write(Forgery(on: document, .involve(node))), .action(other, bodies: [])]
        case .gapInChain:
            last.sequence += 1 + random.next() % 3
            return [ownAct()]
        default: return nil
        }
    }

    /// An act that waits for what nobody has, with bodies.
    private mutating func waiting(on document: DocumentID) -> BatchItem {
        var forgery = Forgery(on: document, .involve(node))
        forgery.dependencies = VersionVector(Dot(Incarnation(random: random.next()), 1))
        forgery.bodies = forbiddenBodies(of: document)
        return write(forgery)
    }

    /// Words where only codes may stand; nil where the lie is of another kind.
    mutating func words(_ lie: Lie) -> [BatchItem]? {
        var forgery = Forgery(on: nil, .create(home: node))
        forgery.claimsOwn = true
        forgery.dependencies = .empty
        if chance(30), let own = maybe(ownTickets) {
            forgery = Forgery(on: own)
            forgery.claim = CustodyClaim(leg: 0, version: own.creator)
        }
        let words = Value.text(Liar.coreWords)
        switch lie {
        // The symptom of a complaint, a code of a list.
        case .wordsInCode: forgery.operations.append(.assign(FieldID(rawValue: 22), words))
        case .wordsInPost: forgery.post = Liar.coreWords
        case .wordsInUnknownField: forgery.operations.append(.write(FieldID(rawValue: 61_000), words))
        case .wordsInUnknownOperation:
            forgery.operations.append(.unknown(tag: 9_998, bytes: Array(Liar.coreWords.utf8)))
        case .wordsInPublished:
            forgery.operations += [.publish, .write(FieldID(rawValue: 403), words)]
            forgery.kind = 1008
        default: return nil
        }
        return [write(forgery)]
    }
}
