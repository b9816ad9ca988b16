import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Who must hear, who follows, and what runs: on real nodes.
@Suite("Who hears, who follows") struct DutyStories {
    private func notices(_ kind: NoticeKind, of number: String, _ node: RunningNode) throws -> [Notice] {
        try node.runtime.store.notices(NoticeState.allCases, max: 200).filter { $0.kind == kind && $0.ticket == number }
    }

    @Test func `EC-10 a grave escalated complaint is told at once to the province's management and to head office`()
        throws
    {
        let bank = try ThreeTiers()
        let plain = try bank.head.register(["kind": "escalated", "intake_channel": "head_office_line"])
        let grave = try bank.head.register([
            "kind": "escalated", "intake_channel": "head_office_line", "severity": "major",
        ])
        let press = try bank.submitted(["flags": "media"])
        try bank.connect()
        func told(_ number: String, _ node: RunningNode) throws -> [String] {
            try notices(.duty, of: number, node).first?.recipients ?? []
        }
        #expect(try told(plain, bank.head) == ["liaison"])
        #expect(try told(grave, bank.head) == ["liaison", "approver", "ho_supervisor"])
        #expect(try Set(told(press, bank.province)) == ["approver", "ho_supervisor"])
        #expect(try bank.view(press, at: bank.head).disclosure == .full, "head office has the case itself as well")
    }

    @Test func `DR-20 the head of the department complained about is told, of an ordinary complaint too`() throws {
        let bank = try ThreeTiers()
        let about = try bank.submitted(["target_person": "000003.clerk"])
        let nobody = try bank.submitted()
        try bank.connect()
        let told = try notices(.duty, of: about, bank.province)
        #expect(told.map(\.recipients) == [["dept_head"]])
        #expect(try notices(.duty, of: nobody, bank.province).isEmpty)
    }

    @Test(arguments: [["routing_marks": "key_client"], ["routing_marks": "major_project"], ["flags": "systemic"]])
    func `DR-13 a key client, a major project, systemic impact: the general office, and the form that reports it`(
        _ mark: [String: String]
    ) throws {
        let bank = try ThreeTiers()
        let number = try bank.province.register(mark)
        let view = try bank.view(number, at: bank.province)
        #expect(view.text(TicketField.routeLead) == "general_office")
        let form = try bank.province.get("/api/v1/tickets/\(number)/forms/FO-04")
        #expect(form.status == 200 && form.text.contains("重大投诉事项报告表"))
    }

    @Test func `ST-13 who is unsure asks a superior at once, sees that it waits, and reads the answer`() throws {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let number = try bank.registers(.clerk, StoryBank.machine)
        func waiting() throws -> Int64? {
            let counts = try bank[StoryBank.branch].get("/api/v1/reports/today").json["counts"]?.array ?? []
            return counts.first { $0["name"]?.string == "questions" }?["count"]?.integer
        }
        #expect(
            try bank.isRefused(.clerk, "ticket", "act", number, "ask_superior", with: ["subject": "weather"])
                .contains("whether_to_open"))
        try bank.acts(.clerk, number, "ask_superior", ["subject": "whether_to_open"])
        #expect(try waiting() == 1)
        let key = try #require(try bank.view(number, at: StoryBank.branch).questions.first?.key)
        let answer = ["question": key, "answer": "open"]
        _ = try bank.isRefused(.clerk, "ticket", "act", number, "answer_question", with: answer)
        try bank.acts(.branchHead, number, "answer_question", answer)
        #expect(try waiting() == 0)
        #expect(try bank.reads(StoryBank.branch, "ticket", "history", number).contains("批示"))
        _ = try bank.isRefused(.branchHead, "ticket", "act", number, "answer_question", with: answer)
        // The state is as it was, and head office sees that somebody asked.
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.head) == "registered")
        #expect(try bank.view(number, at: StoryBank.head).questions.map(\.answer) == ["open"])
    }

    @Test func `IN-12 the notice of non-acceptance leaves to the customer's verified number`() throws {
        let bank = try ThreeTiers()
        let number = try bank.province.register(["complainant_phone": "13800000002"])
        try bank.province.verifyContact(number)
        try bank.act(bank.province, number, "countersign", ["matter": "refuse"], role: "approver")
        try bank.act(
            bank.province, number, "refuse",
            [
                "non_acceptance_reason": "elsewhere", "remedy_info_given": "yes",
                "reply_medium": "sms",
            ], role: "dispatcher")
        let notice = try #require(try notices(.nonAcceptance, of: number, bank.province).first)
        let event = NoticeEvent(
            notice, try bank.view(number, at: bank.province), phone: "13800000002", node: "p1",
            bank: Bilingual("行", "B"))
        let json = try NodeClient.parse(event.bytes)
        #expect(notice.state == .waiting && json["data"]?["to"]?["phone"]?.string == "13800000002")
        #expect(json["data"]?["text"]?["zh"]?.string?.contains("未予受理") == true)
    }

    @Test(arguments: ["letter", "visit", "head_office_line"])
    func `EC-11 head office takes in by call, letter and visit`(_ channel: String) throws {
        let bank = try ThreeTiers()
        let change =
            channel == "letter"
            ? ["intake_form": "written"] : channel == "visit" ? ["signature_id": "sign-1"] : ["recording_id": "rec-1"]
        let number = try bank.head.register(
            ["kind": "escalated", "intake_channel": channel].merging(change) { $1 })
        try bank.act(bank.head, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 })
        try bank.connect()
        #expect(try bank.view(number, at: bank.province).text(TicketField.intakeChannel) == channel)
        #expect(try bank.view(number, at: bank.head).disclosure == .full)
    }

    @Test func `IN-08 the first contact follows its tickets until they are closed, wherever they are`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.inWork(["first_contact_person": "010101.clerk"], unit: "province-01/card")
        try bank.connect()
        func followed() throws -> Bool {
            try bank.reads(
                StoryBank.branch, "ticket", "list", "--filter", "first_contact_person=010101.clerk", "--filter",
                "is_open=true"
            ).contains(number)
        }
        #expect(try followed())
        #expect(try bank.view(number, at: StoryBank.branch).custodian == StoryBank.province)
        try bank.acts(.handler, number, "feed_back", StoryBank.found)
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        try bank.connect()
        #expect(try followed(), "answered is not closed")
        try bank.does(.deptHead, "ticket", "close", number, with: ["outcome": "solved"])
        try bank.connect()
        #expect(try !followed())
    }

    @Test func `AP-10 the clocks of an appeal warn and breach like all others, and the unit is urged`() throws {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let number = try bank.registers(
            .headDispatcher,
            StoryBank.machine.merging([
                "kind": "regulator_appeal", "intake_channel": "regulator_12378", "recording_id": "rec-9",
                "home_org": "010101", "event_org": "010101",
            ]) { $1 })
        func told() throws -> [String] {
            let view = try bank.view(number, at: StoryBank.head)
            let clock = try bank.clock("appeal_dispatch", of: number, at: StoryBank.head)
            return ClockStep.told(clock, ClockStep.given(view)).map(\.threshold.rawValue)
        }
        try bank.becomes("2026-11-17 06:37")
        #expect(try told() == ["warning"])
        try bank.becomes("2026-11-17 09:01")
        #expect(try told() == ["warning", "breach"])
        try bank.acts(
            .headDispatcher, number, "dispatch", StoryBank.classes.merging(["unit": "province-01"]) { $1 })
        try bank.connect()
        try bank.acts(.headDispatcher, number, "urge", ["source": "by_unit"])
        let urged = try notices(.urge, of: number, bank[StoryBank.head])
        #expect(urged.count == 1)
    }

    @Test func `DL-06 the protected group has the lower bound like a VIP`() throws {
        let bank = try ThreeTiers()
        for (tier, policy, hours) in [
            ("ordinary", "dept_prov", 41), ("protected", "dept_prov_vip", 17), ("vip", "dept_prov_vip", 17),
        ] as [(String, String, Int64)] {
            let number = try bank.submitted(["received_at": "\(bank.now)"])
            try bank.connect()
            try bank.act(
                bank.province, number, "dispatch",
                Sample.dispatch.merging(["unit": "b2", "scope": "provincial", "customer_tier": tier]) { $1 })
            let clocks = TicketClocks(of: try bank.view(number, at: bank.province)).running
            let clock = try #require(clocks.first { $0.key.policy == policy }, "\(tier)")
            #expect(clock.times.due == bank.now + hours * ThreeTiers.hour)
        }
    }

    /// A referral from the regulator's letter to its end, handled at the province for so many hours.
    private func referral(_ bank: ThreeTiers, hours: Int64, conclusion: String, grounds: String) throws {
        let number = try bank.head.register([
            "received_at": "\(bank.now)", "kind": "regulator_referral", "intake_channel": "regulator_12378",
        ])
        try bank.act(
            bank.head, number, "dispatch", Sample.dispatch.merging(["unit": "p1"]) { $1 }, role: "ho_dispatcher")
        try bank.connect()
        try bank.act(bank.province, number, "take", role: "dept_handler")
        bank.pass(hours * ThreeTiers.hour)
        try bank.act(
            bank.province, number, "feed_back", Sample.feedback.merging(["corrective_action": "retrain-1"]) { $1 },
            role: "dept_handler")
        try bank.connect()
        try bank.act(bank.head, number, "take", role: "ho_dispatcher")
        try bank.act(
            bank.head, number, "reply", Sample.reply.merging(["outcome": "solved"]) { $1 }, role: "ho_auditor")
        try bank.act(bank.head, number, "add_evidence", ["evidence_key": "ev-1", "class": "prior_reply"])
        try bank.act(
            bank.head, number, "conclude_appeal", ["conclusion": conclusion, "grounds": grounds], role: "ho_supervisor")
        try bank.act(
            bank.head, number, "report_up", ["hop": "to_regulator", "evidence_key": "report-1"], role: "ho_auditor")
        while try bank.head.runtime.store.keepClocks() > 0 {}
        try bank.act(bank.head, number, "follow_up_ok", ["satisfaction": "satisfied"], role: "follow_up_agent")
        try bank.act(
            bank.head, number, "cancel_case", ["outcome": "solved", "responsibility": "bank"], role: "approver")
    }

    @Test func `AP-15 AP-22 responsible appeals and limits missed by late feedback are figures by unit`() throws {
        let bank = try ThreeTiers()
        let before = "answered_in_time,answered_before_regulator,lawful_answer"
        try referral(bank, hours: 2, conclusion: "properly_handled_before", grounds: before)
        try referral(bank, hours: 11 * 24, conclusion: "enterprise_responsible", grounds: "work_error")
        let json = try bank.head.get("/api/v1/reports/indicators?by=lead_unit").json
        for id in ["AP-15", "AP-22"] {
            let figure = try #require(json["indicators"]?.array?.first { $0["id"]?.string == id })
            #expect(figure["numerator"]?.integer == 1 && figure["denominator"]?.integer == 2, "\(id)")
            #expect(figure["cells"]?.array?.first?["code"]?.string == "p1")
        }
    }

    @Test func `XP-01 a unit where it happened assists, the home province leads, answers and ends it`() throws {
        let far = StoryBank.farProvince
        let bank = try StoryBank([StoryBank.head, StoryBank.province, far, StoryBank.branch], at: "2026-11-16 09:00")
        let centre = StoryBank.Person(far, .dispatcher)
        let handler = StoryBank.Person(far, .deptHandler, post: "020000.card_handler")
        let number = try bank.registers(
            centre,
            StoryBank.machine.merging([
                "intake_channel": "hotline", "recording_id": "rec-1", "home_org": "020000", "event_org": "010101",
                "scope": "national",
            ]) { $1 })
        try bank.acts(centre, number, "dispatch", StoryBank.classes.merging(["unit": "province-02/card"]) { $1 })
        try bank.acts(handler, number, "take")
        try bank.acts(handler, number, "ask_assist", ["unit": "branch-0101"])
        try bank.connect()
        try bank.acts(.officer, number, "assist_take", ["leg": "1"])
        try bank.acts(
            .officer, number, "assist_report", ["leg": "1", "result": "facts_found", "leg_text": "清机后长款两千元"])
        try bank.connect()
        #expect(try bank.view(number, at: far).custodian == far, "the lead never left the home province")
        #expect(try bank.view(number, at: StoryBank.head).stage(ofLeg: 1) == .done)
        try bank.acts(handler, number, "feed_back", StoryBank.found)
        #expect(
            try bank.isRefused(.dispatcher, "ticket", "reply", number, with: StoryBank.answer).contains("T18")
                || bank.isRefused(.dispatcher, "ticket", "reply", number, with: StoryBank.answer).contains("custody"))
        try bank.does(centre, "ticket", "reply", number, with: StoryBank.answer)
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.head) == "replied")
    }

    @Test func `ST-06 KP-05 the check of the feedback is a timed stage with its own figure`() throws {
        let bank = try StoryBank(at: "2026-11-16 08:30")
        let number = try bank.inWork()
        try bank.acts(.officer, number, "feed_back", StoryBank.found)
        try bank.connect()
        try bank.becomes("2026-11-16 10:00")
        let clock = try bank.clock("feedback_check", of: number, at: StoryBank.province)
        #expect(clock.phase(at: bank.now) == .breached)
        try bank.does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        try bank.does(.deptHead, "ticket", "close", number, with: ["outcome": "solved"])
        let json = try bank[StoryBank.province].get("/api/v1/reports/indicators?period=day").json
        let cells = json["indicators"]?.array?.first { $0["id"]?.string == "KP-05" }?["cells"]?.array ?? []
        let stages = Set(cells.compactMap { $0["stage"]?.string })
        #expect(stages.isSuperset(of: ["intake", "review", "handle", "feedback_check", "reply", "follow_up"]))
        let check = cells.first { $0["stage"]?.string == "feedback_check" }
        #expect(check?["denominator"]?.integer == 1 && check?["value"]?.integer == 0)
    }
}
