import SyncProtocol
import Testing

@testable import TicketModel

/// R01…R13: which rule fires, who leads, what head office sees, who is told.
@Suite struct RoutingTests {
    struct Case: CustomTestStringConvertible {
        let rule: String
        let fields: [FieldID: String]
        var place = TestBank.province
        var disclosure = Disclosure.core
        var lead: String
        var testDescription: String { "\(rule) \(lead)" }
    }

    static let cases: [Case] = [
        Case(rule: "r01", fields: [TicketField.kind: "escalated"], disclosure: .full, lead: "home_province"),
        Case(rule: "r02", fields: [TicketField.kind: "regulator_appeal"], disclosure: .full, lead: "account_unit"),
        Case(rule: "r02", fields: [TicketField.kind: "internal_appeal"], disclosure: .full, lead: "account_unit"),
        Case(rule: "r03", fields: [TicketField.flags: "misconduct"], disclosure: .full, lead: "inspection"),
        Case(rule: "r03", fields: [TicketField.nature: "misconduct"], disclosure: .full, lead: "inspection"),
        Case(rule: "r04", fields: [TicketField.severity: "major"], disclosure: .full, lead: "general_office"),
        Case(rule: "r04", fields: [TicketField.flags: "leak"], disclosure: .full, lead: "general_office"),
        Case(
            rule: "r05", fields: [TicketField.routingMarks: "cross_province"], disclosure: .casework,
            lead: "home_province"),
        Case(
            rule: "r05", fields: [TicketField.homeOrg: "SC09", TicketField.eventOrg: "GD01"], disclosure: .casework,
            lead: "home_province"),
        Case(
            rule: "r06", fields: [TicketField.scope: "national"], disclosure: .casework, lead: "head_office_department"),
        Case(rule: "r07", fields: [TicketField.routingMarks: "key_client"], lead: "general_office"),
        Case(rule: "r08", fields: [TicketField.routingMarks: "several_units"], lead: "appointed_department"),
        Case(
            rule: "r09", fields: [TicketField.targetPersonToken: "0123456789abcdef"], lead: "persons_department"),
        Case(rule: "r10", fields: [TicketField.nature: "waiting"], lead: "handling_department"),
        Case(rule: "r11", fields: [TicketField.nature: "other"], lead: "business_owner"),
        Case(rule: "r12", fields: [:], place: TestBank.branch, lead: "counter"),
        Case(
            rule: "r13", fields: [TicketField.links: "duplicate_of@00000000000100000000000000000001"],
            lead: "surviving_ticket"),
    ]

    @Test(arguments: cases) func `DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides`(_ given: Case) {
        var view = LineTableTests.view(.underReview, at: given.place)
        for (field, text) in given.fields { view.fields[field] = [.text(text)] }
        let found = route(view, at: given.place, people: People(units: TestBank.units))
        #expect(found.rule == given.rule && found.leadUnit == given.lead && found.disclosure == given.disclosure)
        #expect((found.wideningReason == nil) == (given.disclosure == .core))
        #expect(Enumeration.routeRule.contains(found.rule) && Enumeration.leadUnitKind.contains(found.leadUnit))
    }

    @Test func `rules are tried in their order`() {
        #expect(RoutingRule.all.map(\.id) == Enumeration.routeRule.codes)
    }

    @Test func `the rule that fired is recorded and shown, and decides what head office sees`() throws {
        var ticket = try TestTicket.make(.submitted)
        #expect(ticket.view(at: "branch-01").text(TicketField.routeRule) == "r12")
        try ticket.perform(
            .dispatch(to: "branch-02", fields: Entries.dispatch.with(["routing_marks": "cross_province"])),
            by: TestBank.dispatcher)
        let view = ticket.view(at: "head-office")
        #expect(view.text(TicketField.routeRule) == "r05" && view.disclosure == .casework)
        #expect(view.codes(TicketField.routeTold) == ["liaison"])
    }

    @Test func `XP-02 in a cross-province case the home province replies`() throws {
        for (home, event, isHome) in [("SC09", "GD01", false), ("GD01", "SC09", true)] {
            var ticket = try TestTicket.make(.taken, ["home_org": home, "event_org": event])
            ticket.people = People(units: TestBank.units)
            try ticket.perform(.feedBack(fields: Entries.feedback), by: TestBank.otherOfficer)
            try ticket.act(.take, by: TestBank.dispatcher)
            try ticket.perform(
                .amend(fields: ["routing_marks": "cross_province"], reason: nil), by: TestBank.dispatcher)
            #expect(ticket.view(at: "province-gd").text(TicketField.routeRule) == "r05")
            if isHome {
                let decision = try ticket.perform(.reply(fields: Entries.reply), by: TestBank.dispatcher)
                #expect(decision.guards.contains(.homeReplies))
            } else {
                #expect(
                    refusal(.reply(fields: Entries.reply), on: ticket, by: TestBank.dispatcher)?.rule
                        == Guard.homeReplies.rawValue)
            }
        }
    }

    @Test func `R03 a misconduct case continues in a linked ticket that the target's branch never gets`() throws {
        let old = try TestTicket.make(.submitted, ["target_person": "柜员甲"])
        let registration = try #require(
            Registration.sealing(old.view(at: "province-gd"), at: TestBank.dispatcher.place))
        var ticket = TestTicket()
        try ticket.perform(.register(registration), by: TestBank.dispatcher)
        let view = ticket.view(at: "province-gd")
        #expect(view.codes(TicketField.sealedFrom) == ["branch-01"] && view.text(TicketField.routeRule) == "r03")
        #expect(view.text(TicketField.what) == Entries.complaint["what"] && view.links("child_of").count == 1)
        #expect(ticket.view(at: "branch-01").disclosure == .nothing)
        for command: TicketCommand in [
            .dispatch(to: "branch-01", fields: Entries.dispatch),
            .perform(.handOver, ["unit": "branch-01"]),
        ] { #expect(refusal(command, on: ticket, by: TestBank.dispatcher)?.rule == Guard.sealed.rawValue) }
        let decision = try ticket.perform(.dispatch(to: "branch-02", fields: Entries.dispatch), by: TestBank.dispatcher)
        #expect(decision.guards.contains(.sealed))
        try ticket.act(.take, by: TestBank.otherOfficer)
        #expect(
            refused(.askAssist, ["unit": "branch-01"], on: ticket, by: TestBank.otherOfficer)?.rule
                == Guard.sealed.rawValue)
        #expect(old.view(at: "branch-01").links("child_of").isEmpty)
    }
}
