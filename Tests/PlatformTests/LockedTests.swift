import Platform
import Testing

@Suite("Threads share a value")
struct LockedTests {
    @Test func `no increment of eight threads is lost`() throws {
        let counter = Locked(0)
        let threads = try (0..<8).map { _ in
            try WorkerThread(name: "count") { for _ in 0..<10_000 { counter.withLock { $0 += 1 } } }
        }
        for thread in threads { thread.join() }
        #expect(counter.withLock { $0 } == 80_000)
    }

    @Test func `a waiter hears a change made before it came and one made after`() throws {
        let steps = Locked(0)
        let answered = try WorkerThread(name: "answer") {
            _ = steps.wait { $0 == 1 ? true : nil }
            steps.change { $0 = 2 }
        }
        steps.change { $0 = 1 }
        #expect(steps.wait { $0 == 2 ? "done" : nil } == "done")
        answered.join()
    }

    @Test func `a waiter gives up at its deadline`() {
        let never = Locked(0)
        let start = SystemClock.monotonicMilliseconds()
        let outcome = never.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 30)) {
            $0 == 1 ? true : nil
        }
        #expect(outcome == nil)
        #expect(SystemClock.monotonicMilliseconds() - start >= 29)
    }

    @Test func `an error thrown under the lock sets it free`() {
        let state = Locked(0)
        #expect(throws: ZstdError.damaged) { try state.withLock { _ throws(ZstdError) in throw ZstdError.damaged } }
        #expect(state.withLock { $0 } == 0)
    }

    @Test func `taking a lock twice stops the process instead of hanging it`() async {
        await #expect(processExitsWith: .failure) {
            let state = Locked(0)
            state.withLock { _ in state.withLock { _ in } }
        }
    }

    @Test func `a bell that rang before the wait is heard`() {
        let bell = Signal()
        let seen = bell.count
        bell.raise()
        #expect(bell.wait(after: seen) == seen + 1)
        #expect(bell.wait(after: bell.count, untilNanoseconds: 0) == nil)
    }
}
