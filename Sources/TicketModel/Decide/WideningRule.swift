import SyncProtocol

/// A routing rule that raises what head office may hold (model §2.7 R01–R06, levels of §2.8).
struct WideningRule: Sendable {
    let id: String
    let level: Disclosure
    /// A code of `Enumeration.wideningReason`.
    let reason: String
    private let applies: @Sendable (Draft) -> Bool

    /// First match wins among the strongest.
    static let all: [WideningRule] = [
        WideningRule(id: "R01", level: .full, reason: "head_office_intake") { $0.isTakenInAtHeadOffice },
        WideningRule(id: "R02", level: .full, reason: "regulator") { draft in
            ["regulator_referral", "regulator_appeal"].contains(draft.text(TicketField.kind))
        },
        WideningRule(id: "R02", level: .full, reason: "appeal") { $0.text(TicketField.kind) == "internal_appeal" },
        WideningRule(id: "R01", level: .full, reason: "escalated") { $0.text(TicketField.kind) == "escalated" },
        WideningRule(id: "R03", level: .full, reason: "misconduct") {
            $0.hasFlag(of: ["misconduct", "financial_crime"])
        },
        WideningRule(id: "R04", level: .full, reason: "gravity") { draft in
            draft.text(TicketField.severity) == "major"
                || draft.hasFlag(of: ["media", "court", "mass", "systemic", "injury", "leak"])
        },
        WideningRule(id: "R06", level: .casework, reason: "needs_head_office") {
            $0.text(TicketField.scope) == "national"
        },
    ]

    /// The rules that the ticket's classification bears out.
    static func applying(to draft: Draft) -> [WideningRule] { all.filter { $0.applies(draft) } }

    static func strongest(of draft: Draft) -> WideningRule? {
        let matching = applying(to: draft)
        return matching.first { $0.level == .full } ?? matching.first
    }
}

extension Draft {
    fileprivate var isTakenInAtHeadOffice: Bool { act == .register && actor.tier == .headOffice }

    fileprivate func hasFlag(of flags: [String]) -> Bool { codes(TicketField.flags).contains(where: flags.contains) }
}
