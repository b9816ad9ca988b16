import HTTPTransport
import TicketModel

// Forms on paper.
extension TicketCommands {
    static let printForm = CommandSpec(
        name: "print", summary: Wording("打印表单或核对纸面", "Print a form, or check a paper"),
        details: Wording(
            "写出一个可打印的网页文件;--verify 用纸面校验码核对:一致、已变更、查无此码。只印本节点掌握的内容。",
            "Writes a page for the printer. --verify asks with the paper's check code: agrees, changed since, unknown. Prints only what this node holds."
        ),
        arguments: [reference],
        flags: FlagSpec.acting + [
            .purpose,
            FlagSpec(
                "form", .choice(FormKind.allCases.map(\.rawValue)), required: true, help: Wording("表单", "which form")),
            FlagSpec(
                "output", .text(placeholder: "file"), help: Wording("写入文件(缺省输出到屏幕)", "write to a file (default: print)")
            ),
            FlagSpec("verify", .text(placeholder: "code"), help: Wording("纸面校验码", "the paper's check code")),
        ],
        examples: ["syncnode ticket print 010101-20240301-1234-A --form FO-01 --output /tmp/form.html \(at)"],
        exitCodes: exits, reads: true
    ) { invocation in
        let form = invocation.arguments.text("form") ?? ""
        let path = ClientPath.ticket(invocation.arguments.argument("ticket"), "forms/\(form)")
        if let code = invocation.arguments.text("verify") { return try verify(code, path, invocation) }
        guard !invocation.wantsJSON else {
            throw UsageError(
                code: "usage.contradictory-flags", "a form is no JSON: --json goes with --verify",
                hint: "leave --json out, or add --verify CODE")
        }
        let client = try NodeClient(invocation, actor: true, purpose: invocation.arguments.text("purpose"))
        let page = try client.ask(.get, path).body
        if let file = invocation.arguments.text("output") {
            try DurableFile.write(page, to: file)
            invocation.console.print("已写入 written: \(file)")
        } else {
            invocation.console.print(String(decoding: page, as: UTF8.self))
        }
        return .success
    }

    /// Exit status 1 where the paper does not agree.
    private static func verify(_ code: String, _ path: String, _ invocation: Invocation) throws -> ExitCode {
        let answer = try NodeClient(invocation, actor: true).get(ClientPath.query(path + "/check", [("code", code)]))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            let label = answer.json["label"]
            var line = "\(label?["zh"]?.string ?? "") \(label?["en"]?.string ?? "")"
            if let since = answer.json["since"]?.integer {
                line += "  \(TicketText.time(since)) \(answer.json["act"]?.string ?? "")"
            }
            invocation.console.print(line)
        }
        return answer.json["result"]?.string == "same" ? .success : .failed
    }
}
