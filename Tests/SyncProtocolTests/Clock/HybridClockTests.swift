import SyncProtocol
import Testing

@Suite("A node's clock never goes back") struct HybridClockTests {
    @Test func `stamps rise strictly, however the wall clock jumps`() {
        for seed in lawCases(200) {
            var dice = Dice(seed: seed)
            var clock = HybridClock()
            var last = clock.last
            for _ in 0..<50 {
                let now = dice.pick([0, -5, 1_000, 1_000, 2_000, Int64(dice.below(3_000)), .min, 1_790_000_000_000])
                if dice.hits(40) { clock.observe(HybridTime(milliseconds: Int64(dice.below(400_000))), now: now) }
                let stamp = clock.tick(now: now)
                #expect(stamp > last, "seed \(seed)")
                last = stamp
            }
        }
    }

    @Test func `a wild remote stamp does not drag it`() {
        let now: Int64 = 1_790_000_000_000
        var clock = HybridClock()
        clock.observe(HybridTime(milliseconds: now + Limits.clockSkewMillisecondsMax + 1), now: now)
        clock.observe(HybridTime(rawValue: .max), now: now)
        #expect(clock.tick(now: now) == HybridTime(milliseconds: now))
        clock.observe(HybridTime(milliseconds: now + Limits.clockSkewMillisecondsMax), now: now)
        #expect(clock.tick(now: now).milliseconds == now + Limits.clockSkewMillisecondsMax)
    }

    @Test func `a wall clock at the end of time stops nothing`() {
        var clock = HybridClock()
        clock.observe(HybridTime(milliseconds: 5), now: .max)
        clock.observe(HybridTime(milliseconds: 5), now: .min)
        #expect(clock.tick(now: .max).milliseconds == Limits.clockMillisecondsMax)
        #expect(clock.tick(now: .min).counter == 1)
    }

    @Test func `within one millisecond the counter counts`() {
        var clock = HybridClock()
        #expect((0..<3).map { _ in clock.tick(now: 9).counter } == [0, 1, 2])
        #expect(HybridTime(milliseconds: -1).rawValue == 0)
    }
}
