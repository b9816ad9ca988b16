import SyncProtocol

/// Somebody is to hear of a clock, once. Two nodes that both noticed name it alike, so that their notices fold to one.
public struct ClockNotice: Hashable, Sendable {
    public enum Threshold: String, Sendable {
        case warning
        case breach
    }

    public let clock: Clock
    public let threshold: Threshold
    /// When it was due to be told.
    public let moment: Int64
    /// Codes of `ClockRecipient`, in order.
    public let recipients: [String]
    /// True where nobody was told in time: the node was off. The notice says so.
    public let isLate: Bool
    /// True for a breach whose warning was never given for the same reason.
    public let missedWarning: Bool

    /// The logical key within the ticket: clock, threshold and its moment, which an extension or a pause may move.
    public var key: String { ClockNotice.key(clock, threshold, moment) }
}

extension RuleBook {
    /// A notice counts as late where more than this lies between its moment and now.
    public static let lateMilliseconds: Int64 = 5 * 60_000

    /// What is to be told of a ticket's clocks between two looks: after `last`, up to and including `now`. Where a node
    /// was off over warning and breach, the breach alone is told.
    public func notices(of clocks: TicketClocks, after last: Int64, upTo now: Int64) -> [ClockNotice] {
        clocks.running.compactMap { notice(of: $0, after: last, upTo: now) }
            .sorted { ($0.moment, $0.key) < ($1.moment, $1.key) }
    }

    private func notice(of clock: Clock, after last: Int64, upTo now: Int64) -> ClockNotice? {
        guard !clock.isWindow, clock.pausedSince == nil, let times = clock.times.known else { return nil }
        let policy = policy(of: clock, at: now)?.policy
        let breach = times.due + 1
        let isWarned = times.warn.map { $0 > last && $0 <= now } ?? false
        if breach > last && breach <= now {
            return ClockNotice(
                clock: clock, threshold: .breach, moment: breach, recipients: policy?.ladder ?? [],
                isLate: now - breach > RuleBook.lateMilliseconds, missedWarning: isWarned)
        }
        guard isWarned, let warn = times.warn else { return nil }
        return ClockNotice(
            clock: clock, threshold: .warning, moment: warn, recipients: policy?.warned ?? [],
            isLate: now - warn > RuleBook.lateMilliseconds, missedWarning: false)
    }

    /// What time alone does to the ticket now: the breach effects of the packs that are not carried out yet, such as
    /// the upgrade to `major` after a month (CL-13).
    public func dueEffects(
        of clocks: TicketClocks, at now: Int64, value: (FieldID) -> Value?
    ) -> [(key: ClockKey, field: FieldID, value: Value)] {
        clocks.running.compactMap { clock in
            guard clock.phase(at: now) == .breached, let effect = policy(of: clock, at: now)?.policy.atBreach,
                value(effect.field) != .text(effect.code)
            else { return nil }
            return (clock.key, effect.field, .text(effect.code))
        }
    }
}
