import SyncProtocol

/// Walks a ticket's acts again under other rules (day §6.3 step 9): which limits would have run, and which would have
/// been broken. Pure; nothing is written.
///
/// Extensions are left out: somebody granted them under the rules that were in force.
public struct ClockReplay {
    private let rules: RuleBook
    private let tier: (NodeID) -> Tier?
    private var fields: [FieldID: Value] = [:]
    /// Members of sets that grow.
    private var members: [FieldID: [Value]] = [:]
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
        let before = fields
        let facts = facts
        let own = author.flatMap(tier)
        let act = TicketAct(rawValue: record.kind)
        let transitions = transitions(of: act, record, before)
        let passages = passages(of: act, record, transitions, own)
        learn(record)
        guard record.claim.map({ $0.leg == 0 }) == true, act != .seize else { return }
        run(
            ClockAct(
                events: ClockAct.events(of: act, transitions, record.operations, leg: 0, passages: passages),
                at: record.stamp.milliseconds, post: record.post,
                pauseReason: text(TicketField.pauseReason, fields)), before: before, facts)
    }

    /// The clocks as they would stand, with what nobody has booked yet.
    public func clocks(at now: Int64) -> TicketClocks {
        var replay = self
        replay.run(ClockAct(events: [], at: now, post: ""), before: fields, facts)
        return TicketClocks { replay.fields[$0] }
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
                guard !Self.clockFields.contains(field) else { continue }
                fields[field] = value == .empty ? nil : value
            case .add(let field, let value): members[field, default: []].append(value)
            default: continue
            }
        }
    }

    private mutating func run(_ act: ClockAct, before: [FieldID: Value], _ facts: [ClockFact]) {
        let after = fields
        let work = rules.clockWork(of: act, before: { before[$0] }, after: { after[$0] }, facts: facts)
        for (field, value) in work.assignments where Self.clockFields.contains(field) { fields[field] = value }
    }

    private var facts: [ClockFact] { ClockFact.all { members[$0] ?? fields[$0].map { [$0] } ?? [] } }

    /// The lines of the state machine that the act walked, told from its number and the state before it: core records do
    /// not repeat them.
    private func transitions(of act: TicketAct, _ record: CoreRecord, _ before: [FieldID: Value]) -> [String] {
        let state = text(TicketField.state, before)
        switch act {
        case .register:
            let isAppeal = record.operations.contains { operation in
                guard case .add(TicketField.links, .text(let text)) = operation else { return false }
                return TicketLink(text)?.kind == "appeal_of"
            }
            return isAppeal ? ["T29", "T01"] : ["T01"]
        case .reply: return state == "feedback_review" ? ["T17", "T18"] : ["T18"]
        case .close: return state == "replied" ? ["T20", "T23"] : ["T23"]
        case .decline: return state == "dispatched" ? ["T09"] : []
        case .dispatch:
            let round: Int64 = if case .integer(let number)? = before[TicketField.roundNo] { number } else { 1 }
            return state == "rework" || (state == "dispatched" && round > 1) ? ["T22"] : ["T07"]
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

    private func text(_ field: FieldID, _ values: [FieldID: Value]) -> String? {
        if case .text(let text)? = values[field] { text } else { nil }
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
