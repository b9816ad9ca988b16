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
        #expect(try second.json["registered"]?.integer == 0)
        #expect(try second.json["already_held"]?.integer == 3)
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
        for stop in [7, 50, 51] { try job.run { $0.count.rows < stop } }
        let last = try job.run()
        // Some that were under way when it stopped are held too.
        #expect(last.held == 120 && last.alreadyHeld >= 51, "\(last)")
        #expect(try tickets(node) == 120)
    }

    @Test func `a fresh store gets the whole file, whatever another store was given before`() throws {
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...30).map { "第 \($0) 件,ordinary,客户" })
        for _ in 0..<2 {
            // The same node of the same bank, made anew.
            let node = try RunningNode()
            let outcome = node.run("import", files.csv, "--mapping", files.mapping)
            #expect(outcome.code == .success, "\(outcome.error)")
            #expect(outcome.output.contains("registered: 30 "), "\(outcome.output)")
            #expect(try tickets(node) == 30)
        }
        #expect(folder.names == ["in.csv", "mapping.json"], "nothing is left beside the file")
    }

    @Test func `a store put back from a backup gets what it lost and doubles nothing`() throws {
        let folder = try TemporaryFolder()
        let first = (1...20).map { "第 \($0) 件,ordinary,客户" }
        var files = try write(folder, rows: first)
        let node = try RunningNode()
        #expect(node.run("import", files.csv, "--mapping", files.mapping).code == .success)
        let backup = folder.file("backup.sqlite")
        #expect(node.run("backup", backup).code == .success)
        files = try write(folder, rows: first + (21...30).map { "第 \($0) 件,ordinary,客户" })
        #expect(node.run("import", files.csv, "--mapping", files.mapping).output.contains("registered: 10 "))
        node.stop()
        let restored = try RunningNode(from: backup)
        #expect(try tickets(restored) == 20)
        let outcome = restored.run("import", files.csv, "--mapping", files.mapping)
        #expect(outcome.output.contains("registered: 10  先前已登记 held before: 20 "), "\(outcome.output)\(outcome.error)")
        #expect(try tickets(restored) == 30)
    }

    @Test func `a ledger that grew brings in the new rows alone`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        var files = try write(folder, rows: ["一,ordinary,甲", "二,ordinary,乙", "二,ordinary,乙"])
        #expect(node.run("import", files.csv, "--mapping", files.mapping).output.contains("registered: 3 "))
        files = try write(folder, rows: ["一,ordinary,甲", "二,ordinary,乙", "二,ordinary,乙", "三,ordinary,丙"])
        let outcome = node.run("import", files.csv, "--mapping", files.mapping)
        #expect(outcome.output.contains("registered: 1  先前已登记 held before: 3 "), "\(outcome.output)")
        #expect(try tickets(node) == 4)
    }

    @Test func `another mapping of rows that are registered is refused row by row`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: ["一,ordinary,甲", "二,ordinary,乙"])
        #expect(node.run("import", files.csv, "--mapping", files.mapping).code == .success)
        let other = try folder.write("other.json", mapping.replacing("某地", with: "别处"))
        let outcome = node.run("import", files.csv, "--mapping", other)
        #expect(outcome.code == .failed)
        #expect(try folder.read("in.csv.rejects.csv").contains("registered-otherwise: 该行先前已登记"))
        #expect(try tickets(node) == 2)
    }

    @Test func `columns that no ticket gets are named`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: ["一,ordinary,甲"])
        _ = try folder.write("in.csv", "words,severity,name,remark\n一,ordinary,甲,乙\n")
        let outcome = node.run("import", files.csv, "--mapping", files.mapping)
        #expect(outcome.error.contains("columns that the mapping does not use: remark"), "\(outcome.error)")
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
                    ? APIProblem.busy.response
                    : HTTPResponse.json { writer in
                        writer.object { writer in
                            writer.member("number", "n-\(count)")
                            writer.member("repeated", false)
                        }
                    })
        }
        defer { server.stop(graceMilliseconds: 0) }
        let settings = ImportSenders.Settings(url: "http://127.0.0.1:\(server.port)")
        let files2 = ImportRun.Files(source: files.csv, mapping: files.mapping)
        #expect(try ImportJob(files: files2, settings: settings).run().registered == 20)
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
        #expect(folder.names == ["in.csv", "in.csv.rejects.csv", "mapping.json"])
    }

    @Test func `a role that may not register stops the import and rejects no row`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let files = try write(folder, rows: (1...5).map { "第 \($0) 件,ordinary,客户" })
        let outcome = node.run("import", files.csv, "--mapping", files.mapping, "--role", "auditor")
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("refused.wrong_role"))
        #expect(try folder.read("in.csv.rejects.csv").isEmpty)
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
        #expect(again.output.contains("registered: 2"), "\(again.error)")
        #expect(try tickets(other) == 2)
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
        // Of one node: its row is held already; the one that names no unit is new to it.
        let one = RunningNode.run(words + ["--node", "b2"])
        #expect(one.code == .success, "\(one.error)")
        #expect(one.output.contains("registered: 1  先前已登记 held before: 1 "), "\(one.output)")
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
            Repository.path("samples/export-mapping.json"), targets: Registration.enterable.map(\.name))
        // Links name documents of the bank that was exported.
        let expected = Set(Registration.enterable.map(\.name)).subtracting(["links", "parent_id"])
        #expect(Set(mapping.rules.map(\.target)) == expected)
        for rule in mapping.rules { #expect(rule.source == .column(rule.target)) }
    }
}
