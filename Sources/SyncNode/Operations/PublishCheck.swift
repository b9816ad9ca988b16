import SyncProtocol
import TicketModel

/// Whether an item can be read by every node, and whether all that it names exists here: what points at nothing would be
/// published and do nothing.
struct PublishCheck {
    private let item: ReferenceItem
    /// What was published before.
    private let published: [ReferenceItem]
    private let topology: Topology

    init(_ item: ReferenceItem, _ published: [ReferenceItem], _ topology: Topology) {
        self.item = item
        self.published = published
        self.topology = topology
    }

    func run() throws(ConfigurationError) {
        switch item.kind {
        case .policyPack: try checkCalendar(of: try PublishedRules.pack(item))
        case .workCalendar: _ = try PublishedRules.calendar(item)
        case .alertRules: _ = try AlertRules.item(item)
        case .people: try check(try PublishedPeople.register(item))
        case .knowledgeText: _ = try PublishedRules.text(item)
        }
    }

    /// A pack that counts by a calendar nobody published would leave every such deadline untold.
    private func checkCalendar(of pack: PolicyPack) throws(ConfigurationError) {
        guard let calendar = pack.calendarID else { return }
        let known = published.filter { $0.kind == .workCalendar }.map(\.name)
        guard known.contains(calendar) else {
            throw mistake(
                "reference", "unknown-calendar", "no calendar \(calendar) that this pack counts by has been published",
                Suggestion.hint(for: calendar, among: known) ?? "publish the calendar first, or correct the name")
        }
    }

    // MARK: Registers

    private func check(_ register: PeopleRegister) throws(ConfigurationError) {
        try PublishedPeople.check(register, item, topology)
        try checkPosts(register)
        let others = PublishedPeople.people(
            of: published.filter { $0.kind == .people && $0.name != item.name }, units: []
        ).people
        try checkAbsences(register, others)
    }

    /// A later version without any post would close every node of the register: mostly absences under its name. One node
    /// is retired by a version that leaves out its posts.
    private func checkPosts(_ register: PeopleRegister) throws(ConfigurationError) {
        guard register.seats.isEmpty else { return }
        let earlier = published.filter { $0.kind == .people && $0.name == item.name }
        guard PublishedPeople.people(of: earlier, units: []).people.posts.isEmpty else {
            throw mistake(
                "people", "posts-vanish", "this version holds no post, and the one before it does",
                "list the posts; absences that change daily are an item of another name")
        }
    }

    /// An absence of a post that nobody knows would empty no post, and a deputy that nobody knows could not act.
    private func checkAbsences(_ register: PeopleRegister, _ others: People) throws(ConfigurationError) {
        let known = register.seats.map(\.post) + others.posts
        for (post, absence) in register.absences {
            for code in [post, absence.deputy].compactMap({ $0 }) where !known.contains(code) {
                throw mistake(
                    "people", "unknown-post", "\(code) stands in no register that has been published",
                    Suggestion.hint(for: code, among: known)
                        ?? "publish the register with this post first, or correct its code")
            }
        }
    }

    private func mistake(_ area: String, _ code: String, _ sentence: String, _ hint: String) -> ConfigurationError {
        ConfigurationError(file: item.title, area: area, code: code, sentence, hint: hint)
    }
}
