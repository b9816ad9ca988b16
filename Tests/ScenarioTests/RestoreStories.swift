import Simulation
import SyncProtocol
import Testing
import TicketStore

@Suite("Old backups, lost disks and second copies") struct RestoreStories {
    @Test func `a branch restored from last night's backup writes on offline, and gets its lost day back`() throws {
        let story = try Story()
        let old = try story.register(at: "b1")
        try story.bank.settle()
        let backup = try story.bank.node("b1").disk()
        let lost = try story.note("written after the backup", on: old, at: "b1")
        try story.bank.settle()
        try story.bank.node("b1").restart(backup)
        #expect(try story.bank["b1"].hash(of: lost) == nil)
        let offline = try story.note("written offline after the restore", on: old, at: "b1")
        #expect(offline.incarnation != lost.incarnation)
        try story.bank.settle()
        #expect(try story.notes(on: old, at: "b1").count == 2)
        #expect(try story.notes(on: old, at: "p1").count == 2)
        #expect(try story.incidents(at: "p1", .forkedDot) == 0)
        #expect(try story.incidents(at: "p1", .childWasStale) == 1)
        #expect(try !story.bank["b1"].isSuspended())
        try story.expectAgreement()
    }

    @Test func `a branch restored with its witness is told that it is stale and begins a new life`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let backup = try story.bank.node("b1").disk()
        let lost = try story.note("after the backup", on: id, at: "b1")
        try story.bank.settle()
        try story.bank.node("b1").restart(backup)
        try story.bank.settle()
        #expect(try story.bank["b1"].hash(of: lost) != nil)
        #expect(try story.incidents(at: "b1", .staleCopy) == 1)
        let next = try story.note("next", on: id, at: "b1")
        #expect(next.incarnation != lost.incarnation)
        try story.bank.settle()
        try story.expectAgreement()
    }

    @Test func `a lost tail of the log is named by number and comes back from the province`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let before = try story.bank.node("b1").disk()
        let tail = try story.note("acknowledged", on: id, at: "b1")
        try story.bank.exchange("b1", "p1")
        let after = try story.bank.node("b1").disk()
        try story.bank.node("b1").restart(SimulatedDisk(image: before.image, witness: after.witness))
        #expect(try story.incidents(at: "b1", .acknowledgedTailLost) == 1)
        try story.bank.settle()
        #expect(try story.bank["b1"].hash(of: tail) != nil)
        #expect(try story.notes(on: id, at: "b1") == [.text("acknowledged")])
        try story.expectAgreement()
    }

    @Test func `a lost tail that nobody has is declared at the next act, and nobody waits for it`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let before = try story.bank.node("b1").disk()
        let tail = try story.note("acknowledged and never sent", on: id, at: "b1")
        let after = try story.bank.node("b1").disk()
        try story.bank.node("b1").restart(SimulatedDisk(image: before.image, witness: after.witness))
        try story.note("life goes on", on: id, at: "b1")
        try story.bank.settle()
        #expect(try story.bank["ho"].lineage().isLost(tail))
        #expect(try story.notes(on: id, at: "p1") == [.text("life goes on")])
        #expect(try story.bank["p1"].status().parkedActions == 0)
    }

    @Test func `two live copies of one folder are an incident, and custody rests until a person adopts one`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        story.bank.add(try story.bank.node("b1").copy(key: "b1'", seed: 99))
        try story.bank.node("b1").restart()
        let one = try story.note("from the first", on: id, at: "b1")
        let other = try story.note("from the second", on: id, at: "b1'")
        for key in ["b1", "b1'", "b1", "b1'", "b1", "b1'"] { try story.bank.exchange(key, "p1") }
        #expect(try story.incidents(at: "p1", .twoCopiesAlive) == 1)
        #expect(try story.bank["b1"].isSuspended())
        #expect(try story.bank["b1'"].isSuspended())
        try story.bank.settle()
        story.bank.remove("b1'")
        try story.bank["p1"].adopt(one.incarnation, asLineOf: "b1")
        try story.bank.settle()
        #expect(try !story.bank["b1"].isSuspended())
        for node in ["b1", "p1"] { #expect(try story.notes(on: id, at: node).count == 2) }
        #expect(try story.holders(of: other) == ["b1", "p1", "ho"])
        try story.expectAgreement()
    }

    @Test func `a hello that was under way while its node began a new life accuses nobody`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let slow = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        try slow.step(.requestLost(retried: true))
        try story.bank.exchange("p1", "b1")
        // The same process, told that its data is an older copy, begins a new life.
        _ = try story.bank["p1"].judge(
            Hello(node: "b1", topology: .zero, incarnation: nil, clock: 0, tokens: nil),
            tokens: TokenPair(confirmed: 1, fresh: 2), with: nil)
        try story.bank.exchange("p1", "b1")
        try story.note("in the new life", on: id, at: "b1")
        try story.bank.exchange("p1", "b1")
        try slow.step(.replyLost(retried: false))
        try story.bank.settle()
        #expect(try story.incidents(at: "p1", .twoCopiesAlive) == 0)
    }

    @Test func `the copy that was not adopted stays suspended and is noticed again`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        story.bank.add(try story.bank.node("b1").copy(key: "b1'", seed: 99))
        try story.bank.node("b1").restart()
        let one = try story.note("from the first", on: id, at: "b1")
        try story.note("from the second", on: id, at: "b1'")
        for key in ["b1", "b1'", "b1", "b1'", "b1"] { try story.bank.exchange(key, "p1") }
        try story.bank["p1"].adopt(one.incarnation, asLineOf: "b1")
        try story.bank.exchange("b1", "p1")
        #expect(try !story.bank["b1"].isSuspended())
        for key in ["b1'", "b1", "b1'"] { try story.bank.exchange(key, "p1") }
        #expect(try story.bank["b1'"].isSuspended())
    }

    @Test func `an empty replacement machine gets its whole past back from its parent`() throws {
        let story = try Story()
        var tickets: [DocumentID] = []
        for _ in 0..<5 { tickets.append(try story.register(at: "b1")) }
        try story.note("note", on: tickets[0], at: "p1")
        try story.bank.settle()
        let bodies = try story.bodies(at: "b1")
        try story.bank.node("b1").replaceMachine()
        try story.bank.settle()
        #expect(try story.bank["b1"].tickets() == tickets.sorted())
        #expect(try story.bodies(at: "b1") == bodies)
        #expect(try !story.bank["b1"].isSuspended())
        let next = try story.note("from the new machine", on: tickets[0], at: "b1")
        try story.bank.settle()
        #expect(try story.holders(of: next) == ["b1", "p1", "ho"])
        try story.expectAgreement()
    }

    @Test func `an empty province gets everything back from its branches and head office`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let other = try story.register(at: "b2")
        try story.bank.settle()
        try story.widen(id, to: .casework, at: "p1")
        try story.bank.settle()
        try story.bank.node("p1").replaceMachine()
        try story.bank.settle()
        #expect(try story.bank["p1"].tickets() == [id, other].sorted())
        #expect(try story.state(id, at: "p1").audience.headOffice == .casework)
        try story.expectAgreement()
    }

    @Test func `head office restored from a backup gets back what it lost`() throws {
        let story = try Story()
        let first = try story.register(at: "b1")
        try story.bank.settle()
        let backup = try story.bank.node("ho").disk()
        let second = try story.register(at: "b3")
        try story.widen(first, to: .casework, at: "ho")
        try story.bank.settle()
        try story.bank.node("ho").restart(backup)
        try story.bank.settle()
        #expect(try story.bank["ho"].tickets() == [first, second].sorted())
        #expect(try story.state(first, at: "ho").audience.headOffice == .casework)
        try story.expectAgreement()
    }

    @Test func `a province restored from a backup withdraws its receipts, and its children send again`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let backup = try story.bank.node("p1").disk()
        let later = try story.note("after the province's backup", on: id, at: "b1")
        try story.bank.exchange("b1", "p1")
        #expect(try story.bank["b1"].acknowledgement(of: [later]) == .parent)
        try story.bank.node("p1").restart(backup)
        let line = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        try line.step()
        #expect(try story.bank["b1"].acknowledgement(of: [later]) == .here)
        #expect(try story.incidents(at: "b1", .receiptWithdrawn) == 1)
        try story.bank.settle()
        #expect(try story.bank["b1"].acknowledgement(of: [later]) == .headOffice)
        #expect(try story.notes(on: id, at: "p1").count == 1)
        try story.expectAgreement()
    }

    @Test func `two nodes that were both restored give each other what the other lacks`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.bank.settle()
        let branch = try story.bank.node("b1").disk()
        let province = try story.bank.node("p1").disk()
        try story.note("lost at both", on: id, at: "b1")
        try story.bank.exchange("b1", "p1")
        try story.bank.node("b1").restart(branch)
        try story.bank.node("p1").restart(province)
        try story.note("written at the branch", on: id, at: "b1")
        try story.note("written at the province", on: id, at: "p1")
        try story.bank.settle()
        for node in ["b1", "p1"] { #expect(try story.notes(on: id, at: node).count == 2) }
        for node in story.bank.nodes { _ = try node.store.declareLosses() }
        try story.bank.settle()
        #expect(try story.bank["p1"].status().parkedActions == 0)
        try story.expectAgreement()
    }

    @Test func `acts that wait for a lost act go on when its author declares it lost`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        try story.act(id, at: "b1", claim: story.held(id, at: "b1"), .involve("b2"))
        try story.bank.settle()
        let backups = try ["b1", "p1", "ho"].map { ($0, try story.bank.node($0).disk()) }
        let lost = try story.note("seen by the other branch only", on: id, at: "b1")
        try story.bank.exchange("b1", "p1")
        try story.bank.exchange("b2", "p1")
        let after = try story.note("an answer to it", on: id, at: "b2")
        // All but the answer falls back: the other branch's own disk fails too, and only a file with the answer is left.
        for (key, disk) in backups {
            try story.bank.node(key).restart(disk)
            try story.bank[key].openPast()
        }
        let answer = try #require(try story.bank["b2"].holdings().first { $0.sealed.record.dot == after })
        let birth = try story.bank["b2"].holdings().first { $0.sealed.record.dot == Dot(after.incarnation, 1) }
        try story.bank.node("b2").replaceMachine()
        let items = [birth, answer].compactMap { $0 }.map { BatchItem.action($0.sealed, bodies: []) }
        try story.bank["p1"].commit(loose: Batch(loose: items), from: "b2")
        #expect(try story.bank["p1"].status().parkedActions == 1)
        for _ in 0..<3 {
            try story.bank.settle()
            for node in story.bank.nodes { _ = try node.store.declareLosses() }
        }
        try story.bank.settle()
        #expect(try story.bank["p1"].lineage().isLost(lost))
        #expect(try story.bank["p1"].status().parkedActions == 0)
        #expect(try story.bank["p1"].hash(of: after) != nil)
    }
}
