import Testing
import TicketModel

@testable import SyncNode

// What the days' stories have in common: a machine that kept money, and its way through the bank.
extension StoryBank {
    /// The deposit machine kept 2 000 yuan.
    static let machine = [
        "intake_channel": "counter", "signature_id": "sign-0001", "what": "存款机吞了两千元现金没有入账",
        "who_involved": "客户本人", "when_happened": "今早八点半", "where_happened": "一楼自助区", "demand": "refund",
        "symptom": "machine_retained_cash", "business_class": "card", "amount_involved": "2000",
        "complainant_name": "某客户", "complainant_phone": "13800000002",
    ]

    /// What the dispatcher decides about it.
    static let classes = [
        "nature": "transaction_error", "cause_class": "facility_system", "handling_channel": "self_service",
        "validity": "valid",
    ]

    static let found = [
        "leg_text": "清机后长款两千元,与流水一致", "proposed_solution": "当日原路退回并致歉", "responsibility": "bank",
    ]

    static let answer = [
        "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder", "remedy_info_given": "true",
    ]

    /// Registered at the branch and handed to the province, which has not taken it yet.
    func submitted(_ change: [String: String] = [:]) throws -> String {
        let number = try registers(.clerk, StoryBank.machine.merging(change) { $1 })
        try does(.officer, "ticket", "submit", number)
        return number
    }

    /// With the branch's officer, who took the work order of the province.
    func inWork(_ change: [String: String] = [:], unit: String = "branch-0101") throws -> String {
        let number = try submitted(change)
        try connect()
        try acts(.dispatcher, number, "dispatch", StoryBank.classes.merging(["unit": unit]) { $1 })
        try connect()
        try acts(unit == "branch-0101" ? .officer : .handler, number, "take")
        return number
    }

    /// The whole way to the end, at the province.
    func ended(_ number: String) throws {
        try acts(.officer, number, "feed_back", StoryBank.found)
        try connect()
        try does(.dispatcher, "ticket", "reply", number, with: StoryBank.answer)
        try does(.provinceCaller, "ticket", "close", number, with: ["satisfaction": "satisfied"])
        try does(.deptHead, "ticket", "close", number, with: ["outcome": "solved"])
        try connect()
    }
}
