import Platform
import Testing
import TicketModel

@testable import SyncNode

@Suite("Commands that read") struct ReadingCommandTests {
    @Test func `status, peers, incidents and the consolidated view are shown as tables and as JSON`() throws {
        let node = try RunningNode("p1")
        _ = try node.register(["kind": "escalated"])
        for (command, words) in [
            ("status", ["p1", "节点 p1", "SQLite"]), ("peers", ["head", "b1", "b2", "上级", "下级"]),
            ("incidents", ["代码 CODE"]), ("consolidated", ["省 PROVINCE", "升级投诉", "NODE", "b2"]),
        ] {
            let outcome = node.run(command)
            #expect(outcome.code == .success, "\(outcome.error)")
            for word in words { #expect(outcome.output.contains(word), "\(command) lacks \(word)") }
            #expect(try node.run(command, "--json").json.object != nil)
        }
    }

    @Test func `every ticket is exported, as CSV and as JSON lines`() throws {
        let node = try RunningNode()
        let numbers = try (0..<205).map { try node.register(["course": "第 \($0) 次,\"引号\"\n换行"]) }
        let csv = node.run("export")
        #expect(csv.code == .success)
        var reader = try CSVReader(MemorySource(Array(csv.output.utf8)))
        var rows: [[String]] = []
        while let record = try reader.next() {
            if case .fields(let fields) = record.content { rows.append(fields) }
        }
        let column = try #require(rows[0].firstIndex(of: "course"))
        #expect(rows.dropFirst().map { $0[0] } == numbers)
        #expect(rows[1][column] == "第 0 次,\"引号\"\n换行")
        let lines = node.run("export", "--format", "jsonl", "--filter", "ticket_no=\(numbers[7])")
        #expect(try NodeClient.parse(Array(lines.output.utf8))["number"]?.string == numbers[7])
        #expect(lines.error.contains("exported 1"))
    }

    @Test func `an export into a file is for its owner only and overwrites nothing`() throws {
        let node = try RunningNode()
        _ = try node.register()
        let folder = try TemporaryFolder()
        let path = folder.file("out.csv")
        #expect(node.run("export", "--output", path).code == .success)
        #expect(try folder.mode("out.csv") == 0o600)
        let size = try folder.read("out.csv").utf8.count
        #expect(size > 500)
        let again = node.run("export", "--output", path)
        #expect(again.code == .failed)
        #expect(again.error.contains("export.file-exists"))
        #expect(try folder.read("out.csv").utf8.count == size)
    }

    @Test func `an export that a full disk refuses is not told to be done`() throws {
        let node = try RunningNode()
        _ = try node.register()
        let captured = CapturedConsole()
        captured.failOutput(28)
        #expect(CommandTable.syncNode.run(["export", "--url", node.url], console: captured.console) == .failed)
        #expect(captured.error.contains("cli.output-failed") && !captured.error.contains("exported"))
    }

    @Test func `events are shown as they come`() throws {
        let node = try RunningNode()
        let outcome = node.run("events", "--count", "1")
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(outcome.output.hasPrefix("change  {\"apply_sequence\":"))
        #expect(node.run("events", "--after", "soon", "--count", "1").code == .failed)
    }

    @Test func `the version names program, protocol and database`() {
        let outcome = RunningNode.run(["--version"])
        #expect(outcome.output.contains("syncnode \(ProgramVersion.text)"))
        #expect(outcome.output.contains("SQLite 3."))
    }
}
