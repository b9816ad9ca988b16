import Testing

@testable import TicketModel

@Suite("Alerts: like complaints, by colour") struct AlertTests {
    private static let day: Int64 = 86_400_000
    private static let now: Int64 = 1_794_790_800_000

    private func ticket(
        _ number: String, org: String, days: Int64, symptom: String = "fee_wrong", flags: [String] = []
    ) -> AlertTicket {
        AlertTicket(
            number: number, org: org, business: "card", symptom: symptom, flags: flags,
            receivedAt: Self.now - days * Self.day)
    }

    private func find(_ tickets: [AlertTicket]) -> [Alert] {
        Alert.find(among: tickets, rules: AlertRule.proposed, at: Self.now) { org in String(org.prefix(2)) }
    }

    @Test func `AL-06 three like ones in a branch are blue, two are none, and another symptom does not count`() {
        let two = [ticket("1", org: "a1", days: 1), ticket("2", org: "a1", days: 2)]
        #expect(find(two).isEmpty)
        #expect(find(two + [ticket("3", org: "a1", days: 3, symptom: "wait_long")]).isEmpty)
        let three = find(two + [ticket("3", org: "a1", days: 3)])
        #expect(three.map(\.colour) == [.blue])
        #expect(three.first?.tickets.map(\.number) == ["3", "2", "1"])
        #expect(find(two + [ticket("3", org: "a1", days: 7)]).isEmpty, "seven days ago is outside")
    }

    @Test func `AL-01 the gravest colour speaks, and a milder one does not repeat it`() {
        let branches = [
            ticket("1", org: "aa1", days: 1), ticket("2", org: "aa2", days: 1), ticket("3", org: "aa3", days: 1),
        ]
        #expect(find(branches).map(\.colour) == [.yellow])
        let provinces = branches + [ticket("4", org: "bb1", days: 1), ticket("5", org: "cc1", days: 1)]
        #expect(find(provinces).map(\.colour) == [.red])
        let busy = (0..<30).map { ticket("n\($0)", org: "aa1", days: 0) }
        #expect(find(busy).map(\.colour) == [.orange])
    }

    @Test func `AL-12 one grave ticket is an alert by itself`() {
        #expect(find([ticket("1", org: "a1", days: 0, flags: ["media"])]).map(\.rule.id) == ["one_grave"])
        #expect(find([ticket("1", org: "a1", days: 0, flags: ["anonymous"])]).isEmpty)
    }

    @Test func `AL-02 AL-03 AL-04 AL-05 every colour says how it is answered`() {
        #expect(
            AlertColour.allCases.map(\.label.chinese).map { $0.split(separator: "/").last.map(String.init) } == [
                "冷处理", "准处理", "快处理", "急处理",
            ])
    }

    @Test func `AL-07 a threshold out of range is no rule`() {
        func rule(days: Int = 7, tickets: Int = 1, flags: [String] = []) -> AlertRule? {
            AlertRule(
                id: "x", colour: .blue, within: .branch, days: days, tickets: tickets, flags: flags, sureness: .proposed
            )
        }
        #expect(rule() != nil)
        #expect(
            rule(days: 0) == nil && rule(days: 91) == nil && rule(tickets: 0) == nil && rule(flags: ["none"]) == nil)
        #expect(AlertRule.proposed.count == 7)
    }
}
