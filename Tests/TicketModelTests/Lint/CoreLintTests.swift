import SyncProtocol
import Testing

@testable import TicketModel

/// What a core record may not hold, whoever wrote it: each word that a faulty program or a liar could send up.
@Suite struct CoreLintTests {
    typealias Problem = CoreLint.Problem

    static let words = "客户赵机密电话13511112222说柜员骂人"
    static let nameAndPhone = "WangJimi-13912345678"
    static let number = "1391234567801"

    @Test func `a core field of any type takes neither words nor a name with a number nor a long number`() {
        for field in FieldTable.all where field.part == .core && field.merge != .computed {
            for canary in [Self.words, Self.nameAndPhone, Self.number, Self.number.lowercased() + "@1"] {
                let found = LintedRecord.ticket.problem(operation(field, .text(canary)))
                #expect(found == Problem(.field(field.id), .shape), "\(field.name)")
            }
        }
    }

    @Test func `a part of an entry takes no words and no long number`() {
        for field in FieldTable.all where field.part == .core {
            guard case .entry(let shape) = field.type else { continue }
            let good = shape.parts.map { Self.sample($0.kind) }
            let text = good.joined(separator: "@")
            #expect(LintedRecord.ticket.problem(.add(field.id, .text(text))) == nil, "\(field.name): \(text)")
            for index in good.indices {
                for canary in [Self.words, Self.nameAndPhone, ""] {
                    var parts = good
                    parts[index] = canary
                    let found = LintedRecord.ticket.problem(.add(field.id, .text(parts.joined(separator: "@"))))
                    #expect(found != nil, "\(field.name).\(shape.parts[index].name)")
                }
            }
            #expect(LintedRecord.ticket.problem(.add(field.id, .text(text + "@x"))) != nil, "\(field.name)")
        }
    }

    @Test func `a post is no name in words and no telephone number`() {
        for post in ["赵机密", "Wang Jimi", Self.nameAndPhone, Self.number] {
            var record = LintedRecord.ticket
            record.post = post
            #expect(record.problem() == Problem(.post, .shape))
            #expect(LintedRecord.ticket.problem(.seize(leg: 0, approver: post)) == Problem(.operation("seize"), .shape))
            let void = Operation.void(LintedRecord.dot, rule: post)
            #expect(LintedRecord.ticket.problem(void) == Problem(.operation("void"), .shape))
        }
        #expect(LintedRecord.ticket.problem(.void(LintedRecord.dot, rule: "R10")) == nil)
    }

    @Test func `a node's name is no telephone number`() {
        let node: NodeID = "wangjimi-13912345678"
        #expect(LintedRecord.ticket.problem(.create(home: node)) == Problem(.operation("create"), .shape))
        #expect(LintedRecord.ticket.problem(.involve(node)) == Problem(.operation("involve"), .shape))
        #expect(LintedRecord.ticket.problem(.offer(leg: 0, to: node)) == Problem(.operation("offer"), .shape))
        let birth = Operation.birth(Birth(node: node, tier: .branch, predecessor: nil, lost: []))
        #expect(LintedRecord.node.problem(birth) == Problem(.operation("birth"), .shape))
    }

    @Test func `what belongs into another part is not in the core, whatever it says`() {
        for field in FieldTable.all where field.part != .core {
            let found = LintedRecord.ticket.problem(.write(field.id, .text("x")))
            #expect(found == Problem(.field(field.id), .otherPart), "\(field.name)")
        }
    }

    @Test func `a field that merges otherwise than the operation says is a problem`() {
        let symptom = Operation.write(TicketField.symptom, .text("fees"))
        #expect(LintedRecord.ticket.problem(symptom) == Problem(.field(TicketField.symptom), .otherMerge))
        let demand = Operation.assign(TicketField.demand, .text("refund"))
        #expect(LintedRecord.ticket.problem(demand) == Problem(.field(TicketField.demand), .otherMerge))
        let priority = Operation.assign(TicketField.priority, .integer(1))
        #expect(LintedRecord.ticket.problem(priority) == Problem(.field(TicketField.priority), .otherMerge))
    }

    @Test func `a field may be cleared, a set gets no emptiness`() {
        #expect(LintedRecord.ticket.problem(.assign(TicketField.nature, .empty)) == nil)
        #expect(LintedRecord.ticket.problem(.add(TicketField.links, .empty)) != nil)
    }

    @Test func `a number outside its field's range is a problem`() {
        let minutes = TicketField.waitingMinutes
        #expect(LintedRecord.ticket.problem(.assign(minutes, .integer(10))) == nil)
        for number in [-1, 13_912_345_678, Int64.max] {
            #expect(LintedRecord.ticket.problem(.assign(minutes, .integer(number))) == Problem(.field(minutes), .shape))
        }
        #expect(LintedRecord.ticket.problem(.assign(TicketField.receivedAt, .integer(-1))) != nil)
        #expect(LintedRecord.ticket.problem(.assign(TicketField.symptom, .integer(1))) != nil)
    }

    @Test func `what a newer program writes passes as numbers and codes and as nothing else`() {
        let field = FieldID(rawValue: 60_000)
        for value in [Value.integer(.max), .empty, .text("value-12"), .text("p/q@r:s>t"), .text("a.b_c")] {
            #expect(LintedRecord.ticket.problem(.write(field, value)) == nil)
            #expect(LintedRecord.node.problem(.write(field, value)) == nil)
        }
        for text in [Self.words, Self.nameAndPhone, Self.number, String(repeating: "a", count: 49), "two words"] {
            let problem = Problem(.field(field), .unknownShape)
            #expect(LintedRecord.ticket.problem(.add(field, .text(text))) == problem)
            #expect(LintedRecord.node.problem(.add(field, .text(text))) == problem)
            let unknown = Operation.unknown(tag: 77, bytes: Array(text.utf8))
            #expect(LintedRecord.ticket.problem(unknown) == Problem(.operation("unknown_77"), .unknownShape))
            #expect(LintedRecord.node.problem(unknown) == Problem(.operation("unknown_77"), .unknownShape))
        }
        #expect(LintedRecord.ticket.problem(.unknown(tag: 77, bytes: Array("new-code@3".utf8))) == nil)
        // A code that a newer list has.
        #expect(LintedRecord.ticket.problem(.assign(TicketField.state, .text("waiting_for_x"))) == nil)
    }

    @Test func `a node's record holds what nodes say of themselves and no ticket`() {
        let node = LintedRecord.node
        let birth = Birth(node: "branch-01", tier: .branch, predecessor: nil, lost: [])
        for operation in [
            Operation.birth(birth), .lost([DotRange(LintedRecord.dot)]), .suspend, .adopt(LintedRecord.dot.incarnation),
            .correctClock(LintedRecord.dot, HybridTime(milliseconds: 1)),
            .write(NodeRecordField.dayTally, .text("2026-03-01@1772380800000@120@1772328600000")),
        ] { #expect(node.problem(operation) == nil) }
        for operation in [
            Operation.create(home: "branch-01"), .publish, .offer(leg: 0, to: "branch-02"),
            .assign(TicketField.state, .text("closed")),
        ] { #expect(node.problem(operation)?.reason == .misplaced) }
        for text in [Self.words, "2026-03-01@\(Self.words)@1@1", "2026-03-01@1@1"] {
            #expect(node.problem(.write(NodeRecordField.dayTally, .text(text))) != nil)
        }
        for operation in [Operation.birth(birth), .suspend, .lost([])] {
            #expect(LintedRecord.ticket.problem(operation)?.reason == .misplaced)
        }
    }

    @Test func `words are published by head office alone, and only as the content of what it publishes`() {
        let item = ReferenceItem(kind: .knowledgeText, name: "kb-7", version: "2026-01-15.1", content: Self.words)
        var record = LintedRecord.ticket
        func problem(_ operations: [Operation]) -> Problem? {
            record.lint.problem(
                in: CoreRecord(
                    dot: LintedRecord.dot, document: record.document, dependencies: VersionVector(),
                    stamp: HybridTime(milliseconds: 1), post: "HQ.policy", kind: ReferenceField.publishAct,
                    operations: operations, previous: .zero), by: record.tier)
        }
        let operations = item.operations(headOffice: "head-office")
        let content = Problem(.field(ReferenceField.content), .unknownShape)
        for tier in [Tier.branch, .province] {
            record.tier = tier
            #expect(problem(operations) == content)
        }
        record.tier = .headOffice
        #expect(problem(operations) == nil)
        #expect(problem(operations.filter { $0 != .publish }) == content)
        let named = operations + [.write(ReferenceField.name, .text(Self.words))]
        #expect(problem(named) == Problem(.field(ReferenceField.name), .unknownShape))
        #expect(problem(operations + [.assign(TicketField.symptom, .text(Self.words))]) != nil)
    }

    @Test func `the codes of the bank's units may be long, other numbers may not`() {
        var record = LintedRecord.ticket
        record.lint = CoreLint(orgs: ["110101001", "GD1234567"])
        for post in ["110101001.teller", "1101010010023", "GD1234567.teller", "110101001.123456"] {
            record.post = post
            #expect(record.problem() == nil, "\(post)")
        }
        for post in ["110101002.teller", "11010100113912345678", "110101001.13912345678", "X110101001"] {
            record.post = post
            #expect(record.problem() == Problem(.post, .shape), "\(post)")
        }
        record.post = ""
        #expect(record.problem(.assign(TicketField.eventOrg, .text("110101001"))) == nil)
        #expect(record.problem(.assign(TicketField.eventOrg, .text("1391234567801"))) != nil)
        #expect(record.problem(.involve("branch-110101001")) == nil)
        let number = TicketNumber(org: "110101001", at: TestBank.morning, randomness: 7)?.description ?? ""
        #expect(record.problem(.assign(TicketField.ticketNo, .text(number))) == nil)
        #expect(LintedRecord.ticket.problem(.assign(TicketField.ticketNo, .text(number))) != nil)
    }

    @Test func `an empty text is no value`() {
        for field in FieldTable.all where field.part == .core && field.merge != .computed {
            #expect(LintedRecord.ticket.problem(operation(field, .text(""))) != nil, "\(field.name)")
        }
    }

    private func operation(_ field: FieldDefinition, _ value: Value) -> Operation {
        switch field.merge {
        case .grow: .add(field.id, value)
        case .free: .write(field.id, value)
        default: .assign(field.id, value)
        }
    }

    private static func sample(_ kind: EntryShape.Kind) -> String {
        switch kind {
        case .code(let list): list.codes[0]
        case .reference: "kb-7"
        case .key: "branch-01.1772328600000"
        case .instant: "1772328600000"
        case .post: "GD01.clerk"
        case .node: "branch-01"
        case .digest: String(repeating: "c4", count: 32)
        case .number: "3"
        case .date: "2026-03-01"
        case .count: "120"
        case .money: "200050"
        case .token: String(repeating: "0", count: 32)
        }
    }
}
