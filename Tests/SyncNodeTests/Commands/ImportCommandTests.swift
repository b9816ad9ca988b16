import HTTPTransport
import Platform
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
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(outcome.output.contains("registered: 3"))
        #expect(outcome.output.contains("rejected: 2"))
        #expect(try tickets(node) == 3)
        let rejects = try folder.read("in.csv.rejects.csv")
        #expect(rejects.contains("\n3,\"missing-value: what is required"))
        #expect(rejects.contains("4,refused.invalid_fields: severity: not_in_list"))
        #expect(try folder.read("receipts.csv").split(separator: "\n").count == 3)
        // The second run finds nothing to do.
        #expect(node.run("import", files.csv, "--mapping", files.mapping).code == .success)
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
}
