import TicketModel

/// `syncnode codes`: the lists of codes, and in them what somebody half remembers. Needs no node.
enum CodesCommand {
    static let spec = CommandSpec(
        name: "codes", summary: Wording("代码表", "Lists of codes and their labels"),
        details: Wording(
            "不带参数列出全部代码表;带表名列出其代码;再带 --word 只列出含该词的代码。填写字段时可写代码,也可写完整标签。",
            "Without arguments all lists; with a list its codes; with --word those that hold it. A field takes the code or the whole label."
        ),
        arguments: [ArgumentSpec("list", .optional, help: Wording("表名", "the list"))],
        flags: [
            FlagSpec(
                "word", .text(placeholder: "word"), help: Wording("代码或标签中的词", "a word of the code or its label"))
        ],
        examples: ["syncnode codes symptom --word 吞"], reads: true
    ) { invocation in
        guard let name = invocation.arguments.optionalArgument("list") else {
            show(Enumeration.all.map { ($0.name, $0.label) }, invocation)
            return .success
        }
        guard let list = Enumeration.named(name) else {
            let meant = Suggestion.nearest(to: name, among: Enumeration.all.map(\.name))
            throw UsageError(
                code: "codes.no-such-list", "there is no list of that name",
                hint: meant.map { "did you mean \($0)?" } ?? "syncnode codes lists them")
        }
        let entries = invocation.arguments.text("word").map(list.entries(matching:)) ?? list.entries
        show(entries.map { ($0.code, $0.label) }, invocation)
        return .success
    }

    private static func show(_ rows: [(name: String, label: Bilingual)], _ invocation: Invocation) {
        guard !invocation.wantsJSON else {
            invocation.console.print { writer in
                writer.object { writer in
                    writer.member(
                        "codes",
                        array: { writer in
                            for row in rows {
                                writer.object { writer in
                                    writer.member("code", row.name)
                                    writer.member("label", Wording(row.label))
                                }
                            }
                        })
                }
            }
            return
        }
        var table = TextTable([.init("代码 CODE"), .init("名称 NAME"), .init("ENGLISH")])
        for row in rows { table.add([row.name, row.label.chinese, row.label.english]) }
        table.show(on: invocation.console)
    }
}
