import Platform
import SyncProtocol

/// What the demonstration found, line by line; the exit status follows from it.
struct DemoReport {
    struct Check {
        var name: Wording
        var isTrue: Bool
        var detail: String
    }

    private(set) var checks: [Check] = []
    /// The short day that follows the report proper.
    var day: [Check] = []
    var figures: [(name: String, value: Int)] = []
    var conflicts: [String] = []

    var isAllTrue: Bool { (checks + day).allSatisfy(\.isTrue) }

    mutating func check(_ chinese: String, _ english: String, _ isTrue: Bool, _ detail: String) {
        checks.append(Check(name: Wording(chinese, english), isTrue: isTrue, detail: detail))
    }

    func print(to console: Console) {
        console.print("")
        console.print("报告 Report")
        for (name, value) in figures { console.print("  \(name): \(value)") }
        print(checks, to: console)
        if !conflicts.isEmpty {
            console.print("  待裁定的并存值 Conflicts for a person to resolve (\(conflicts.count)):")
            for line in conflicts.prefix(8) { console.print("    \(line)") }
            if conflicts.count > 8 { console.print("    … \(conflicts.count - 8) more; all in --json") }
        }
        if !day.isEmpty {
            console.print("")
            console.print("三人的一天(短)A short day: branch officer, dispatcher, head office")
            print(day, to: console)
        }
        console.print(isAllTrue ? "结果 Result: 全部成立 all true" : "结果 Result: 有不成立项 NOT all true")
    }

    private func print(_ checks: [Check], to console: Console) {
        for check in checks {
            console.print("  \(check.isTrue ? "✓" : "✗") \(check.name.both): \(check.detail)")
        }
    }

    func printJSON(to console: Console) {
        console.print(json: { writer in
            writer.object { writer in
                writer.member("all_true", isAllTrue)
                writer.member(
                    "figures", object: { writer in for (name, value) in figures { writer.member(name, value) } })
                for (name, checks) in [("checks", checks), ("day", day)] {
                    writer.member(name, array: { writer in for check in checks { write(check, &writer) } })
                }
                writer.member("conflicts", texts: conflicts)
            }
        })
    }

    private func write(_ check: Check, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("name", check.name)
            writer.member("true", check.isTrue)
            writer.member("detail", check.detail)
        }
    }
}
