import Testing

@testable import TicketModel

@Suite struct ReferenceVersionTests {
    @Test func `the later version is the one that people would call later`() {
        let rising = [
            "1", "2", "2.1", "2.9", "2.10", "10", "2026-9-01", "2026-09-01.1", "2026-9-02", "2026-11-01",
            "2026-11-01.1",
            "2026-11-01.2", "2026-11-01.10", "99999999999999999999999999", "100000000000000000000000000", "v2", "v10",
        ]
        for (index, one) in rising.enumerated() {
            #expect(!ReferenceVersion.precedes(one, one))
            for other in rising[(index + 1)...] {
                #expect(ReferenceVersion.precedes(one, other), "\(one) before \(other)")
                #expect(!ReferenceVersion.precedes(other, one), "\(other) not before \(one)")
            }
        }
        // Two spellings of one number are two versions all the same.
        #expect(ReferenceVersion.precedes("1.01", "1.1") != ReferenceVersion.precedes("1.1", "1.01"))
    }

    @Test func `a register of September published in November has no effect`() {
        func register(_ version: String, level: Int) -> PeopleRegister {
            PeopleRegister(
                name: "posts", version: version, title: Bilingual("岗位", "posts"),
                seats: [People.Seat("010101.clerk", [.clerk], at: "b1", level: level)])
        }
        let people = People(registers: [register("2026-11-01.1", level: 1), register("2026-9-01", level: 4)])
        #expect(people.seat("010101.clerk")?.level == 1)
        let next = People(registers: [register("2026-11-01.9", level: 1), register("2026-11-01.10", level: 2)])
        #expect(next.seat("010101.clerk")?.level == 2)
    }
}
