/// The four colours of an alert (AL-01), the mildest first.
public enum AlertColour: String, Sendable, CaseIterable, Comparable {
    case blue, yellow, orange, red

    public static func < (left: AlertColour, right: AlertColour) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// What it means and how it is answered (AL-02…AL-05).
    public var label: Bilingual { Enumeration.alertColour.label(of: rawValue) }
}

/// When like tickets are an alert: a simple count with thresholds that are data (AL-07).
public struct AlertRule: Hashable, Sendable {
    /// Within what the tickets are counted together.
    public enum Reach: String, Sendable, CaseIterable {
        case branch, province, bank
    }

    public let id: String
    public let colour: AlertColour
    public let within: Reach
    /// How far back, in days of 24 hours, 1…90.
    public let days: Int
    /// The least numbers of tickets, of branches and of provinces; 1 asks for nothing more.
    public let tickets: Int
    public let branches: Int
    public let provinces: Int
    /// Only tickets with one of these marks (`Enumeration.flag`) count; empty counts all.
    public let flags: [String]
    /// Whether the figures are confirmed.
    public let sureness: Sureness

    static let daysMax = 90
    static let countMax = 100_000

    /// nil for numbers out of range or marks that no list knows.
    public init?(
        id: String, colour: AlertColour, within: Reach, days: Int, tickets: Int = 1, branches: Int = 1,
        provinces: Int = 1, flags: [String] = [], sureness: Sureness
    ) {
        guard Code.isWellFormed(id), (1...Self.daysMax).contains(days),
            [tickets, branches, provinces].allSatisfy({ (1...Self.countMax).contains($0) }),
            flags.allSatisfy(Enumeration.flag.contains)
        else { return nil }
        self.id = id
        self.colour = colour
        self.within = within
        self.days = days
        self.tickets = tickets
        self.branches = branches
        self.provinces = provinces
        self.flags = flags
        self.sureness = sureness
    }

    /// What counts until head office publishes rules of its own: domain model §2.10, all of it a proposal.
    public static let proposed: [AlertRule] = [
        AlertRule(id: "three_provinces", colour: .red, within: .bank, days: 7, provinces: 3, sureness: .proposed),
        AlertRule(
            id: "petition", colour: .red, within: .bank, days: 7, tickets: 5, flags: ["mass", "court"],
            sureness: .proposed),
        AlertRule(id: "thirty_a_day", colour: .orange, within: .province, days: 1, tickets: 30, sureness: .proposed),
        AlertRule(
            id: "media", colour: .orange, within: .bank, days: 7, tickets: 2, flags: ["media"], sureness: .proposed),
        AlertRule(id: "three_branches", colour: .yellow, within: .province, days: 7, branches: 3, sureness: .proposed),
        AlertRule(id: "three_in_a_branch", colour: .blue, within: .branch, days: 7, tickets: 3, sureness: .proposed),
        AlertRule(
            id: "one_grave", colour: .blue, within: .branch, days: 7,
            flags: ["media", "court", "mass", "systemic", "injury", "leak"], sureness: .proposed),
    ].compactMap { $0 }
}
