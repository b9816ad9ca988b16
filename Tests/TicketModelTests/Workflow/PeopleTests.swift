import SyncProtocol
import Testing

@testable import TicketModel

/// Posts, roles, training, deputies, departments and limits, where reference data knows them.
@Suite struct PeopleTests {
    static let morning = TestBank.morning

    static func people(training: Bool = true, absent: Bool = false) -> People {
        let absences =
            absent
            ? [People.Absence(from: morning - 1, until: morning + TestBank.day, deputy: "GD01.clerk")] : []
        return People(
            seats: [
                People.Seat("GD01.clerk", [.clerk], at: "branch-01", level: 1, isTrained: training),
                People.Seat("GD01.branch_officer", [.branchOfficer], at: "branch-01", level: 1, absences: absences),
                People.Seat("GD01.branch_head", [.branchHead], at: "branch-01", level: 2),
                People.Seat("GD.dept_handler", [.deptHandler], at: "province-gd", department: "card", level: 2),
                People.Seat("GD.dispatcher", [.dispatcher], at: "province-gd", level: 3),
            ],
            authorities: [
                1: People.Authority(compensationMax: 50_000, businessClasses: ["card"]),
                2: People.Authority(compensationMax: 500_000),
            ], units: TestBank.units)
    }

    private func registered(_ people: People) throws -> TestTicket {
        var ticket = try TestTicket.make()
        ticket.people = people
        return ticket
    }

    @Test func `RO-16 a post acts in the roles that it holds, at its own node`() throws {
        let ticket = try registered(Self.people())
        var copy = ticket
        let decision = try copy.perform(.note("已联系"), by: TestBank.clerk)
        #expect(decision.guards.contains(.seat) && decision.guards.contains(.training))
        for actor in [
            TestBank.actor(.branchHead, at: TestBank.branch, post: "GD01.clerk"),
            TestBank.actor(.clerk, at: TestBank.branch, post: "GD01.nobody"),
            TestBank.actor(.clerk, at: TestBank.province, post: "GD01.clerk"),
        ] { #expect(refusal(.note("x"), on: ticket, by: actor)?.rule == Guard.seat.rawValue) }
    }

    @Test func `RO-19 nobody works on complaints untrained`() throws {
        let ticket = try registered(Self.people(training: false))
        #expect(refusal(.note("x"), on: ticket, by: TestBank.clerk)?.rule == Guard.training.rawValue)
    }

    @Test func `an empty post is filled by its named deputy, and the record says for whom`() throws {
        var ticket = try registered(Self.people(absent: true))
        #expect(refusal(.note("x"), on: ticket, by: TestBank.officer)?.rule == Guard.seat.rawValue)
        let deputy = Actor(
            post: "GD01.clerk", role: "branch_officer", place: TestBank.branch, onBehalfOf: "GD01.branch_officer")
        let decision = try ticket.perform(.note("代办"), by: deputy)
        #expect(decision.guards.contains(.deputy))
        let acted = ticket.view(at: "branch-01").entries(TicketField.actedFor, EntryShapes.deputy)
        #expect(acted.map { $0["post"] } == ["GD01.branch_officer"] && acted.map { $0["deputy"] } == ["GD01.clerk"])
        let stranger = Actor(
            post: "GD01.branch_head", role: "branch_officer", place: TestBank.branch, onBehalfOf: "GD01.branch_officer")
        #expect(refusal(.note("x"), on: ticket, by: stranger)?.rule == Guard.deputy.rawValue)
        // Back at work, nobody stands in.
        let back = try registered(Self.people())
        #expect(refusal(.note("x"), on: back, by: deputy)?.rule == Guard.deputy.rawValue)
    }

    @Test(
        arguments: [
            ("500", nil, true), ("501", nil, false), ("501", "501", true), ("501", "500", false),
            ("5000", "5000", true),
        ] as [(String, String?, Bool)])
    func `RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed`(
        _ amount: String, _ agreed: String?, _ isAllowed: Bool
    ) throws {
        var ticket = try registered(Self.people())
        if let agreed { try ticket.countersign("compensation", agreed, by: TestBank.branchHead) }
        let fields = Entries.onSpot.with(["compensation": amount])
        if isAllowed {
            let decision = try ticket.perform(.answerOnSpot(fields: fields), by: TestBank.officer)
            #expect(decision.guards.contains(.authority))
        } else {
            #expect(
                refusal(.answerOnSpot(fields: fields), on: ticket, by: TestBank.officer)?.rule
                    == Guard.authority.rawValue)
        }
    }

    @Test func `RO-11 a level covers the businesses that it names and no other`() throws {
        var ticket = try TestTicket.make(.registered, ["business_class": "loan"])
        ticket.people = Self.people()
        let fields = Entries.onSpot.with(["compensation": "10"])
        #expect(
            refusal(.answerOnSpot(fields: fields), on: ticket, by: TestBank.officer)?.rule == Guard.authority.rawValue)
    }

    @Test func `RO-05 another department's work order is not one's own`() throws {
        var ticket = try TestTicket.make(.submitted)
        for (department, isOwn) in [("card", true), ("loans", false)] {
            var copy = ticket
            copy.people = TestBank.register()
            try copy.act(
                .dispatch, Entries.dispatch.with(["unit": "province-gd/\(department)"]), by: TestBank.dispatcher)
            copy.people = Self.people()
            if isOwn {
                let decision = try copy.act(.take, by: TestBank.department)
                #expect(decision.guards.contains(.department))
            } else {
                #expect(refused(.take, on: copy, by: TestBank.department)?.rule == Guard.department.rawValue)
            }
        }
        ticket.people = Self.people()
    }

    @Test func `RO-15 the person complained about touches nothing`() throws {
        let token = "0123456789abcdef"
        var ticket = TestTicket()
        try ticket.perform(
            .register(Registration(fields: Entries.complaint, targetPersonToken: token)), by: TestBank.clerk)
        let target = TestBank.actor(.branchHead, at: TestBank.branch, token: token)
        #expect(refusal(.note("x"), on: ticket, by: target)?.rule == Guard.recusal.rawValue)
        #expect(refused(.convert, ["to_kind": "help", "reason": "review"], on: ticket, by: target)?.code == .recused)
        let other = TestBank.actor(.branchHead, at: TestBank.branch, token: "fedcba9876543210")
        #expect(try ticket.perform(.note("x"), by: other).guards.contains(.recusal))
    }
}
