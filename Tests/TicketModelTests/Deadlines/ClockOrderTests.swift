import SyncProtocol
import Testing

@testable import TicketModel

/// Acts that move clocks: extensions, pauses and repins as people order them, and what others did, booked.
@Suite struct ClockOrderTests {
    private static let morning = TestBank.morning
    private static let day = TestBank.day

    private static func rule(_ id: String, _ days: Int64, _ reasons: [String], _ approvers: [String]) -> ExtensionRule {
        ExtensionRule(
            id: id, amountMax: days, reasons: reasons, approvers: approvers, sureness: .verified)
    }

    /// A bound that may be moved in two steps, one that may not, and one that waits for a read receipt.
    private static func policies(_ days: Int64 = 5) -> [Policy] {
        [
            Deadlines.policy(
                "bound", .naturalDays(days, endsOnWorkingDay: false),
                extensions: [
                    rule("overrun", 10, ["complex", "waiting_other_org"], ["dept_head", "approver"]),
                    rule("special", 15, ["very_complex"], ["approver"]),
                ], pauses: ["mediation"]),
            Deadlines.policy("total", .elapsed(minutes: 24 * 60)),
            Deadlines.policy(
                "notice", .elapsed(minutes: 60), starts: [.becomes(TicketField.severity, ["important"])], from: nil,
                stops: [.event("read_receipt")]),
            Deadlines.policy(
                "reported", .naturalDays(7, endsOnWorkingDay: false), stops: [.event("report_up.to_regulator")]),
            Deadlines.policy(
                "assist", .elapsed(minutes: 24 * 60), starts: [.transition("T11")], from: nil,
                stops: [.transition("T09"), .transition("T15")]),
        ]
    }

    private static func book(_ days: Int64 = 5) throws -> RuleBook {
        RuleBook(
            inForce: ["test"], packs: [try Deadlines.pack(policies(days), calendar: nil)], calendars: [])
    }

    private func ticket(_ step: TestTicket.Step = .taken, _ changes: [String: String?] = [:]) throws -> TestTicket {
        var ticket = TestTicket()
        ticket.rules = try Self.book()
        let fields = Entries.complaint.with(["received_at": String(Self.morning)]).with(changes)
        for each in TestTicket.Step.allCases where each.rawValue <= step.rawValue {
            try ticket.perform(each.command(fields), by: each.actor)
        }
        return ticket
    }

    private func asked(_ ticket: inout TestTicket, _ due: Int64, _ reason: String = "complex") throws -> String {
        try ticket.act(.askExtension, ["reason": reason, "new_due": String(due)], by: TestBank.otherOfficer)
        return try #require(ticket.view(at: "branch-02").openRequests.last?.key)
    }

    @Test func `EX-01 EX-04 DL-15 DL-22 an extension moves the clocks whose packs let them move, and the others stay`()
        throws
    {
        var ticket = try ticket()
        let total = try #require(ticket.clock("total"))
        // Eight days and an hour: the ninth day is the first that ends no earlier.
        let key = try asked(&ticket, Self.morning + 8 * Self.day + TestBank.hour)
        #expect(ticket.clock("bound")?.changes.isEmpty == true, "asking moves nothing")
        try ticket.act(.approveRequest, ["request": key], by: TestBank.departmentHead)
        let decision = try ticket.act(.extend, ["request": key, "customer_told": "yes"], by: TestBank.otherOfficer)
        #expect(decision.guards.contains(.extensionPermitted))
        let bound = try #require(ticket.clock("bound"))
        #expect(bound.extendedAmount == 8)
        #expect(bound.times.due == (bound.pinned.due ?? 0) + 3 * Self.day)
        #expect(ticket.clock("total") == total)
        guard case .extended(_, let rule, "complex", let approver)? = bound.changes.last?.what else {
            Issue.record("no extension in the clock")
            return
        }
        #expect(rule == "overrun" && approver == TestBank.departmentHead.post)
        let told = ticket.rules.explain(bound, at: Self.morning)
        #expect(told.agrees == true && ThirdPerson(told).objections == [])
        #expect(ThirdPerson(told).lastDue == bound.times.due)
    }

    @Test(
        arguments: [
            (16, "very_complex", "beyond the longest"), (12, "complex", "reason does not permit"),
            (9, "special", "reason does not permit"),
        ])
    func `DL-15 what no pack permits is not even asked for`(_ days: Int64, _ reason: String, _ words: String) throws {
        let ticket = try ticket()
        let refusal = refused(
            .askExtension, ["reason": reason, "new_due": String(Self.morning + days * Self.day)], on: ticket,
            by: TestBank.otherOfficer)
        #expect(refusal?.rule == Guard.extensionPermitted.rawValue)
        #expect(refusal?.sentence.english.contains(words) == true, "\(refusal?.sentence.english ?? "")")
    }

    @Test func `EX-04 DL-23 an approver whose authority ends earlier is told who may`() throws {
        var ticket = try ticket()
        let key = try asked(&ticket, Self.morning + 12 * Self.day, "very_complex")
        let refusal = refused(.approveRequest, ["request": key], on: ticket, by: TestBank.departmentHead)
        #expect(refusal?.rule == Guard.extensionPermitted.rawValue && refusal?.code == .wrongRole)
        #expect(refusal?.whoMay == ["approver"])
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        try ticket.act(.extend, ["request": key, "customer_told": "yes"], by: TestBank.otherOfficer)
        #expect(ticket.clock("bound")?.extendedAmount == 12)
    }

    @Test func `EX-02 nothing is extended after the fact`() throws {
        var ticket = try ticket()
        let key = try asked(&ticket, Self.morning + 8 * Self.day)
        let due = try #require(ticket.clock("bound")?.times.due)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.departmentHead)
        let late = refused(
            .extend, ["request": key, "customer_told": "yes"], on: ticket, by: TestBank.otherOfficer, at: due + 1)
        #expect(late?.rule == Guard.extensionPermitted.rawValue)
        try ticket.act(
            .extend, ["request": key, "customer_told": "yes"], by: TestBank.otherOfficer, at: due)
    }

    @Test func `EX-06 an interim reply is no final one: no clock stops by it`() throws {
        var ticket = try ticket()
        let running = ticket.clocks.running.map(\.key)
        try ticket.act(
            .contact,
            ["contact_kind": "interim_reply", "medium": "phone", "next_reply": String(Self.morning + Self.day)],
            by: TestBank.otherOfficer)
        #expect(ticket.clocks.running.map(\.key) == running)
    }

    private func paused(_ ticket: inout TestTicket, _ reason: String) throws -> Refusal? {
        try ticket.act(.request, ["act": "pause", "reason": "needs_approval"], by: TestBank.otherOfficer)
        let key = try #require(ticket.view(at: "branch-02").openRequests.last?.key)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        do throws(Refusal) {
            try ticket.act(
                .pause, ["request": key, "reason": reason, "evidence_key": "m-1", "customer_told": "yes"],
                by: TestBank.otherOfficer, at: Self.morning + TestBank.hour)
            return nil
        } catch {
            return error
        }
    }

    @Test func `a ticket is paused only for a reason that some pack lists, and no clock ends earlier by it`() throws {
        var ticket = try ticket()
        let before = try #require(ticket.clock("bound")?.times.due)
        #expect(try paused(&ticket, "external_appraisal")?.rule == Guard.pausePermitted.rawValue)
        #expect(try paused(&ticket, "mediation") == nil)
        #expect(ticket.clock("bound")?.pausedSince != nil && ticket.clock("total")?.pausedSince == nil)
        try ticket.act(
            .resume, ["evidence_key": "m-2"], by: TestBank.otherOfficer, at: Self.morning + 2 * Self.day)
        #expect(ticket.clock("bound")?.times.due == before + 2 * Self.day)
    }

    @Test func `a corrected pack moves a clock only by a repin that names who did it`() throws {
        var ticket = try ticket()
        let old = try #require(ticket.clock("bound"))
        #expect(
            refused(.repin, on: ticket, by: TestBank.actor(.branchHead, at: TestBank.otherBranch))?.rule == "A-repin")
        ticket.rules = RuleBook(
            inForce: ["test"],
            packs: ticket.rules.packs + [
                try Deadlines.pack(Self.policies(7), version: "2", calendar: nil, from: "2026-02-01")
            ], calendars: [])
        try ticket.perform(.note("仍在核实"), by: TestBank.otherOfficer)
        #expect(ticket.clock("bound") == old)
        let head = TestBank.actor(.branchHead, at: TestBank.otherBranch)
        #expect(refused(.repin, on: ticket, by: TestBank.clerk)?.code == .wrongRole)
        try ticket.act(.repin, ["clock": old.key.text], by: head)
        let new = try #require(ticket.clock("bound"))
        #expect(new.currentPackVersion == "2" && new.times.due == (old.times.due ?? 0) + 2 * Self.day)
        #expect(ticket.clock("total")?.currentPackVersion == "1", "only the one that was named")
        let told = ticket.rules.explain(new, at: Self.morning)
        #expect(told.agrees == true && ThirdPerson(told).objections == [])
        #expect(told.lines(.chinese).contains { $0.contains(head.post) })
        try ticket.act(.repin, by: head)
        #expect(ticket.clock("total")?.currentPackVersion == "2")
    }

    @Test func `DR-16 the head's read receipt stops the clock of the notice, wherever the ticket is`() throws {
        var ticket = try ticket(.taken, ["severity": "important"])
        #expect(ticket.clock("notice")?.isRunning == true)
        #expect(refused(.confirmRead, on: ticket, by: TestBank.dispatcher)?.code == .wrongRole)
        let read = Self.morning + 50 * 60_000
        try ticket.act(.confirmRead, by: TestBank.provinceHead, at: read)
        #expect(ticket.clock("notice")?.isRunning == true, "the province does not write what the branch holds")
        ticket.bookFacts(at: Self.morning + 5 * TestBank.hour)
        #expect(ticket.clock("notice")?.end == .stopped(at: read))
    }

    @Test func `DR-07 an assist leg's clock ends with the leg's own report or return`() throws {
        var ticket = try ticket()
        for (number, act) in [(1, TicketAct.assistReport), (2, .assistReturn)] {
            let leg = "\(number)"
            try ticket.act(.askAssist, ["unit": "province-gd"], by: TestBank.otherOfficer)
            try ticket.act(.assistTake, ["leg": leg], by: TestBank.department)
            let at = Self.morning + Int64(number) * TestBank.hour
            let given =
                act == .assistReport ? ["leg": leg, "result": "facts_found"] : ["leg": leg, "reason": "incomplete"]
            try ticket.act(act, given, by: TestBank.department, at: at)
            ticket.bookFacts(at: at + TestBank.hour)
            let clock = ticket.clocks.all.map(\.clock).first { $0.key.leg == Leg(number) }
            #expect(clock?.end == .stopped(at: at))
        }
        try ticket.act(.askAssist, ["unit": "province-gd"], by: TestBank.otherOfficer)
        try ticket.act(.assistCancel, ["leg": "3"], by: TestBank.otherOfficer)
        let third = ticket.clocks.all.map(\.clock).first { $0.key.leg == 3 }
        #expect(third.map { $0.phase(at: Self.morning) } == .dropped)
    }
}
