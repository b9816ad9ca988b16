import SyncProtocol

extension Decision {
    /// What the act does to the ticket's clocks, as operations to add to it (model §2.6). Nothing for an act that
    /// does not write under the lead leg's custody: clocks are regulated fields of the ticket, and what an assist leg
    /// did is in its own fields.
    ///
    /// - Parameters:
    ///   - rules: what this node holds; the act carries what comes of it, and nobody else computes it again.
    ///   - before: the ticket as the author saw it.
    ///   - milliseconds: now, since 1970 UTC.
    public func clockOperations(
        _ rules: RuleBook, before: TicketView, post: String, at milliseconds: Int64
    ) -> [Operation] {
        guard writesLead else { return [] }
        var given: [FieldID: Value] = [:]
        for operation in core + casework + personal {
            switch operation {
            case .assign(let field, let value), .write(let field, let value): given[field] = value
            default: continue
            }
        }
        let work = rules.clockWork(
            of: ClockAct(
                events: clockEvents, at: milliseconds, leg: leg, post: post,
                pauseReason: given[TicketField.pauseReason]?.words),
            before: before.value,
            after: { field in
                guard let value = given[field] else { return before.value(field) }
                return value == .empty ? nil : value
            })
        return work.operations
    }

    /// What happened, as the packs name it. Asking for assistance happens on the leg that is offered.
    private var clockEvents: [ClockAct.Event] {
        var assisted: Leg?
        var events = ["!act." + act.name]
        for operation in core {
            switch operation {
            case .offer(let offered, _) where offered > 0: assisted = offered
            case .add(TicketField.contacts, .text(let entry)):
                let kind = entry.utf8.prefix { $0 != UInt8(ascii: "@") }
                events.append("!contact." + String(Substring(kind)))
            case .add(TicketField.reports, _): events.append("!report_up")
            case .assign(TicketField.regulatorResponse, _): events.append("!regulator_response")
            default: continue
            }
        }
        let steps = transitions.map { ($0, $0 == "T11" ? assisted ?? leg : leg) }
        return (steps + events.map { ($0, leg) }).compactMap { ClockAct.Event($0.0, leg: $0.1) }
    }
}

extension Value {
    fileprivate var words: String? { if case .text(let text) = self { text } else { nil } }
}
