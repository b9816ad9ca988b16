import SyncProtocol

// What acts order of several clocks at once.
extension RuleBook {
    /// Moves every clock that ends before the new promise and that its pack lets move (EX-01…EX-04). The others stay as
    /// they are: a promise to the customer makes no bound of the bank's longer.
    ///
    /// - Parameter at: now, milliseconds since 1970 UTC; never retroactive.
    public func extended(_ clocks: TicketClocks, by order: ExtensionOrder, at: Int64) -> ClockChanges {
        var changes = ClockChanges()
        for placed in clocks.all where placed.clock.isRunning && mayMove(placed.clock, to: order.due, at: at) {
            changes.take(placed) { clock throws(ClockRefusal) in try extended(clock, by: order, at: at) }
        }
        return changes
    }

    private func mayMove(_ clock: Clock, to due: Int64, at: Int64) -> Bool {
        guard !clock.isWindow, let policy = policy(of: clock, at: at)?.policy else { return false }
        return !policy.extensions.isEmpty && clock.times.due.map { $0 < due } ?? true
    }

    /// By the first approver whose role is enough; as it is where nobody has approved yet and somebody could.
    private func extended(_ clock: Clock, by order: ExtensionOrder, at: Int64) throws(ClockRefusal) -> Clock {
        let amount = try amount(of: clock, reaching: order.due)
        guard let last = order.approvers.last else {
            try checkMovable(clock, at: at)
            _ = try fitting(try rule(of: clock).policy, amount, order.reason)
            return clock
        }
        for approver in order.approvers.dropLast() {
            do throws(ClockRefusal) {
                return try extended(clock, request(order, amount, approver), at: at).clock
            } catch {
                guard error.isAboutApprover else { throw error }
            }
        }
        return try extended(clock, request(order, amount, last), at: at).clock
    }

    private func request(_ order: ExtensionOrder, _ amount: Int64, _ approver: Approver) -> ExtensionRequest {
        ExtensionRequest(
            amount: amount, reason: order.reason, requester: order.requester, approver: approver.post,
            approverRole: approver.role)
    }

    /// The least amount, counted from the clock's start, whose end is no earlier than an instant. An end that cannot be
    /// told counts as late enough: whoever grants it is told so.
    private func amount(of clock: Clock, reaching due: Int64) throws(ClockRefusal) -> Int64 {
        let (pack, policy) = try rule(of: clock)
        guard let longest = policy.extensions.last else { throw .extensionNotPermitted(policy) }
        func reaches(_ amount: Int64) -> Bool {
            let limit = policy.limit.with(amount: amount)
            return times(limit, policy, pack, from: clock.startedAt, pauses: clock.pauses).due.map { $0 >= due } ?? true
        }
        var (low, high) = (try limit(of: clock, policy).amount + 1, longest.amountMax)
        guard low <= high, reaches(high) else { throw .beyondMaximum(policy, longest) }
        while low < high {
            let middle = low + (high - low) / 2
            if reaches(middle) { high = middle } else { low = middle + 1 }
        }
        return low
    }

    /// Lets every running clock rest whose pack permits the reason.
    public func paused(_ clocks: TicketClocks, reason: String, by post: String, at: Int64) -> ClockChanges {
        var changes = ClockChanges()
        for placed in clocks.all where placed.clock.isRunning && !placed.clock.isWindow {
            changes.take(placed) { clock throws(ClockRefusal) in
                try paused(clock, reason: reason, by: post, at: at)
            }
        }
        return changes
    }

    /// Counts clocks again with what is effective now: all, or the one with this key text.
    public func repinned(_ clocks: TicketClocks, key: String?, by post: String, at: Int64) -> ClockChanges {
        var changes = ClockChanges()
        for placed in clocks.all where placed.clock.isRunning && (key.map { $0 == placed.clock.key.text } ?? true) {
            changes.take(placed) { clock throws(ClockRefusal) in try repinned(clock, by: post, at: at) }
        }
        return changes
    }

    /// Finds the end of every clock that had none, where this node can tell it now: what a node does by itself when a
    /// calendar arrives. Nothing that was pinned moves, and no newer rule is applied.
    public func determined(_ clocks: TicketClocks, at: Int64) -> ClockChanges {
        var changes = ClockChanges()
        for placed in clocks.all where placed.clock.isRunning && placed.clock.times.known == nil {
            changes.take(placed) { clock throws(ClockRefusal) in try determined(clock, at: at) }
        }
        return changes
    }

    /// Who repinned where no person did.
    static let nodePost = "node"
}
