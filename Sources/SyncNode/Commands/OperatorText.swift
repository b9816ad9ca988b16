/// What a node answers to an operator, for people; `--json` shows the node's own words instead.
enum OperatorText {
    /// What a node's own count said before and after its tickets were asked for.
    static func print(requested answer: JSONElement, on console: Console) {
        if let error = answer["error"]?.string {
            console.print(DisplayText.safe("经 via \(answer["via"]?.string ?? "?") 未成 failed: \(error)"))
        }
        for (name, title) in [("before", "此前 before"), ("after", "现在 after")] {
            guard let balance = answer[name], !balance.isNull else {
                console.print("\(title): 该节点尚无日终自报 no count of its own has arrived")
                continue
            }
            console.print(
                DisplayText.safe(
                    "\(title): \(balance["day"]?.string ?? "")  自报 said \(balance["registered"]?.integer ?? 0)  "
                        + "在此 here \(balance["here"]?.integer ?? 0)  缺 missing \(balance["missing"]?.integer ?? 0)  "
                        + "自 since \(TicketText.time(balance["since"]?.integer))"))
        }
    }

    /// The report of a check.
    static func print(check json: JSONElement, on console: Console) {
        let isSound = json["is_sound"]?.bool == true
        console.print(
            "\(isSound ? "完好 sound" : "有损坏 damaged")  动作 acts: \(number(json["actions"]))  "
                + "文档 documents: \(number(json["documents"]))")
        guard let findings = json["findings"]?.array, !findings.isEmpty else { return }
        var table = TextTable([.init("代码 CODE"), .init("对象 SUBJECT")])
        for finding in findings { table.add([finding["code"]?.string ?? "", finding["subject"]?.string ?? ""]) }
        for line in table.lines { console.print(line) }
        console.note("执行 repair 向相邻节点索回 repair gets damaged acts back from the neighbours.")
    }

    /// The lives of a child, to choose one of.
    static func print(lives json: JSONElement, adopted: String?, on console: Console) {
        let child = json["child"]?.string ?? "?"
        guard adopted == nil else { return console.print("已裁定 adopted: \(child) \(adopted ?? "")") }
        let lives = (json["lives"]?.array ?? []).compactMap(\.string)
        guard !lives.isEmpty else { return console.print("\(child): 尚无记录 nothing heard of it yet") }
        console.print("\(child): 可选,最新在最后 to choose from, newest last")
        for life in lives { console.print("  --life \(life)") }
    }
}

/// The lines of a pull as they come: progress on a terminal, a result for each child, one JSON value in the end.
final class PullReport {
    private let console: Console
    private let isJSON: Bool
    private var rest: [UInt8] = []
    private var results: [JSONElement] = []
    /// True where a child could not be pulled.
    private(set) var hasFailed = false

    init(_ console: Console, json: Bool) {
        self.console = console
        isJSON = json
    }

    /// - Throws: `JSONError` where the node sends something else.
    func add(_ chunk: UnsafeRawBufferPointer) throws(JSONError) {
        rest += chunk
        while let end = rest.firstIndex(of: 0x0A) {
            let line = try JSONReader.parse(Array(rest[..<end]))
            rest.removeSubrange(...end)
            show(line)
        }
    }

    func finish() {
        if isJSON { console.print { writer in writer.object { $0.member("children", self.results) } } }
    }

    private func show(_ line: JSONElement) {
        let text =
            "\(line["node"]?.string ?? "?")  往返 round trips: \(number(line["round_trips"]))  "
            + "收到 received: \(number(line["bytes_received"])) B"
        if line["phase"]?.string == "pulling" {
            if console.isErrorTerminal { console.progress("\r\u{1B}[K" + DisplayText.safe(text)) }
            return
        }
        if console.isErrorTerminal { console.progress("\r\u{1B}[K") }
        results.append(line)
        let error = line["error"]?.string
        hasFailed = hasFailed || error != nil
        guard !isJSON else { return }
        console.print(DisplayText.safe(text + "  " + (error.map { "失败 failed [\($0)]" } ?? "完成 done")))
    }
}

private func number(_ element: JSONElement?) -> String { element?.integer.map(String.init) ?? "—" }

extension JSONWriter {
    fileprivate mutating func member(_ name: String, _ elements: [JSONElement]) {
        member(name, array: { writer in for element in elements { writer.value(element.value) } })
    }
}
