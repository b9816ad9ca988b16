import Glibc
import SyncProtocol
import Testing
import TicketStore

@testable import SyncNode

/// Every error that a person may meet says what is wrong in Chinese first and in English second.
@Suite("Words of errors") struct ErrorWordsTests {
    /// Text of every source file of the project, by name.
    private static let sources: [(name: String, text: String)] = {
        let folders = ["Platform", "HTTPTransport", "TicketStore", "SyncNode"].map { Repository.path("Sources/\($0)") }
        return folders.flatMap(files).compactMap { path in
            WholeFile.read(path).map { (path, String(decoding: $0, as: UTF8.self)) }
        }
    }()

    private static func files(_ folder: String) -> [String] {
        guard let open = opendir(folder) else { return [] }
        defer { closedir(open) }
        var found: [String] = []
        while let entry = readdir(open) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            let path = folder + "/" + name
            found += entry.pointee.d_type == UInt8(DT_DIR) ? files(path) : name.hasSuffix(".swift") ? [path] : []
        }
        return found
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
    }

    /// Codes of error types: what stands behind the cases of a file that makes an `ExplainedError`.
    private static var codesOfTypes: Set<String> {
        var codes: Set<String> = []
        let made = /(?:case [^\n"]*: |code: String \{ |code = |\? |Reason = )"([a-z-]+\.[a-z0-9-]+)"/
        let raw = /case \w+ = "([a-z-]+\.[a-z0-9-]+)"/
        for source in sources
        where source.text.contains("ExplainedError") && !source.name.hasSuffix("HTTPRefusal.swift") {
            for match in source.text.matches(of: made) { codes.insert(String(match.1)) }
            for match in source.text.matches(of: raw) { codes.insert(String(match.1)) }
        }
        return codes
    }

    /// Codes of errors that are made where something goes wrong.
    private static var codesOfCalls: Set<String> {
        var codes: Set<String> = []
        let call =
            /(?:UsageError|CommandError|ErrorReport|explained|refuseMethod|busy)\(\s*(?:status: \d+, )?(?:code: )?"([a-z.0-9-]+)"/
        for source in sources {
            for match in source.text.matches(of: call) { codes.insert(String(match.1)) }
        }
        return codes
    }

    private static var codesOfMistakes: Set<String> {
        var codes: Set<String> = []
        let call = /(?:mistakes|list)\.add\(\s*"([a-z-]+)"/
        let whole = /ConfigurationError\(\s*file: [^,]+, area: [^,]+, code: "([a-z-]+)"/
        let unique = /checkUnique\("[^"]+", "([a-z-]+)"/
        for source in sources {
            for match in source.text.matches(of: call) { codes.insert(String(match.1)) }
            for match in source.text.matches(of: whole) { codes.insert(String(match.1)) }
            for match in source.text.matches(of: unique) { codes.insert(String(match.1)) }
        }
        return codes
    }

    @Test func `every stable code of an error has its words in both languages`() {
        let known = ErrorWordsTests.codesOfTypes.union(ErrorWordsTests.codesOfCalls)
        #expect(known.count > 100, "the sources are not read as they are written: \(known.count)")
        for code in known.sorted() { #expect(ErrorWords.text(code) != nil, "\(code)") }
        let mistakes = ErrorWordsTests.codesOfMistakes
        #expect(mistakes.count > 55, "\(mistakes.count)")
        for code in mistakes.sorted() { #expect(ErrorWords.text("topology.\(code)") != nil, "\(code)") }
        for number in Int32(0)...255 {
            for code in [ResultCode(rawValue: number), ResultCode(rawValue: 10 | number << 8)] {
                #expect(ErrorWords.text("store.\(code.stableName)") != nil, "\(code)")
            }
        }
        let session: [SessionError] = [.otherTopology, .notANeighbour, .otherNode, .noHello, .protocolViolation]
        let wire: [WireError] = [
            .truncated, .trailingBytes, .unsupported, .tooLarge, .malformed, .hashMismatch, .compression,
        ]
        for code in session.map(\.code) + wire.map(\.code) {
            #expect(ErrorWords.text(code) != nil && ErrorWords.text("sync.\(code)") != nil, "\(code)")
        }
        for reason in JSONError.Reason.allCases { #expect(ErrorWords.text(reason.rawValue) != nil, "\(reason)") }
        for fault in CSVFault.allCases { #expect(ErrorWords.rejects[fault.rawValue] != nil, "\(fault)") }
    }

    @Test func `words are Chinese, in the sentence and in the hint`() {
        for (code, text) in ErrorWords.all.merging(ErrorWords.mistakes, uniquingKeysWith: { $1 }) {
            #expect(ErrorWordsTests.isChinese(text.sentence), "\(code)")
            #expect(ErrorWordsTests.isChinese(text.hint) || text.hint == "chmod 600", "\(code)")
        }
    }

    private func outcome(_ words: String...) -> CommandOutcome { RunningNode.run(words) }

    @Test func `a mistyped command line is told in both languages, Chinese first`() throws {
        for (words, chinese, english) in [
            (["ticket", "lst"], "没有这个命令", "has no command lst"),
            (["status", "--nod", "x"], "没有这个选项", "has no flag --nod"), (["ticket", "show"], "缺少参数", "is missing"),
            (["import", "a.csv"], "缺少必填的选项", "--mapping is missing"),
        ] {
            let told = RunningNode.run(words).error
            let lines = told.split(separator: "\n")
            let first = try #require(told.firstRange(of: chinese), "\(told)")
            let second = try #require(told.firstRange(of: english), "\(told)")
            #expect(first.lowerBound < second.lowerBound)
            #expect(lines.count == 2 && ErrorWordsTests.isChinese(String(lines[1])), "\(told)")
        }
    }

    @Test func `mistakes of files are told at their place in both languages`() throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("t.json", #"{"version": 1, "nodez": []}"#)
        let topology = outcome("topology", "check", path).error
        #expect(
            topology.contains("t.json:1:16: nodez: 没有这个键 this key is not known [topology.unknown-key]"), "\(topology)")
        let mapping = try folder.write("m.json", #"{"version": 1, "fields": {"what": {"column": "words"}}"#)
        let csv = try folder.write("a.csv", "words\n一\n")
        let node = try RunningNode()
        let told = node.run("import", csv, "--mapping", mapping).error
        #expect(told.contains("m.json:1:") && told.contains("内容不完整") && told.contains("[mapping.truncated]"), "\(told)")
        let none = node.run("import", folder.file("none.csv"), "--mapping", mapping)
        #expect(none.error.contains("mapping.truncated") || none.error.contains("没有这个文件"))
        let good = try folder.write("g.json", #"{"version": 1, "fields": {"what": {"column": "words"}}}"#)
        let missing = node.run("import", folder.file("none.csv"), "--mapping", good).error
        #expect(missing.contains("none.csv: 没有这个文件 there is no such file [import.file-missing]"), "\(missing)")
        #expect(missing.contains("hint: 核对文件名 check the name"))
        let pack = try folder.write("p.json", #"{"format": 1, "policies": []}"#)
        let rules = node.run("reference", "publish", pack).error
        #expect(rules.contains("缺少必需的键 the key pack is missing"), "\(rules)")
    }

    @Test func `what a running node refuses an operator is told in both languages`() throws {
        let head = try RunningNode("head")
        #expect(head.run("sync").error.contains("本节点没有上级可同步 There is no node above"))
        let folder = try TemporaryFolder()
        let taken = try folder.write("copy.db", "x")
        #expect(head.run("backup", taken).error.contains("文件已存在 The system could not"))
        head.stop()
        let gone = head.run("status").error
        #expect(gone.contains("节点没有应答:对方端口拒绝连接") && gone.contains("The node does not answer."), "\(gone)")
    }

    @Test func `a reader that has seen enough is no failure, a full disk is`() throws {
        let node = try RunningNode()
        for (errno, code, words) in [(EPIPE, ExitCode.success, ""), (ENOSPC, .failed, "cli.output-failed")] {
            let captured = CapturedConsole()
            captured.failOutput(errno)
            let outcome = CommandTable.syncNode.run(["status", "--url", node.url], console: captured.console)
            #expect(outcome == code)
            #expect(words.isEmpty ? captured.error.isEmpty : captured.error.contains(words), "\(captured.error)")
        }
    }
}
