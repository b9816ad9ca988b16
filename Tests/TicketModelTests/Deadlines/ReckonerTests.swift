import Testing

@testable import TicketModel

/// Every kind of clock against the figures of the table of policies.
@Suite struct ReckonerTests {
    private func times(_ limit: ClockLimit, from start: String) throws -> DueTimes {
        try Reckoner(zone: .china, calendar: try Deadlines.calendar())
            .reckon(limit, from: Deadlines.at(start), warns: true)
    }

    private func minutesToWarning(_ limit: ClockLimit) throws -> Int64 {
        let start = Deadlines.at("2021-03-01 09:30")
        let warn = try #require(
            try Reckoner(zone: .china, calendar: nil).reckon(limit, from: start, warns: true).warn)
        return (warn - start) / 60_000
    }

    @Test func `elapsed limits warn at nine tenths to the minute`() throws {
        // Hours → minutes to the warning, as the table of policies prints them.
        let table: [(hours: Int64, warning: Int64)] = [
            (1, 54), (2, 108), (4, 216), (17, 15 * 60 + 18), (24, 21 * 60 + 36), (41, 36 * 60 + 54),
            (48, 43 * 60 + 12), (65, 58 * 60 + 30), (72, 64 * 60 + 48), (96, 86 * 60 + 24),
        ]
        for row in table { #expect(try minutesToWarning(.elapsed(minutes: row.hours * 60)) == row.warning) }
    }

    @Test func `elapsed time runs over midnight, weekends and holidays`() throws {
        let times = try times(.elapsed(minutes: 48 * 60), from: "2021-09-30 18:00")
        #expect(CivilTime.chinaText(at: times.due) == "2021-10-02 18:00:00")
    }

    @Test func `the warning is the first millisecond with elapsed times ten at least limit times nine`() {
        for length: Int64 in [1, 7, 10, 11, 19, 60_000, 61_000, 86_400_000, 86_400_001] {
            let warn = Reckoner.nineTenths(of: length)
            #expect(warn * 10 >= length * 9)
            #expect((warn - 1) * 10 < length * 9)
        }
    }

    @Test func `a week of natural days ends with the seventh day and warns after 6 days 7 hours 12`() throws {
        let times = try times(.naturalDays(7, endsOnWorkingDay: false), from: "2021-03-01 15:00")
        #expect(CivilTime.chinaText(at: times.due) == "2021-03-08 23:59:59")
        #expect(times.warn == Deadlines.at("2021-03-02 00:00") + (6 * 24 * 60 + 7 * 60 + 12) * 60_000)
    }

    @Test func `working days warn in working time`() throws {
        // 4.5 working days: noon of the fifth.
        let five = try times(.workingDays(5), from: "2021-09-30 10:00")
        #expect(five.warn.map(CivilTime.chinaText) == "2021-10-13 12:00:00")
        // 2.7 working days: 16:48 of the third, a moved Saturday.
        let three = try times(.workingDays(3), from: "2021-02-10 10:00")
        #expect(three.warn.map(CivilTime.chinaText) == "2021-02-20 16:48:00")
        // 9 working days: at the end of the ninth, whatever day follows.
        let ten = try times(.workingDays(10), from: "2021-03-01 10:00")
        #expect(ten.warn.map(CivilTime.chinaText) == "2021-03-13 00:00:00")
        #expect(CivilTime.chinaText(at: ten.due) == "2021-03-15 23:59:59")
    }

    @Test func `the same day ends with the day and warns nobody`() throws {
        let times = try times(.naturalDays(0, endsOnWorkingDay: false), from: "2021-03-06 23:59")
        #expect(CivilTime.chinaText(at: times.due) == "2021-03-06 23:59:59")
        #expect(times.warn == nil)
    }

    @Test func `a natural limit moves off a holiday only where the pack says so`() throws {
        let stays = try times(.naturalDays(3, endsOnWorkingDay: false), from: "2021-09-30 10:00")
        #expect(CivilTime.chinaText(at: stays.due) == "2021-10-03 23:59:59")
        let moves = try times(.naturalDays(3, endsOnWorkingDay: true), from: "2021-09-30 10:00")
        #expect(CivilTime.chinaText(at: moves.due) == "2021-10-08 23:59:59")
        #expect(moves.warn == stays.warn)
    }

    @Test func `other zones have other days`() throws {
        let zone = try #require(BankZone("-05:00"))
        let times = try Reckoner(zone: zone, calendar: nil)
            .reckon(.naturalDays(15, endsOnWorkingDay: false), from: Deadlines.at("2021-03-01 12:00"), warns: false)
        // Noon in China is still the last day of February there.
        #expect(zone.text(at: times.due) == "2021-03-15 23:59:59")
    }

    @Test func `times beyond what can be written are refused, not wrapped`() {
        let reckoner = Reckoner(zone: .china, calendar: nil)
        #expect(throws: Undetermined.outOfRange) {
            try reckoner.reckon(.elapsed(minutes: 60), from: CivilTime.instantMax, warns: true)
        }
        #expect(throws: Undetermined.outOfRange) {
            try reckoner.reckon(.elapsed(minutes: 60), from: -1, warns: true)
        }
    }
}
