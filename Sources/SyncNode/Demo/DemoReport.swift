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
    var figures: [(name: String, value: Int)] = []
    var conflicts: [String] = []

    var isAllTrue: Bool { checks.allSatisfy(\.isTrue) }

    mutating func check(_ chinese: String, _ english: String, _ isTrue: Bool, _ detail: String) {
        checks.append(Check(name: Wording(chinese, english), isTrue: isTrue, detail: detail))
    }

    func print(to console: Console) {
        console.print("")
        console.print("报告 Report")
        for (name, value) in figures { console.print("  \(name): \(value)") }
        for check in checks {
            console.print("  \(check.isTrue ? "✓" : "✗") \(check.name.both): \(check.detail)")
        }
        if !conflicts.isEmpty {
            console.print("  待裁定的并存值 Conflicts for a person to resolve (\(conflicts.count)):")
            for line in conflicts.prefix(8) { console.print("    \(line)") }
            if conflicts.count > 8 { console.print("    … \(conflicts.count - 8) more; all in --json") }
        }
        console.print(isAllTrue ? "结果 Result: 全部成立 all true" : "结果 Result: 有不成立项 NOT all true")
    }

    func printJSON(to console: Console) {
        console.print(json: { writer in
            writer.object { writer in
                writer.member("all_true", isAllTrue)
                writer.member(
                    "figures", object: { writer in for (name, value) in figures { writer.member(name, value) } })
                writer.member(
                    "checks",
                    array: { writer in
                        for check in checks {
                            writer.object { writer in
                                writer.member("name", check.name)
                                writer.member("true", check.isTrue)
                                writer.member("detail", check.detail)
                            }
                        }
                    })
                writer.member("conflicts", texts: conflicts)
            }
        })
    }
}
