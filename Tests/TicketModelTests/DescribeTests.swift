import SyncProtocol
import Testing

@testable import TicketModel

@Suite struct DescribeTests {
    private func shown(_ field: FieldID, _ value: Value, _ language: Language = .chinese) -> String {
        FieldTable.known(field).display(value, language)
    }

    @Test func `values are shown in words`() {
        #expect(shown(TicketField.state, .text("handling")) == "处理中")
        #expect(shown(TicketField.state, .text("from_the_future")) == "from_the_future")
        #expect(shown(TicketField.flags, .text("media,new_flag")) == "媒体关注、new_flag")
        #expect(shown(TicketField.amountInvolved, .integer(200_050)) == "2000.50 元")
        #expect(shown(TicketField.compensation, .integer(5), .english) == "0.05 yuan")
        let agreed = "k.1@compensation@GD01.branch_head@branch-01@branch_head@handling@0@200050@-"
        #expect(shown(TicketField.countersignatures, .text(agreed)).hasSuffix(" · 2000.50 元"))
        #expect(shown(TicketField.receivedAt, .integer(TestBank.morning)) == "2026-03-01 09:30:00")
        #expect(shown(TicketField.remedyInfoGiven, .integer(1), .english) == "yes")
        #expect(shown(TicketField.missingFields, .text("course,what"), .english) == "course of events, what happened")
        #expect(
            shown(TicketField.declines, .text("incomplete@0"), .english) == "incomplete 1970-01-01 08:00:00")
        #expect(shown(TicketField.declines, .text("odd")) == "odd")
        #expect(shown(TicketField.course, .empty, .english) == "(empty)")
    }

    @Test func `every operation of a whole life has a line, none with a code point of another language missing`() throws
    {
        let ticket = try TestTicket.walked(to: .closed)
        for decision in ticket.decisions {
            for operation in decision.core + decision.casework + decision.personal {
                #expect(HistoryText.operation(operation, .chinese)?.isEmpty == false)
                #expect(HistoryText.operation(operation, .english)?.isEmpty == false)
            }
        }
        #expect(HistoryText.operation(.assign(FieldID(rawValue: 999), .integer(1)), .english) == "field 999")
        #expect(HistoryText.operation(.unknown(tag: 99, bytes: []), .english) == nil)
    }

    @Test func `amounts are read back as they are shown`() {
        for fen: Int64 in [0, 1, 10, 99, 100, 101, 123_456, FieldType.moneyMax] {
            #expect(Money.fen(from: Money.text(fen: fen)) == fen)
        }
        #expect(Money.text(fen: -205) == "-2.05")
    }
}

@Suite struct RowSchemaTests {
    @Test func `columns are core fields with unique names`() {
        #expect(Set(TicketRowSchema.columns.map(\.name)).count == TicketRowSchema.columns.count)
        for column in TicketRowSchema.columns {
            guard case .field(let id) = column.source else { continue }
            let field = FieldTable.known(id)
            #expect(field.part == .core && field.name == column.name)
        }
    }

    @Test(arguments: [
        "ticket_no", "kind", "state", "scope", "severity", "customer_tier", "priority", "origin_org", "home_org",
        "event_org",
        "intake_channel", "received_at", "registered_at", "symptom", "business_class", "nature", "validity",
        "acceptance",
        "closed_at", "promised_reply_at",
    ])
    func `worklists find the column they need`(_ name: String) {
        #expect(TicketRowSchema.columns.contains { $0.name == name })
    }

    @Test func `values fit the types of their columns`() throws {
        for step in TestTicket.Step.allCases {
            var row = TicketColumnValues(try TestTicket.walked(to: step).state.core)
            for column in TicketRowSchema.columns {
                switch row.value(column) {
                case .integer: #expect(column.kind == .integer, "\(column.name)")
                case .text: #expect(column.kind == .text, "\(column.name)")
                default: continue
                }
            }
            let open = TicketRowSchema.columns.first { $0.name == "is_open" }.flatMap { row.value($0) }
            #expect(open == .integer(step == .closed ? 0 : 1))
        }
    }
}
