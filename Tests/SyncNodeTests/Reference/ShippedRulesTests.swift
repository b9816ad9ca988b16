import SyncProtocol
import Testing

@testable import SyncNode
@testable import TicketModel

/// The packs and calendars that ship with the program.
@Suite struct ShippedRulesTests {
    private func book() throws -> RuleBook { try RuleBookReader.load(Repository.path("reference/rules.json")) }

    private func at(_ text: String) throws -> Int64 { try #require(CivilTime.instant(from: text)) }

    private func due(_ days: Int64, after start: String) throws -> String {
        let book = try book()
        let reckoner = Reckoner(zone: .china, calendar: book.calendar("cn"))
        return CivilTime.chinaText(at: try reckoner.reckon(.workingDays(days), from: try at(start), warns: true).due)
    }

    @Test func `the shipped calendar counts the published vectors`() throws {
        #expect(try due(5, after: "2021-09-30 10:00") == "2021-10-13 23:59:59")
        #expect(try due(15, after: "2021-09-17 10:00") == "2021-10-14 23:59:59")
        #expect(try due(3, after: "2021-02-10 10:00") == "2021-02-20 23:59:59")
        // Moved days of the other years, by hand from the notices.
        #expect(try due(1, after: "2020-01-23 10:00") == "2020-02-03 23:59:59")
        #expect(try due(2, after: "2022-01-28 10:00") == "2022-01-30 23:59:59")
        #expect(try due(2, after: "2023-10-06 10:00") == "2023-10-08 23:59:59")
        #expect(try due(1, after: "2024-02-17 10:00") == "2024-02-18 23:59:59")
        #expect(try due(1, after: "2025-10-08 10:00") == "2025-10-09 23:59:59")
        #expect(try due(5, after: "2026-02-13 10:00") == "2026-02-27 23:59:59")
        #expect(try due(1, after: "2026-02-27 10:00") == "2026-02-28 23:59:59")
    }

    @Test func `the shipped years are 2020 to 2026, each with its source and a plausible number of days`() throws {
        let calendar = try #require(try book().calendar("cn"))
        #expect(calendar.years.map(\.year) == Array(2020...2026))
        for year in calendar.years {
            #expect(year.source.chinese.contains("国务院办公厅关于\(year.year)年部分节假日安排的通知"))
            #expect(year.sourceURL.hasPrefix("https://www.gov.cn/"))
            let days =
                CivilTime.dayNumber(
                    of: try #require(CivilTime.Date(year: year.year, month: 1, day: 1)))..<CivilTime.dayNumber(
                    of: try #require(CivilTime.Date(year: year.year + 1, month: 1, day: 1)))
            let working = days.count { year.verdict(on: $0).isWorking }
            #expect((248...252).contains(working), "\(year.year): \(working)")
        }
        #expect(calendar.verdict(on: try #require(CivilTime.Date(year: 2027, month: 1, day: 4))) == nil)
    }

    @Test func `all shipped packs load, and the foreign examples are not in force`() throws {
        let book = try book()
        #expect(
            book.packs.map(\.id).sorted() == [
                "bank-service", "cn-2020-3", "prompt-inquiry", "service-window", "severity", "uk-disp", "us-portal",
                "village-bank",
            ])
        #expect(book.inForce == ["bank-service", "cn-2020-3"])
        #expect(book.packs.allSatisfy { $0.confirmation == nil }, "nobody of the bank has confirmed a figure")
    }

    /// The table of policies, written out a second time: pack, policy, amount, unit, minutes to the warning of elapsed
    /// clocks.
    private static let table = """
        bank-service intake_fill 60 elapsed
        bank-service centre_dispatch 240 elapsed
        bank-service dept_general 1020 elapsed
        bank-service dept_prov 2460 elapsed
        bank-service dept_prov_vip 1020 elapsed
        bank-service dept_nat 3900 elapsed
        bank-service dept_nat_vip 2460 elapsed
        bank-service feedback_check 60 elapsed
        bank-service reply 120 elapsed
        bank-service total_general 1440 elapsed
        bank-service total_prov 2880 elapsed
        bank-service total_nat 4320 elapsed
        bank-service follow_up 7 natural_day
        bank-service acceptance 3 working_day
        bank-service non_acceptance_notice 2 working_day
        bank-service written_ordinary 2 working_day
        bank-service written_complex 5 working_day
        bank-service mgmt_notice_important 60 elapsed
        bank-service auto_major 30 natural_day
        bank-service esc_complex 7 working_day
        bank-service esc_simple 3 working_day
        bank-service appeal_dispatch 1440 elapsed
        bank-service appeal_handle 5760 elapsed
        bank-service appeal_ho 2880 elapsed
        bank-service appeal_total 7 working_day
        village-bank bank_internal 5 working_day
        service-window window_simple 3 working_day
        service-window window_complex 10 working_day
        service-window window_tell 3 working_day
        prompt-inquiry inquiry_start 1 working_day
        prompt-inquiry inquiry_answer 2 working_day
        severity sev_form 10 elapsed
        severity sev_tell 0 natural_day
        severity sev_minor 2 natural_day
        severity sev_important 3 natural_day
        severity sev_urgent 2 natural_day
        severity sev_major_reply 2 natural_day
        severity sev_major 10 natural_day
        cn-2020-3 reg_simple 15 natural_day
        cn-2020-3 reg_recheck 30 natural_day
        uk-disp uk_final 56 natural_day
        us-portal us_response 15 natural_day
        us-portal us_final 60 natural_day
        """

    @Test func `every row of the table of policies is in its pack`() throws {
        let book = try book()
        for line in Self.table.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            let policy = book.packs.first { $0.id == words[0] }?.policy(words[1])
            #expect(policy?.limit.amount == Int64(words[2]), "\(line)")
            #expect(policy?.limit.unit == words[3], "\(line)")
        }
    }

    @Test func `what nobody has confirmed says so wherever it is printed`() throws {
        let book = try book()
        let pack = try #require(book.packs.first { $0.id == "cn-2020-3" })
        let policy = try #require(pack.policy("reg_recheck"))
        #expect(policy.sureness == .memory)
        let clock = book.clock(
            policy, of: pack, key: ClockKey(pack: pack.id, policy: policy.id, leg: 0, round: 1),
            startedAt: try at("2026-03-02 10:00"))
        let told = book.explain(clock, at: try at("2026-03-02 10:00"))
        #expect(told.lines(.chinese).contains { $0.contains("待确认") })
        #expect(told.lines(.english).contains { $0.contains("to be confirmed") })
    }

    @Test func `a national case runs from registration to follow-up under the bank's promise and the outer bound`()
        throws
    {
        var ticket = ShippedTicket(try book())
        try ticket.act(
            ["T01"], at: "2026-02-13 09:20",
            [
                "ticket_no": "x", "state": "registered", "kind": "complaint", "scope": "general",
                "severity": "ordinary", "acceptance": "pending", "validity": "pending", "intake_form": "written",
                "customer_tier": "vip", "received_at": "2026-02-13 09:00",
            ])
        #expect(ticket.running == ["acceptance", "reg_simple", "total_general", "written_ordinary"])
        try ticket.act(["T04"], at: "2026-02-13 09:30", ["state": "under_review"])
        try ticket.act(
            ["T07"], at: "2026-02-13 11:00",
            ["state": "dispatched", "scope": "national", "validity": "valid", "severity": "important"])
        #expect(
            ticket.running == [
                "auto_major", "dept_nat_vip", "mgmt_notice_important", "reg_simple", "total_nat", "written_complex",
            ])
        // 2026-02-14 is a moved Saturday, then nine days off: 14, 24, 25, 26, 27.
        #expect(ticket.due("written_complex") == "2026-02-27 23:59:59")
        #expect(ticket.due("total_nat") == "2026-02-16 09:00:00")
        try ticket.act(["T15"], at: "2026-02-14 09:00", ["state": "feedback_review"])
        try ticket.act(["T17", "T18"], at: "2026-02-14 10:00", ["state": "replied"])
        #expect(ticket.running == ["auto_major", "follow_up", "mgmt_notice_important", "reg_recheck_apply"])
        #expect(ticket.due("follow_up") == "2026-02-21 23:59:59")
        for clock in ticket.clocks.all.map(\.clock) {
            #expect(try book().explain(clock, at: 0).agrees == true, "\(clock.key.text)")
        }
        #expect(ticket.bytes < 2500, "\(ticket.bytes)")
    }

    @Test func `the national measure extends to thirty and sixty days with the right approvals`() throws {
        let book = try book()
        let pack = try #require(book.packs.first { $0.id == "cn-2020-3" })
        let policy = try #require(pack.policy("reg_simple"))
        let clock = book.clock(
            policy, of: pack, key: ClockKey(pack: pack.id, policy: policy.id, leg: 0, round: 1),
            startedAt: try at("2026-03-02 10:00"))
        let now = try at("2026-03-10 10:00")
        func ask(_ days: Int64, _ reason: String, _ role: String) throws(ClockRefusal) -> Clock {
            try book.extended(
                clock,
                RuleBook.ExtensionRequest(
                    amount: days, reason: reason, requester: "GD01.h", approver: "GD.a", approverRole: role), at: now
            ).clock
        }
        #expect(try ask(30, "complex", "dept_head").times.due == at("2026-04-01 23:59:59.999"))
        #expect(try ask(60, "very_complex", "ho_supervisor").times.due == at("2026-05-01 23:59:59.999"))
        #expect(throws: ClockRefusal.self) { try ask(60, "complex", "ho_supervisor") }
        #expect(throws: ClockRefusal.self) { try ask(60, "very_complex", "dept_head") }
        #expect(throws: ClockRefusal.self) { try ask(61, "very_complex", "ho_supervisor") }
    }

    @Test func `an example with an unknown calendar is undetermined, never counted wrongly`() throws {
        let shipped = try book()
        let book = RuleBook(inForce: ["uk-disp"], packs: shipped.packs, calendars: shipped.calendars)
        var ticket = ShippedTicket(book)
        try ticket.act(["T01"], at: "2026-03-02 10:00", ["ticket_no": "x", "state": "registered"])
        let phases = ticket.clocks.running.map { ($0.key.policy, $0.phase(at: 0)) }
        #expect(phases.contains { $0 == ("uk_summary", .undetermined) })
        #expect(phases.contains { $0 == ("uk_final", .running) })
    }
}

/// A ticket under the shipped rules.
struct ShippedTicket {
    private var fields: [FieldID: Value] = [:]
    private let book: RuleBook

    init(_ book: RuleBook) { self.book = book }

    var clocks: TicketClocks { TicketClocks { fields[$0] } }
    var running: [String] { clocks.running.map(\.key.policy).sorted() }
    /// All clock texts together.
    var bytes: Int { clocks.all.reduce(0) { $0 + $1.clock.text.utf8.count } }

    func due(_ policy: String) -> String? {
        clocks.all.map(\.clock).last { $0.key.policy == policy }?.times.due.map(CivilTime.chinaText)
    }

    mutating func act(_ transitions: [String], at: String, _ values: [String: String]) throws {
        let before = fields
        for (name, text) in values {
            let definition = try #require(FieldTable.definition(named: name))
            fields[definition.id] = name == "ticket_no" ? .text(text) : try definition.value(from: text)
        }
        let after = fields
        let act = ClockAct(
            events: transitions.compactMap { ClockAct.Event($0) }, at: try #require(CivilTime.instant(from: at)),
            post: "GD01.officer")
        for (field, value) in book.clockWork(of: act, before: { before[$0] }, after: { after[$0] }).assignments {
            fields[field] = value
        }
    }
}
