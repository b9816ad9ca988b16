import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// The samples that the project ships can be imported as they are.
@Suite struct SampleTests {
    private func rows(_ source: any ByteSource, _ mapping: String) throws -> [ImportRow] {
        let mapping = try ImportMapping.load(
            Repository.path(mapping), targets: ImportMapping.ticketFields)
        var reader = try ImportReader(source, mapping: mapping, hash: SHA256.function)
        var rows: [ImportRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    private func sampleRows() throws -> [ImportRow] {
        try rows(FileSource(Repository.path("samples/complaints.zh.csv")), "samples/complaints-mapping.json")
    }

    private func fields(_ row: ImportRow) throws -> [String: String] {
        guard case .fields(let fields) = row.outcome else { throw RejectedRow(line: row.line) }
        return fields
    }

    private struct RejectedRow: Error { let line: Int }

    @Test func `the rules of registration accept every sample row where it belongs`() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        let rows = try sampleRows()
        #expect(rows.count == 400)
        for row in rows {
            let place = try #require(row.recordAt)
            let node = try #require(topology.node(orgCode: place))
            try register(try fields(row), at: node, of: topology)
        }
    }

    /// Throws the refusal, if any.
    @discardableResult
    private func register(
        _ fields: [String: String], at node: TopologyNode, of topology: Topology
    ) throws -> Decision {
        let command = TicketCommand.register(Registration(fields: fields))
        let role = try #require(command.usualRole(at: node.tier, ticket: .unborn))
        let place = Place(
            node: node.id, tier: node.tier, org: node.orgCode, parent: node.parent,
            children: topology.children(of: node.id))
        let actor = Actor(post: "desk-1", role: role.rawValue, place: place)
        return try decide(command, ticket: .unborn, actor: actor, at: 1_780_000_000_000, randomness: 7)
    }

    @Test func `every sample row has a place in the example topology`() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        var count: [String: Int] = [:]
        for row in try sampleRows() {
            let place = try #require(row.recordAt)
            let node = try #require(topology.node(orgCode: place))
            count[node.tier.roleName, default: 0] += 1
            let fields = try fields(row)
            let home = try #require(fields["home_org"].flatMap { topology.node(orgCode: $0) })
            #expect(home.tier != .headOffice)
            #expect(node.tier != .headOffice || ["escalated", "regulator_referral"].contains(fields["kind"]))
        }
        #expect(count == ["branch": 360, "province": 20, "head_office": 20])
    }

    @Test func `each row has a marker of its own, in personal texts and nowhere else`() throws {
        let personal = ["what", "course", "demand_words"]
        var markers: Set<String> = []
        for row in try sampleRows() {
            let fields = try fields(row)
            let what = try #require(fields["what"])
            let start = try #require(what.ranges(of: "MK").first?.lowerBound)
            let marker = String(what[start...].prefix(10))
            #expect(markers.insert(marker).inserted)
            for (name, text) in fields { #expect(text.contains(marker) == personal.contains(name), "\(name)") }
            #expect(fields["complainant_phone"]?.hasPrefix("199-0000-") == true)
        }
        #expect(markers.count == 400)
    }

    /// A made-up extract in the shape of the real export: nobody's complaint.
    private static let cfpb = """
        Date received,Product,Sub-product,Issue,Sub-issue,Consumer complaint narrative,Company public response,Company,State,\
        ZIP code,Tags,Consumer consent provided?,Submitted via,Date sent to company,Company response to consumer,\
        Timely response?,Consumer disputed?,Complaint ID,export
        2020-05-10,Mortgage,,Struggling to pay mortgage,,"Words, invented
        on two lines",,"SAMPLE & CO., INC.",FL,850XX,Older American,N/A,Web,2020-05-11,Closed,No,N/A,1,sample
        2020-05-11,Debt collection,Other debt,No such issue,Sub,,,SAMPLE BANK,,,,,Referral,2020-05-12,Closed,Yes,N/A,2,sample
        2020-05-12,Mortgage,,Other,,,,SAMPLE BANK,FL,,,,Pigeon,2020-05-12,Closed,Yes,N/A,3,sample

        """

    @Test func `the mapping for the public database takes its columns`() throws {
        let rows = try rows(MemorySource(Array(SampleTests.cfpb.utf8)), "samples/cfpb-mapping.json")
        let first = try fields(rows[0])
        #expect(
            first["what"] == "Mortgage - Struggling to pay mortgage\nWords, invented\non two lines")
        #expect(first["received_at"] == "2020-05-10T00:00:00+08:00")
        #expect(first["customer_tier"] == "protected")
        #expect(first["severity"] == "important")
        #expect(first["home_org"] == "010102")
        #expect(rows[0].recordAt == "010102")
        let topology = try Topology.load(Repository.path("topology.example.json"))
        for row in rows.prefix(2) {
            let node = try #require(row.recordAt.flatMap { topology.node(orgCode: $0) })
            try register(try fields(row), at: node, of: topology)
        }
        let second = try fields(rows[1])
        #expect(second["kind"] == "regulator_referral")
        #expect(second["symptom"] == "other")
        #expect(second["where_happened"] == "not stated")
        #expect(second["flags"] == nil)
        #expect(rows[1].recordAt == "000000")
        guard case .rejected(let reason) = rows[2].outcome else {
            Issue.record("a channel that the mapping does not know was accepted")
            return
        }
        #expect(reason.code == "unknown-value")
    }
}
