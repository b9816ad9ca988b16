import Testing

@testable import TicketModel

/// Days off, moved working days, and years that nobody knows.
@Suite struct WorkCalendarTests {
    private func due(_ days: Int64, after start: String) throws -> String {
        let reckoner = Reckoner(zone: .china, calendar: try Deadlines.calendar())
        return CivilTime.chinaText(
            at: try reckoner.reckon(.workingDays(days), from: Deadlines.at(start), warns: true).due)
    }

    @Test func `a moved working day counts although it is a Saturday, as the published vectors say`() throws {
        #expect(try due(5, after: "2021-09-30 10:00") == "2021-10-13 23:59:59")
        #expect(try due(15, after: "2021-09-17 10:00") == "2021-10-14 23:59:59")
        #expect(try due(3, after: "2021-02-10 10:00") == "2021-02-20 23:59:59")
    }

    @Test func `the minute of the day makes no difference, midnight does`() throws {
        #expect(try due(1, after: "2021-09-30 00:00") == "2021-10-08 23:59:59")
        #expect(try due(1, after: "2021-09-30 23:59:59.999") == "2021-10-08 23:59:59")
        #expect(try due(1, after: "2021-10-01 00:00") == "2021-10-08 23:59:59")
        #expect(try due(1, after: "2021-10-08 00:00") == "2021-10-09 23:59:59")
    }

    @Test func `years end and leap days pass`() throws {
        #expect(try due(2, after: "2020-12-30 12:00") == "2021-01-04 23:59:59")
        #expect(try due(1, after: "2020-02-28 12:00") == "2020-03-02 23:59:59")
        #expect(try due(0, after: "2021-10-02 12:00") == "2021-10-08 23:59:59")
        #expect(try due(0, after: "2021-10-08 12:00") == "2021-10-08 23:59:59")
    }

    @Test func `a year without data is unknown and never counted`() throws {
        let reckoner = Reckoner(zone: .china, calendar: try Deadlines.calendar())
        #expect(throws: Undetermined.yearUnknown(2023)) {
            try reckoner.reckon(.workingDays(5), from: Deadlines.at("2022-12-29 10:00"), warns: true)
        }
        #expect(throws: Undetermined.yearUnknown(2019)) {
            try reckoner.reckon(.workingDays(1), from: Deadlines.at("2019-06-03 10:00"), warns: true)
        }
        #expect(throws: Undetermined.calendarUnknown) {
            try Reckoner(zone: .china, calendar: nil).reckon(.workingDays(1), from: 0, warns: true)
        }
        #expect(try due(1, after: "2022-12-29 10:00") == "2022-12-30 23:59:59")
    }

    @Test func `an empty year is refused, as public data sets ship such years`() {
        #expect(throws: CalendarMistake.emptyYear(2023)) { try Deadlines.year(2023, off: [], working: []) }
    }

    @Test func `dates that stand twice, in another year or backwards are refused`() {
        let doubled = CalendarMistake.doubled(Deadlines.date("2023-01-02"))
        #expect(throws: doubled) {
            try Deadlines.year(2023, off: [("01-01", "01-02"), ("01-02", "01-03")], working: [])
        }
        #expect(throws: CalendarMistake.reversed(Deadlines.date("2023-01-03"))) {
            try Deadlines.year(2023, off: [("01-03", "01-01")], working: [])
        }
        #expect(throws: CalendarMistake.notMoved(Deadlines.date("2023-01-30"))) {
            try Deadlines.year(2023, off: [("01-01", "01-02")], working: ["01-30"])
        }
        #expect(throws: CalendarMistake.outsideYear(Deadlines.date("2022-12-31"))) {
            try CalendarYear(
                year: 2023,
                holidays: [
                    CalendarYear.Holiday(
                        name: Bilingual("元旦", "New Year"), first: Deadlines.date("2022-12-31"),
                        last: Deadlines.date("2023-01-02"))
                ], movedWorkingDays: [], source: Bilingual("测试", "test"), sourceURL: "")
        }
        #expect(throws: CalendarMistake.doubledYear(2021)) {
            let one = try Deadlines.year(2021, off: [("01-01", "01-03")], working: [])
            _ = try WorkCalendar(id: "cn", version: "1", name: Bilingual("一", "one"), years: [one, one])
        }
    }

    @Test func `every mistake of a calendar has a code, a sentence and a hint`() {
        let date = Deadlines.date("2023-01-01")
        let all: [CalendarMistake] = [
            .yearOutOfRange(1), .emptyYear(2023), .doubledYear(2023), .outsideYear(date), .doubled(date),
            .reversed(date), .notMoved(date), .badIdentifier,
        ]
        #expect(Set(all.map(\.code)).count == all.count)
        #expect(all.allSatisfy { !$0.sentence.chinese.isEmpty && !$0.hint.english.isEmpty })
    }

    @Test func `zones are fixed offsets and nothing else`() {
        #expect(BankZone("+08:00")?.text == "+08:00")
        #expect(BankZone("-05:30")?.offsetMinutes == -330)
        for text in ["", "08:00", "+8:00", "+08:60", "+15:00", "Asia/Shanghai", "+08-00", "+0a:00"] {
            #expect(BankZone(text) == nil, "\(text)")
        }
        #expect(BankZone("-05:00")?.text(at: 0) == "1969-12-31 19:00:00")
    }
}
