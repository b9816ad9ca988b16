import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// Five complaints as they really happen, from the counter to the closing, on real nodes. Names and words are invented.
@Suite("Five cases") struct FiveCaseStories {
    private typealias Person = StoryBank.Person

    /// What every complaint at a counter brings along.
    private static let counter = [
        "intake_channel": "counter", "signature_id": "sign-1", "complainant_name": "某客户",
        "complainant_phone": "13800000001", "business_class": "rmb_savings", "demand": "apology",
    ]

    private static func complaint(_ fields: [String: String]) -> [String: String] {
        counter.merging(fields) { $1 }
    }

    @Test func `(1) nobody greeted the customer: the branch says sorry at once, and head office reads not a word`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let words = "办理存款时柜员全程没有问候也没有抬头看过客户一眼"
        let number = try bank.registers(
            .clerk,
            Self.complaint([
                "what": words, "who_involved": "二号窗口柜员", "when_happened": "今日上午九时", "where_happened": "二号窗口",
                "symptom": "not_greeted", "nature": "attitude", "findings": "not_greeted",
            ]))
        try bank.does(
            .officer, "ticket", "answer", number,
            with: ["proposed_solution": "网点负责人当面致歉", "attitude": "accepted", "cause_class": "service"])
        // Seven days for the follow-up; whoever answered does not make the call.
        #expect(
            try bank.isRefused(
                .officer, "ticket", "close", number,
                with: ["satisfaction": "satisfied", "responsibility": "bank", "outcome": "explained"]
            ).contains("G-follow-up-not-handler"))
        try bank.becomes("2026-11-18 10:00")
        try bank.does(
            .branchHead, "ticket", "close", number,
            with: [
                "satisfaction": "satisfied", "responsibility": "bank", "outcome": "explained",
                "corrective_action": "training",
            ])
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.head) == "closed")
        #expect(try bank.shown("findings", of: number, at: StoryBank.head) == "not_greeted")
        #expect(try bank.holds(words, at: StoryBank.branch) && bank.holds(words, at: StoryBank.province))
        #expect(try !bank.holds(words, at: StoryBank.head))
    }

    @Test func `(2) one visit, several findings: one complaint, each finding counted and corrected`() throws {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let findings = ["no_badge", "no_complaint_number", "no_suggestion_book", "no_suggestion_box", "shabby_hall"]
        let number = try bank.registers(
            .clerk,
            Self.complaint([
                "what": "柜员没有佩戴工号牌,找不到意见簿和意见箱,没有公示投诉电话,地面脏乱",
                "who_involved": "大堂人员",
                "when_happened": "今日上午", "where_happened": "营业大厅", "symptom": "facility_missing",
                "findings": findings.joined(separator: ","),
            ]))
        try bank.does(.officer, "ticket", "submit", number)
        try bank.connect()
        try bank.does(
            .dispatcher, "ticket", "dispatch", number, "--to", "branch-0101",
            with: [
                "nature": "facility", "cause_class": "facility_system", "handling_channel": "site",
                "validity": "valid", "severity": "important",
            ])
        try bank.connect()
        try bank.does(.branchHead, "ticket", "take", number)
        for action in ["training", "facility_fix"] {
            try bank.does(.branchHead, "ticket", "amend", number, with: ["corrective_action": action])
        }
        try bank.does(
            .branchHead, "ticket", "feedback", number,
            with: [
                "leg_text": "五项均属实,工号牌、意见簿、意见箱和投诉电话已补齐,大厅已清洁", "proposed_solution": "当面致谢并告知整改结果",
                "responsibility": "bank",
            ])
        try bank.connect()
        try bank.does(
            .dispatcher, "ticket", "reply", number,
            with: [
                "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder",
                "remedy_info_given": "true",
            ])
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        // An important ticket is not closed by a dispatcher.
        #expect(
            try bank.isRefused(.dispatcher, "ticket", "close", number, with: ["outcome": "solved"]).contains("T23"))
        try bank.does(.deptHead, "ticket", "close", number, with: ["outcome": "solved", "responsibility": "bank"])
        try bank.connect()
        let fields = try bank.ticket(number, at: StoryBank.head)["fields"]
        #expect(fields?["findings"]?["value"]?.string == findings.joined(separator: ","))
        #expect(fields?["corrective_action"]?["values"]?.array?.count == 2)
        // One complaint for the figures of the bank, not five.
        #expect(try bank[StoryBank.head].get("/api/v1/status").json["tickets"]?.integer == 1)
    }

    @Test
    func `(3) change refused to one and 10 000 given to the next, with a hint of gifts: sealed from the teller's line`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let number = try bank.registers(
            .clerk,
            Self.complaint([
                "what": "柜员拒绝兑换二百元零钱,随后给下一位客户兑换一万元", "who_involved": "三号窗口柜员", "when_happened": "今日上午",
                "where_happened": "三号窗口", "symptom": "staff_misconduct", "flags": "misconduct",
                "findings": "service_refused,unequal_treatment", "target_person": "三号柜员",
            ]))
        try bank.connect()
        // The route takes it past the line of the person complained about, and head office gets the whole case.
        #expect(try bank.shown("route_rule", of: number, at: StoryBank.branch) == "r03")
        // Only a centre seals, and whom it is about can copy nothing out of it.
        let target = ["target_person": "别人"]
        #expect(try bank.isRefused(.officer, "ticket", "seal", number, with: target).contains("G-sealed"))
        let secret = "客户另行反映该柜员收受过另一名客户赠送的购物卡,并愿意作证"
        let sealed = try bank.does(
            .dispatcher, "ticket", "seal", number,
            with: ["course": secret, "findings": "service_refused,unequal_treatment,gifts_hinted"])
        let other = try #require(sealed.output.split(separator: " ").first.map(String.init))
        try bank.connect()
        #expect(
            try bank.isRefused(.dispatcher, "ticket", "act", other, "dispatch", with: Self.dispatch("branch-0101"))
                .contains("G-sealed"))
        // A link from the old ticket would tell the branch that there is another.
        #expect(
            try bank.isRefused(.dispatcher, "ticket", "amend", number, with: ["links": "same_event@\(other)"])
                .contains("G-sealed"))
        try bank.acts(.dispatcher, other, "dispatch", Self.dispatch("province-01/inspection"))
        try bank.acts(.inspector, other, "take")
        try bank.acts(
            .inspector, other, "add_evidence",
            ["evidence_key": "video-1", "class": "video", "basis": "customer_consent", "holder": "010000.archivist"])
        try bank.acts(
            .inspector, other, "feed_back",
            [
                "leg_text": "录像与流水证实区别对待,收受购物卡属实", "proposed_solution": "当面致歉并兑换零钱,人员另案处理",
                "responsibility": "bank", "corrective_action": "discipline",
            ])
        try bank.does(
            .dispatcher, "ticket", "reply", other,
            with: [
                "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder",
                "remedy_info_given": "true",
            ])
        try bank.does(.provinceCaller, "ticket", "close", other, with: ["satisfaction": "satisfied"])
        try bank.does(.approver, "ticket", "close", other, with: ["outcome": "solved"])
        try bank.connect()
        #expect(try bank.state(other, at: StoryBank.head) == "closed")
        #expect(try bank.holds(secret, at: StoryBank.province) && bank.holds(secret, at: StoryBank.head))
        #expect(try !bank.holds(secret, at: StoryBank.branch))
        #expect(try bank[StoryBank.branch].ticket(other).status == 404)
        // What the branch keeps shows no trace of the other ticket.
        #expect(try bank.shown("links", of: number, at: StoryBank.branch) == nil)
    }

    private static func dispatch(_ unit: String) -> [String: String] {
        [
            "unit": unit, "nature": "misconduct", "cause_class": "service", "handling_channel": "site",
            "validity": "valid",
        ]
    }

    @Test func `(4) a mistyped number sends another's account messages: nothing leaves before the number is verified`()
        throws
    {
        let bank = try StoryBank(at: "2026-11-16 09:00")
        let number = try bank.registers(
            .hotline,
            [
                "intake_channel": "hotline", "recording_id": "rec-4", "complainant_name": "某客户",
                "complainant_phone": "13800000004", "business_class": "personal_info", "demand": "correction",
                "what": "客户一直收到陌生人的账户变动短信,自己的短信发给了别人,家中因此发生严重争执", "who_involved": "客户与家人",
                "when_happened": "近两个月", "where_happened": "短信通知", "symptom": "message_misdirected", "flags": "leak",
                "findings": "contact_mistyped", "home_org": "010101", "event_org": "010101",
            ])
        // R04: the whole case to head office, on the day.
        #expect(try bank.shown("route_rule", of: number, at: StoryBank.province) == "r04")
        // The number on file is what is wrong: an automatic notice would tell the stranger once more.
        let notice = ["contact_kind": "ack", "medium": "sms", "automatic": "true"]
        let said = try bank.isRefused(.dispatcher, "ticket", "act", number, "contact", with: notice)
        #expect(said.contains("G-verified-contact"))
        try bank.acts(.dispatcher, number, "verify_contact", ["medium": "phone"])
        try bank.acts(.dispatcher, number, "contact", notice)
        try bank.acts(
            .dispatcher, number, "dispatch",
            [
                "unit": "branch-0101", "nature": "info_security", "cause_class": "info_safety",
                "handling_channel": "electronic", "validity": "valid", "severity": "urgent",
            ])
        try bank.connect()
        #expect(try bank.holds("客户一直收到陌生人的账户变动短信", at: StoryBank.head))
        try bank.does(.branchHead, "ticket", "take", number)
        try bank.does(
            .branchHead, "ticket", "feedback", number,
            with: [
                "leg_text": "开户时电话录错一位,已更正并向双方说明", "proposed_solution": "更正号码,书面说明并致歉", "responsibility": "bank",
                "responsible_stage": "intake", "corrective_action": "process_change",
            ])
        try bank.connect()
        // No answer to somebody whose identity nobody checked.
        #expect(
            try bank.isRefused(
                .dispatcher, "ticket", "reply", number,
                with: [
                    "reply_medium": "phone", "attitude": "understood", "identity_check": "not_done",
                    "remedy_info_given": "true",
                ]
            ).contains("DM-05"))
        try bank.does(
            .dispatcher, "ticket", "reply", number,
            with: [
                "reply_medium": "letter", "attitude": "understood", "identity_check": "holder",
                "remedy_info_given": "true",
            ])
        try bank.does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "neutral"])
        try bank.does(.approver, "ticket", "close", number, with: ["outcome": "solved"])
        try bank.connect()
        #expect(try bank.state(number, at: StoryBank.head) == "closed")
    }

    @Test
    func
        `(5) the branch head gossips and the calls go on for a month: one thread, major by itself, the private number on record`()
        throws
    {
        let bank = try StoryBank(at: "2026-09-01 09:00")
        let story = [
            "what": "网点负责人在大厅向他人谈论客户与银行的纠纷", "who_involved": "网点负责人", "when_happened": "八月底",
            "where_happened": "营业大厅", "symptom": "info_leak", "findings": "information_gossiped",
            "validity": "valid", "nature": "attitude", "target_person": "010101.branch_head",
        ]
        let first = try bank.registers(.clerk, Self.complaint(story))
        // The head is complained about: he neither reads nor touches it, and the province handles it.
        #expect(try bank.isRefused(.branchHead, "ticket", "note", first, "没有这回事").contains("ticket.not-found"))
        try bank.does(.officer, "ticket", "submit", first)
        try bank.connect()
        try bank.does(.dispatcher, "ticket", "take", first)
        // The customer calls again and again; one thread, the first receipt counts.
        for (day, call) in [("2026-09-08 10:00", 1), ("2026-09-19 10:00", 2)] {
            try bank.becomes(day)
            let again = try bank.registers(
                .hotline,
                Self.complaint(story).merging([
                    "intake_channel": "hotline", "recording_id": "rec-\(call)", "flags": "repeat",
                    "home_org": "010101", "event_org": "010101",
                ]) { $1 })
            let document = try #require(try bank.ticket(first, at: StoryBank.province)["document"]?.string)
            try bank.acts(.dispatcher, again, "merge", ["into": document, "reason": "same_complaint"])
            #expect(try bank.state(again, at: StoryBank.province) == "merged")
            try bank.acts(.dispatcher, first, "urge", ["source": "by_customer"])
        }
        // He gives the customer his own number: recorded where it came to light.
        try bank.acts(
            .dispatcher, first, "contact", ["contact_kind": "side_channel", "medium": "phone"])
        try bank.does(
            .dispatcher, "ticket", "amend", first, with: ["findings": "information_gossiped,private_channel"])
        try bank.becomes("2026-10-03 09:00")
        try bank.connect()
        for node in [StoryBank.branch, StoryBank.province, StoryBank.head] {
            #expect(try bank.shown("severity", of: first, at: node) == "major")
        }
        // Major: never closed at the branch, and head office holds the whole case now.
        try bank.acts(
            .dispatcher, first, "dispatch",
            [
                "unit": "province-01/general", "nature": "attitude", "cause_class": "info_safety",
                "handling_channel": "site", "validity": "valid", "severity": "major",
            ])
        try bank.acts(.generalOffice, first, "take")
        try bank.acts(
            .generalOffice, first, "feed_back",
            [
                "leg_text": "查实,负责人在大厅谈论客户纠纷并以私人电话联系客户", "proposed_solution": "上门致歉,负责人调离",
                "responsibility": "bank", "corrective_action": "discipline",
            ])
        try bank.does(
            .dispatcher, "ticket", "reply", first,
            with: [
                "reply_medium": "face_to_face", "attitude": "understood", "identity_check": "holder",
                "remedy_info_given": "true",
            ])
        try bank.does(.provinceCaller, "ticket", "close", first, with: ["satisfaction": "neutral"])
        try bank.does(.approver, "ticket", "close", first, with: ["outcome": "solved"])
        try bank.connect()
        let seen = try bank.view(first, at: StoryBank.head)
        #expect(seen.state == .closed && seen.text(TicketField.routeRule) == "r04")
        #expect(seen.entries(TicketField.contacts, EntryShapes.contact).contains { $0["kind"] == "side_channel" })
        #expect(try bank.holds("网点负责人在大厅向他人谈论客户", at: StoryBank.head))
    }
}
