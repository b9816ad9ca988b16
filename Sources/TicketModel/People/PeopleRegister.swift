import SyncProtocol

/// One version of what head office publishes about posts: levels of authority, posts, absences, and what units have on
/// show for customers. A bank may publish it
/// as one item or as several under different names (one a province; absences apart, because they change daily): of each
/// name the newest version is in effect, and together they are the bank's register.
public struct PeopleRegister: Sendable {
    public let name: String
    public let version: String
    public let title: Bilingual
    public let authorities: [Int: People.Authority]
    /// Their absences are in `absences`.
    public let seats: [People.Seat]
    /// By the post that is empty.
    public let absences: [(post: String, absence: People.Absence)]
    /// What each unit has on show.
    public let channels: [NodeID: PublishedChannels]

    public init(
        name: String, version: String, title: Bilingual, authorities: [Int: People.Authority] = [:],
        seats: [People.Seat] = [], absences: [(post: String, absence: People.Absence)] = [],
        channels: [NodeID: PublishedChannels] = [:]
    ) {
        self.name = name
        self.version = version
        self.title = title
        self.authorities = authorities
        self.seats = seats
        self.absences = absences
        self.channels = channels
    }
}

extension People {
    /// The newest version of each name together. Where two names say something of one post or level, the name that
    /// sorts first is believed: the same on every node. Older versions tell only which nodes are covered.
    public init(registers: [PeopleRegister], units: [Unit] = []) {
        var newest: [String: PeopleRegister] = [:]
        for register in registers
        where newest[register.name].map({ ReferenceVersion.precedes($0.version, register.version) }) ?? true {
            newest[register.name] = register
        }
        let inEffect = newest.values.sorted { $0.name < $1.name }
        var authorities: [Int: Authority] = [:]
        var absences: [String: [Absence]] = [:]
        for register in inEffect {
            authorities.merge(register.authorities) { first, _ in first }
            for (post, absence) in register.absences { absences[post, default: []].append(absence) }
        }
        let seats = inEffect.flatMap(\.seats).map { seat in
            var seat = seat
            seat.absences += absences[seat.post] ?? []
            return seat
        }
        let everCovered = Set(registers.flatMap { $0.seats.map(\.node) })
        self.init(seats: seats, authorities: authorities, units: units, known: everCovered)
        self.inEffect = inEffect.map { RegisterName(name: $0.name, version: $0.version) }
        for register in inEffect { channels.merge(register.channels) { first, _ in first } }
    }

    /// The name and version of a register that is in effect.
    public struct RegisterName: Hashable, Sendable {
        public let name: String
        public let version: String
    }
}
