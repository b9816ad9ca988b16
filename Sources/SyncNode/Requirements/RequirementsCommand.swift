import Platform

/// An id that stands in no list.
struct UnknownRequirement: ExplainedError {
    let code = "requirements.unknown"
    let sentence = "There is no such requirement."
    let hint = "Give an id such as ST-17 or a group's letter from A to T; `syncnode requirements` lists all."
}

/// `syncnode requirements`: which sentences of the source documents hold, and which test shows it.
enum RequirementsCommand {
    static let spec = CommandSpec(
        name: "requirements",
        summary: Wording("列出业务要求及其满足情况", "List the requirements and how far they are met"),
        details: Wording(
            "每条“已满足”都指名证明它的测试；测试不存在时测试套件失败。",
            "Each one that is met names the tests that show it; the test suite fails where such a test does not exist."),
        arguments: [
            ArgumentSpec(
                "id", .optional, help: Wording("要求编号，如 ST-17；或组别字母", "an id such as ST-17, or a group's letter"))
        ],
        flags: [
            FlagSpec(
                "standing", .choice(Requirement.Standing.codes),
                help: Wording("只列此类", "only those that stand so"))
        ],
        examples: [
            "syncnode requirements", "syncnode requirements ST-17", "syncnode requirements F --standing not_yet",
        ], reads: true
    ) { invocation in
        let chosen = try choose(invocation)
        if invocation.wantsJSON {
            printJSON(chosen, invocation.console)
        } else {
            printTable(chosen, invocation.console)
        }
        return .success
    }

    private static func choose(_ invocation: Invocation) throws -> [Requirement] {
        let wanted = invocation.arguments.optionalArgument("id").map { $0.uppercased() }
        let groups = RequirementTable.groups
        var chosen: [Requirement]
        switch wanted {
        case nil: chosen = RequirementTable.all
        case .some(let text):
            chosen = groups.first { $0.letter == text }?.requirements ?? RequirementTable.all.filter { $0.id == text }
            guard !chosen.isEmpty else { throw UnknownRequirement() }
        }
        if let standing = invocation.arguments.text("standing") {
            chosen = chosen.filter { $0.standing.code == standing }
        }
        return chosen
    }

    private static func printTable(_ requirements: [Requirement], _ console: Console) {
        var table = TextTable([
            .init("编号 ID"), .init("情况 STANDING"), .init("要求 REQUIREMENT", columnsMax: 70),
            .init("测试或说明 TESTS OR REMARK", columnsMax: 80),
        ])
        for requirement in requirements {
            let shown = requirement.tests.joined(separator: "; ")
            let remark = [shown, requirement.remark ?? ""].filter { !$0.isEmpty }.joined(separator: " — ")
            table.add([requirement.id, requirement.standing.label.both, requirement.text, remark])
        }
        for line in table.lines { console.print(line) }
        let counts = RequirementTable.counts(requirements)
        let sums = [Requirement.Standing.met([]), .partly([], lacking: ""), .notBySoftware(""), .notYet].map {
            "\($0.label.both) \(counts[$0.code] ?? 0)"
        }
        console.print("")
        console.print("合计 total \(requirements.count): " + sums.joined(separator: ", "))
    }

    private static func printJSON(_ requirements: [Requirement], _ console: Console) {
        let counts = RequirementTable.counts(requirements)
        console.print { writer in
            writer.object { writer in
                writer.member("total", requirements.count)
                writer.member(
                    "counts",
                    object: { writer in
                        for code in Requirement.Standing.codes { writer.member(code, counts[code] ?? 0) }
                    })
                writer.member(
                    "requirements",
                    array: { writer in
                        for requirement in requirements { write(requirement, &writer) }
                    })
            }
        }
    }

    private static func write(_ requirement: Requirement, _ writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("id", requirement.id)
            writer.member("text", requirement.text)
            writer.member("standing", requirement.standing.code)
            writer.member("tests", texts: requirement.tests)
            if let remark = requirement.remark { writer.member("remark", remark) }
        }
    }
}
