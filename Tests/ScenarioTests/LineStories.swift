import Simulation
import SyncProtocol
import Testing
import TicketStore

@Suite("Bad lines") struct LineStories {
    /// One session from b1 to p1 whose n-th round trip meets the fate.
    private func meet(_ fate: LineFate, at trip: Int) throws -> Story {
        let story = try Story()
        var tickets: [DocumentID] = []
        for _ in 0..<3 { tickets.append(try story.register(at: "b1")) }
        try story.bank.exchange("b1", "p1")
        for id in tickets { try story.note("from the branch", on: id, at: "b1") }
        for id in tickets { try story.note("from the province", on: id, at: "p1") }
        let line = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        line.itemsMax = 1
        var trips = 0
        while try line.step(trips == trip ? fate : .delivered), trips < 60 { trips += 1 }
        try story.bank.settle()
        for node in ["b1", "p1"] { for id in tickets { #expect(try story.notes(on: id, at: node).count == 2) } }
        try story.expectAgreement()
        return story
    }

    @Test(arguments: 0..<8)
    func `a lost request costs a round trip and nothing else`(trip: Int) throws {
        _ = try meet(.requestLost(retried: true), at: trip)
        _ = try meet(.requestLost(retried: false), at: trip)
    }

    @Test(arguments: 0..<8)
    func `a lost reply accuses nobody and loses nothing`(trip: Int) throws {
        for retried in [true, false] {
            let story = try meet(.replyLost(retried: retried), at: trip)
            #expect(try story.incidents(at: "p1", .childWasStale) == 0)
            #expect(try story.incidents(at: "p1", .twoCopiesAlive) == 0)
        }
    }

    @Test(arguments: 0..<8)
    func `a request that arrives twice is carried out once`(trip: Int) throws {
        let story = try meet(.duplicated, at: trip)
        #expect(try story.incidents(at: "p1", .forkedDot) == 0)
        #expect(try story.incidents(at: "p1", .differenceFound) == 0)
    }

    @Test(arguments: 0..<8)
    func `an old request that arrives after a newer one does no harm`(trip: Int) throws {
        _ = try meet(.replayed, at: trip)
    }

    @Test(arguments: 0..<8)
    func `a line cut in the middle of a backlog goes on where it was`(trip: Int) throws {
        let story = try meet(.cut, at: trip)
        #expect(try story.incidents(at: "p1", .cursorMismatch) == 0)
    }

    @Test func `a province killed between two messages asks for a hello and goes on`() throws {
        let story = try Story()
        let id = try story.register(at: "b1")
        let line = story.bank.line(story.bank.node("b1"), story.bank.node("p1"))
        try line.step()
        try story.note("meanwhile", on: id, at: "b1")
        try story.bank.node("p1").restart()
        var trips = 0
        while try line.step(), trips < 20 { trips += 1 }
        #expect(try story.notes(on: id, at: "p1").count == 1)
        #expect(trips < 20)
    }

    @Test func `nothing to say costs one round trip`() throws {
        let story = try Story()
        for _ in 0..<5 { _ = try story.register(at: "b1") }
        try story.bank.settle()
        #expect(try story.bank.exchange("b1", "p1") == 1)
    }
}
