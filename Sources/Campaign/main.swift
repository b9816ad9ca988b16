import Simulation

/// `Campaign first count [storm|calm] [flaw] [trace] [dot]`: runs seeds and tells of those that break a promise. A dot is
/// watched: the trace tells after each step who holds it.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { UInt64($0) }
let first = numbers.first ?? 1
let count = numbers.dropFirst().first ?? 1
let plan: CampaignPlan? = arguments.contains("storm") ? .storm : arguments.contains("calm") ? .calm : nil
let flaw = Flaw.allCases.first { arguments.contains($0.rawValue) }

var failed = 0
var acts = 0
var kinds: [String: Int] = [:]
var marks: [String: Int] = [:]
for seed in first..<first + count {
    let report = Campaign.run(seed: seed, plan: plan, flaw: flaw, watched: arguments.first { $0.contains(":") })
    acts += report.acts
    for (name, number) in report.marks { marks[name, default: 0] += number }
    if arguments.contains("trace") { for line in report.trace { print(line) } }
    guard !report.passed else { continue }
    failed += 1
    for kind in Set(report.findings.map(\.check)) { kinds[kind.rawValue, default: 0] += 1 }
    print("seed \(seed) failed, trace \(report.traceHash):")
    for finding in report.findings.prefix(8) { print("   \(finding)") }
}
print(
    "\(count) seeds, \(acts) acts, \(failed) failed",
    kinds.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })
print(marks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
