/// The help of a command, made from its description alone.
enum HelpText {
    /// All lines of `--help` for one command. `path` is the command as typed: `syncnode ticket list`.
    static func lines(for command: CommandSpec, path: String) -> [String] {
        var lines = ["\(path) - \(command.summary.zh)", command.summary.en]
        if let details = command.details { lines += ["", details.zh, details.en] }
        lines += section("用法 USAGE", usage(command, path).map { ("", $0) })
        lines += section("命令 COMMANDS", command.commands.map { ($0.name, $0.summary.both) })
        lines += section("参数 ARGUMENTS", command.arguments.map { ($0.usage, $0.help.both) })
        lines += section("选项 FLAGS", command.flags.map { ($0.usage, describe($0)) })
        lines += section("示例 EXAMPLE", command.examples(path: path).map { ("", $0) })
        if command.commands.isEmpty {
            lines += section("退出码 EXIT STATUS", command.allExitCodes.map { (String($0.rawValue), $0.meaning.both) })
        }
        return lines
    }

    /// The overview of the whole program.
    static func overview(of table: CommandTable) -> [String] {
        var lines = ["\(table.program) - \(table.summary.zh)", table.summary.en]
        lines += section("用法 USAGE", [("", "\(table.program) <command> [<arguments>] [--flags]")])
        lines += section("命令 COMMANDS", table.commands.map { ($0.name, $0.summary.both) })
        lines += section("示例 EXAMPLE", [("", "\(table.program) <command> --help")])
        lines += section("退出码 EXIT STATUS", ExitCode.allCases.map { (String($0.rawValue), $0.meaning.both) })
        return lines
    }

    private static func usage(_ command: CommandSpec, _ path: String) -> [String] {
        guard command.commands.isEmpty else { return ["\(path) <command> [--flags]"] }
        let arguments = command.arguments.map(\.usage)
        let flags = command.flags.map { $0.isRequired ? $0.usage : "[\($0.usage)]" }
        return [([path] + arguments + flags).joined(separator: " ")]
    }

    private static func describe(_ flag: FlagSpec) -> String {
        var text = flag.help.both
        if flag.isRequired { text = "(必填 required) " + text }
        if flag.isRepeatable { text += " (可重复 repeatable)" }
        if case .integer(_, let range) = flag.value { text += " (\(range.lowerBound)...\(range.upperBound))" }
        return text
    }

    private static func section(_ title: String, _ items: [(String, String)]) -> [String] {
        guard !items.isEmpty else { return [] }
        let width = items.reduce(0) { max($0, DisplayText.width($1.0)) }
        return ["", title]
            + items.map { item in
                width == 0 ? "  \(item.1)" : "  \(DisplayText.pad(item.0, columns: width))  \(item.1)"
            }
    }
}
