import Platform
import TicketModel
import TicketStore

/// Waits for the next deadline of a ticket in this node's custody and says that it was reached, line or no line (model §2.6).
///
/// One look into an index tells when that is; a ticket is touched only when its own time has come.
final class ClockKeeper: Sendable {
    /// How long it waits at most: an act may start a clock meanwhile, and the wall clock may be set. Limits are minutes and
    /// more, so that looking once a second is enough and no commit wakes this thread.
    private static let waitMillisecondsMax: Int64 = 1_000
    private let store: ReplicaStore
    private let isStopping = Locked(false)
    private let bell = Signal()
    private let thread: Locked<WorkerThread?> = Locked(nil)
    /// The arrivals of rules after which all undetermined clocks were looked at; only the thread uses it.
    private let seenRules: Locked<Int?> = Locked(nil)
    /// Why clocks are not kept; nil while they are.
    let failure: Locked<String?> = Locked(nil)

    /// The code of this unit: whose tickets are told of at the end of a day.
    private let org: String
    /// The bank day that was looked at last: nothing is asked twice a day.
    private let dayClosed: Locked<String?> = Locked(nil)

    init(_ store: ReplicaStore, org: String) {
        self.store = store
        self.org = org
    }

    /// - Throws: `WorkerThreadError`.
    func start() throws {
        let worker = try WorkerThread(name: "clocks", body: { [self] in keep() })
        thread.withLock { $0 = worker }
    }

    func stop() {
        isStopping.withLock { $0 = true }
        bell.raise()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    private func keep() {
        while true {
            // Read before asking whether to stop: a stop that comes in between has rung by then, and is heard below.
            let seen = bell.count
            guard !isStopping.withLock({ $0 }) else { return }
            let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: Int(keepClocks()))
            _ = bell.wait(after: seen, untilNanoseconds: deadline)
        }
    }

    /// - Returns: milliseconds until the next look. A disk that is full is tried again then.
    private func keepClocks() -> Int64 {
        do {
            try closeDay()
            try findEnds()
            while !isStopping.withLock({ $0 }), try store.keepClocks() > 0 {}
            failure.withLock { $0 = nil }
            guard let next = try store.nextClockWork() else { return ClockKeeper.waitMillisecondsMax }
            let milliseconds = next - store.wallMilliseconds()
            // What is due and could not be done now (custody rests) is not asked for again at once.
            return milliseconds > 0
                ? min(milliseconds, ClockKeeper.waitMillisecondsMax) : ClockKeeper.waitMillisecondsMax
        } catch {
            failure.withLock { $0 = ExchangeFailure.code(of: error) }
            return 1_000
        }
    }

    /// Where rules have arrived, a calendar may tell the end of clocks that had none.
    private func findEnds() throws {
        let arrivals = try store.rulesArrivals()
        guard seenRules.withLock({ $0 != arrivals }) else { return }
        var after: Int64? = 0
        while let from = after, !isStopping.withLock({ $0 }) { after = try store.findEnds(after: from).next }
        if after == nil { seenRules.withLock { $0 = arrivals } }
    }

    /// Once a bank day: how many tickets this node has registered in all, for everybody above to hold against theirs.
    private func closeDay() throws {
        let zone = try store.rules().zone
        let day = ReportPeriod(.day, at: store.wallMilliseconds(), in: zone).name
        guard dayClosed.withLock({ $0 }) != day else { return }
        try store.closeDay(org: org, zone: zone)
        dayClosed.withLock { $0 = day }
    }
}
