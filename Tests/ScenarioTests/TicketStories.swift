import Simulation
import SyncProtocol
import Testing
import TicketStore

@Suite("One ticket, many desks") struct TicketStories {
    @Test func `an offer recalled before anybody saw it never travels alone`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        #expect(try !story.bank["b1"].isServed(offer: offer))
        try story.act(id, at: "b1", .recall(leg: 0, offer: offer, immediate: true))
        try story.act(id, at: "b1", claim: story.held(id, at: "b1"), .assign(SimulatedField.status, .text("handling")))
        let line = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        line.itemsMax = 1
        while try line.step() {
            if try story.bank["p1"].hash(of: offer) != nil {
                #expect(try story.state(id, at: "p1").lead?.offers.isEmpty == true)
            }
        }
        try story.bank.settle()
        #expect(try story.state(id, at: "ho").lead?.offers.isEmpty == true)
        #expect(try story.state(id, at: "ho").overruled.isEmpty)
    }

    @Test func `an offer that was served, answered or not, can only be asked back`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        let line = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        try line.step()
        try line.step(.replyLost(retried: false))
        #expect(try story.bank["b1"].isServed(offer: offer))
        try story.act(id, at: "b1", .recall(leg: 0, offer: offer, immediate: false))
        try story.bank.settle()
        let seen = try #require(try story.state(id, at: "p1").lead?.offers.first)
        #expect(seen.recallRequested)
        try story.act(id, at: "p1", .decline(leg: 0, offer: offer))
        try story.bank.settle()
        #expect(try story.state(id, at: "b1").lead?.offers.isEmpty == true)
        #expect(try story.state(id, at: "b1").lead?.holder == "b1")
    }

    @Test func `an offer that left by reconciliation can only be asked back`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        #expect(try !story.bank["b1"].isServed(offer: offer))
        _ = try story.bank["b1"].items([offer], for: "p1")
        #expect(try story.bank["b1"].isServed(offer: offer))
    }

    @Test func `an offer that was taken back at once leaves by reconciliation together with that`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        let recall = try story.act(id, at: "b1", .recall(leg: 0, offer: offer, immediate: true))
        let items = try story.bank["b1"].items([offer], for: "p1")
        let dots = items.compactMap { item -> Dot? in
            if case .action(let sealed, _) = item { sealed.record.dot } else { nil }
        }
        #expect(dots.contains(offer) && dots.contains(recall))
    }

    @Test func `an offer of an earlier life counts as served`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        try story.bank.node("b1").restart()
        #expect(try story.bank["b1"].isServed(offer: offer))
    }

    @Test func `an acceptance that crosses a request to give back wins, and nobody is overruled`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let offer = try story.offer(id, from: "b1", to: "p1")
        try story.bank.settle()
        try story.act(id, at: "b1", .recall(leg: 0, offer: offer, immediate: false))
        let accept = try story.act(id, at: "p1", claim: .own(0), .accept(leg: 0, offer: offer))
        try story.act(id, at: "p1", claim: story.held(id, at: "p1"), .assign(SimulatedField.status, .text("taken")))
        try story.bank.settle()
        for node in ["b1", "p1", "ho"] {
            let state = try story.state(id, at: node)
            #expect(state.lead?.holder == "p1")
            #expect(state.lead?.version == accept)
            #expect(state.core.value(SimulatedField.status) == .text("taken"))
            #expect(state.overruled.isEmpty && state.disputed.isEmpty)
        }
    }

    @Test func `what the branch wrote after the province seized the ticket is kept and shown as overruled`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let late = try story.act(
            id, at: "b1", claim: story.held(id, at: "b1"), .assign(SimulatedField.status, .text("handling")))
        try story.act(id, at: "p1", claim: story.held(id, at: "p1"), .seize(leg: 0, approver: "second"))
        try story.bank.settle()
        for node in ["b1", "p1", "ho"] {
            #expect(try story.state(id, at: node).overruled == [late])
            #expect(try story.state(id, at: node).lead?.holder == "p1")
            #expect(try story.state(id, at: node).core.value(SimulatedField.status) == .text("registered"))
        }
    }

    @Test func `both sides of a cut line amend one field: a conflict at both, resolved once, gone at both`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        try story.phone("from the branch", on: id, at: "b1")
        try story.phone("from the province", on: id, at: "p1")
        try story.bank.settle()
        for node in ["b1", "p1"] {
            let state = try story.state(id, at: node)
            #expect(state.conflicts == [SimulatedField.phone])
            #expect(state.personal.value(SimulatedField.phone) == .text("from the province"))
            #expect(state.personal.siblings(SimulatedField.phone).count == 2)
        }
        try story.phone("asked the customer", on: id, at: "b1")
        try story.bank.settle()
        for node in ["b1", "p1"] {
            #expect(try story.state(id, at: node).conflicts.isEmpty)
            #expect(try story.state(id, at: node).personal.value(SimulatedField.phone) == .text("asked the customer"))
        }
        #expect(try story.bodies(at: "ho") == 0)
    }

    @Test func `widening brings the bodies to head office, and before it there are none`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let local = try story.register(at: "b1")
        try story.note("words", on: id, at: "b1")
        try story.bank.settle()
        #expect(try story.bodies(at: "ho") == 0)
        try story.widen(id, to: .casework, at: "p1")
        try story.bank.settle()
        #expect(try story.bodies(at: "ho") == 1)
        #expect(try story.state(id, at: "ho").casework.value(SimulatedField.address) == .text("branch hall"))
        #expect(try story.state(id, at: "ho").personal.isEmpty)
        try story.widen(id, to: .full, at: "ho")
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "ho") == [.text("words")])
        #expect(try story.bodies(at: "ho") == 3)
        #expect(try story.state(local, at: "ho").personal.isEmpty)
        try story.expectAgreement()
    }

    @Test func `a branch that is involved later gets the whole history`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        for text in ["one", "two", "three"] { try story.note(text, on: id, at: "b1") }
        try story.bank.settle()
        #expect(try story.bank["b2"].tickets().isEmpty)
        try story.act(id, at: "p1", .involve("b2"))
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "b2").count == 3)
        #expect(try story.state(id, at: "b2").core == story.state(id, at: "b1").core)
        try story.note("four", on: id, at: "b2")
        try story.bank.settle()
        #expect(try story.notes(on: id, at: "b1").count == 4)
        try story.expectAgreement()
    }

    @Test func `a branch of another province that is involved gets the core by way of head office`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.note("words", on: id, at: "b1")
        try story.bank.settle()
        try story.act(id, at: "p1", .involve("b3"))
        try story.bank.settle()
        for node in ["p2", "b3"] {
            #expect(try story.state(id, at: node).core == story.state(id, at: "b1").core)
        }
        #expect(try story.bodies(at: "ho") == 0)
        try story.expectAgreement()
    }

    @Test func `a kind of operation from a newer version is relayed unread`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let newer = try story.act(id, at: "b1", .unknown(tag: 9_999, bytes: Array("newer".utf8)))
        try story.note("after it", on: id, at: "b1")
        try story.bank.settle()
        #expect(try story.holders(of: newer) == ["b1", "p1", "ho"])
        let record = try story.bank["ho"].holdings().first { $0.sealed.record.dot == newer }?.sealed.record
        #expect(record?.operations == [.unknown(tag: 9_999, bytes: Array("newer".utf8))])
        try story.expectAgreement()
    }

    @Test func `a child that pushes a ticket which does not concern it is refused and named`() throws {
        let story = try Story()
        let id = try story.register(at: "b3")
        try story.note("secret", on: id, at: "b3")
        try story.bank.settle()
        let stolen = try story.bank["b3"].holdings().map(\.sealed)
        let items = stolen.map { BatchItem.action($0, bodies: []) }
        try story.bank["p1"].commit(loose: Batch(loose: items), from: "b1")
        #expect(try story.bank["p1"].tickets().isEmpty)
        #expect(try story.incidents(at: "p1", .actForged) > 0)
        try story.bank.settle()
        try story.expectAgreement()
    }

    @Test func `a body that the core does not entitle head office to is refused at the door`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let dot = Dot(Incarnation(rawValue: id.space), id.number)
        let body = BodyEnvelope(operations: [.add(SimulatedField.note, .text("secret"))], salt: (1, 2))
        let carried = CarriedBody(part: .personal, envelope: body.encoded())
        try story.bank["ho"].commit(loose: Batch(loose: [.bodies(dot, [carried])]), from: "p1")
        #expect(try story.bodies(at: "ho") == 0)
        #expect(try story.incidents(at: "ho", .bodyRefused) == 1)
    }

    @Test func `a clock an hour ahead is corrected by the province and stops nothing`() throws {
        let story = try Story()
        story.bank.node("b1").world.advance(milliseconds: 3_600_000)
        let id = try story.register(at: "b1")
        try story.bank.settle()
        #expect(try story.incidents(at: "p1", .clockBeyondBound) > 0)
        let history = try story.bank["b1"].history(.document(id))
        #expect(history.first?.correctedAt != nil)
        try story.expectAgreement()
    }
}
