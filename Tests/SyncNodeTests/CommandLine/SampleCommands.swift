@testable import SyncNode

/// A small program for the tests of the command line.
enum SampleCommands {
    static let table = CommandTable(
        program: "sample", summary: Wording("样例程序", "A sample program"), commands: [greet, ticket],
        version: { ["sample 1.2.3"] })

    static let greet = CommandSpec(
        name: "greet", summary: Wording("问候", "Greet people"),
        arguments: [
            ArgumentSpec("greeting", help: Wording("问候语", "the greeting")),
            ArgumentSpec("names", .many, help: Wording("姓名", "whom to greet")),
        ],
        flags: [
            FlagSpec("loud", help: Wording("大声", "shout")),
            FlagSpec("times", .integer(placeholder: "n", 1...9), help: Wording("次数", "how often")),
            FlagSpec("tone", .choice(["warm", "formal"]), help: Wording("语气", "the tone")),
            FlagSpec("tag", .text(placeholder: "word"), repeatable: true, help: Wording("标签", "a tag")),
        ],
        examples: ["sample greet 您好 张虚构 --times 2"]
    ) { invocation in
        let arguments = invocation.arguments
        let words = [arguments.argument("greeting")] + arguments.arguments("names")
        let extras = [
            arguments.isSet("loud") ? "loud" : nil, arguments.integer("times").map { "times=\($0)" },
            arguments.text("tone"),
        ]
        invocation.console.print((words + extras.compactMap { $0 } + arguments.texts("tag")).joined(separator: "|"))
        return .success
    }

    static let ticket = CommandSpec(
        name: "ticket", summary: Wording("工单", "Tickets"), commands: [list, fail])

    static let list = CommandSpec(
        name: "list", summary: Wording("列表", "List tickets"),
        arguments: [ArgumentSpec("filter", .optional, help: Wording("条件", "a filter"))], flags: [.node],
        examples: ["sample ticket list --node branch-0101"], exitCodes: [.unavailable], reads: true
    ) { invocation in
        _ = invocation.arguments.text("node")
        if invocation.wantsJSON {
            invocation.console.print { writer in writer.object { $0.member("count", 0) } }
        } else {
            invocation.console.print(invocation.arguments.optionalArgument("filter") ?? "all")
        }
        return .success
    }

    struct Secret: Error { let words = "张虚构 199-0000-0001" }

    static let fail = CommandSpec(
        name: "fail", summary: Wording("失败", "Fail"), arguments: [ArgumentSpec("how", help: Wording("方式", "how"))],
        examples: ["sample ticket fail softly"], exitCodes: [.unavailable, .damage]
    ) { invocation in
        switch invocation.arguments.argument("how") {
        case "softly":
            throw CommandError(
                code: "node.not-running", "the node is not running", hint: "start it", exitCode: .unavailable)
        case "badly": throw JSONError(reason: .truncated, place: .start)
        case "strangely": throw Secret()
        default: return .damage
        }
    }
}
