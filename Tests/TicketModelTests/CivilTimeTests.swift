import Testing

@testable import TicketModel

@Suite struct CivilTimeTests {
    @Test func `every day of four centuries is one day after the day before`() throws {
        var previous = CivilTime.date(dayNumber: 0)
        #expect(previous.text == "1970-01-01")
        for number in Int64(1)...146_097 {
            let date = CivilTime.date(dayNumber: number)
            let isNext =
                date.day == previous.day + 1
                || (date.day == 1 && previous.day == CivilTime.days(inMonth: previous.month, ofYear: previous.year))
            if !isNext || CivilTime.dayNumber(of: date) != number { Issue.record("day \(number): \(date.text)") }
            previous = date
        }
        #expect(previous.text == "2370-01-01")
        #expect(CivilTime.date(dayNumber: 2_932_896).text == "9999-12-31")
    }

    @Test(
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01 08:00", 0), ("1970-01-01T08:00:00+08:00", 0),
            ("1970-01-02", 57_600_000), ("2026-03-01 09:30", 1_772_328_600_000),
            ("2026-03-01T01:30:00.000Z", 1_772_328_600_000),
            ("2026-02-28T20:30-05:00", 1_772_328_600_000), ("1772328600000", 1_772_328_600_000),
            ("2000-02-29T00:00:00.001Z", 951_782_400_001), (" 0 ", 0),
        ] as [(String, Int64)])
    func `instants are read as written`(_ text: String, _ expected: Int64) {
        #expect(CivilTime.instant(from: text) == expected)
    }

    @Test(arguments: [
        "", "yesterday", "2026", "2026-13-01", "2026-02-29", "2026-03-01T", "2026-03-01T24:00", "2026-03-01T09:60",
        "2026-03-01T09:30:60", "2026-03-01T09:30:00.5", "2026-03-01T09:30+8", "2026-03-01T09:30Zx",
        "1969-12-31", "99999999999999999999", "9999999999999999", "2026-03-01T09:30+15:00", "２０２６-03-01",
    ])
    func `what is no instant is refused`(_ text: String) {
        #expect(CivilTime.instant(from: text) == nil)
    }

    @Test func `an instant is shown in China's time`() {
        #expect(CivilTime.chinaText(at: TestBank.morning) == "2026-03-01 09:30:00")
        #expect(CivilTime.chinaText(at: .max) == "9999-12-31 23:59:59")
        #expect(CivilTime.chinaText(at: .min) == "1970-01-01 08:00:00")
    }
}
