import SyncProtocol
import Testing

@testable import TicketModel

/// Who may read, and what makes two tickets the same person's: the pure rules.
@Suite struct ReadingTests {
    private static let people = People(
        seats: [
            People.Seat("GD.sysadmin", [.sysadmin], at: "province-gd"),
            People.Seat("GD.analyst", [.analyst], at: "province-gd"),
            People.Seat("GD.dispatcher", [.dispatcher], at: "province-gd", personToken: "0123456789abcdef"),
            People.Seat("GD.liaison", [.liaison], at: "province-gd"),
        ], units: TestBank.units)

    private func view(_ fields: [FieldID: [Value]] = [:]) -> TicketView {
        TicketView(
            document: DocumentID(space: 1 << 20, number: 9), disclosure: .full, headOfficeDisclosure: .full,
            home: "branch-01", fields: fields, custodian: "branch-01")
    }

    private func reading(_ view: TicketView, _ role: Role, at place: Place = TestBank.province, _ now: Int64 = 0)
        -> (level: Disclosure?, rule: String?)
    {
        let people = place.tier == .headOffice ? People.unknown : Self.people
        switch mayRead(view, TestBank.actor(role, at: place), people: people, at: now) {
        case .granted(let level, _): return (level, nil)
        case .refused(let refusal, _): return (nil, refusal.rule)
        }
    }

    @Test func `RO-16 reading goes by role and person`() {
        #expect(reading(view(), .dispatcher).level == .full)
        #expect(reading(view(), .analyst).level == .core)
        #expect(reading(view(), .sysadmin).rule == "G-read")
        let about = view([TicketField.targetPersonToken: [.text("0123456789abcdef")]])
        #expect(reading(about, .dispatcher).rule == Guard.recusal.rawValue)
        #expect(reading(about, .liaison).level == .full)
        let named = view([TicketField.targetPerson: [.text(" GD.liaison ")]])
        #expect(reading(named, .liaison).rule == Guard.recusal.rawValue)
        let sealed = view([TicketField.sealedFrom: [.text("branch-02,province-gd")]])
        #expect(reading(sealed, .dispatcher).rule == Guard.sealed.rawValue)
    }

    @Test func `head office reads what was opened for a time until that time`() throws {
        func opening(_ reason: String, _ level: String, until: Int64?) -> Value {
            .text(
                Entry(
                    EntryShapes.widening,
                    [
                        "reason": reason, "level": level, "post": "HQ.ho_dispatcher", "node": "head-office", "at": "5",
                        "until": until.map(String.init),
                    ]
                ).text)
        }
        let asked = view([TicketField.widenings: [opening("head_office_request", "full", until: 100)]])
        #expect(reading(asked, .hoAuditor, at: TestBank.headOffice, 99).level == .full)
        #expect(reading(asked, .hoAuditor, at: TestBank.headOffice, 100).level == .core)
        #expect(reading(asked, .dispatcher, 100).level == .full)
        let both = view([
            TicketField.widenings: [
                opening("cross_province", "casework", until: nil), opening("head_office_request", "full", until: 100),
            ]
        ])
        #expect(reading(both, .hoAuditor, at: TestBank.headOffice, 100).level == .casework)
        let lasting = view([TicketField.widenings: [opening("gravity", "full", until: nil)]])
        #expect(reading(lasting, .hoAuditor, at: TestBank.headOffice, .max).level == .full)
        var own = asked
        own.custodian = "head-office"
        #expect(reading(own, .hoAuditor, at: TestBank.headOffice, 100).level == .full)
    }

    // MARK: Tokens

    /// No secret: tells texts apart as a keyed hash would.
    private static let tokens = PersonTokens { bytes in
        let word = bytes.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
        return (0..<2).flatMap { round in (0..<8).map { UInt8(truncatingIfNeeded: (word &+ round) >> ($0 * 8)) } }
    }

    @Test func `a number is one number however it is written`() {
        let tokens = Self.tokens
        let plain = tokens.phone("13800000001")
        #expect(plain?.utf8.count == 32)
        for text in ["138 0000 0001", "+86-138-0000-0001", "008613800000001", "１３８０００００００１", "13800000001转801"] {
            #expect(tokens.phone(text) == plain, "\(text)")
        }
        for text in ["138****0001", "12345", "", "13800000002"] { #expect(tokens.phone(text) != plain) }
        #expect(tokens.phone("138****0001") == nil && tokens.phone("12345") == nil)
        #expect(tokens.identityNumber("11010119900101123X") == tokens.identityNumber(" 110101 19900101 123x"))
        #expect(tokens.identityNumber("1101**") == nil && tokens.identityNumber("123") == nil)
        #expect(tokens.name("王 建国") == tokens.name("王建国") && tokens.name("王建国") != tokens.name("王建军"))
        #expect(tokens.name(" ") == nil)
        // The same digits as phone and as identity number are two things.
        #expect(tokens.phone("13800000001") != tokens.identityNumber("13800000001"))
        #expect(PersonTokens.none.phone("13800000001") == nil && PersonTokens.none.keyCheck == nil)
    }

    @Test func `an attempt is news once in ten minutes for each post`() {
        var core = FieldState()
        let first = ReadAttempt(post: "A.x", node: "b1", at: 1_000_000, reason: "recused")
        #expect(first.isNews(core))
        core = Self.state(with: [first])
        #expect(ReadAttempt.all(core) == [first])
        #expect(!ReadAttempt(post: "A.x", node: "b1", at: 1_599_999, reason: "recused").isNews(core))
        #expect(ReadAttempt(post: "A.x", node: "b1", at: 1_600_000, reason: "recused").isNews(core))
        #expect(ReadAttempt(post: "A.y", node: "b1", at: 1_000_001, reason: "recused").isNews(core))
        let many = (0..<200).map { ReadAttempt(post: "A.\($0)", node: "b1", at: 1, reason: "recused") }
        #expect(!ReadAttempt(post: "B.z", node: "b1", at: 1, reason: "recused").isNews(Self.state(with: many)))
    }

    @Test func `a flood of refusals takes no room from readings, nor the reverse, nor one post from the others`() {
        for (flood, other) in [("recused", ReadAttempt.granted), (ReadAttempt.granted, "recused")] {
            let posts = (0..<200).map { ReadAttempt(post: "A.\($0)", node: "b1", at: 1, reason: flood) }
            let full = Self.state(with: posts)
            #expect(!ReadAttempt(post: "B.z", node: "b1", at: 1, reason: flood).isNews(full))
            #expect(ReadAttempt(post: "B.z", node: "b1", at: 1, reason: other).isNews(full), "\(flood)")
            let one = (0..<50).map { ReadAttempt(post: "A.x", node: "b1", at: 1_000_000 * Int64($0), reason: flood) }
            let stubborn = Self.state(with: one)
            #expect(!ReadAttempt(post: "A.x", node: "b1", at: 90_000_000, reason: flood).isNews(stubborn))
            #expect(ReadAttempt(post: "A.y", node: "b1", at: 90_000_000, reason: flood).isNews(stubborn))
        }
    }

    private static func state(with attempts: [ReadAttempt]) -> FieldState {
        var ticket = DocumentState()
        let incarnation = Incarnation(rawValue: 7)
        let record = CoreRecord(
            dot: Dot(incarnation, 1), document: DocumentID(space: 7, number: 1), dependencies: VersionVector(),
            stamp: HybridTime(milliseconds: 1), post: "A.x", kind: 1030, claim: nil,
            operations: [.create(home: "b1")] + attempts.map(\.operation), bodies: [], previous: .zero)
        _ = ticket
        ticket = DocumentState(folding: [HeldAction(record: record)], Lineage(TestBank.hierarchy))
        return ticket.core
    }
}
