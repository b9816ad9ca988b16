import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

@Suite("API: how things stand") struct StatusTests {
    @Test func `the status names the node, its versions, its neighbours and what waits for them`() throws {
        let node = try RunningNode("p1")
        _ = try node.register()
        node.runtime.updateLine("head") {
            $0.phase = .waiting; $0.lastError = "http-client.refused"
        }
        let status = try node.get("/api/v1/status").json
        #expect(status["node"]?["id"]?.string == "p1")
        #expect(status["versions"]?["syncnode"]?.string == ProgramVersion.text)
        #expect(status["tickets"]?.integer == 1)
        let neighbours = try #require(status["neighbours"]?.array)
        #expect(neighbours.compactMap { $0["node"]?.string } == ["head", "b1", "b2"])
        #expect(neighbours[0]["is_parent"]?.bool == true)
        #expect(neighbours[0]["waiting"]?.integer == 2)
        #expect(neighbours[0]["line"]?["last_error"]?.string == "http-client.refused")
        #expect(neighbours[1]["line"]?.isNull == true)
    }

    @Test func `the consolidated view counts what is below, by province, kind, state, severity and age`() throws {
        let branch = try RunningNode("b1")
        let province = try RunningNode("p1")
        let head = try RunningNode("head")
        _ = try branch.register()
        _ = try branch.register(["kind": "escalated", "severity": "urgent"])
        _ = try province.register(["received_at": "2020-01-01"])
        _ = try head.register(["kind": "regulator_referral"])
        try branch.exchange(with: province, session: 1)
        try province.exchange(with: head, session: 2)
        let view = try head.get("/api/v1/consolidated").json
        #expect(view["tickets"]?.integer == 4)
        #expect(view["is_exact"]?.bool == true)
        #expect(view["as_of"]?.integer == (try head.get("/api/v1/status").json["apply_sequence"]?.integer))
        func counts(_ name: String) -> [String: Int64] {
            Dictionary(
                uniqueKeysWithValues: (view[name]?.array ?? []).map {
                    ($0["key"]?.string ?? "", $0["count"]?.integer ?? 0)
                })
        }
        #expect(counts("by_province") == ["p1": 3, "head_office": 1])
        #expect(counts("by_kind") == ["complaint": 2, "escalated": 1, "regulator_referral": 1])
        #expect(counts("by_state") == ["registered": 4])
        #expect(counts("by_severity")["urgent"] == 1)
        #expect(counts("by_age")["0-1"] == 3)
        #expect(counts("by_age")["60+"] == 1)
        #expect(view["listed"]?.array?.count == 2)
        let completeness = try #require(view["completeness"]?.array)
        #expect(completeness.compactMap { $0["node"]?.string } == RunningNode.bank.map(\.id.text))
        let b1 = try #require(completeness.first { $0["node"]?.string == "b1" })
        #expect(b1["via"]?.string == "p1")
        #expect(b1["tickets"]?.integer == 2)
        #expect(b1["contact"]?.integer != nil)
        let b3 = try #require(completeness.first { $0["node"]?.string == "b3" })
        #expect(b3["via"]?.string == "p2")
        #expect(b3["contact"]?.isNull == true)
    }

    @Test func `bands of age meet without a gap and without an overlap`() {
        let day: Int64 = 24 * 3_600_000
        let now: Int64 = 1_800_000_000_000
        for age in [
            -5 * day, 0, day - 1, day, day + 1, 5 * day - 1, 5 * day, 15 * day, 30 * day, 60 * day - 1, 60 * day,
            900 * day,
        ] {
            let fitting = AgeBand.allCases.filter { band in
                band.filters(now: now).allSatisfy { filter in
                    switch filter.test {
                    case .atLeast(.integer(let bound)): now - age >= bound
                    case .below(.integer(let bound)): now - age < bound
                    default: false
                    }
                }
            }
            #expect(fitting.count == 1, "an age of \(age) ms is in \(fitting)")
        }
    }

    @Test func `figures for Prometheus have help and type, and every sample a family`() throws {
        let node = try RunningNode("p1")
        _ = try node.register()
        let answer = try node.get("/metrics")
        #expect(answer.headers["Content-Type"] == Metrics.mediaType)
        var families: Set<String> = []
        for line in answer.text.split(separator: "\n") {
            if line.hasPrefix("# TYPE ") { families.insert(String(line.split(separator: " ")[2])) }
            guard !line.hasPrefix("#") else { continue }
            let name = String(line.prefix { $0 != "{" && $0 != " " })
            #expect(families.contains(name), "\(name) has no type")
            #expect(line.split(separator: " ").last.flatMap { Int64($0) } != nil)
        }
        #expect(answer.text.contains("syncnode_tickets 1\n"))
        #expect(answer.text.contains("syncnode_waiting{peer=\"head\"} 2\n"))
        #expect(answer.text.contains("syncnode_http_responses_total{status=\"2xx\"} 1\n"))
    }

    @Test func `fields and codes come with labels in both languages`() throws {
        let node = try RunningNode()
        let fields = try #require(try node.get("/api/v1/fields").json["fields"]?.array)
        #expect(fields.count == FieldTable.all.count)
        #expect(fields.allSatisfy { $0["label"]?["zh"]?.string?.isEmpty == false })
        let lists = try #require(try node.get("/api/v1/codes").json["lists"]?.array)
        #expect(lists.count == Enumeration.all.count)
        let names = Set(lists.compactMap { $0["name"]?.string })
        for field in fields { if let list = field["codes"]?.string { #expect(names.contains(list)) } }
    }

    @Test func `incidents are listed`() throws {
        let node = try RunningNode()
        #expect(try node.get("/api/v1/incidents").json["incidents"]?.array != nil)
    }
}
