import SyncProtocol

/// Something that stops clocks and that its author could not write into them, because another node has custody: a
/// contact, a read receipt, a report, the end of an assist leg, a work order that a unit did not take. The custodian books it when it arrives, at the instant at
/// which it happened, so that a line that was down makes nobody late.
public struct ClockFact: Hashable, Sendable {
    public let event: ClockAct.Event
    /// Milliseconds since 1970 UTC.
    public let at: Int64

    init?(_ text: String, leg: Leg = 0, at: Int64?) {
        guard let event = ClockAct.Event(text, leg: leg), let at else { return nil }
        self.event = event
        self.at = at
    }

    /// The sets whose members are facts.
    private static let sets: [(field: FieldID, shape: EntryShape)] = [
        (TicketField.readReceipts, EntryShapes.readReceipt), (TicketField.contacts, EntryShapes.contact),
        (TicketField.reports, EntryShapes.report), (TicketField.assistDeclines, EntryShapes.assistDecline),
        (TicketField.unitDeclines, EntryShapes.unitDecline),
    ]

    /// All fields that facts are read from.
    public static let fields: [FieldID] =
        sets.map(\.field) + AssistField.legs.flatMap { [AssistField.state($0), AssistField.doneAt($0)] }

    /// What a new member of a set is to packs: `!contact.interim_reply`, `!report_up.to_regulator`, …
    static func events(_ field: FieldID, _ text: String) -> [String] {
        guard let shape = sets.first(where: { $0.field == field })?.shape, let entry = Entry(text, of: shape) else {
            return []
        }
        switch field {
        case TicketField.readReceipts: return ["!read_receipt"]
        case TicketField.unitDeclines: return ["T09"]
        case TicketField.contacts: return ["!contact." + (entry["kind"] ?? "")]
        // Filing for the record is no report that a clock waits for.
        case TicketField.reports where entry["verdict"] == "sent" && entry["hop"] != "for_record":
            return ["!report_up", "!report_up." + (entry["hop"] ?? "")]
        default: return []
        }
    }

    /// All facts of a ticket, from the members of its sets and the fields of its assist legs.
    public static func all(_ values: (FieldID) -> [Value]) -> [ClockFact] {
        let found = sets.flatMap { field, shape in
            values(field).flatMap { value -> [ClockFact] in
                guard case .text(let text) = value, let entry = Entry(text, of: shape) else { return [] }
                return events(field, text).compactMap { ClockFact($0, at: entry.integer("at")) } + declined(entry)
            }
        }
        return found + AssistField.legs.compactMap { assist($0, values) }
    }

    /// A unit that did not take an assist leg (T09).
    private static func declined(_ entry: Entry) -> [ClockFact] {
        guard let leg = entry.integer("leg").flatMap(Leg.init(exactly:)) else { return [] }
        return ClockFact("T09", leg: leg, at: entry.integer("at")).map { [$0] } ?? []
    }

    /// A leg that reported has fed back (T15), one that was returned was not the unit's (T09).
    private static func assist(_ leg: Leg, _ values: (FieldID) -> [Value]) -> ClockFact? {
        guard case .text(let state)? = values(AssistField.state(leg)).first, state != "handling",
            case .integer(let at)? = values(AssistField.doneAt(leg)).first
        else { return nil }
        return ClockFact(
            state == "done" ? "T15" : "T09", leg: leg, at: FieldTable.bounded(at, AssistField.doneAt(leg)))
    }

    public static func all(of ticket: TicketView) -> [ClockFact] { all { ticket.fields[$0] ?? [] } }

    public static func all(_ core: FieldState) -> [ClockFact] {
        all { field in
            let members = core.elements(field).map(\.value)
            return members.isEmpty ? core.value(field).map { [$0] } ?? [] : members
        }
    }
}

extension TicketClocks {
    /// When a running clock was stopped by a fact that is not booked yet; nil where none was.
    func stop(of clock: Clock, by facts: [ClockFact]) -> Int64? {
        guard clock.isRunning else { return nil }
        return facts.filter { fact in
            // A unit declines after it was asked: what was dispatched anew in that very instant is not declined yet.
            let isAfter = fact.event.trigger == .notTaken ? fact.at > clock.startedAt : fact.at >= clock.startedAt
            return isAfter && fact.event.leg == clock.key.leg && clock.stops.contains(fact.event.trigger)
        }.map(\.at).min()
    }

    /// When the custodian has to look at the ticket next: a step is to be told, or something is to be booked, which is due
    /// since it happened. nil where only an act can bring something.
    ///
    /// - Parameter facts: read only where some clock waits for what arrives like this.
    public func nextWork(given: Set<String>, facts: () -> [ClockFact]) -> Int64? {
        let step = nextStep(given: given)
        guard waitsForFacts else { return step }
        let found = facts()
        let booking = running.compactMap { stop(of: $0, by: found) }.min()
        return [step, booking].compactMap { $0 }.min()
    }

    private var waitsForFacts: Bool {
        running.contains { clock in
            clock.key.leg != 0
                || clock.stops.contains { if case .event = $0 { true } else { $0 == .notTaken } }
        }
    }
}

extension ClockTrigger {
    /// The unit did not take what it was offered (T09).
    fileprivate static let notTaken = ClockTrigger.transition("T09")
}
