/// Turns the words after a command's name into `ParsedArguments`.
struct ArgumentParser {
    private let command: CommandSpec
    /// The command as typed, for hints: `syncnode ticket list`.
    private let path: String
    private var words: ArraySlice<String>
    private var parsed: ParsedArguments
    private var positionals: [String] = []
    private var given: Set<String> = []

    /// - Throws: what is wrong, and what the command would take instead.
    static func parse(
        _ words: ArraySlice<String>, for command: CommandSpec, path: String
    ) throws(UsageError) -> ParsedArguments {
        var parser = ArgumentParser(command: command, path: path, words: words, parsed: ParsedArguments(for: command))
        try parser.parseWords()
        if parser.parsed.isSet("help") { return parser.parsed }
        try parser.requireFlags()
        try parser.assignPositionals()
        return parser.parsed
    }

    private init(command: CommandSpec, path: String, words: ArraySlice<String>, parsed: ParsedArguments) {
        self.command = command
        self.path = path
        self.words = words
        self.parsed = parsed
    }

    private mutating func parseWords() throws(UsageError) {
        while let word = words.popFirst() {
            if word == "--" {
                positionals += words
                return
            }
            if word == "-h" {
                parsed.add(flag: "help", "")
            } else if word.hasPrefix("-"), word != "-" {
                try parseFlag(word)
            } else {
                positionals.append(word)
            }
        }
    }

    private mutating func parseFlag(_ word: String) throws(UsageError) {
        let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let typed = String(parts[0])
        guard let flag = command.flags.first(where: { "--" + $0.name == typed }) else { throw unknown(flag: typed) }
        guard given.insert(flag.name).inserted || flag.isRepeatable else {
            throw UsageError(
                code: "usage.flag-repeated", "\(typed) is given more than once", hint: "give \(typed) once")
        }
        parsed.add(flag: flag.name, try value(of: flag, inline: parts.count == 2 ? String(parts[1]) : nil))
    }

    private mutating func value(of flag: FlagSpec, inline: String?) throws(UsageError) -> String {
        if case .none = flag.value {
            guard inline == nil else {
                throw UsageError(
                    code: "usage.flag-takes-no-value", "--\(flag.name) takes no value",
                    hint: "write --\(flag.name) alone")
            }
            return ""
        }
        guard let value = inline ?? nextValue(), !value.isEmpty else {
            throw UsageError(
                code: "usage.value-missing", "--\(flag.name) needs a value", hint: "write \(flag.usage)")
        }
        try check(value, of: flag)
        return value
    }

    /// The next word, unless it is a flag of this command: then the value was forgotten.
    private mutating func nextValue() -> String? {
        guard let next = words.first else { return nil }
        let name = next.split(separator: "=", maxSplits: 1).first ?? ""
        guard next != "--", !command.flags.contains(where: { "--" + $0.name == name }) else { return nil }
        return words.popFirst()
    }

    private func check(_ value: String, of flag: FlagSpec) throws(UsageError) {
        switch flag.value {
        case .none, .text: return
        case .integer(_, let range):
            guard let number = Int(value), range.contains(number) else {
                throw UsageError(
                    code: "usage.not-an-integer", "--\(flag.name) needs a whole number",
                    hint: "give a number from \(range.lowerBound) to \(range.upperBound)")
            }
        case .choice(let choices):
            guard choices.contains(value) else {
                throw UsageError(
                    code: "usage.not-a-choice", "--\(flag.name) does not know this value",
                    hint: Suggestion.hint(for: value, among: choices)
                        ?? "give one of \(choices.joined(separator: ", "))")
            }
        }
    }

    private func requireFlags() throws(UsageError) {
        for flag in command.flags where flag.isRequired && !given.contains(flag.name) {
            throw UsageError(
                code: "usage.flag-missing", "--\(flag.name) is missing", hint: "add \(flag.usage): \(flag.help.en)")
        }
    }

    private mutating func assignPositionals() throws(UsageError) {
        var rest = positionals[...]
        for argument in command.arguments {
            guard let first = rest.popFirst() else {
                guard argument.count == .optional else { throw missing(argument) }
                continue
            }
            parsed.add(argument: argument.name, first)
            guard argument.count == .many else { continue }
            for word in rest { parsed.add(argument: argument.name, word) }
            rest = []
        }
        guard rest.isEmpty else {
            let taken = positionals.count - rest.count
            throw UsageError(
                code: "usage.too-many-arguments",
                "\(path) takes \(taken) argument\(taken == 1 ? "" : "s"), not \(positionals.count)",
                hint: "put a text with blanks in quotes; see \(path) --help")
        }
    }

    private func missing(_ argument: ArgumentSpec) -> UsageError {
        UsageError(
            code: "usage.argument-missing", "\(argument.usage) is missing",
            hint: "add it: \(argument.help.en); see \(path) --help")
    }

    private func unknown(flag typed: String) -> UsageError {
        UsageError(
            code: "usage.unknown-flag", "\(path) has no flag \(DisplayText.safe(typed))",
            hint: Suggestion.hint(for: typed, among: command.flags.map { "--" + $0.name }) ?? "see \(path) --help")
    }
}
