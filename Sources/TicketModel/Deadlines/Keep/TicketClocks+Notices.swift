import SyncProtocol

// When somebody is to be told of a clock, and what was told already. Both are read from the ticket alone, so that every
// node sees the same and no notice is given twice.
extension TicketClocks {
    /// What is to be told of running clocks that was not told yet, oldest first. Where a clock is beyond its end, its
    /// breach alone is told.
    fileprivate func pending(_ given: Set<String>) -> [(clock: Clock, threshold: ClockNotice.Threshold, moment: Int64)]
    {
        var found: [(clock: Clock, threshold: ClockNotice.Threshold, moment: Int64)] = []
        for clock in running where !clock.isWindow && clock.pausedSince == nil {
            guard let times = clock.times.known else { continue }
            let breach = ClockNotice.key(clock, .breach, times.due + 1)
            guard !given.contains(breach) else { continue }
            found.append((clock, .breach, times.due + 1))
            if let warn = times.warn, !given.contains(ClockNotice.key(clock, .warning, warn)) {
                found.append((clock, .warning, warn))
            }
        }
        return found.sorted { ($0.moment, $0.threshold.rawValue) < ($1.moment, $1.threshold.rawValue) }
    }

    /// The next moment at which somebody is to be told; nil where only an act can bring one.
    public func nextNotice(given: Set<String>) -> Int64? { pending(given).first?.moment }
}

extension RuleBook {
    /// What is to be told now. A notice whose moment lies far behind says that it is late: the node was off (model §2.6).
    public func dueNotices(of clocks: TicketClocks, given: Set<String>, at now: Int64) -> [ClockNotice] {
        let due = clocks.pending(given).filter { $0.moment <= now }
        let breached = Set(due.filter { $0.threshold == .breach }.map(\.clock))
        return due.filter { $0.threshold == .breach || !breached.contains($0.clock) }.map { entry in
            let policy = policy(of: entry.clock, at: now)?.policy
            let missed = due.contains { $0.clock == entry.clock && $0.threshold == .warning }
            return ClockNotice(
                clock: entry.clock, threshold: entry.threshold, moment: entry.moment,
                recipients: (entry.threshold == .breach ? policy?.ladder : policy?.warned) ?? [],
                isLate: now - entry.moment > RuleBook.lateMilliseconds,
                missedWarning: entry.threshold == .breach && missed)
        }
    }
}

extension ClockNotice {
    /// The number of the node's own act that gives notice, in core records.
    public static let act: UInt16 = 1006
    /// The number of the node's own act by which time alone changes a ticket (CL-13).
    public static let effectAct: UInt16 = 1007

    static func key(_ clock: Clock, _ threshold: Threshold, _ moment: Int64) -> String {
        "\(clock.key.text).\(clock.startedAt).\(threshold.rawValue).\(moment)"
    }

    /// The keys of the notices that a ticket has had.
    public static func given(_ core: FieldState) -> Set<String> {
        texts(core.elements(TicketField.clockNotices).map(\.value))
    }

    public static func given(_ ticket: TicketView) -> Set<String> {
        texts(ticket.fields[TicketField.clockNotices] ?? [])
    }

    private static func texts(_ values: [Value]) -> Set<String> {
        Set(values.compactMap { if case .text(let text) = $0 { text } else { nil } })
    }
}
