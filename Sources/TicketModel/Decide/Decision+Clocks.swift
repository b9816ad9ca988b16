import SyncProtocol

extension Decision {
    /// What the act does to the ticket's clocks, its operations to be added to it (model §2.6). Nothing for an act that
    /// does not write under the lead leg's custody: clocks are regulated fields of the ticket, and what an assist leg
    /// did is in its own fields.
    ///
    /// - Parameters:
    ///   - rules: what this node holds; the act carries what comes of it, and nobody else computes it again.
    ///   - before: the ticket as the author saw it.
    ///   - milliseconds: now, since 1970 UTC.
    public func clockWork(
        _ rules: RuleBook, before: TicketView, post: String, at milliseconds: Int64
    ) -> ClockWork {
        guard writesLead else { return ClockWork() }
        var given: [FieldID: Value] = [:]
        for operation in core + casework + personal {
            switch operation {
            case .assign(let field, let value), .write(let field, let value): given[field] = value
            default: continue
            }
        }
        return rules.clockWork(
            of: ClockAct(
                events: clockEvents, at: milliseconds, post: post,
                pauseReason: given[TicketField.pauseReason]?.words, order: clockOrder),
            before: before.value,
            after: { field in
                guard let value = given[field] else { return before.value(field) }
                return value == .empty ? nil : value
            }, facts: ClockFact.all(of: before))
    }

    private var clockEvents: [ClockAct.Event] {
        ClockAct.events(of: act, transitions, core, leg: leg, passages: passages)
    }
}

extension ClockAct {
    /// What happened, as the packs name it. Asking for assistance happens on the leg that is offered.
    static func events(
        of act: TicketAct, _ transitions: [String], _ core: [Operation], leg: Leg, passages: [String]
    ) -> [Event] {
        var assisted: Leg?
        var events: [(String, Leg)] = [("!act." + act.name, leg)]
        for operation in core {
            switch operation {
            case .offer(let offered, _) where offered > 0: assisted = offered
            case .add(let field, .text(let text)): events += ClockFact.events(field, text).map { ($0, leg) }
            case .assign(TicketField.regulatorResponse, _): events.append(("!regulator_response", leg))
            case .assign(let field, _):
                // The lead needs that leg no more.
                if let asked = AssistField.legs.first(where: { AssistField.verdict($0) == field }) {
                    events.append(("!assist_cancelled", asked))
                }
            default: continue
            }
        }
        let steps = transitions.map { ($0, $0 == "T11" ? assisted ?? leg : leg) }
        return (steps + events + passages.map { ($0, leg) }).compactMap { Event($0.0, leg: $0.1) }
    }
}

extension Value {
    fileprivate var words: String? { if case .text(let text) = self { text } else { nil } }
}
