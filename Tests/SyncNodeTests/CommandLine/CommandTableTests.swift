import Testing

@testable import SyncNode

/// What every command owes its user. Applied to the real table, and to a bad one to see that it bites.
struct CommandRules {
    let table: CommandTable

    /// Everything that is missing, one sentence each.
    var violations: [String] {
        var found: [String] = []
        table.forEach { command, path in found += violations(of: command, path) }
        let names = table.commands.map(\.name)
        if Set(names).count != names.count { found.append("two commands have one name") }
        return found
    }

    private func violations(of command: CommandSpec, _ path: String) -> [String] {
        var found: [String] = []
        let texts = [command.summary] + command.flags.map(\.help) + command.arguments.map(\.help)
        if texts.contains(where: { $0.zh.isEmpty || $0.en.isEmpty }) { found.append("\(path): a help text is empty") }
        if command.summary.zh.contains("\n") || command.summary.en.contains("\n") {
            found.append("\(path): the summary is longer than a line")
        }
        if command.examples(path: path).isEmpty { found.append("\(path): no example") }
        for example in command.examples(path: path) where !isUnderstood(example, by: path) {
            found.append("\(path): the example is not understood: \(example)")
        }
        let help = HelpText.lines(for: command, path: path).joined(separator: "\n")
        for code in command.allExitCodes where command.commands.isEmpty {
            if !help.contains("\(code.rawValue)") || !help.contains(code.meaning.en) {
                found.append("\(path): exit status \(code.rawValue) is not documented")
            }
        }
        let names = command.flags.map(\.name)
        if Set(names).count != names.count { found.append("\(path): two flags have one name") }
        if !names.contains("help") { found.append("\(path): no --help") }
        for argument in command.arguments.dropLast() where argument.count != .one {
            found.append("\(path): only the last argument may be missing or repeated")
        }
        return found
    }

    /// True where the example's words lead to this command and its parser takes them.
    private func isUnderstood(_ example: String, by path: String) -> Bool {
        var words = example.split(separator: " ").map(String.init)
        guard !words.isEmpty, words.removeFirst() == table.program else { return false }
        do {
            let (command, found, rest) = try table.find(words)
            _ = try ArgumentParser.parse(rest, for: command, path: found)
            return found == path
        } catch {
            return false
        }
    }
}

@Suite struct CommandTableTests {
    @Test func `every command has help, an example that is understood, and documented exit codes`() {
        #expect(CommandRules(table: .syncNode).violations == [])
        #expect(CommandRules(table: SampleCommands.table).violations == [])
    }

    @Test func `a command that owes something is found out`() {
        let bad = CommandSpec(
            name: "bad", summary: Wording("坏", ""),
            arguments: [
                ArgumentSpec("a", .optional, help: Wording("甲", "a")), ArgumentSpec("b", help: Wording("乙", "b")),
            ], flags: [.help], examples: ["sample bad --unknown"]
        ) { _ in .success }
        let table = CommandTable(
            program: "sample", summary: Wording("程序", "program"), commands: [bad, bad], version: { [] })
        let violations = Set(CommandRules(table: table).violations)
        #expect(
            violations == [
                "sample bad: a help text is empty", "sample bad: the example is not understood: sample bad --unknown",
                "sample bad: two flags have one name", "sample bad: only the last argument may be missing or repeated",
                "two commands have one name",
            ])
    }

    @Test func `exit codes mean what the system says they mean`() {
        #expect(ExitCode.allCases.map(\.rawValue) == [0, 1, 2, 3, 64, 69, 75])
    }

    private func run(_ words: String...) -> (code: ExitCode, captured: CapturedConsole) {
        let captured = CapturedConsole()
        return (SampleCommands.table.run(words, console: captured.console), captured)
    }

    @Test func `help is found by every way of asking`() {
        for words in [
            ["ticket", "list", "--help"], ["ticket", "list", "-h"], ["help", "ticket", "list"],
            ["ticket", "list", "x", "y", "--help"],
        ] {
            let captured = CapturedConsole()
            #expect(SampleCommands.table.run(words, console: captured.console) == .success)
            #expect(captured.output.contains("sample ticket list [<filter>] --node <id> [--json] [--help]"))
        }
        #expect(run("--help").captured.output.contains("ticket  工单 Tickets"))
        #expect(run("help").code == .success)
        #expect(run("ticket", "--help").captured.output.contains("list  列表 List tickets"))
    }

    @Test func `the help of a command is this text`() {
        let lines = HelpText.lines(for: SampleCommands.list, path: "sample ticket list")
        #expect(
            lines == [
                "sample ticket list - 列表", "List tickets", "", "用法 USAGE",
                "  sample ticket list [<filter>] --node <id> [--json] [--help]", "", "参数 ARGUMENTS",
                "  [<filter>]  条件 a filter", "", "选项 FLAGS",
                "  --node <id>  (必填 required) 节点标识 id of the node in the topology file",
                "  --json       以 JSON 输出 print JSON on standard output", "  --help       显示本帮助 show this help", "",
                "示例 EXAMPLE", "  sample ticket list --node branch-0101", "", "退出码 EXIT STATUS", "  0   成功 done",
                "  1   失败 failed; the error line says why",
                "  64  用法错误 the command was not understood; nothing was done",
                "  69  节点未运行 the node is not running or cannot be reached",
            ])
    }

    @Test func `no command at all shows the overview as an error`() {
        let (code, captured) = run()
        #expect(code == .usage)
        #expect(captured.output.isEmpty)
        #expect(captured.error.contains("greet"))
        #expect(run("ticket").code == .usage)
        #expect(run("ticket").captured.error.contains("list"))
        #expect(run("--version").captured.output == "sample 1.2.3\n")
    }

    @Test func `reading commands speak JSON when asked`() {
        #expect(run("ticket", "list", "--node", "b", "--json").captured.output == "{\n  \"count\": 0\n}\n")
        #expect(run("ticket", "list", "--node", "b").captured.output == "all\n")
    }

    @Test func `an error is shown with code and hint and sets the exit status`() {
        let soft = run("ticket", "fail", "softly")
        #expect(soft.code == .unavailable)
        #expect(soft.captured.error == "error: the node is not running [node.not-running]\nhint: start it\n")
        let bad = run("ticket", "fail", "badly")
        #expect(bad.code == .failed)
        let words = "error: 内容不完整 the text ends before the value is complete [json.truncated]\n"
        #expect(bad.captured.error.hasPrefix(words))
        #expect(run("ticket", "fail", "quietly").code == .damage)
    }

    @Test func `an unforeseen error is shown by its type, never by what it holds`() {
        let strange = run("ticket", "fail", "strangely")
        #expect(strange.code == .failed)
        #expect(strange.captured.error.contains("(Secret) [cli.internal-error]"))
        #expect(!strange.captured.error.contains("199-0000"))
    }

    @Test func `a command whose output was lost has failed`() {
        let captured = CapturedConsole()
        captured.failOutput(28)
        #expect(SampleCommands.table.run(["--version"], console: captured.console) == .failed)
        #expect(captured.error.contains("standard output could not be written (errno 28) [cli.output-failed]"))
    }

    @Test func `the topology command lists the nodes of the example, and the mistakes of a bad file`() throws {
        let captured = CapturedConsole()
        let path = Repository.path("topology.example.json")
        #expect(CommandTable.syncNode.run(["topology", "check", path], console: captured.console) == .success)
        #expect(captured.output.contains("    branch-0203  网点"))
        let json = CapturedConsole()
        #expect(CommandTable.syncNode.run(["topology", "check", path, "--json"], console: json.console) == .success)
        let root = try JSONReader.parse(Array(json.output.utf8))
        #expect(root["nodes"]?.array?.count == 9)
        #expect(root["digest"]?.string?.utf8.count == 32)
        let bad = CapturedConsole()
        #expect(CommandTable.syncNode.run(["topology", "check", "/dev/null"], console: bad.console) == .failed)
        #expect(bad.error.hasPrefix("error: /dev/null:1:1: 内容为空 the file is empty [topology.empty]\nhint: "))
    }
}
