import SyncProtocol
import Testing

@testable import TicketModel

@Suite struct SatisfactionTests {
    private func value(_ id: String, of tickets: [(satisfaction: String, asked: Bool)]) throws -> [Int64?] {
        let indicator = try #require(Indicator.named(id))
        return try tickets.map { each in
            var ticket = TicketView(document: nil, disclosure: .core)
            ticket.fields[TicketField.kind] = [.text("complaint")]
            ticket.fields[TicketField.state] = [.text("closed")]
            ticket.fields[TicketField.satisfaction] = [.text(each.satisfaction)]
            if each.asked { ticket.fields[TicketField.followupAt] = [.integer(1)] }
            let facts = IndicatorTicket(ticket, rules: .none, now: 2)
            if case .counted(let count) = try #require(indicator.judge(facts).first).verdict { return count }
            return nil
        }
    }

    @Test func `KP-04 satisfaction of those who answered and of all complainants are two figures`() throws {
        let tickets = [
            (satisfaction: "satisfied", asked: true), ("very_satisfied", true), ("dissatisfied", true),
            ("no_answer", true), ("no_answer", false),
        ]
        // Two of the three who answered; two of all five.
        #expect(try value("KP-04a", of: tickets) == [1, 1, 0, nil, nil])
        #expect(try value("KP-04b", of: tickets) == [1, 1, 0, 0, 0])
    }

    @Test func `CL-15 what is no complaint is in no figure about complaints`() throws {
        for kind in ["help", "inquiry", "venting", "suggestion"] {
            var ticket = TicketView(document: nil, disclosure: .core)
            ticket.fields[TicketField.kind] = [.text(kind)]
            let facts = IndicatorTicket(ticket, rules: .none, now: 2)
            #expect(facts.exclusion == .otherKind, "\(kind)")
        }
    }
}
