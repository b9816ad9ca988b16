import Platform
import SyncProtocol
import Testing

@testable import SyncNode

@Suite("Nobody takes more than its share") struct BudgetTests {
    /// What a bucket says to one attempt after the other, each with its time.
    private func waits(_ capacity: Int, _ perSecond: Int, _ attempts: [(count: Int, now: Int64)]) -> [Int?] {
        var bucket = TokenBucket(capacity: capacity, perSecond: perSecond, now: 0)
        return attempts.map { bucket.take($0.count, now: $0.now) }
    }

    @Test func `a bucket gives what it holds and names the second in which it holds more`() {
        let ten = [(count: Int, now: Int64)](repeating: (1, 0), count: 10)
        #expect(waits(10, 2, ten) == [Int?](repeating: nil, count: 10))
        #expect(
            waits(10, 2, ten + [(1, 0), (8, 0), (1, 499), (1, 500), (10, 60_000)]).suffix(5) == [1, 4, 1, nil, nil])
        // A clock that stands still gives nothing, and neither does one that goes back.
        #expect(waits(10, 2, [(10, 60_000), (1, 60_000), (1, 59_000)]) == [nil, 1, 1])
    }

    @Test func `what is larger than a bucket is given from a full one, which then owes it`() {
        #expect(waits(10, 2, [(30, 0), (1, 10_000), (1, 10_500)]) == [nil, 1, nil])
    }

    @Test func `hellos under a name do not use up what its session may send`() throws {
        var budget = PeerBudget(now: 0)
        #expect(throws: PeerBudgetExceeded.self) { for _ in 0..<1_000 { try budget.greet(now: 0) } }
        try budget.send(frameBytes: 1_000, now: 0)
        try budget.ask(reading: 1_000, now: 0)
    }

    @Test func `readings of the whole store run out, single actions go on later`() throws {
        var budget = PeerBudget(now: 0)
        var readings = 0
        do {
            while true {
                try budget.ask(reading: PeerBudget.readingCost, now: 0)
                readings += 1
            }
        } catch {
            #expect((1...60).contains(error.retryAfterSeconds))
            #expect(readings == 10)
            try budget.ask(reading: 1_000, now: Int64(error.retryAfterSeconds) * 1000)
        }
    }

    /// A hundred thousand actions that one side lacks, asked for as `Session` asks.
    @Test func `an honest reconciliation of 100,000 actions is not held up`() throws {
        var budget = PeerBudget(now: 0)
        try budget.ask(reading: PeerBudget.readingCost, now: 0)
        for _ in 0..<100_000 / Limits.fetchDotsMax { try budget.ask(reading: Limits.fetchDotsMax, now: 0) }
    }
}

@Suite("Neighbours take turns") struct PeerLanesTests {
    private struct Counts {
        var running = 0
        var most = 0
        var done = 0
        var isOpen = false
    }

    @Test func `one neighbour never has two jobs under way, and loses none`() throws {
        let lanes = try PeerLanes(name: "test", threads: 4)
        let counts = Locked(Counts())
        for _ in 0..<50 {
            while !lanes.submit(
                "b1",
                {
                    counts.withLock { counts in
                        counts.running += 1
                        counts.most = max(counts.most, counts.running)
                    }
                    counts.change { counts in
                        counts.running -= 1
                        counts.done += 1
                    }
                })
            { pass(milliseconds: 1) }
        }
        lanes.close()
        #expect(counts.withLock { $0.done } == 50)
        #expect(counts.withLock { $0.most } == 1)
        let isTaken = lanes.submit("b1", {})
        #expect(!isTaken)
    }

    @Test func `a neighbour whose jobs do not end takes nobody's turn, and only its own queue fills`() throws {
        let lanes = try PeerLanes(name: "test", threads: 2)
        let counts = Locked(Counts())
        let stuck: PeerLanes.Job = { _ = counts.wait { $0.isOpen ? true : nil } }
        var taken = 0
        while lanes.submit("b1", stuck) {
            taken += 1
            if taken == 1 { pass(milliseconds: 20) }
        }
        #expect((PeerLanes.waitingPerPeerMax...PeerLanes.waitingPerPeerMax + 1).contains(taken))
        let isTaken = lanes.submit("b2", { counts.change { $0.done += 1 } })
        #expect(isTaken)
        let isDone = counts.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)) {
            $0.done == 1 ? true : nil
        }
        #expect(isDone == true)
        counts.change { $0.isOpen = true }
        lanes.close()
    }

    @Test func `two of the largest messages are read at a time, and many small ones`() throws {
        let memory = DecodeMemory()
        let counts = Locked(Counts())
        let threads = try (0..<4).map { number in
            try WorkerThread(name: "reader-\(number)") {
                memory.reserve(frameBytes: Limits.frameBytesMax) {
                    counts.change { counts in
                        counts.running += 1
                        counts.most = max(counts.most, counts.running)
                    }
                    _ = counts.wait { $0.isOpen ? true : nil }
                    counts.change { $0.running -= 1 }
                }
            }
        }
        let two = counts.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)) {
            $0.running == 2 ? true : nil
        }
        #expect(two == true)
        counts.change { $0.isOpen = true }
        for thread in threads { thread.join() }
        #expect(counts.withLock { $0.most } == 2)
        var depth = 0
        func nest() { memory.reserve(frameBytes: 900) { if depth < 50 { depth += 1; nest() } } }
        nest()
        #expect(depth == 50)
    }
}
