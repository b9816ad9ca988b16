/// Everything that happens to a ticket without being a transition, by the names that packs write behind `!`.
public enum ClockEvents {
    /// Name and label, in no order.
    public static let all: [String: Bilingual] = passages.merging(acts) { own, _ in own }.merging(contacts) { $1 }
        .merging(single) { $1 }

    private static let single: [String: Bilingual] = [
        "read_receipt": Bilingual("负责人阅知", "the head of the unit has read it"),
        "regulator_response": Bilingual("填写监管回复", "the answer to the regulator is on the ticket"),
        "report_up": Bilingual("上报", "reported upward"),
        "report_up.to_head_office": Bilingual("上报总行", "reported to head office"),
        "report_up.to_regulator": Bilingual("上报监管", "reported to the regulator"),
        "assist_cancelled": Bilingual("取消协办", "the lead needs the assist leg no more"),
    ]

    /// `contact.<kind>`: what was said to the customer.
    private static let contacts = Dictionary(
        uniqueKeysWithValues: Enumeration.contactKind.codes.map { code in
            ("contact." + code, Enumeration.contactKind.label(of: code))
        })

    /// `act.<name>`: any act.
    private static let acts = Dictionary(uniqueKeysWithValues: TicketAct.all.map { ("act." + $0.name, $0.label) })

    /// How the lead leg passes between tiers.
    private static let passages: [String: Bilingual] = {
        let tiers = Enumeration.tier.codes.map { ($0, Enumeration.tier.label(of: $0)) }
        var found: [String: Bilingual] = [:]
        for (to, label) in tiers {
            found["fed_back.\(to)"] = Bilingual("反馈至\(label.chinese)", "fed back to \(label.english)")
            found["dispatched.\(to)"] = Bilingual("\(label.chinese)派单", "dispatched by \(label.english)")
            for (from, other) in tiers {
                found["accepted.\(from).\(to)"] = Bilingual(
                    "\(label.chinese)接\(other.chinese)派单", "taken by \(label.english) from \(other.english)")
            }
        }
        return found
    }()
}
