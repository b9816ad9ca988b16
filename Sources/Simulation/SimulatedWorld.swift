import Platform
import SyncProtocol
import TicketStore

/// Time and randomness of a simulated node: both move only when the test says so.
public final class SimulatedWorld: Sendable {
    private let state: Locked<(milliseconds: Int64, random: SeededRandom)>

    /// Begins on 2026-03-02 at 08:00 in China.
    public init(seed: UInt64, milliseconds: Int64 = 1_772_409_600_000) {
        state = Locked((milliseconds, SeededRandom(seed: seed)))
    }

    public var now: Int64 {
        get { state.withLock { $0.milliseconds } }
        set { state.withLock { $0.milliseconds = newValue } }
    }

    public func advance(milliseconds: Int64) { state.withLock { $0.milliseconds += milliseconds } }

    public var world: World {
        World(
            wallMilliseconds: { [state] in state.withLock { $0.milliseconds } },
            random: { [state] in state.withLock { $0.random.next() } })
    }
}
