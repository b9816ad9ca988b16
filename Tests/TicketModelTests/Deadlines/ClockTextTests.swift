import SyncProtocol
import Testing

@testable import TicketModel

/// The canonical text of clocks: what is written is read again, and nothing else is.
@Suite struct ClockTextTests {
    private func sample() throws -> Clock {
        let policy = Deadlines.policy(
            "dept", .workingDays(5), stops: [.transition("T15"), .becomes(TicketField.acceptance, ["accepted"])],
            extensions: [
                ExtensionRule(
                    id: "longer", amountMax: 15, reasons: ["complex"], approvers: ["approver"],
                    sureness: .verified)
            ], pauses: ["mediation"])
        let book = try Deadlines.book([policy])
        var clock = Deadlines.clock(book, at: Deadlines.at("2021-09-30 10:00"))
        clock = try book.paused(clock, reason: "mediation", by: "GD.approver", at: Deadlines.at("2021-10-08 09:00"))
        clock = try book.resumed(clock, at: Deadlines.at("2021-10-11 09:00"))
        let request = RuleBook.ExtensionRequest(
            amount: 15, reason: "complex", requester: "GD01.h", approver: "GD.approver", approverRole: "approver")
        return try book.extended(clock, request, at: Deadlines.at("2021-10-12 09:00")).clock
    }

    @Test func `a clock reads as it was written`() throws {
        let clock = try sample()
        #expect(Clock(clock.text) == clock)
        let ended = clock.ended(.stopped(at: Deadlines.at("2021-10-13 09:00")))
        #expect(Clock(ended.text) == ended)
        #expect(ended.text.utf8.count < Clock.bytesMax)
    }

    @Test func `a plain clock takes less than a hundred bytes`() throws {
        let book = try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 48 * 60))])
        let text = Deadlines.clock(book, at: Deadlines.at("2024-03-25 08:00")).text
        #expect(text == "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18")
    }

    @Test func `an undetermined clock says which year is missing`() throws {
        let book = try Deadlines.book([Deadlines.policy("total", .workingDays(5))])
        let clock = Deadlines.clock(book, at: Deadlines.at("2022-12-30 08:00"))
        #expect(clock.pinned == .unknown(.yearUnknown(2023)))
        #expect(clock.text.contains(";?2023;"))
        #expect(Clock(clock.text) == clock)
    }

    @Test(arguments: [
        "", "1", "2;test@1;total;0;1;1711324800000;172800000/155520000;-;T18",
        "1;test;total;0;1;1711324800000;172800000/155520000;-;T18",
        "1;test@1;total;256;1;1711324800000;172800000/155520000;-;T18",
        "1;test@1;total;0;01;1711324800000;172800000/155520000;-;T18",
        "1;test@1;total;0;1;999999999999999999;172800000/155520000;-;T18",
        "1;test@1;total;0;1;1711324800000;172800000/172800001;-;T18",
        "1;test@1;total;0;1;1711324800000;0172800000/155520000;-;T18",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;q5",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;s-99999999999999999",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;s1;s2",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;p5:5/-:-:mediation:GD",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;r5:-:-",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;-;T18;s1 ",
        "1;test@1;total;0;1;1711324800000;172800000/155520000;客户;T18",
    ])
    func `nothing but the canonical text is read`(text: String) {
        #expect(Clock(text) == nil)
    }

    @Test func `damaged texts are refused or read as themselves, and never trap`() throws {
        let bytes = Array(try sample().text.utf8)
        let book = try HostileClockTests.book()
        var random = SeededRandom(state: 7)
        for _ in 0..<4000 {
            var damaged = bytes
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let index = Int.random(in: 0..<damaged.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: damaged[index] = UInt8.random(in: 0x20...0x7E, using: &random)
                case 1: damaged.remove(at: index)
                default: damaged.insert(damaged[Int.random(in: 0..<damaged.count, using: &random)], at: index)
                }
            }
            let text = String(decoding: damaged, as: UTF8.self)
            guard let clock = Clock(text) else { continue }
            #expect(clock.text == text)
            HostileClockTests.live(clock, book, after: [9])
        }
    }

    @Test func `a clock field takes canonical clocks alone and shows them in words`() throws {
        let definition = try #require(FieldTable.definition(TicketField.clocks[0]))
        let text = try sample().text
        #expect(try definition.value(from: text) == .text(text))
        #expect(throws: FieldProblem.self) { try definition.value(from: text + ";") }
        #expect(definition.display(.text(text), .english).contains("due 20"))
        #expect(definition.display(.text("9;newer"), .english) == "9;newer")
    }

    @Test func `a clock of a newer version is left where it is`() throws {
        var ticket = ClockTicket(try Deadlines.book([Deadlines.policy("total", .elapsed(minutes: 60))]))
        ticket.fields[TicketField.clocks[0]] = .text("9;newer")
        ticket.register("2021-09-30 10:00")
        #expect(ticket.fields[TicketField.clocks[0]] == .text("9;newer"))
        #expect(ticket.clocks.foreignCount == 1)
        #expect(ticket.clocks.all.map(\.slot) == [1])
    }

    @Test func `a clock that a peer extended beyond all bounds is not read, and no limit of that size is counted`()
        throws
    {
        let text = "1;bank@1;total;0;1;1711324800000;86400000/77760000;-;T18;x1000:2000/1000:-:%:rule:reason:p1.head"
        let parts = text.split(separator: "%").map(String.init)
        #expect(Clock(parts[0] + "2880" + parts[1]) != nil)
        #expect(Clock(parts[0] + "999999999999999999" + parts[1]) == nil)
        let reckoner = Reckoner(zone: .china, calendar: nil)
        for limit in [ClockLimit.elapsed(minutes: .max), .naturalDays(.max, endsOnWorkingDay: false)] {
            #expect(throws: Undetermined.outOfRange) { try reckoner.reckon(limit, from: 0, warns: true) }
            #expect(throws: Undetermined.outOfRange) { try reckoner.daysLookedAt(limit, from: 0) }
        }
    }
}
