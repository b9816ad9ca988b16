import SyncProtocol
import Testing

@testable import TicketModel

@Suite struct RegistrationTests {
    private func register(
        _ changes: [String: String?] = [:], by actor: Actor = TestBank.clerk, token: String? = nil
    ) throws(Refusal) -> Decision {
        let registration = Registration(fields: Entries.complaint.with(changes), targetPersonToken: token)
        return try decide(
            .register(registration), ticket: .unborn, actor: actor, at: TestBank.morning, randomness: 0x107C8A)
    }

    /// The rules broken, as `field rule`, in the order of the answer.
    private func problems(_ changes: [String: String?], by actor: Actor = TestBank.clerk) -> [String] {
        do throws(Refusal) {
            _ = try register(changes, by: actor)
            return []
        } catch {
            return error.problems.map { "\($0.field) \($0.rule.rawValue)" }
        }
    }

    private func value(_ field: FieldID, in decision: Decision) -> Value? {
        for operation in decision.core + decision.casework + decision.personal {
            switch operation {
            case .assign(field, let value), .write(field, let value), .add(field, let value): return value
            default: continue
            }
        }
        return nil
    }

    @Test func `what nobody said gets its sensible default`() throws {
        let decision = try register()
        let expected: [(FieldID, Value)] = [
            (TicketField.kind, .text("complaint")), (TicketField.scope, .text("general")),
            (TicketField.severity, .text("ordinary")), (TicketField.customerTier, .text("ordinary")),
            (TicketField.validity, .text("pending")), (TicketField.acceptance, .text("pending")),
            (TicketField.state, .text("registered")), (TicketField.roundNo, .integer(1)),
            (TicketField.reopenCount, .integer(0)), (TicketField.bounceCount, .integer(0)),
            (TicketField.originOrg, .text("GD01")), (TicketField.homeOrg, .text("GD01")),
            (TicketField.eventOrg, .text("GD01")), (TicketField.intakeForm, .text("oral")),
            (TicketField.receivedAt, .integer(TestBank.morning)),
            (TicketField.registeredAt, .integer(TestBank.morning)),
            (TicketField.recorder, .text(TestBank.clerk.post)),
            (TicketField.firstContactPerson, .text(TestBank.clerk.post)),
            (TicketField.amountBand, .text("under_10k")), (TicketField.amountInvolved, .integer(200_000)),
        ]
        for (field, wanted) in expected {
            #expect(value(field, in: decision) == wanted, "\(FieldTable.known(field).name)")
        }
        #expect(decision.core.first == .create(home: "branch-01"))
        #expect(decision.claim == .own && decision.kind == 1)
    }

    @Test func `every mandatory field has a value afterwards`() throws {
        let decision = try register()
        for field in FieldTable.all where field.mandatoryAtRegistration {
            #expect(value(field.id, in: decision) != nil, "\(field.name)")
        }
    }

    @Test func `every operation goes to the part and by the merge kind of its field`() throws {
        let decision = try register(
            ["flags": "repeat", "target_person": "大堂经理李某", "confidential_request": "是"], token: "00112233445566aa")
        for part in Part.allCases {
            for operation in decision.operations(part) {
                switch operation {
                case .assign(let field, _):
                    let definition = FieldTable.known(field)
                    #expect(definition.part == part && (definition.merge == .once || definition.merge == .custodian))
                case .write(let field, _):
                    #expect(FieldTable.known(field).part == part && FieldTable.known(field).merge == .free)
                case .add(let field, _):
                    #expect(FieldTable.known(field).part == part && FieldTable.known(field).merge == .grow)
                default: #expect(part == .core)
                }
            }
        }
        #expect(value(TicketField.targetPersonToken, in: decision) == .text("00112233445566aa"))
    }

    @Test func `the number is made of unit, China's date and the given randomness`() throws {
        let number = try TicketNumber(try #require(try register().ticketNumber))
        #expect(number.org == "GD01" && number.date.text == "2026-03-01")
        #expect(number == TicketNumber(org: "GD01", at: TestBank.morning, randomness: 0x107C8A))
    }

    @Test func `nothing personal is in the core of a registration`() throws {
        let decision = try register()
        let texts = decision.core.compactMap { operation -> String? in
            if case .assign(_, .text(let text)) = operation { text } else { nil }
        }
        let personal = Entries.complaint.filter { FieldTable.definition(named: $0.key)?.part == .personal }
        let words = Set(personal.values)
        for text in texts {
            #expect(text.utf8.allSatisfy { $0 < 0x80 }, "core records carry codes only")
            #expect(!words.contains(text))
        }
    }

    @Test(arguments: [
        "what", "who_involved", "when_happened", "where_happened", "symptom", "business_class", "intake_channel",
    ])
    func `a missing mandatory field is named`(_ field: String) {
        #expect(problems([field: nil]) == ["\(field) mandatory"])
        #expect(problems([field: "  "]) == ["\(field) mandatory"])
    }

    @Test func `a demand in words is enough, no demand is not`() {
        #expect(problems(["demand": nil]).isEmpty)
        #expect(problems(["demand": nil, "demand_words": nil]) == ["demand mandatory"])
    }

    @Test func `all problems are named at once, one a field`() {
        let found = problems([
            "what": nil, "symptom": "吞钞", "amount_involved": "many", "shoe_size": "44", "state": "closed",
            "satisfaction": "satisfied", "complainant_name": nil, "complainant_phone": nil, "received_at": "2027-01-01",
        ])
        #expect(
            Set(found) == [
                "what mandatory", "symptom not_in_list", "amount_involved not_an_amount", "shoe_size unknown_field",
                "state not_enterable", "satisfaction not_enterable", "complainant_name mandatory",
                "received_at in_future",
            ])
        #expect(found.count == 8)
    }

    @Test func `a name that is no name is not repeated`() throws {
        #expect(problems(["张三 13800000000": "x"]) == ["? unknown_field"])
    }

    @Test func `a complaint without a complainant must say that it is anonymous`() {
        let nobody: [String: String?] = ["complainant_name": nil, "complainant_phone": nil]
        #expect(problems(nobody) == ["complainant_name mandatory"])
        #expect(problems(nobody.merging(["flags": "anonymous"]) { $1 }).isEmpty)
        #expect(problems(nobody.merging(["complainant_email": "a@b.cn"]) { $1 }).isEmpty)
    }

    @Test func `an anonymous complaint that names its complainant contradicts itself`() {
        #expect(
            problems(["flags": "anonymous", "complainant_name": "张三", "complainant_id_number": "E12345678"])
                == ["complainant_name contradiction", "complainant_id_number contradiction"])
        #expect(problems(["flags": "anonymous", "complainant_name": nil]).isEmpty, "a telephone number may be left")
    }

    @Test(arguments: [
        ("counter", true), ("lobby", true), ("visit", true), ("account_manager", true), ("hotline", false),
        ("letter", false),
    ])
    func `face to face needs a signature or a recording`(_ channel: String, _ needs: Bool) {
        let found = problems(["intake_channel": channel, "signature_id": nil])
        #expect(found == (needs ? ["signature_id mandatory"] : []))
        #expect(problems(["intake_channel": channel, "signature_id": nil, "recording_id": "rec-1"]).isEmpty)
    }

    @Test func `an old complaint can be recorded, one of the day after tomorrow cannot`() {
        #expect(problems(["received_at": "2012-05-10"]).isEmpty)
        #expect(problems(["received_at": "2026-03-02 09:00"]).isEmpty)
        #expect(problems(["received_at": "2026-03-02 09:31"]) == ["received_at in_future"])
    }

    @Test func `a credential in any word of the complaint is refused`() {
        for field in ["what", "who_involved", "demand_words", "complainant_account"] {
            #expect(problems([field: "密码 123456"]) == ["\(field) credential"], "\(field)")
        }
    }

    @Test func `every field that may be entered can be entered`() throws {
        let samples: [String: String] = [
            "purpose_explicit": "yes", "confidential_request": "no", "waiting_minutes": "12", "queue_ahead": "3",
            "received_at": "2026-02-28", "contact_verified_at": "2026-02-28", "promised_reply_at": "2026-03-02",
            "home_org": "GD02", "event_org": "GD02", "first_contact_org": "GD01", "first_contact_person": "GD01.clerk",
            "answer_by": "2026-03-02", "sealed_from": "branch-09",
            "amount_involved": "1.5", "complainant_phone": "138-0000-0000", "proxy_phone": "95588",
            "complainant_email": "a@b.cn",
            "parent_id": "child_of@00000000000000010000000000000002",
            "links": "same_event@00000000000000010000000000000002",
        ]
        var fields: [String: String] = [:]
        for definition in Registration.enterable {
            fields[definition.name] = samples[definition.name] ?? definition.type.enumeration?.codes.first ?? "text-1"
        }
        let decision = try decide(
            .register(Registration(fields: fields)), ticket: .unborn, actor: TestBank.dispatcher,
            people: TestBank.register(), at: TestBank.morning, randomness: 3)
        for definition in Registration.enterable {
            #expect(value(definition.id, in: decision) != nil, "\(definition.name)")
        }
    }

    @Test(
        arguments: [
            ("complaint", "", "ordinary", "general", nil, nil),
            ("escalated", "", "ordinary", "general", .full, "escalated"),
            ("regulator_referral", "", "ordinary", "general", .full, "regulator"),
            ("regulator_appeal", "", "ordinary", "general", .full, "regulator"),
            ("internal_appeal", "", "ordinary", "general", .full, "appeal"),
            ("complaint", "misconduct", "ordinary", "general", .full, "misconduct"),
            ("complaint", "media,repeat", "ordinary", "general", .full, "gravity"),
            ("complaint", "", "major", "general", .full, "gravity"), ("complaint", "", "urgent", "general", nil, nil),
            ("complaint", "", "ordinary", "national", .casework, "needs_head_office"),
            ("complaint", "leak", "ordinary", "national", .full, "gravity"),
            ("complaint", "protected_group", "ordinary", "provincial", nil, nil),
        ] as [(String, String, String, String, Disclosure?, String?)])
    func `the routing rules decide what head office may hold from the start`(
        _ kind: String, _ flags: String, _ severity: String, _ scope: String, _ level: Disclosure?, _ reason: String?
    ) throws {
        let decision = try register(["kind": kind, "flags": flags, "severity": severity, "scope": scope])
        let levels = decision.core.compactMap { if case .widen(let level) = $0 { level } else { nil } }
        #expect(levels == (level.map { [$0] } ?? []))
        let recorded = reason.map {
            Value.text("\($0)@\(level == .full ? "full" : "casework")@GD01.clerk@branch-01@\(TestBank.morning)@-")
        }
        #expect(value(TicketField.widenings, in: decision) == recorded)
    }

    @Test func `what head office takes in itself it may hold`() throws {
        let changes: [String: String?] = ["intake_channel": "head_office_line", "signature_id": nil]
        let decision = try register(changes, by: TestBank.headDispatcher)
        #expect(decision.core.contains(.widen(.full)))
        #expect(value(TicketField.intakeForm, in: decision) == .text("telephone"))
    }

    @Test func `a token that is none is refused`() {
        #expect(throws: Refusal.self) { try self.register(token: "Li Si") }
    }
}
