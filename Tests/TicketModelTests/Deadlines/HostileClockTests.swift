import SyncProtocol
import Testing

@testable import TicketModel

/// What a peer may write into a clock field: whatever can be read can be worked with, and what nobody could go on with
/// is not read.
@Suite struct HostileClockTests {
    private static let reasons = [
        ExtensionRule(
            id: "longer", amountMax: 40, reasons: ["complex"], approvers: ["approver"], sureness: .verified)
    ]

    /// One rule of each kind.
    static func book(_ zone: BankZone = .china) throws -> RuleBook {
        let limits: [(String, ClockLimit)] = [
            ("dept", .workingDays(5)), ("hours", .elapsed(minutes: 20)),
            ("week", .naturalDays(7, endsOnWorkingDay: false)), ("moves", .naturalDays(3, endsOnWorkingDay: true)),
        ]
        return try Deadlines.book(
            limits.map { Deadlines.policy($0.0, $0.1, extensions: reasons, pauses: ["mediation"]) }, zone: zone)
    }

    /// Everything that a node does with a clock that it holds. Whatever comes of it can be read again.
    static func live(_ clock: Clock, _ book: RuleBook, after days: [Int64] = [0, 9, 3_000_000]) {
        for now in days.map({ min(clock.startedAt + $0 * 86_400_000, CivilTime.instantMax) }) {
            _ = (clock.summary, clock.phase(at: now), clock.nextChange(after: now), clock.attribution(of: [], at: now))
            _ = (book.explain(clock, at: now).lines(.chinese), clock.lateness(at: now))
            let order = ExtensionOrder(
                due: now, reason: "complex", requester: "GD01.h",
                approvers: [Approver(post: "GD.approver", role: "approver")])
            let ways: [(lines: [String], order: ClockOrder?)] = [
                (["T13"], nil), (["T14"], nil), (["T13", "T14"], nil), ([], .extend(order)), ([], .repin(nil)),
                (["T18"], nil), (["T27"], nil),
            ]
            for way in ways {
                var ticket = ClockTicket(book)
                ticket.fields[TicketField.ticketNo] = .text("GD01-20210930-AAAA-X")
                ticket.fields[TicketField.clocks[0]] = .text(clock.text)
                ticket.act(way.lines, at: now, pauseReason: "mediation", order: way.order)
                #expect(ticket.clocks.foreignCount == 0, "\(way) of \(clock.text)")
                guard let new = ticket.clock(clock.key.policy) else { continue }
                _ = book.explain(new, at: now)
            }
            let clocks = TicketClocks { $0 == TicketField.clocks[0] ? .text(clock.text) : nil }
            _ = (book.determined(clocks, at: now), book.dueSteps(of: clocks, given: [], at: now))
        }
    }

    private static let start: Int64 = 1_632_967_200_000
    private static let head = ";0;1;\(start);432000000/388800000;cn@2022.1;T18"
    private static let far = CivilTime.instantMax - start

    /// Changes in order, at the edges of what can be written; `%` is the name of a rule.
    private static let readable = [
        "1;test@1;%\(head);p864000000:-:-:mediation:x;r864000000:432000000/-:-",
        "1;test@1;%\(head);p-\(start):-:-:mediation:x;r\(far):432000000/-:cn@2022.1",
        "1;test@1;%\(head);p0:-:-:mediation:x;p1:-:-:mediation:y;r2:\(far)/-:-;r3:\(far)/\(far):-",
        "1;test@1;%\(head);r0:0/0:-;x0:-\(start)/-\(start):-:527040:longer:complex:x;x1:5/-:-:0:other:odd:x",
        "1;test@1;%\(head);p5:-:-:mediation:x;x6:5/-:-:8:longer:complex:x;n7:?2029:-:9:x;c8:?r:-",
        "1;test@1;%\(head);n0:?c:cn@2022.1:1:x;n1:432000000/-:-:2:x;p2:-:-:mediation:x",
        "1;test@1;%;0;1;0;0/0;-;T18;p0:-:-:mediation:x",
        "1;test@1;%;0;1;\(CivilTime.instantMax);0/0;cn@2022.1;T18;p0:-:-:mediation:x",
        "1;test@1;%;0;1;\(CivilTime.instantMax);?r;cn@9;T18;x0:0/-:-:40:longer:complex:x",
        "1w;test@1;%;0;1;0;\(CivilTime.instantMax)/-;-;T18;s-0",
    ]

    @Test func `whatever is read can be explained, paused, resumed, extended, repinned and ended`() throws {
        let books = try ["+08:00", "-14:00", "+14:00"].map { try Self.book(try #require(BankZone($0))) }
        var read = 0
        for text in Self.readable {
            for rule in ["dept", "hours", "week", "moves", "none"] {
                let sides = text.split(separator: "%").map(String.init)
                guard let clock = Clock(sides[0] + rule + sides[1]) else { continue }
                read += 1
                for book in books { Self.live(clock, book) }
            }
        }
        #expect(read == (Self.readable.count - 1) * 5, "all but the last, whose distance is not canonical")
    }

    @Test func `changes out of their order are not read`() {
        let pause = "p864000000:-:-:mediation:x"
        #expect(Clock("1;test@1;dept\(Self.head);\(pause);r864000000:432000000/-:-") != nil)
        #expect(Clock("1;test@1;dept\(Self.head);\(pause);r863999999:432000000/-:-") == nil)
        #expect(Clock("1;test@1;dept\(Self.head);\(pause);r0:432000000/-:-") == nil)
        #expect(Clock("1;test@1;dept\(Self.head);c5:5/-:-;c4:5/-:-") == nil)
    }

    @Test func `a pause that ends before it began puts nothing on`() throws {
        let book = try Self.book()
        let clock = Deadlines.clock(book, at: Self.start)
        for limit in [ClockLimit.workingDays(5), .elapsed(minutes: 9), .naturalDays(3, endsOnWorkingDay: true)] {
            let reckoner = Reckoner(zone: .china, calendar: try Deadlines.calendar())
            let times = try #require(clock.times.known)
            let shift = try reckoner.shift(times, limit, from: Self.start + 864_000_000, to: Self.start)
            #expect(shift == Reckoner.Shift(times: times))
        }
    }

    private static func resting(after count: Int) throws -> Clock {
        var clock = Deadlines.clock(try book(), at: start)
        let cap = ClockChange(at: start, what: .capped, times: clock.pinned, calendar: nil)
        for _ in 0..<count { clock = clock.with(cap) }
        return clock.with(
            ClockChange(at: start, what: .paused(reason: "mediation", by: "GD.a"), times: nil, calendar: nil))
    }

    @Test func `a pause that no change is left to end is not read, and is refused where it is held`() throws {
        let book = try Self.book()
        let last = try Self.resting(after: Clock.changesMax - 2)
        #expect(Clock(last.text) == last)
        #expect(try book.resumed(last, at: Self.start + 5).changes.count == Clock.changesMax)
        let full = try Self.resting(after: Clock.changesMax - 1)
        #expect(full.changes.count == Clock.changesMax)
        #expect(Clock(full.text) == nil)
        #expect(throws: ClockRefusal.tooManyChanges) { try book.resumed(full, at: Self.start + 5) }
        // What has ended needs no room.
        let ended = full.ended(.stopped(at: Self.start + 5))
        #expect(Clock(ended.text) == ended)
    }

    @Test func `a text that has no bytes left for its end is not read`() throws {
        let book = try Self.book()
        var clock = Deadlines.clock(book, at: Self.start)
        let pinned = clock.pinned
        func extended(_ reason: Int, rule: Int = 24) -> ClockChange {
            let what = ClockChange.What.extended(
                amount: 8, rule: String(repeating: "r", count: rule), reason: String(repeating: "q", count: reason),
                approver: "GD.a")
            return ClockChange(at: Self.start, what: what, times: pinned, calendar: nil)
        }
        let longest = extended(48, rule: 48)
        while clock.with(longest).text.utf8.count <= Clock.bytesMax - 32 { clock = clock.with(longest) }
        var lengths: [Bool] = []
        for reason in 1...48 {
            let text = clock.with(extended(reason)).text
            lengths.append(text.utf8.count <= Clock.bytesMax - 32)
            guard let long = Clock(text) else {
                #expect(lengths.last == false, "\(text.utf8.count) bytes")
                continue
            }
            #expect(lengths.last == true, "\(text.utf8.count) bytes")
            let ended = long.ended(.stopped(at: CivilTime.instantMax))
            #expect(Clock(ended.text) == ended)
        }
        #expect(lengths.contains(false) && lengths.contains(true))
    }
}
