import Glibc
import Platform

/// All commands of the program, as data; finds the one that was typed, parses its words and runs it.
struct CommandTable: Sendable {
    /// The program's name, as typed.
    let program: String
    let summary: Wording
    let commands: [CommandSpec]
    /// The lines of `--version`.
    let version: @Sendable () -> [String]

    init(program: String, summary: Wording, commands: [CommandSpec], version: @escaping @Sendable () -> [String]) {
        self.program = program
        self.summary = summary
        self.commands = commands
        self.version = version
    }

    /// Runs what `words` (without the program's name) ask for. Errors are shown on the console, never thrown.
    func run(_ words: [String], console: Console) -> ExitCode {
        let code = attempt(words, console)
        console.flush()
        // A reader that has seen enough (`| head`) is no failure of the command.
        guard let failure = console.outputFailure, failure != EPIPE else { return code }
        console.report(
            ErrorReport(
                "cli.output-failed", english: "standard output could not be written (errno \(failure))",
                hint: "make room where the output goes, or keep its reader alive"))
        return .failed
    }

    private func attempt(_ words: [String], _ console: Console) -> ExitCode {
        do {
            return try dispatch(words, console)
        } catch let error as any ReportableError {
            for report in error.reports { console.report(report) }
            return error.exitCode
        } catch let error as any ExplainedError {
            console.report(ErrorReport(error))
            return .failed
        } catch {
            // The description of a foreign error could hold a customer's words; its type cannot.
            console.report(
                ErrorReport(
                    "cli.internal-error", english: "the command ended with an unforeseen error (\(type(of: error)))",
                    hint: "please report this, with the command and the version"))
            return .failed
        }
    }

    private func dispatch(_ words: [String], _ console: Console) throws -> ExitCode {
        var words = words
        if words.first == "help" {
            words.removeFirst()
            words.append("--help")
        }
        switch words.first {
        case nil:
            for line in HelpText.overview(of: self) { console.note(line) }
            return .usage
        case "--help", "-h":
            for line in HelpText.overview(of: self) { console.print(line) }
            return .success
        case "--version":
            for line in version() { console.print(line) }
            return .success
        default:
            let (command, path, rest) = try find(words)
            return try run(command, path, rest, console)
        }
    }

    /// The command that the first words name, and the words after it.
    /// - Throws: an unknown name, with the nearest known one.
    func find(_ words: [String]) throws(UsageError) -> (command: CommandSpec, path: String, rest: ArraySlice<String>) {
        var path = program
        var candidates = commands
        var rest = words[...]
        var found: CommandSpec?
        while !candidates.isEmpty, let word = rest.first, !word.hasPrefix("-") {
            guard let next = candidates.first(where: { $0.name == word }) else {
                throw UsageError(
                    code: "usage.unknown-command", "\(path) has no command \(DisplayText.safe(word))",
                    hint: Suggestion.hint(for: word, among: candidates.map(\.name)) ?? "see \(path) --help")
            }
            found = next
            path += " " + next.name
            candidates = next.commands
            rest = rest.dropFirst()
        }
        guard let found else {
            throw UsageError(
                code: "usage.command-missing", "flags come after the command", hint: "see \(program) --help")
        }
        return (found, path, rest)
    }

    private func run(
        _ command: CommandSpec, _ path: String, _ words: ArraySlice<String>, _ console: Console
    ) throws -> ExitCode {
        let arguments: ParsedArguments
        if case .group = command.action, words.isEmpty {
            for line in HelpText.lines(for: command, path: path) { console.note(line) }
            return .usage
        }
        arguments = try ArgumentParser.parse(words, for: command, path: path)
        if arguments.isSet("help") {
            for line in HelpText.lines(for: command, path: path) { console.print(line) }
            return .success
        }
        guard case .run(let body) = command.action else {
            throw UsageError(
                code: "usage.command-missing", "\(path) needs a command", hint: "see \(path) --help")
        }
        let code = try body(Invocation(arguments: arguments, console: console))
        guard let flag = arguments.unheeded.first else { return code }
        throw CommandError(
            code: "usage.flag-without-effect", "\(path) is done, and --\(flag) had no effect on it",
            hint: "leave --\(flag) out, or see \(path) --help")
    }
}

extension CommandTable {
    /// Calls `body` for every command, groups included, with the path as typed.
    func forEach(_ body: (CommandSpec, _ path: String) throws -> Void) rethrows {
        for command in commands { try CommandTable.visit(command, program + " " + command.name, body) }
    }

    private static func visit(
        _ command: CommandSpec, _ path: String, _ body: (CommandSpec, String) throws -> Void
    ) rethrows {
        try body(command, path)
        for inner in command.commands { try visit(inner, path + " " + inner.name, body) }
    }
}
