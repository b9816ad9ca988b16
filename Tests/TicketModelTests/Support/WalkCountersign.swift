@testable import TicketModel

/// What the walk countersigns, and what it does with it.
enum WalkCountersign {
    /// Once in so many steps; more often where little else leads on.
    static func odds(_ view: TicketView, _ profile: WalkProfile) -> Int {
        switch (profile, view.state) {
        case (.rework, .replied), (.any, .underReview): 2
        case (.pause, _): 100
        default: 14
        }
    }

    /// A countersignature, or an act that uses one that is there.
    static func next(_ view: TicketView, lead: Place, _ random: inout SeededRandom) -> (TicketAct, Place) {
        let above = TestBank.places.first { $0.node == lead.parent } ?? TestBank.headOffice
        let given = view.countersignatures.last { $0.usedBy == nil && $0.state == view.text(TicketField.state) }
        guard let given, !random.isTrue(4) else { return (.countersign, random.isTrue(3) ? above : lead) }
        switch given.matter {
        case .refuse: return (.refuse, lead)
        case .seize: return (.seize, above)
        case .malice: return (isProven(view) ? .dispatch : .addEvidence, lead)
        case .compensation: return (random.pick([.answerOnSpot, .feedBack, .reply]), lead)
        case .recusal: return (.amend, lead)
        case .rework: return (.followUpBad, lead)
        }
    }

    static func isProven(_ view: TicketView) -> Bool { !(view.fields[TicketField.evidenceItems] ?? []).isEmpty }

    /// Mostly what the ticket's state could need next.
    static func matter(_ view: TicketView, _ random: inout SeededRandom) -> CountersignMatter? {
        let likely: [CountersignMatter] =
            switch view.state {
            case .registered: [.refuse, .compensation, .recusal]
            case .underReview, .dispatched: [.malice, .malice, .recusal]
            case .replied: [.rework, .rework, .rework, .seize]
            case .handling, .feedbackReview, .readyToReply: [.compensation, .seize]
            default: [.seize, .recusal]
            }
        return random.isTrue(8) ? CountersignMatter.allCases.randomElement(using: &random) : random.pick(likely)
    }
}
