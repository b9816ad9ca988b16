import SyncProtocol

/// Walks a ticket's acts again under other rules (day §6.3 step 9): which limits would have run, and which would have
/// been broken. Pure; nothing is written.
///
/// Extensions are left out: somebody granted them under the rules that were in force.
public struct ClockReplay {
    private let rules: RuleBook
    private let tier: (NodeID) -> Tier?
    /// As the acts so far left it, with the clocks of this replay.
    private var ticket = TicketView.unborn
    /// Who made each offer of the lead leg.
    private var offers: [Dot: Tier] = [:]
    private static let clockFields = Set(TicketField.clocks)

    /// - Parameters:
    ///   - rules: a book that holds the draft alone, with this node's calendars; see `RuleBook.rehearsing`.
    ///   - tier: the tier of a node.
    public init(_ rules: RuleBook, tier: @escaping (NodeID) -> Tier?) {
        self.rules = rules
        self.tier = tier
    }

    /// Takes the next act of the ticket, in the order in which it was applied.
    ///
    /// - Parameter author: the node that did it; nil where it is not known.
    public mutating func take(_ record: CoreRecord, by author: NodeID?) {
        let before = ticket
        let act = TicketAct(rawValue: record.kind)
        let transitions = ClockReplay.transitions(of: act, record.operations, before)
        let passages = passages(of: act, record, transitions, author.flatMap(tier))
        learn(record)
        guard record.claim.map({ $0.leg == 0 }) == true, act != .seize else { return }
        run(
            ClockAct(
                events: ClockAct.events(of: act, transitions, record.operations, leg: 0, passages: passages),
                at: record.stamp.milliseconds, post: record.post,
                pauseReason: ticket.text(TicketField.pauseReason)), before: before)
    }

    /// The clocks as they would stand, with what nobody has booked yet.
    public func clocks(at now: Int64) -> TicketClocks {
        var replay = self
        replay.run(ClockAct(events: [], at: now, post: ""), before: ticket)
        return TicketClocks(of: replay.ticket)
    }

    /// The policies whose limits would have been broken by `now`.
    public func broken(at now: Int64) -> [String] {
        Set(
            clocks(at: now).all.map(\.clock).filter { [.breached, .stoppedLate].contains($0.phase(at: now)) }
                .map(\.key.policy)
        ).sorted()
    }

    /// Takes the values of an act; clocks are counted here and not taken over.
    private mutating func learn(_ record: CoreRecord) {
        for operation in record.operations {
            switch operation {
            case .assign(let field, let value), .write(let field, let value):
                if !Self.clockFields.contains(field) { ticket.fields[field] = [value] }
            case .add(let field, let value): ticket.fields[field, default: []].append(value)
            default: continue
            }
        }
    }

    /// With the facts of before the act, as its author saw them.
    private mutating func run(_ act: ClockAct, before: TicketView) {
        let work = rules.clockWork(
            of: act, before: before.value, after: ticket.value, facts: ClockFact.all(of: before))
        for (field, value) in work.assignments where Self.clockFields.contains(field) {
            ticket.fields[field] = [value]
        }
    }

    /// The lines of the state machine that the act walked, told from its number and the ticket before it: core records do
    /// not repeat them.
    static func transitions(of act: TicketAct, _ operations: [Operation], _ before: TicketView) -> [String] {
        switch act {
        case .register:
            let isAppeal = operations.contains { operation in
                guard case .add(TicketField.links, .text(let text)) = operation else { return false }
                return TicketLink(text)?.kind == "appeal_of"
            }
            return isAppeal ? ["T29", "T01"] : ["T01"]
        case .take: return before.state == .dispatched ? ["T08"] : []
        case .reply: return before.state == .feedbackReview ? ["T17", "T18"] : ["T18"]
        case .close: return before.state == .replied ? ["T20", "T23"] : ["T23"]
        case .dispatch, .dispatchAgain: return [before.dispatchLine]
        default:
            let id = "T" + AsciiText.padded(Int64(act.rawValue), width: 2)
            return TransitionTable.transition(id) == nil ? [] : [id]
        }
    }

    /// How the lead leg passed between tiers, as `Draft` tells it.
    private mutating func passages(
        of act: TicketAct, _ record: CoreRecord, _ transitions: [String], _ own: Tier?
    ) -> [String] {
        guard let own else { return [] }
        var found = transitions.contains { ["T07", "T22"].contains($0) } ? ["!dispatched.\(own.code)"] : []
        for operation in record.operations {
            switch operation {
            case .accept(leg: 0, let offer):
                if let from = offers[offer] { found.append("!accepted.\(from.code).\(own.code)") }
            case .offer(leg: 0, let to):
                offers[record.dot] = own
                if act == .feedBack, let tier = tier(to) { found.append("!fed_back.\(tier.code)") }
            default: continue
            }
        }
        return found
    }
}

extension RuleBook {
    /// A book in which a draft counts from the beginning of time, with the calendars of this one.
    ///
    /// - Throws: the draft contradicts itself.
    public func rehearsing(_ draft: PolicyPack) throws(PackMistakes) -> RuleBook {
        guard let first = CivilTime.Date(year: 1970, month: 1, day: 1) else { preconditionFailure("a date of 1970") }
        let always = try PolicyPack(
            id: draft.id, version: draft.version, name: draft.name, zone: draft.zone, calendarID: draft.calendarID,
            effectiveFrom: first, confirmation: draft.confirmation, isOuterBound: draft.isOuterBound,
            applies: draft.applies, policies: draft.policies, note: draft.note)
        return RuleBook(inForce: [draft.id], packs: [always], calendars: calendars)
    }
}
