import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Deadlines that move, arrive late, or cannot be told: as people meet them on three tiers.
@Suite("Deadlines that move") struct ClockMoveStories {
    private typealias Bank = ClockStories.Bank
    private static let minute = ClockStories.minute
    private static let hour = ClockStories.hour
    private static let day = ClockStories.day

    @discardableResult
    private func act(
        _ node: RunningNode, _ number: String, _ name: String, _ fields: [String: String] = [:], role: String? = nil
    ) throws -> Answer {
        let answer = try node.post(
            "/api/v1/tickets/\(number)/acts/\(name)", Sample.body(fields), role.map { ["X-Role": $0] } ?? [:])
        try #require(answer.status == 200, "\(name): \(answer.text)")
        return answer
    }

    private func clocks(_ node: RunningNode, _ number: String) throws -> JSONElement {
        try node.get("/api/v1/tickets/\(number)/clocks").json
    }

    private func clock(_ policy: String, _ node: RunningNode, _ number: String) throws -> JSONElement {
        try #require(try clocks(node, number)["clocks"]?.array?.last { $0["policy"]?.string == policy })
    }

    @Test func `EX-01 EX-03 an extension asked for below and granted above moves the same clock on every tier`() throws
    {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        let old = try bank.clock("reg_simple", of: number, at: bank.branch)
        try act(bank.branch, number, "submit_up")
        try bank.connect()
        try act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "b1"]) { $1 })
        try bank.connect()
        try act(bank.branch, number, "take")
        let due = bank.now + 20 * Self.day
        let refused = try bank.branch.post(
            "/api/v1/tickets/\(number)/acts/ask_extension",
            Sample.body(["reason": "complex", "new_due": "\(bank.now + 40 * Self.day)"]))
        #expect(try refused.status == 409 && refused.json["rule"]?.string == "G-extension-permitted")
        try act(bank.branch, number, "ask_extension", ["reason": "complex", "new_due": "\(due)"])
        try bank.connect()
        let view = try bank.province.runtime.store.ticket(TicketReference(number)).view
        let key = try #require(view.openRequests.last?.key)
        try act(bank.province, number, "approve_request", ["request": key], role: "dept_head")
        try bank.connect()
        try act(bank.branch, number, "extend", ["request": key, "customer_told": "yes"])
        try bank.connect()
        let new = try bank.clock("reg_simple", of: number, at: bank.branch)
        #expect(new.extendedAmount == 20 && (new.times.due ?? 0) > (old.times.due ?? 0))
        for node in [bank.branch, bank.province, bank.head] {
            let shown = try clock("reg_simple", node, number)
            #expect(shown["due_at"]?.integer == new.times.due && shown["agrees"]?.bool == true)
            for (language, words) in [("zh", "延期至20个自然日"), ("en", "extended to 20 calendar days")] {
                let lines = (shown["text"]?[language]?.array ?? []).compactMap(\.string)
                #expect(lines.contains { $0.contains(words) })
            }
        }
    }

    @Test func `DL-05 the centre's four hours run from the submission to the dispatch`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        try act(bank.branch, number, "submit_up")
        let submitted = bank.now
        let clock = try bank.clock("centre_dispatch", of: number, at: bank.branch)
        #expect(clock.times.due == submitted + 4 * Self.hour && clock.isRunning)
        try bank.connect()
        bank.pass(3 * Self.hour)
        try act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "b1"]) { $1 })
        let ended = try bank.clock("centre_dispatch", of: number, at: bank.province)
        #expect(ended.end == .stopped(at: bank.now) && ended.phase(at: bank.now) == .stoppedInTime)
    }

    @Test func `DL-19 an oral complaint is due the day it came, and answered on the spot it is in time`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)", "intake_form": "oral"])
        let clock = try bank.clock("oral_same_day", of: number, at: bank.branch)
        #expect(clock.times.due.map(CivilTime.chinaText) == "2026-11-16 23:59:59")
        bank.pass(2 * Self.hour)
        try act(
            bank.branch, number, "answer_on_spot", ["proposed_solution": "当场说明并致歉", "attitude": "accepted"])
        let ended = try bank.clock("oral_same_day", of: number, at: bank.branch)
        #expect(ended.phase(at: bank.now) == .stoppedInTime)
    }

    @Test func `time on a dead line is shown apart: the branch, the line, the centre's queue, the centre`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.branch.register(["received_at": "\(bank.now)"])
        bank.pass(10 * Self.minute)
        try act(bank.branch, number, "submit_up")
        bank.pass(5 * Self.hour)
        try bank.connect()
        bank.pass(30 * Self.minute)
        let waiting = try clocks(bank.province, number)["custody"]?.array ?? []
        #expect(waiting.last?["holder"]?.string == "queue" && waiting.last?["minutes"]?.integer == 30)
        try act(bank.province, number, "take", role: "dispatcher")
        bank.pass(20 * Self.minute)
        try bank.connect()
        for node in [bank.branch, bank.province, bank.head] {
            let custody = try clocks(node, number)["custody"]?.array ?? []
            #expect(custody.map { $0["holder"]?.string ?? "" } == ["unit", "transit", "queue", "unit"])
            #expect(custody.map { $0["minutes"]?.integer ?? -1 } == [10, 300, 30, 20])
            let overdue = try clock("centre_dispatch", node, number)
            #expect(overdue["phase"]?.string == "breached")
            #expect(overdue["minutes"]?["transit"]?.integer == 300 && overdue["minutes"]?["own_lateness"]?.integer == 0)
            let shares = overdue["overdue"]?.array ?? []
            #expect(shares.map { $0["holder"]?.string ?? "" } == ["transit", "queue", "unit"])
            #expect(shares.reduce(0) { $0 + ($1["minutes"]?.integer ?? 0) } == 110)
        }
    }

    /// The shipped calendar with a year behind it, as head office publishes it once its list is out.
    private func publishNextYear(_ bank: Bank) throws {
        let old = try CalendarReader.load(Repository.path("reference/calendars/cn.json"))
        let days = try (1...3).map { try #require(CivilTime.Date(year: 2027, month: 1, day: $0)) }
        let year = try CalendarYear(
            year: 2027,
            holidays: [
                CalendarYear.Holiday(name: Bilingual("测试假日", "test holiday"), first: days[0], last: days[2])
            ], movedWorkingDays: [], source: Bilingual("测试", "test"), sourceURL: "https://example.test")
        let new = try WorkCalendar(id: old.id, version: "2027.1", name: old.name, years: old.years + [year])
        try bank.head.runtime.store.publish(
            ReferenceItem(
                kind: .workCalendar, name: new.id, version: new.version,
                content: String(decoding: CalendarWriter.json(new), as: UTF8.self)), post: "policy-desk")
    }

    @Test func `a year without a calendar is an alarm, told once; its arrival finds the end by a visible act`() throws {
        var bank = try Bank()
        try bank.connect()
        // Wednesday 2026-12-30: two working days reach into 2027.
        bank.pass(44 * Self.day)
        let number = try bank.branch.register(["received_at": "\(bank.now)", "intake_form": "written"])
        let store = bank.branch.runtime.store
        #expect(try bank.clock("written_ordinary", of: number, at: bank.branch).times.known == nil)
        #expect(try bank.branch.get("/api/v1/status").json["undetermined"]?.integer == 1)
        let listed = try bank.branch.get("/api/v1/tickets?undetermined_clocks.from=1").json["tickets"]?.array
        #expect(listed?.count == 1)
        #expect(try store.keepClocks() == 1)
        #expect(try store.keepClocks() == 0)
        #expect(try bank.notices(number, at: bank.branch).contains { $0.contains(".undetermined.") })
        #expect(try store.findEnds().found == 0)

        try publishNextYear(bank)
        let arrivals = try store.rulesArrivals()
        try bank.connect()
        #expect(try store.rulesArrivals() > arrivals)
        #expect(try store.findEnds().found == 1)
        #expect(try store.findEnds().found == 0)
        // 31 December, then 4 January: the first three days are off.
        let found = try bank.clock("written_ordinary", of: number, at: bank.branch)
        #expect(found.times.due.map(CivilTime.chinaText) == "2027-01-04 23:59:59")
        #expect(try bank.branch.get("/api/v1/status").json["undetermined"]?.integer == 0)
        try bank.connect()
        let acts = try bank.head.get("/api/v1/tickets/\(number)/history").json["acts"]?.array ?? []
        #expect(acts.contains { $0["act"]?.string == "clock_found" && $0["node"]?.string == "b1" })
        #expect(try clock("written_ordinary", bank.head, number)["agrees"]?.bool == true)
    }

    @Test func `EC-05 EC-06 EC-07 an escalated case runs from the province's acceptance to its report back`() throws {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.head.register([
            "received_at": "\(bank.now)", "kind": "escalated", "intake_channel": "head_office_line",
        ])
        try act(bank.head, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 })
        try bank.connect()
        bank.pass(2 * Self.hour)
        let before = try bank.province.runtime.store.ticket(TicketReference(number)).view
        #expect(!TicketClocks(of: before).all.contains { $0.clock.key.policy == "esc_simple" })
        try act(bank.province, number, "dispatch", ["unit": "b1"])
        let accepted = bank.now
        #expect(try bank.clock("esc_simple", of: number, at: bank.province).startedAt == accepted)
        try bank.connect()
        bank.pass(Self.hour)
        try act(bank.branch, number, "take")
        try act(bank.branch, number, "feed_back", Sample.feedback)
        try bank.connect()
        let clock = try bank.clock("esc_simple", of: number, at: bank.branch)
        #expect(clock.isRunning && clock.startedAt == accepted, "the branch's feedback is not the province's report")
        // Monday 16 November: three working days.
        #expect(clock.times.due.map(CivilTime.chinaText) == "2026-11-19 23:59:59")
    }

    @Test func `AP-05 AP-06 AP-07 AP-08 a regulator's case has its day, its four days, its two and its seven in all`()
        throws
    {
        var bank = try Bank()
        try bank.connect()
        let received = bank.now
        let number = try bank.head.register([
            "received_at": "\(received)", "kind": "regulator_referral", "intake_channel": "regulator_12378",
        ])
        #expect(try bank.clock("appeal_dispatch", of: number, at: bank.head).times.due == received + 24 * Self.hour)
        bank.pass(Self.hour)
        try act(bank.head, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 })
        let dispatched = bank.now
        #expect(try bank.clock("appeal_dispatch", of: number, at: bank.head).end == .stopped(at: dispatched))
        try bank.connect()
        bank.pass(Self.hour)
        try act(bank.province, number, "take", role: "dept_handler")
        #expect(
            try bank.clock("appeal_handle", of: number, at: bank.province).times.due == dispatched + 96 * Self.hour)
        bank.pass(Self.hour)
        try act(bank.province, number, "feed_back", Sample.feedback, role: "dept_handler")
        let back = bank.now
        #expect(try bank.clock("appeal_handle", of: number, at: bank.province).end == .stopped(at: back))
        #expect(try bank.clock("appeal_ho", of: number, at: bank.province).times.due == back + 48 * Self.hour)
        try bank.connect()
        try act(bank.head, number, "take", role: "ho_dispatcher")
        try act(
            bank.head, number, "reply",
            Sample.reply.merging(["outcome": "solved", "corrective_action": "retrain-1"]) { $1 }, role: "ho_auditor")
        #expect(try bank.clock("appeal_total", of: number, at: bank.head).isRunning, "the regulator has not heard yet")
        bank.pass(Self.hour)
        try act(
            bank.head, number, "report_up", ["hop": "to_regulator", "evidence_key": "report-1"], role: "ho_auditor")
        // The report claims no custody: the node books it.
        try bank.head.runtime.store.keepClocks()
        for policy in ["appeal_ho", "appeal_total"] {
            #expect(try bank.clock(policy, of: number, at: bank.head).end == .stopped(at: bank.now))
        }
    }

    @Test func `DR-16 DR-17 the unit's head reads above what a branch holds, and the clock stops at that hour`() throws
    {
        var bank = try Bank()
        try bank.connect()
        for (severity, policy) in [("important", "mgmt_notice_important"), ("major", "mgmt_notice_major")] {
            let number = try bank.branch.register(["received_at": "\(bank.now)", "severity": severity])
            let clock = try bank.clock(policy, of: number, at: bank.branch)
            #expect(clock.isRunning)
            try bank.connect()
            bank.pass(40 * Self.minute)
            try act(bank.province, number, "confirm_read", role: "approver")
            let read = bank.now
            bank.pass(5 * Self.hour)
            try bank.connect()
            #expect(try bank.clock(policy, of: number, at: bank.branch).isRunning)
            #expect(try bank.branch.runtime.store.nextClockWork() == read)
            while try bank.branch.runtime.store.keepClocks() > 0 {}
            let ended = try bank.clock(policy, of: number, at: bank.branch)
            #expect(ended.end == .stopped(at: read) && ended.phase(at: bank.now) == .stoppedInTime)
        }
    }

    @Test func `DR-07 an assist unit's clock runs at the lead and ends when the unit reports, line or no line`() throws
    {
        var bank = try Bank()
        try bank.connect()
        let number = try bank.province.register(["received_at": "\(bank.now)"])
        try act(bank.province, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 })
        try act(bank.province, number, "take", role: "dept_handler")
        try act(bank.province, number, "ask_assist", ["unit": "b1"], role: "dept_handler")
        #expect(try bank.clock("assist_leg", of: number, at: bank.province).isRunning)
        try bank.connect()
        bank.pass(Self.hour)
        try act(bank.branch, number, "assist_take", ["leg": "1"], role: "assist_handler")
        try act(
            bank.branch, number, "assist_report", ["leg": "1", "result": "facts_found"], role: "assist_handler")
        let reported = bank.now
        bank.pass(30 * Self.hour)
        try bank.connect()
        while try bank.province.runtime.store.keepClocks() > 0 {}
        let clock = try bank.clock("assist_leg", of: number, at: bank.province)
        #expect(clock.key.leg == 1 && clock.end == .stopped(at: reported))
        #expect(clock.phase(at: bank.now) == .stoppedInTime)
    }
}
