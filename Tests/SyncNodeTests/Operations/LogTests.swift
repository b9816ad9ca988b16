import Platform
import SyncProtocol
import Testing
import TicketStore

@testable import SyncNode

@Suite("Operations log") struct LogTests {
    private let event = LogEvent.lineDown("province-01", code: "http-client.refused", failures: 2, nextAttempt: 1_500)

    // MARK: Lines

    @Test func `a line for people has time, level, node, event, sentence and fields`() {
        let line = String(decoding: LogLine.bytes(event, at: 0, node: "b1", .text), as: UTF8.self)
        #expect(
            line == "1970-01-01T08:00:00.000+08:00 WARNING b1 line-down: The line is down; work goes on here. "
                + "(peer=province-01 code=http-client.refused failures=2 next_attempt=1970-01-01T08:00:01.500+08:00)\n")
    }

    @Test func `a line for programs is one JSON object with the same`() throws {
        let bytes = LogLine.bytes(event, at: 1_767_225_600_123, node: "b1", .json)
        #expect(bytes.last == 0x0A && bytes.dropLast().allSatisfy { $0 != 0x0A })
        let json = try JSONReader.parse(bytes)
        #expect(json["time"]?.string == "2026-01-01T08:00:00.123+08:00")
        #expect(json["level"]?.string == "warning" && json["event"]?.string == "line-down")
        #expect(json["peer"]?.string == "province-01" && json["failures"]?.integer == 2)
    }

    @Test func `what a peer claims cannot break a line or command a terminal`() {
        let event = LogEvent(.warning, "x", "y").with("code", "a\nb\u{1B}[2J")
        let bytes = LogLine.bytes(event, at: 0, node: "b1", .text)
        #expect(bytes.filter { $0 == 0x0A || $0 == 0x1B }.count == 1)
    }

    @Test(arguments: [
        "\u{202E}", "\u{2028}", "\u{2029}", "\u{9B}", "\u{85}", "\u{7F}", "\u{200F}", "\u{2066}", "\u{61C}", "\u{FEFF}",
        "\u{E0041}",
    ])
    func `what hides or turns the text stands in no line, and in JSON as its escape`(_ mark: String) throws {
        let event = LogEvent(.info, "backup", "y").with("path", "/b/\(mark)etilqs.a")
        for format in LogLine.Format.allCases {
            let line = String(decoding: LogLine.bytes(event, at: 0, node: "b1", format), as: UTF8.self)
            #expect(!line.unicodeScalars.contains { mark.unicodeScalars.contains($0) }, "\(format)")
        }
        let json = try JSONReader.parse(LogLine.bytes(event, at: 0, node: "b1", .json))
        #expect(json["path"]?.string == "/b/\(mark)etilqs.a")
    }

    @Test func `every incident has words of its own`() {
        let sentences = IncidentCode.allCases.map(\.sentence)
        #expect(Set(sentences).count == sentences.count)
        #expect(sentences.allSatisfy { $0.hasSuffix(".") })
    }

    // MARK: Floods

    @Test func `of a flood the first few are shown, and the rest are counted at the end of the minute`() {
        var limiter = LogLimiter()
        let shown = (0..<100).filter { limiter.admits(event, now: Int64($0) * 100) }
        #expect(shown == [0, 1, 2, 3, 4])
        let another = limiter.admits(.lineDown("province-01", code: "other", failures: 1, nextAttempt: 0), now: 10_000)
        #expect(another)
        #expect(limiter.nextEnd == 60_000)
        let early = limiter.summaries(now: 59_999)
        #expect(early.isEmpty)
        let summaries = limiter.summaries(now: 60_000)
        #expect(summaries.count == 1)
        #expect(summaries[0].fields.contains { $0.name == "more_of_these" && $0.value == .number(95) })
        let next = limiter.admits(event, now: 60_001)
        #expect(next, "a new minute begins")
    }

    @Test func `a flood of different events fills no memory`() {
        var limiter = LogLimiter()
        for number in 0..<5_000 { _ = limiter.admits(LogEvent(.info, "event-\(number)", "x"), now: 0) }
        let summaries = limiter.summaries(now: 60_000)
        #expect(summaries.isEmpty && limiter.nextEnd == nil)
    }

    @Test func `a line that stays down is told again only after a while, another reason at once`() {
        var news = LineNews()
        let told = [
            news.isDown(code: "a", now: 0), news.isDown(code: "a", now: 1_000), news.isDown(code: "b", now: 2_000),
            news.isDown(code: "b", now: 2_000 + LineNews.reminderMilliseconds), news.isUp(), news.isUp(),
            news.isDown(code: "b", now: 3_000),
        ]
        #expect(told == [true, false, true, true, true, false, true])
    }

    @Test func `a jump of the clock is seen once, a slow drift is not`() {
        var watch = ClockWatch(wall: 1_000_000, monotonic: 5_000)
        let jumps = [(1_001_000, 6_000), (1_003_500, 7_000), (904_500, 8_000), (905_500, 9_000)].map {
            watch.look(wall: $0.0, monotonic: $0.1)
        }
        #expect(jumps == [nil, nil, -100_000, nil])
    }

    // MARK: Writing

    private func log(_ written: Locked<[String]>, level: LogEvent.Level = .info) throws -> OperationsLog {
        try OperationsLog(
            node: "b1", format: .text, level: level,
            OperationsLog.Outlet(
                write: { bytes in written.withLock { $0.append(String(decoding: bytes, as: UTF8.self)) } },
                wallMilliseconds: { 0 }, monotonicMilliseconds: { 0 }))
    }

    @Test func `closing writes what waits and what was counted`() throws {
        let written = Locked<[String]>([])
        let log = try log(written)
        for _ in 1...7 { log.say(event) }
        log.close()
        let lines = written.withLock { $0 }
        #expect(lines.count == 6)
        #expect(lines.last?.contains("more_of_these=2") == true)
        log.say(event)
        #expect(written.withLock { $0.count } == 6, "closed is closed")
    }

    @Test func `what is below the level is not written`() throws {
        let written = Locked<[String]>([])
        let log = try log(written, level: .error)
        log.say(event)
        log.say(.storeTrouble(WriterError.closed))
        log.close()
        #expect(written.withLock { $0.count } == 1)
    }

    @Test func `a full disk is told once, and once when there is space again`() throws {
        let written = Locked<[String]>([])
        let log = try log(written)
        let observer = StoreHealth(log).observer
        let full = DatabaseError(.full, message: "full")
        observer.saved()
        for _ in 1...50 { observer.failed(full) }
        observer.failed(StoreError.noSuchTicket)
        observer.saved()
        observer.saved()
        log.close()
        let lines = written.withLock { $0 }
        #expect(lines.count == 2)
        #expect(lines.first?.contains("store-trouble") == true && lines.first?.contains("store.disk-full") == true)
        #expect(lines.last?.contains("store-back") == true)
    }
}
