import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

@Suite("Importing into a running node") struct ImportCommandTests {
    private let mapping = """
        {"version": 1, "fields": {
          "what": {"column": "words", "required": true},
          "severity": {"column": "severity", "whenEmpty": "ordinary"},
          "who_involved": {"constant": "客户"}, "when_happened": {"constant": "某日"},
          "where_happened": {"constant": "某地"}, "symptom": {"constant": "fee_wrong"},
          "business_class": {"constant": "card"}, "intake_channel": {"constant": "hotline"},
          "demand": {"constant": "refund"}, "complainant_name": {"column": "name"}
        }}
        """

    private func write(_ folder: TemporaryFolder, rows: [String]) throws -> (csv: String, mapping: String) {
        let text = (["words,severity,name"] + rows).joined(separator: "\n") + "\n"
        return (try folder.write("in.csv", text), try folder.write("mapping.json", mapping))
    }

    private func tickets(_ node: RunningNode) throws -> Int64? {
        try node.get("/api/v1/status").json["tickets"]?.integer
    }

    @Test func `good rows become tickets, bad ones go to the reject file with line and reason`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: ["一,urgent,甲", ",ordinary,乙", "三,none,丙", "四,ordinary,丁", "五,,戊"])
        let receipts = folder.file("receipts.csv")
        let outcome = node.run("import", files.csv, "--mapping", files.mapping, "--receipts", receipts)
        #expect(outcome.code == .rejected, "\(outcome.error)")
        #expect(outcome.output.contains("registered: 3"))
        #expect(outcome.output.contains("rejected: 2"))
        #expect(try tickets(node) == 3)
        let rejects = try folder.read("in.csv.rejects.csv")
        #expect(rejects.contains("\n3,\"missing-value: 缺少必填的值 what is required"))
        #expect(rejects.contains("4,refused.invalid_fields: severity: not_in_list"))
        // What breaks a rule of a field is not lost: it waits in the reject file to be mended.
        #expect(rejects.contains("丙"))
        #expect(try folder.read("receipts.csv").split(separator: "\n").count == 3)
        // The second run finds nothing to do.
        let second = node.run("import", files.csv, "--mapping", files.mapping, "--json")
        #expect(second.code == .rejected)
        #expect(try second.json["registered"]?.integer == 3)
        #expect(try second.json["rejects"]?.string == files.csv + ".rejects.csv")
        #expect(try tickets(node) == 3)
    }

    @Test func `an import that is stopped and begun again registers every row once`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...120).map { "第 \($0) 件,ordinary,客户" })
        var settings = ImportSenders.Settings(url: node.url)
        settings.connections = 4
        let job = ImportJob(
            files: ImportRun.Files(source: files.csv, mapping: files.mapping), settings: settings)
        for stop in [7, 50, 51] { try job.run { $0.progress.rowsDone < stop } }
        #expect(try job.run().acceptedCount == 120)
        #expect(try tickets(node) == 120)
    }

    @Test func `rows done after the last save are sent again under their keys and not doubled`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...30).map { "第 \($0) 件,ordinary,客户" })
        let settings = ImportSenders.Settings(url: node.url)
        var one = ImportRun.Files(source: files.csv, mapping: files.mapping)
        try ImportJob(files: one, settings: settings).run()
        // As after a crash: the progress is lost, the tickets are not.
        one.progress = folder.file("other.progress.json")
        one.rejects = folder.file("other.rejects.csv")
        #expect(try ImportJob(files: one, settings: settings).run().acceptedCount == 30)
        #expect(try tickets(node) == 30)
    }

    @Test func `a node that is gone for a while is waited for`() throws {
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...20).map { "第 \($0) 件,ordinary,客户" })
        // Answers 503 to the first requests, as a node that starts.
        let seen = Locked(0)
        let server = try HTTPServer(HTTPServerConfiguration(), bodyLimit: { _, _ in 1 << 20 }) { _, responder in
            let count = seen.withLock { seen in
                seen += 1
                return seen
            }
            responder.respond(
                count <= 5
                    ? APIProblem.busy.response : HTTPResponse.json { $0.object { $0.member("number", "n-\(count)") } })
        }
        defer { server.stop(graceMilliseconds: 0) }
        let settings = ImportSenders.Settings(url: "http://127.0.0.1:\(server.port)")
        let files2 = ImportRun.Files(source: files.csv, mapping: files.mapping)
        #expect(try ImportJob(files: files2, settings: settings).run().acceptedCount == 20)
    }

    @Test func `without patience a missing node ends the import, with everything saved`() throws {
        let node = try RunningNode()
        let url = node.url
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...5).map { "第 \($0) 件,ordinary,客户" })
        node.stop()
        let outcome = RunningNode.run([
            "import", files.csv, "--mapping", files.mapping, "--url", url, "--patience", "0",
        ])
        #expect(outcome.code == .unavailable)
        #expect(try #require(try ImportProgress.load(files.csv + ".progress.json")).rowsDone == 0)
    }

    @Test func `a role that may not register stops the import and rejects no row`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...5).map { "第 \($0) 件,ordinary,客户" })
        let outcome = node.run("import", files.csv, "--mapping", files.mapping, "--role", "auditor")
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("refused.wrong_role"))
        #expect(try #require(try ImportProgress.load(files.csv + ".progress.json")).rejectedCount == 0)
    }

    // MARK: Rows of several units

    private func writeOfUnits(_ folder: TemporaryFolder) throws -> (csv: String, mapping: String) {
        let rows = ["一,000003", "二,000004", "三,000003", "四,", "五,999999"]
        let mapped = mapping.replacing(
            #""fields":"#, with: #""recordAt": [{"column": "unit"}], "fields":"#
        ).replacing(#"{"column": "severity", "whenEmpty": "ordinary"}"#, with: #"{"constant": "ordinary"}"#)
            .replacing(#"{"column": "name"}"#, with: #"{"constant": "客户"}"#)
        let text = (["words,unit"] + rows).joined(separator: "\n") + "\n"
        return (try folder.write("units.csv", text), try folder.write("units.json", mapped))
    }

    @Test func `a node takes the rows of its own unit, and says how many it left`() throws {
        let node = try RunningNode("b1")
        let folder = try TemporaryFolder()
        let files = try writeOfUnits(folder)
        let outcome = node.run("import", files.csv, "--mapping", files.mapping)
        #expect(outcome.code == .success, "\(outcome.error)")
        // A row that names no unit belongs to whoever imports it.
        #expect(outcome.output.contains("registered: 3"))
        #expect(outcome.output.contains("not registered here: 2"))
        #expect(outcome.error.contains("Without --node"))
        #expect(try tickets(node) == 3)
        // What is done here is not done at another node.
        let other = try RunningNode("b2")
        let again = other.run("import", files.csv, "--mapping", files.mapping)
        #expect(again.code == .failed)
        #expect(again.error.contains("import.other-destination"))
        #expect(try tickets(other) == 0)
    }

    @Test func `without a node each row goes to its own unit, and what belongs nowhere is rejected`() throws {
        let folder = try TemporaryFolder()
        let files = try writeOfUnits(folder)
        let bank = try RunningNode.topology()
        var running: [NodeID: RunningNode] = [:]
        for id in ["b1", "b2"] as [NodeID] { running[id] = try RunningNode(id, of: bank) }
        let nodes = bank.nodes.map { node in
            guard let listen = running[node.id]?.listen else { return node }
            return node.moved(to: listen, dataFolder: node.dataFolder)
        }
        let topology = try folder.write("bank.json", try Topology(bank: bank.bank, nodes: nodes).encoded)
        let words = ["import", files.csv, "--mapping", files.mapping, "--topology", topology]
        let outcome = RunningNode.run(words)
        #expect(outcome.code == .rejected, "\(outcome.error)")
        #expect(outcome.output.contains("registered: 3"))
        #expect(try tickets(#require(running["b1"])) == 2)
        #expect(try tickets(#require(running["b2"])) == 1)
        let rejects = try folder.read("units.csv.rejects.csv")
        #expect(rejects.contains("5,no-unit:"))
        #expect(rejects.contains("6,unknown-unit:"))
        // One node of the bank has a progress of its own.
        let one = RunningNode.run(words + ["--node", "b2"])
        #expect(one.code == .success, "\(one.error)")
        #expect(folder.names.contains("units.csv.b2.progress.json"))
        #expect(one.output.contains("registered: 2"))
    }

    @Test func `rows for a node that does not run name it, and a mapping that names no units needs a node`() throws {
        let folder = try TemporaryFolder()
        let files = try writeOfUnits(folder)
        let topology = try folder.write("bank.json", try RunningNode.topology().encoded)
        let outcome = RunningNode.run([
            "import", files.csv, "--mapping", files.mapping, "--topology", topology, "--patience", "0",
        ])
        #expect(outcome.code == .unavailable)
        #expect(outcome.error.contains("b1: The node does not answer"))
        let plain = try write(folder, rows: ["一,ordinary,甲"])
        let none = RunningNode.run(["import", plain.csv, "--mapping", plain.mapping, "--topology", topology])
        #expect(none.code == .usage)
        #expect(none.error.contains("import.names-no-units"))
    }

    @Test func `an export is imported again, field by field the same`() throws {
        let old = try RunningNode("b1")
        let change = [
            "course": "第一行\n第二行,\"引号\"", "flags": "media,repeat", "complainant_phone": "138-0000-0000",
            "received_at": "2024-01-02 03:04", "confidential_request": "true", "waiting_minutes": "15",
        ]
        let number = try old.register(change)
        _ = try old.register()
        try old.act(number, "note", #"{"text":"备注一"}"#)
        let folder = try TemporaryFolder()
        let file = folder.file("export.csv")
        #expect(old.run("export", "--output", file).code == .success)
        let new = try RunningNode("b1")
        let outcome = new.run("import", file, "--mapping", Repository.path("samples/export-mapping.json"))
        let rejected = try rejects(folder)
        #expect(outcome.code == .success, "\(outcome.error) \(rejected)")
        #expect(outcome.output.contains("registered: 2"))
        let again = folder.file("again.csv")
        #expect(new.run("export", "--output", again).code == .success)
        #expect(try enterable(file) == enterable(again))
        #expect(try folder.read("again.csv").contains("imported,media,repeat"))
    }

    private func rejects(_ folder: TemporaryFolder) throws -> String {
        folder.names.contains("export.csv.rejects.csv") ? try folder.read("export.csv.rejects.csv") : ""
    }

    /// What a person may have entered, of every row. An import sends several rows at once: their order means nothing.
    private func enterable(_ file: String) throws -> Set<[String: String]> {
        var reader = try CSVReader(FileSource(file))
        var rows: [[String]] = []
        while let record = try reader.next() {
            if case .fields(let fields) = record.content { rows.append(fields) }
        }
        let names = Set(Registration.enterable.map(\.name))
        return Set(
            rows.dropFirst().map { row in
                var fields = Dictionary(zip(rows[0], row), uniquingKeysWith: { $1 }).filter { names.contains($0.key) }
                // What an import brings in says so; all else is as it was.
                let flags = CodeSet.members(fields["flags"] ?? "").filter { $0 != NoticeRules.importedFlag }
                fields["flags"] = CodeSet.joined(flags)
                return fields
            })
    }

    @Test func `the mapping for exports has every field that can be imported`() throws {
        let mapping = try ImportMapping.load(
            Repository.path("samples/export-mapping.json"), targets: Registration.enterable.map(\.name),
            hash: SHA256.function)
        // Links name documents of the bank that was exported.
        let expected = Set(Registration.enterable.map(\.name)).subtracting(["links", "parent_id"])
        #expect(Set(mapping.rules.map(\.target)) == expected)
        for rule in mapping.rules { #expect(rule.source == .column(rule.target)) }
    }
}
