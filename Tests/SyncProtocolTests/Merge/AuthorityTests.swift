import SyncProtocol
import Testing

/// One story an operation: who may say it, who may not, and that the saying of the others has no effect at all. These are
/// the rows of the table in PROTOCOL.md, "Authority".
@Suite("Nobody says what he may not say") struct AuthorityTests {
    @Test func `only the node itself opens a document, and only in the act that names it`() {
        var story = AuthorityStory()
        let foreign = story.act(by: "b2", [.create(home: "b1")], names: true)
        story.refuses(foreign)
        #expect(story.state.audience == .nobody && story.state.custody.isEmpty)

        story = .opened()
        for node in ["b1", "b2", "p1", "ho"] as [NodeID] {
            let act = story.act(by: node, [.create(home: node)], claim: CustodyClaim(leg: 0, version: story.creation))
            story.refuses(act)
        }
        #expect(story.state.lead?.holder == "b1" && story.state.audience.involved == ["b1"])
    }

    @Test func `nothing is published but by head office in the act that opens it`() {
        var story = AuthorityStory()
        story.refuses(story.act(by: "b1", [.create(home: "b1"), .publish], names: true))
        #expect(!story.state.audience.isPublic)
        story = AuthorityStory()
        story.admits(story.act(by: "ho", [.create(home: "ho"), .publish], names: true))
        #expect(story.state.audience.isPublic)
        story = .opened()
        story.refuses(story.act(by: "ho", [.publish]))
        #expect(!story.state.audience.isPublic)
    }

    @Test func `who is not of the document lets nobody in, least of all himself`() {
        for (node, guest) in [("b2", "b2"), ("b3", "b3"), ("p2", "p2"), ("b2", "p1"), ("b3", "ho")]
            as [(NodeID, NodeID)]
        {
            let story = AuthorityStory.opened()
            story.refuses(story.act(by: node, [.involve(guest)]))
            #expect(story.state.audience.involved == ["b1"], "\(node) lets \(guest) in")
        }
    }

    @Test func `the province above, head office and the custodian let in; who was let in brings only its parent`() {
        for node in ["p1", "ho"] as [NodeID] {
            let story = AuthorityStory.opened()
            story.admits(story.act(by: node, [.involve("b3")]))
            #expect(story.state.audience.involved == ["b1", "b3"])
            story.refuses(story.act(by: "b3", [.involve("b2")]))
            story.admits(story.act(by: "b3", [.involve("p2")]))
            #expect(story.state.audience.involved == ["b1", "b3", "p2"])
        }
        let story = AuthorityStory.opened()
        story.refuses(story.act(by: "b1", [.involve("b3")]))
        story.admits(story.act(by: "b1", [.involve("b3")], claim: CustodyClaim(leg: 0, version: story.creation)))
        story.refuses(story.act(by: "b1", [.involve("nowhere")], claim: CustodyClaim(leg: 0, version: story.creation)))
        #expect(story.state.audience.involved == ["b1", "b3"])
    }

    @Test func `who was let in somewhere else meanwhile could not know it and has no say`() {
        let story = AuthorityStory.opened()
        let before = story.state.vector
        story.admits(story.act(by: "p1", [.involve("b3")]))
        story.refuses(story.act(by: "b3", [.involve("p2")], knowing: before))
        #expect(story.state.audience.involved == ["b1", "b3"])
    }

    @Test func `nobody opens a document to head office without a reason, nor without a right`() {
        let reason = Operation.add(FieldID(rawValue: 86), .text("reason"))
        let story = AuthorityStory.opened()
        story.refuses(story.act(by: "p1", [.widen(.full)]))
        story.refuses(story.act(by: "b2", [.widen(.full), reason]))
        story.refuses(story.act(by: "b1", [.widen(.full), reason]))
        story.refuses(story.act(by: "p2", [.widen(.full), reason]))
        #expect(story.state.audience.headOffice == .core)
        story.admits(
            story.act(by: "b1", [.widen(.casework), reason], claim: CustodyClaim(leg: 0, version: story.creation)))
        story.admits(story.act(by: "p1", [.widen(.full), reason]))
        #expect(story.state.audience.headOffice == .full)
    }

    @Test func `a member that offers itself what it never held takes nothing`() {
        let story = AuthorityStory.opened()
        story.admits(story.act(by: "p1", [.involve("b2")]))
        let offer = story.act(
            by: "b2", [.offer(leg: 0, to: "b2")], claim: CustodyClaim(leg: 0, version: story.creation))
        story.refuses(offer)
        let accept = story.act(by: "b2", [.accept(leg: 0, offer: offer)], ownClaim: true)
        story.refuses(accept)
        #expect(story.state.lead?.holder == "b1" && story.state.lead?.offers.isEmpty == true)
    }

    @Test func `an offer is taken and given back by the node that got it alone`() {
        let story = AuthorityStory.opened()
        let offer = story.offer(to: "p1")
        for node in ["b2", "ho", "b1"] as [NodeID] {
            story.refuses(story.act(by: node, [.decline(leg: 0, offer: offer)]))
            story.refuses(story.act(by: node, [.accept(leg: 0, offer: offer)], ownClaim: true))
        }
        #expect(story.state.lead?.offers.map(\.dot) == [offer] && story.state.lead?.holder == "b1")
        story.admits(story.act(by: "p1", [.accept(leg: 0, offer: offer)], ownClaim: true))
        #expect(story.state.lead?.holder == "p1")
    }

    @Test func `an offer is asked back by whoever made it or holds that leg, and by nobody else`() {
        for immediate in [true, false] {
            let story = AuthorityStory.opened()
            let offer = story.offer(to: "p1")
            for node in ["b2", "p1", "ho"] as [NodeID] {
                story.refuses(story.act(by: node, [.recall(leg: 0, offer: offer, immediate: immediate)]))
            }
            #expect(story.state.lead?.offers.map(\.recallRequested) == [false])
            story.admits(story.act(by: "b1", [.recall(leg: 0, offer: offer, immediate: immediate)]))
            #expect(story.state.lead?.offers.map(\.recallRequested) == (immediate ? [] : [true]))
        }
    }

    @Test func `only who is above the holder seizes`() {
        for (node, may) in [("p1", true), ("ho", true), ("p2", false), ("b2", false), ("b1", false)] as [(NodeID, Bool)]
        {
            let story = AuthorityStory.opened()
            let claim = CustodyClaim(leg: 0, version: story.creation)
            let act = story.act(by: node, [.seize(leg: 0, approver: "second")], claim: claim)
            if may { story.admits(act) } else { story.refuses(act) }
            #expect(story.state.lead?.holder == (may ? node : "b1"), "\(node)")
        }
        // One leg's custody is no way into another leg.
        let story = AuthorityStory.opened()
        story.refuses(
            story.act(
                by: "p1", [.seize(leg: 3, approver: "second")], claim: CustodyClaim(leg: 0, version: story.creation)))
        #expect(story.state.custody.count == 1)
    }

    @Test func `only who is above takes the effect from an act, never from a void, and only from what he knew`() {
        for (node, may) in [("p1", true), ("ho", true), ("p2", false), ("b2", false), ("b1", false)] as [(NodeID, Bool)]
        {
            let story = AuthorityStory.opened()
            let act = story.assign(1)
            let void = story.act(by: node, [.void(act, rule: "R")])
            if may { story.admits(void) } else { story.refuses(void) }
            #expect(story.state.voided == (may ? [act] : []), "\(node)")
            guard may else { continue }
            story.refuses(story.act(by: "ho", [.void(void, rule: "R")]))
            #expect(story.state.voided == [act])
        }
        let story = AuthorityStory.opened()
        let before = story.state.vector
        let act = story.assign(1)
        story.refuses(story.act(by: "p1", [.void(act, rule: "R")], knowing: before))
        #expect(story.state.voided.isEmpty)
    }

    @Test func `only who is above the custodian rules between acts that stand against each other`() {
        for (node, may) in [("p1", true), ("ho", true), ("p2", false), ("b2", false), ("b1", false)] as [(NodeID, Bool)]
        {
            let story = AuthorityStory.opened()
            let before = story.state.vector
            let (one, other) = (story.assign(1), story.assign(2, knowing: before, asCopy: true))
            #expect(story.state.disputed.sorted() == [one, other].sorted())
            let ruling = story.act(by: node, [.rule(winner: one, overruled: [other])])
            if may { story.admits(ruling) } else { story.refuses(ruling) }
            #expect(story.state.disputed.isEmpty == may, "\(node)")
        }
    }

    @Test func `a clock is corrected by who is above its owner`() {
        for (node, may) in [("p1", true), ("ho", true), ("p2", false), ("b2", false), ("b1", false)] as [(NodeID, Bool)]
        {
            let story = AuthorityStory.opened()
            let correction = Operation.correctClock(story.creation, HybridTime(milliseconds: 5))
            let act = story.act(by: node, [correction])
            if may { story.admits(act) } else { story.refuses(act) }
        }
    }

    @Test func `what belongs into a node's own record has no effect in a ticket`() {
        let life = Incarnation(rawValue: 99 << 20)
        let operations: [Operation] = [
            .birth(Birth(node: "ho", tier: .headOffice, predecessor: nil, lost: [])), .lost([DotRange(Dot(life, 1))]),
            .suspend,
            .adopt(life),
        ]
        for operation in operations {
            let story = AuthorityStory.opened()
            story.refuses(story.act(by: "ho", [operation]))
        }
    }

    @Test func `an operation from a newer program has no effect and is no offence`() {
        let story = AuthorityStory.opened()
        let before = story.state
        story.admits(story.act(by: "b2", [.unknown(tag: 999, bytes: [1, 2])]))
        #expect(story.state.audience == before.audience && story.state.custody == before.custody)
    }

    @Test func `an act that is without authority keeps the rest of what it says`() {
        let story = AuthorityStory.opened()
        let note = Operation.add(FieldID(rawValue: 20), .text("a"))
        story.refuses(story.act(by: "b1", [note, .widen(.full)]))
        #expect(story.state.core.elements(FieldID(rawValue: 20)).count == 1)
        #expect(story.state.audience.headOffice == .core)
    }
}
