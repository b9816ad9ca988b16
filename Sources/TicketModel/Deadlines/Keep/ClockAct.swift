import SyncProtocol

/// An act as far as clocks are concerned.
public struct ClockAct: Sendable {
    /// Something that happened, on a leg: a transition (`T07`) or, with `!` before it, an event that is none
    /// (`!read_receipt`, `!contact.final_reply`, `!act.<name>`).
    public struct Event: Hashable, Sendable {
        public let trigger: ClockTrigger
        public let leg: Leg

        /// A text that is no trigger stands for nothing.
        public init?(_ text: String, leg: Leg = 0) {
            guard let trigger = ClockTrigger(text) else { return nil }
            self.trigger = trigger
            self.leg = leg
        }
    }

    /// In the order in which they happened.
    public let events: [Event]
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    /// The acting post.
    public let post: String
    /// With `T13`: the reason of `Enumeration.pauseReason`.
    public let pauseReason: String?
    /// What it asks of clocks beyond its events.
    public let order: ClockOrder?

    public init(events: [Event], at: Int64, post: String, pauseReason: String? = nil, order: ClockOrder? = nil) {
        self.events = events
        self.at = at
        self.post = post
        self.pauseReason = pauseReason
        self.order = order
    }

    /// An act by the transitions that it walks, all on one leg, beside the act's own name as an event.
    public init(
        _ act: TicketAct, transitions: [String], at: Int64, post: String, pauseReason: String? = nil
    ) {
        let events = (transitions + ["!act." + act.name]).compactMap { Event($0) }
        self.init(events: events, at: at, post: post, pauseReason: pauseReason)
    }
}

/// What an act does to the clocks of a ticket.
public struct ClockWork: Sendable {
    /// The fields to assign, in the order of the table: clock fields, and at registration the pack's name and versions.
    public var assignments: [(field: FieldID, value: Value)] = []
    public var started: [Clock] = []
    public var stopped: [Clock] = []
    public var dropped: [Clock] = []
    /// Clocks that found no room: all fields hold running clocks. An alarm, never a refusal.
    public var withoutRoom: [ClockKey] = []

    /// Clocks that a pause or its end should have changed, or that should have kept what was granted, and could not.
    public var refused: [(key: ClockKey, refusal: ClockRefusal)] = []

    /// Started clocks whose end cannot be told: an alarm, and a repin later.
    public var undetermined: [Clock] { started.filter { $0.times.known == nil } }

    public init() {}

    /// The assignments as operations of an action.
    public var operations: [Operation] { assignments.map { .assign($0.field, $0.value) } }
}
