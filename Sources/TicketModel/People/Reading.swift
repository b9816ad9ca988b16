import SyncProtocol

/// What somebody may read of a ticket.
public enum Reading: Sendable {
    /// As much as this level, and no more than the node holds; where `isRecorded` the ticket says that it was read.
    case granted(Disclosure, isRecorded: Bool)
    /// Nothing; where `isRecorded` the attempt is written into the ticket, for its officer to see (AU-05).
    case refused(Refusal, isRecorded: Bool)
}

/// Decides who may read how much of a ticket. Pure: the same question has the same answer on every node.
///
/// Refused are the person complained about (RO-15, AU-03), a unit that the case is sealed from (R03), a post that the
/// register does not let act at all, and who has no business with contents (RO-16): a system administrator, and a
/// department's handlers where their department neither leads nor assists nor handles. Head office reads a case that was
/// opened to it on request for seven days (day.md §6.3).
///
/// - Parameter milliseconds: now, since 1970 UTC.
public func mayRead(_ ticket: TicketView, _ actor: Actor, people: People, at milliseconds: Int64) -> Reading {
    // A refused attempt names the post in a core record.
    guard CoreLint(orgs: people.orgs).allows(post: actor.post) else {
        return .refused(Refusals.unknownActor, isRecorded: false)
    }
    if people.covers(actor.node) || people.seat(actor.post) != nil {
        if let problem = people.readingProblem(of: actor, at: milliseconds) {
            return .refused(problem, isRecorded: false)
        }
    }
    if ticket.isAbout(actor, people) { return .refused(Refusals.readRecused, isRecorded: true) }
    if ticket.isSealed(from: actor.node) {
        return .refused(Refusals.readSealed, isRecorded: true)
    }
    if let department = people.onlyDepartment(of: actor), !ticket.isWork(of: department, actor, people) {
        return .refused(Refusals.readOtherDepartment, isRecorded: true)
    }
    let level = min(
        ticket.disclosure,
        actor.tier == .headOffice ? ticket.reading(ofHeadOffice: actor.node, at: milliseconds) : .full)
    switch Role(rawValue: actor.role) {
    case .sysadmin: return .refused(Refusals.noContent, isRecorded: true)
    case .analyst: return .granted(min(level, .core), isRecorded: false)
    default:
        let isForATime = actor.tier == .headOffice && level > ticket.lastingHeadOfficeDisclosure
        return .granted(level, isRecorded: isForATime && level > .core)
    }
}

extension TicketView {
    /// True where `mayRead` refuses the actor: its name is then like the name of a ticket that does not exist.
    public func isHidden(from actor: Actor, people: People, at milliseconds: Int64) -> Bool {
        if case .refused = mayRead(self, actor, people: people, at: milliseconds) { true } else { false }
    }

    /// True where not even that there is such a ticket may be told to the actor.
    public func hides(from actor: Actor, _ people: People) -> Bool {
        isAbout(actor, people) || isSealed(from: actor.node)
    }

    fileprivate func isSealed(from node: NodeID) -> Bool { codes(TicketField.sealedFrom).contains(node.text) }
}

extension People {
    /// As for acting; a deputy reads for the post that it stands in for.
    fileprivate func readingProblem(of actor: Actor, at instant: Int64) -> Refusal? {
        if let problem = seatProblem(of: actor, at: instant) { return problem }
        guard seat(actor.post)?.isTrained ?? false else { return Guard.training.refusal }
        guard let empty = actor.onBehalfOf else { return nil }
        return seat(empty)?.absence(at: instant)?.deputy == actor.post ? nil : Guard.deputy.refusal
    }
}

extension Refusal {
    /// True where not even that there is such a ticket may be told: to the person complained about, and to a unit that the
    /// case is sealed from. The interface answers as for a ticket that does not exist; that somebody tried stands in the
    /// ticket (AU-05).
    public var hidesTicket: Bool { rule == Guard.recusal.rawValue || self == Refusals.readSealed }
}

extension Refusals {
    /// RO-15, AU-03.
    static let readRecused = Refusal(
        .recused, rule: Guard.recusal.rawValue,
        Bilingual(
            "被投诉人不得查看本工单,此次尝试已记录", "the person complained about may not read this ticket; the attempt is recorded"),
        hint: Bilingual("由本单位其他人员办理(回避)", "let another person of the unit do it"))

    /// R03.
    static let readSealed = Refusal(
        .sealed, rule: Guard.sealed.rawValue,
        Bilingual("本工单对本单位密封,此次尝试已记录", "the ticket is sealed from this unit; the attempt is recorded"),
        hint: Bilingual("由与被投诉人无关的单位办理", "let a unit do it that has nothing to do with the target"))

    /// RO-16: a department's handlers see their department's work.
    static let readOtherDepartment = Refusal(
        .wrongRole, rule: "G-read-department",
        Bilingual(
            "本部门不主办、不协办、不经办此工单,查阅尝试均予记录",
            "this department does not lead, assist or handle such a ticket; attempts are recorded"),
        hint: Bilingual("由派单岗位转来后再查看", "have it dispatched to this department, or ask for its assistance"))

    /// RO-16: `sysadmin` has no ticket content.
    static let noContent = Refusal(
        .wrongRole, rule: "G-read",
        Bilingual("系统管理员不得查看工单内容", "a system administrator reads no ticket"),
        hint: Bilingual("由经办岗位查看", "let a post that works on it read it"))
}

extension TicketView {
    /// An opening of a ticket to head office (model §2.8 rule 3).
    public struct Opening: Hashable, Sendable {
        /// A code of `Enumeration.wideningReason`.
        public let reason: String
        public let level: Disclosure
        public let post: String
        public let node: NodeID
        public let at: Int64
        /// When reading ends; nil for an opening that lasts.
        public let until: Int64?
    }

    public var openings: [Opening] {
        entries(TicketField.widenings, EntryShapes.widening).compactMap { entry in
            guard let reason = entry["reason"], let post = entry["post"],
                let node = entry["node"].flatMap({ NodeID($0) }),
                let at = entry.integer("at")
            else { return nil }
            return Opening(
                reason: reason, level: entry["level"] == "full" ? .full : .casework, post: post, node: node, at: at,
                until: entry.integer("until"))
        }
    }

    /// What head office may hold beside what was opened to it for a time.
    var lastingHeadOfficeDisclosure: Disclosure {
        let openings = openings
        guard openings.contains(where: { $0.until != nil }) else { return headOfficeDisclosure }
        return openings.filter { $0.until == nil }.map(\.level).max() ?? .core
    }

    /// What people at head office may read at an instant. Data that has travelled cannot be called back: this is what
    /// the interface shows of it. What head office works on itself it reads.
    ///
    /// - Parameter office: head office; nil where only openings count.
    public func reading(ofHeadOffice office: NodeID?, at instant: Int64) -> Disclosure {
        if let office, custodian == office || involved.contains(office) { return headOfficeDisclosure }
        let open = openings.filter { ($0.until ?? 0) > instant }.map(\.level)
        return max(lastingHeadOfficeDisclosure, open.max() ?? .core)
    }
}
