import Platform

/// What the person typed, checked against the command's own description.
///
/// Asking for a flag or an argument that the command does not declare is a mistake of ours and stops the program.
struct ParsedArguments: Sendable {
    private let declared: Set<String>
    private var flags: [String: [String]] = [:]
    private var positionals: [String: [String]] = [:]
    /// The flags that the command asked for.
    private let heeded = Locked<Set<String>>([])

    init(for command: CommandSpec) {
        declared = Set(command.flags.map { "--" + $0.name } + command.arguments.map { "<\($0.name)>" })
    }

    /// True where the switch was given.
    func isSet(_ flag: String) -> Bool { !values(ofFlag: flag).isEmpty }

    /// The value of a flag; nil where it was not given. The last one of a repeatable flag.
    func text(_ flag: String) -> String? { values(ofFlag: flag).last }

    /// Every value of a repeatable flag, in order.
    func texts(_ flag: String) -> [String] { values(ofFlag: flag) }

    /// The value of an integer flag, within its declared range; nil where it was not given.
    func integer(_ flag: String) -> Int? { values(ofFlag: flag).last.flatMap { Int($0) } }

    /// The value of an argument that is always there.
    func argument(_ name: String) -> String {
        guard let value = arguments(name).first else { preconditionFailure("<\(name)> is not declared as required") }
        return value
    }

    /// The value of an optional argument.
    func optionalArgument(_ name: String) -> String? { arguments(name).first }

    /// Every value of an argument that may stand several times.
    func arguments(_ name: String) -> [String] {
        precondition(declared.contains("<\(name)>"), "the command declares no argument <\(name)>")
        return positionals[name] ?? []
    }

    private func values(ofFlag name: String) -> [String] {
        precondition(declared.contains("--" + name), "the command declares no flag --\(name)")
        heeded.withLock { _ = $0.insert(name) }
        return flags[name] ?? []
    }

    /// Flags that were given and that the command never asked for: what it did, it did without them.
    var unheeded: [String] {
        let heeded = heeded.withLock { $0 }
        return flags.keys.filter { !heeded.contains($0) }.sorted()
    }

    mutating func add(flag: String, _ value: String) { flags[flag, default: []].append(value) }
    mutating func add(argument: String, _ value: String) { positionals[argument, default: []].append(value) }
}

/// One call of a command.
struct Invocation {
    let arguments: ParsedArguments
    let console: Console

    /// True where `--json` was given. For commands that read.
    var wantsJSON: Bool { arguments.isSet("json") }
}
