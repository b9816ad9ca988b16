/// A command as data: its help, its parser and its tests all come from this one value.
struct CommandSpec: Sendable {
    /// Lower case, as typed.
    var name: String
    /// One line.
    var summary: Wording
    /// What the summary has no room for; nil where nothing needs to be said.
    var details: Wording?
    var arguments: [ArgumentSpec]
    var flags: [FlagSpec]
    /// Command lines that run as they stand, each beginning with `syncnode`.
    var examples: [String]
    /// What it may exit with beyond `success`, `failed` and `usage`, which every command may.
    var exitCodes: [ExitCode]
    var action: Action

    enum Action: Sendable {
        case run(@Sendable (Invocation) throws -> ExitCode)
        case group([CommandSpec])
    }

    /// A command that does something.
    /// - Parameter reads: true for a command that shows data: it gets `--json`.
    init(
        name: String, summary: Wording, details: Wording? = nil, arguments: [ArgumentSpec] = [], flags: [FlagSpec] = [],
        examples: [String], exitCodes: [ExitCode] = [], reads: Bool = false,
        run: @escaping @Sendable (Invocation) throws -> ExitCode
    ) {
        self.name = name
        self.summary = summary
        self.details = details
        self.arguments = arguments
        self.flags = flags + (reads ? [.json] : []) + [.help]
        self.examples = examples
        self.exitCodes = exitCodes
        action = .run(run)
    }

    /// A command that only holds others, such as `ticket`.
    init(name: String, summary: Wording, commands: [CommandSpec]) {
        self.name = name
        self.summary = summary
        details = nil
        arguments = []
        flags = [.help]
        examples = []
        exitCodes = []
        action = .group(commands)
    }

    /// The sub-commands of a group; empty for a command that runs.
    var commands: [CommandSpec] {
        guard case .group(let commands) = action else { return [] }
        return commands
    }

    /// The examples as help shows them; a group has its help as the example. `path` is the command as typed.
    func examples(path: String) -> [String] { commands.isEmpty ? examples : ["\(path) --help"] }

    /// Every exit status that the command may end with, in ascending order.
    var allExitCodes: [ExitCode] {
        ExitCode.allCases.filter { [.success, .failed, .usage].contains($0) || exitCodes.contains($0) }
    }
}

/// A positional argument.
struct ArgumentSpec: Sendable {
    enum Count: Sendable {
        case one
        case optional
        /// One or more; only the last argument may be so.
        case many
    }

    var name: String
    var count: Count
    var help: Wording

    init(_ name: String, _ count: Count = .one, help: Wording) {
        self.name = name
        self.count = count
        self.help = help
    }

    /// As it stands in a usage line.
    var usage: String {
        switch count {
        case .one: "<\(name)>"
        case .optional: "[<\(name)>]"
        case .many: "<\(name)>..."
        }
    }
}

/// A flag, written `--name value` or `--name=value`, or `--name` alone for a switch.
struct FlagSpec: Sendable {
    enum Value: Sendable {
        case none
        /// Any text that is not empty.
        case text(placeholder: String)
        case integer(placeholder: String, ClosedRange<Int>)
        case choice([String])
    }

    /// Without the hyphens.
    var name: String
    var value: Value
    var isRequired: Bool
    var isRepeatable: Bool
    var help: Wording

    init(_ name: String, _ value: Value = .none, required: Bool = false, repeatable: Bool = false, help: Wording) {
        self.name = name
        self.value = value
        isRequired = required
        isRepeatable = repeatable
        self.help = help
    }

    /// As it stands in a usage line, without the brackets of an optional one.
    var usage: String {
        switch value {
        case .none: "--\(name)"
        case .text(let placeholder), .integer(let placeholder, _): "--\(name) <\(placeholder)>"
        case .choice(let choices): "--\(name) <\(choices.joined(separator: "|"))>"
        }
    }
}

extension FlagSpec {
    static let help = FlagSpec("help", help: Wording("显示本帮助", "show this help"))
    static let json = FlagSpec("json", help: Wording("以 JSON 输出", "print JSON on standard output"))

    /// Which topology file is meant.
    static let topology = FlagSpec(
        "topology", .text(placeholder: "file"),
        help: Wording("拓扑文件（缺省 topology.json）", "topology file (default topology.json)"))

    /// Which node of the topology is meant.
    static let node = FlagSpec(
        "node", .text(placeholder: "id"), required: true,
        help: Wording("节点标识", "id of the node in the topology file"))
}
