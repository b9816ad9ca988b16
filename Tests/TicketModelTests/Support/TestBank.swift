import SyncProtocol

@testable import TicketModel

/// A small bank: two branches under one province, a third under another, one head office.
enum TestBank {
    static let branch = Place(node: "branch-01", tier: .branch, org: "GD01", parent: "province-gd")
    static let otherBranch = Place(node: "branch-02", tier: .branch, org: "GD02", parent: "province-gd")
    static let farBranch = Place(node: "branch-09", tier: .branch, org: "SC09", parent: "province-sc")
    static let province = Place(
        node: "province-gd", tier: .province, org: "GD", parent: "head-office", children: ["branch-01", "branch-02"])
    static let farProvince = Place(
        node: "province-sc", tier: .province, org: "SC", parent: "head-office", children: ["branch-09"])
    static let headOffice = Place(
        node: "head-office", tier: .headOffice, org: "HQ", parent: nil, children: ["province-gd", "province-sc"])

    static let places = [branch, otherBranch, farBranch, province, farProvince, headOffice]

    static let hierarchy = Hierarchy(
        Dictionary(uniqueKeysWithValues: places.map { ($0.node, .init(tier: $0.tier, parent: $0.parent)) }))

    static func actor(_ role: Role, at place: Place, post: String? = nil, token: String? = nil) -> Actor {
        Actor(post: post ?? "\(place.org).\(role.rawValue)", role: role.rawValue, place: place, personToken: token)
    }

    static let clerk = actor(.clerk, at: branch)
    static let officer = actor(.branchOfficer, at: branch)
    static let otherOfficer = actor(.branchOfficer, at: otherBranch)
    static let dispatcher = actor(.dispatcher, at: province)
    static let headDispatcher = actor(.hoDispatcher, at: headOffice)

    /// 2026-03-01 09:30 in China.
    static let morning: Int64 = 1_772_328_600_000
}

/// Texts that pass, for each step of a ticket's life.
enum Entries {
    static let complaint: [String: String] = [
        "intake_channel": "counter", "signature_id": "sign-0001",
        "what": "存款机吞了两千元", "who_involved": "客户本人与大堂人员", "when_happened": "今早八点", "where_happened": "一楼自助区",
        "demand": "refund", "demand_words": "请尽快退回", "symptom": "machine_retained_cash", "business_class": "card",
        "amount_involved": "2000", "complainant_name": "张三", "complainant_phone": "13800000000",
    ]

    static let dispatch: [String: String] = [
        "nature": "transaction_error", "cause_class": "facility_system", "handling_channel": "self_service",
        "validity": "valid",
    ]

    static let feedback: [String: String] = [
        "leg_text": "清机后长款两千元,与流水一致", "proposed_solution": "当日原路退回并致歉", "responsibility": "bank",
    ]

    static let reply: [String: String] = [
        "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder", "remedy_info_given": "true",
    ]

    static let close: [String: String] = ["satisfaction": "satisfied", "outcome": "solved"]

    static let onSpot: [String: String] = ["proposed_solution": "当场说明并致歉", "attitude": "accepted"]

    static let closeOnSpot: [String: String] = [
        "satisfaction": "satisfied", "outcome": "explained", "responsibility": "bank",
    ]
}

extension [String: String] {
    /// The same texts with some replaced; nil takes one away.
    func with(_ changes: [String: String?]) -> [String: String] {
        var result = self
        for (name, text) in changes { result[name] = text }
        return result
    }
}
