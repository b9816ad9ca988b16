import Testing

@testable import SyncNode

/// What a person types is understood, or refused with the next step.
@Suite struct ArgumentParserTests {
    private func run(_ words: String...) -> (code: ExitCode, output: String, error: String) {
        let captured = CapturedConsole()
        let code = SampleCommands.table.run(words, console: captured.console)
        return (code, captured.output, captured.error)
    }

    @Test func `flags may stand anywhere, with a blank or an equals sign`() {
        #expect(run("greet", "hi", "a", "b", "--times", "3", "--tone=warm").output == "hi|a|b|times=3|warm\n")
        #expect(run("greet", "--loud", "hi", "--tag", "x", "a", "--tag=y=z").output == "hi|a|loud|x|y=z\n")
    }

    @Test func `what follows two hyphens is never a flag`() {
        #expect(run("greet", "hi", "--", "--loud", "-x").output == "hi|--loud|-x\n")
        #expect(run("greet", "hi", "-").output == "hi|-\n")
    }

    @Test func `a value may begin with a hyphen, but a known flag is no value`() {
        #expect(run("greet", "hi", "a", "--tag", "-5").output == "hi|a|-5\n")
        let missing = run("greet", "hi", "a", "--tag", "--loud")
        #expect(missing.code == .usage)
        #expect(missing.error.contains("[usage.value-missing]"))
    }

    @Test(arguments: [
        (["greet", "hi", "a", "--tiems", "3"], "usage.unknown-flag", "did you mean --times?"),
        (["greet", "hi", "a", "--zzz"], "usage.unknown-flag", "see sample greet --help"),
        (["greet", "hi", "a", "-x"], "usage.unknown-flag", "see sample greet --help"),
        (["greet", "hi", "a", "--tiems=secret"], "usage.unknown-flag", "did you mean --times?"),
        (["greet", "hi", "a", "--times"], "usage.value-missing", "write --times <n>"),
        (["greet", "hi", "a", "--times="], "usage.value-missing", "write --times <n>"),
        (["greet", "hi", "a", "--times", "0"], "usage.not-an-integer", "give a number from 1 to 9"),
        (["greet", "hi", "a", "--times", "x"], "usage.not-an-integer", "give a number from 1 to 9"),
        (["greet", "hi", "a", "--tone", "frmal"], "usage.not-a-choice", "did you mean formal?"),
        (["greet", "hi", "a", "--tone", "zzzz"], "usage.not-a-choice", "give one of warm, formal"),
        (["greet", "hi", "a", "--loud=yes"], "usage.flag-takes-no-value", "write --loud alone"),
        (["greet", "hi", "a", "--loud", "--loud"], "usage.flag-repeated", "give --loud once"),
        (["greet", "hi"], "usage.argument-missing", "add it: whom to greet; see sample greet --help"),
        (["greet"], "usage.argument-missing", "add it: the greeting; see sample greet --help"),
        (["ticket", "list"], "usage.flag-missing", "add --node <id>: id of the node in the topology file"),
        (
            ["ticket", "list", "a", "b", "--node", "x"], "usage.too-many-arguments",
            "put a text with blanks in quotes; see sample ticket list --help"
        ),
        (["gret"], "usage.unknown-command", "did you mean greet?"),
        (["ticket", "lst"], "usage.unknown-command", "did you mean list?"),
        (["nonsense"], "usage.unknown-command", "see sample --help"),
        (["--loud", "greet"], "usage.command-missing", "see sample --help"),
        (["ticket", "--json"], "usage.unknown-flag", "see sample ticket --help"),
    ])
    func `a mistake exits 64 with a code and a hint`(words: [String], code: String, hint: String) {
        let captured = CapturedConsole()
        #expect(SampleCommands.table.run(words, console: captured.console) == .usage)
        #expect(captured.output.isEmpty)
        let lines = captured.error.split(separator: "\n")
        #expect(lines.count == 2)
        #expect(lines.first?.hasPrefix("error: ") == true)
        #expect(lines.first?.hasSuffix("[\(code)]") == true)
        #expect(lines.last?.hasPrefix("hint: ") == true && lines.last?.hasSuffix(" \(hint)") == true)
        // Words that may be a customer's are not repeated.
        #expect(!captured.error.contains("secret"))
    }

    @Test func `a terminal cannot be commanded through a mistyped word`() {
        #expect(!run("\u{1B}[2Jx").error.contains("\u{1B}"))
    }

    @Test func `asking for a flag that the command does not declare is our mistake`() async {
        await #expect(processExitsWith: .failure) {
            _ = ParsedArguments(for: SampleCommands.greet).text("nme")
        }
    }
}
