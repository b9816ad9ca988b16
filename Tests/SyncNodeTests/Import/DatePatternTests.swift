import Testing

@testable import SyncNode

@Suite struct DatePatternTests {
    @Test(arguments: [
        ("yyyy-MM-dd", "2026-03-02", "2026-03-02T00:00:00+08:00"),
        ("yyyy/MM/dd HH:mm", "2026/12/31 23:59", "2026-12-31T23:59:00+08:00"),
        ("dd.MM.yyyy HH:mm:ss", "29.02.2024 08:05:09", "2024-02-29T08:05:09+08:00"),
        ("yyyy年MM月dd日", "2026年03月02日", "2026-03-02T00:00:00+08:00"),
        ("yyyyMMdd", "20000229", "2000-02-29T00:00:00+08:00"),
        ("yyyy-MM-ddTHH:mm:ssXXX", "2026-03-02T01:02:03Z", "2026-03-02T01:02:03+00:00"),
        ("yyyy-MM-ddTHH:mm:ssXXX", "2026-03-02T01:02:03-03:30", "2026-03-02T01:02:03-03:30"),
    ])
    func `a date becomes ISO 8601 with an offset`(pattern: String, text: String, expected: String) {
        #expect(DatePattern(pattern, offsetMinutes: 480)?.iso8601(text) == expected)
    }

    @Test(arguments: [
        "2026-02-30", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-01", "2026-01-00", "2026-04-31", "0000-01-01",
        "2026-1-1", "26-01-01", "2026-01-01 ", " 2026-01-01", "2026/01/01", "2026-01", "", "２０２６-01-01", "-026-01-01",
        "+026-01-01",
    ])
    func `a date that no calendar has is refused`(text: String) {
        #expect(DatePattern("yyyy-MM-dd", offsetMinutes: 480)?.iso8601(text) == nil)
    }

    @Test(arguments: ["24:00", "12:60", "1:00", "ab:cd"])
    func `a time that no clock shows is refused`(text: String) {
        #expect(DatePattern("yyyy-MM-dd HH:mm", offsetMinutes: 0)?.iso8601("2026-01-01 " + text) == nil)
    }

    @Test(arguments: ["", "yyyy-MM", "MM-dd", "yyyy-MM-dd dd", "yyyy-mm-dd"])
    func `a pattern without year, month and day, or with one of them twice, is none`(pattern: String) {
        #expect(DatePattern(pattern, offsetMinutes: 0) == nil)
    }

    @Test func `offsets are read strictly`() {
        #expect(DatePattern.offsetMinutes("Z") == 0)
        #expect(DatePattern.offsetMinutes("+08:00") == 480)
        #expect(DatePattern.offsetMinutes("-03:30") == -210)
        for text in ["", "08:00", "+8:00", "+0800", "+15:00", "+08:60", "+08:00x", "z"] {
            #expect(DatePattern.offsetMinutes(text) == nil)
        }
    }
}
