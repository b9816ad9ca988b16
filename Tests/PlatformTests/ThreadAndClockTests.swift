import Glibc
import Platform
import Testing

@Suite("Threads, clocks and randomness of the machine")
struct ThreadAndClockTests {
    @Test func `a thread carries the first fifteen bytes of its name`() throws {
        let seen = Locked("")
        let thread = try WorkerThread(name: "exactly-fifteen-and-more") {
            let file = open("/proc/thread-self/comm", O_RDONLY)
            defer { close(file) }
            var bytes = [UInt8](repeating: 0, count: 32)
            let count = read(file, &bytes, bytes.count)
            seen.withLock { $0 = String(decoding: bytes.prefix(max(count, 0)), as: UTF8.self) }
        }
        thread.join()
        thread.join()
        #expect(seen.withLock { $0 } == "exactly-fifteen\n")
    }

    @Test func `a thread that nobody joins still does its work`() throws {
        let done = Signal()
        do { _ = try WorkerThread(name: "alone") { done.raise() } }
        #expect(done.wait(after: 0) == 1)
    }

    @Test func `the monotonic clock never goes back and the wall clock is past 2025`() {
        var last = SystemClock.monotonicNanoseconds()
        for _ in 0..<10_000 {
            let now = SystemClock.monotonicNanoseconds()
            #expect(now >= last)
            last = now
        }
        #expect(SystemClock.wallMilliseconds() > 1_735_689_600_000)
    }

    @Test func `a deadline in the past is now and one beyond all time is never`() {
        let now = SystemClock.monotonicNanoseconds()
        #expect(SystemClock.deadlineNanoseconds(inMilliseconds: -5) >= now)
        #expect(SystemClock.deadlineNanoseconds(inMilliseconds: 1000) >= now + 1_000_000_000)
        #expect(SystemClock.deadlineNanoseconds(inMilliseconds: .min) < now + 60_000_000_000)
        #expect(SystemClock.deadlineNanoseconds(inMilliseconds: .max) == .max)
    }

    @Test(arguments: [0, 1, 255, 256, 257, 1000])
    func `random bytes have the asked count and do not repeat`(count: Int) {
        let bytes = SystemRandom.bytes(count)
        #expect(bytes.count == count)
        if count > 16 {
            #expect(bytes != SystemRandom.bytes(count))
            // The end is filled too: 16 zero bytes come once in 2^128.
            #expect(bytes.suffix(16).contains { $0 != 0 })
        }
    }

    @Test func `random words differ`() {
        var source = SystemRandom()
        #expect(Set((0..<1000).map { _ in source.next() }).count == 1000)
    }
}
