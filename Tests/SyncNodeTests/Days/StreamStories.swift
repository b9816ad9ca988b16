import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("Reports walk over the store page by page") struct StreamStories {
    @Test func `every ticket is seen once, in any size of page, many of them at one instant`() throws {
        let bank = try ThreeTiers()
        var numbers: Set<String> = []
        for index in 0..<11 {
            numbers.insert(try bank.branch.register(["received_at": "\(bank.now - Int64(index / 4) * 1000)"]))
        }
        let closed = try bank.branch.register(["received_at": "\(bank.now)"])
        try bank.act(bank.branch, closed, "answer_on_spot", ["proposed_solution": "当场退费", "attitude": "accepted"])
        try bank.branch.act(
            closed, "close", Sample.body(["satisfaction": "satisfied", "responsibility": "bank", "outcome": "solved"]),
            ["X-Role": "branch_head", "X-Post": "test.head"])
        let store = bank.branch.runtime.store
        func seen(_ stream: TicketStream, _ rows: Int) throws -> [String] {
            try store.fold(stream, pageRows: rows, into: []) { $0.append($1.text(TicketField.ticketNo) ?? "") }
        }
        let (from, before) = (bank.now - 10_000, bank.now + 1)
        for rows in [1, 2, 3, 4, 11, 12, 1000] {
            let open = try seen(.open, rows)
            #expect(open.count == 11 && Set(open) == numbers, "\(rows)")
            let received = try seen(.received(from: from, before: before), rows)
            #expect(received.count == 12 && Set(received) == numbers.union([closed]), "\(rows)")
            #expect(try seen(.closed(from: from, before: before), rows) == [closed])
            #expect(try seen(.received(from: bank.now, before: before), rows).count == 5)
            #expect(try seen(.received(from: before, before: before + 1), rows).isEmpty)
            let acts = try store.foldActs(from: from, before: before, pageRows: rows, into: 0) { count, act in
                if act.kind == TicketAct.register.rawValue { count += 1 }
            }
            #expect(acts == 12, "\(rows)")
        }
    }
}
