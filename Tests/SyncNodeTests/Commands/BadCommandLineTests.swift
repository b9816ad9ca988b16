import Testing

@testable import SyncNode

/// What people type wrong on the command line: every command of the table answers with what is wrong and what to do, does
/// nothing, and ends with the status of misuse.
@Suite("Bad command lines") struct BadCommandLineTests {
    /// Every command that does something, as the words that name it.
    private static let all: [[String]] = leaves(CommandTable.syncNode.commands, [])

    private static func leaves(_ commands: [CommandSpec], _ path: [String]) -> [[String]] {
        commands.flatMap { command -> [[String]] in
            let words = path + [command.name]
            return command.commands.isEmpty ? [words] : leaves(command.commands, words)
        }
    }

    /// The flags that the command does not go without, with values that it takes.
    private static func required(_ spec: CommandSpec) -> [String] {
        spec.flags.filter(\.isRequired).flatMap { flag -> [String] in
            switch flag.value {
            case .none: ["--\(flag.name)"]
            case .text: ["--\(flag.name)", "x"]
            case .integer(_, let range): ["--\(flag.name)", "\(range.lowerBound)"]
            case .choice(let choices): ["--\(flag.name)", choices[0]]
            }
        }
    }

    private func expectMisuse(_ words: [String], names what: String) {
        let outcome = RunningNode.run(words)
        #expect(outcome.code == .usage, "\(words)")
        #expect(outcome.output.isEmpty, "\(words) did something")
        #expect(outcome.error.contains(what) && outcome.error.contains("hint:"), "\(words): \(outcome.error)")
    }

    @Test(arguments: all) func `an unknown flag is named`(_ command: [String]) {
        expectMisuse(command + ["--no-such-flag"], names: "--no-such-flag")
    }

    @Test(arguments: all) func `a word too many is named as such`(_ command: [String]) throws {
        let spec = try #require(CommandTable.syncNode.spec(at: command))
        guard !spec.arguments.contains(where: { $0.count == .many }) else { return }
        let given = spec.arguments.map { _ in "010101-20240301-1234-A" }
        expectMisuse(command + BadCommandLineTests.required(spec) + given + ["surplus"], names: "argument")
    }

    @Test(arguments: all) func `a missing argument is named`(_ command: [String]) throws {
        let spec = try #require(CommandTable.syncNode.spec(at: command))
        guard let first = spec.arguments.first(where: { $0.count != .optional }) else { return }
        expectMisuse(command + BadCommandLineTests.required(spec), names: "<\(first.name)>")
    }

    @Test(arguments: all) func `a flag without its value, or with a wrong one, is named`(_ command: [String]) throws {
        let spec = try #require(CommandTable.syncNode.spec(at: command))
        let given = spec.arguments.filter { $0.count != .optional }.map { _ in "010101-20240301-1234-A" }
        for flag in spec.flags {
            switch flag.value {
            case .none: expectMisuse(command + given + ["--\(flag.name)=x"], names: "--\(flag.name)")
            case .text: expectMisuse(command + given + ["--\(flag.name)"], names: "--\(flag.name)")
            case .integer, .choice:
                expectMisuse(command + given + ["--\(flag.name)", "no such value"], names: "--\(flag.name)")
            }
        }
    }
}

extension CommandTable {
    /// The command that the words name.
    fileprivate func spec(at words: [String]) -> CommandSpec? {
        words.dropFirst().reduce(commands.first { $0.name == words[0] }) { spec, word in
            spec?.commands.first { $0.name == word }
        }
    }
}
