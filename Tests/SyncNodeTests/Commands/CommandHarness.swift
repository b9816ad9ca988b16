import Testing

@testable import SyncNode

/// What one command line did.
struct CommandOutcome {
    let code: ExitCode
    let output: String
    let error: String

    var json: JSONElement {
        get throws { try NodeClient.parse(Array(output.utf8)) }
    }
}

extension RunningNode {
    /// Runs a command of the real table against this node.
    func run(_ words: String...) -> CommandOutcome { run(words: words) }

    func run(words: [String]) -> CommandOutcome { RunningNode.run(words + ["--url", url]) }

    static func run(_ words: [String]) -> CommandOutcome {
        let captured = CapturedConsole()
        let code = CommandTable.syncNode.run(Desk.naming(words), console: captured.console)
        return CommandOutcome(code: code, output: captured.output, error: captured.error)
    }
}
