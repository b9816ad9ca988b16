import Glibc
import Platform
import Simulation

/// `Campaign first count [storm|calm|lying|liar|honest] [flaw] [trace] [dot]`: runs seeds and tells of those that break a promise:
/// in weather that the seed draws, with a node that lies (`liar`) or without (`honest`), or in a named kind of weather. A dot is
/// watched: the trace tells after each step who holds it. With `--digest` it prints of each seed what its history folds to,
/// in calm weather and in its own, to compare two programs. Exit status 1 where a promise was broken.
let arguments = CommandLine.arguments.dropFirst()
let numbers = arguments.compactMap { UInt64($0) }
let first = numbers.first ?? 1
let count = numbers.dropFirst().first ?? 1
/// The weather of a seed: one of the named kinds, or what the seed draws.
func plan(_ seed: UInt64) -> CampaignPlan {
    if arguments.contains("storm") { return .storm }
    if arguments.contains("calm") { return .calm }
    if arguments.contains("lying") { return .lying }
    return CampaignPlan(
        seed: seed, liars: arguments.contains("liar") ? true : arguments.contains("honest") ? false : nil)
}
let flaw = Flaw.allCases.first { arguments.contains($0.rawValue) }

/// One line that is written over, on a terminal only: seeds done, rate, time left.
struct SeedProgress {
    private let isShown = isatty(STDERR_FILENO) == 1
    private let began = SystemClock.monotonicNanoseconds()
    private var shownAt: Int64 = 0

    mutating func show(_ done: UInt64, of count: UInt64, failed: Int) {
        let now = SystemClock.monotonicNanoseconds()
        guard isShown, done == count || now - shownAt > 500_000_000 else { return }
        shownAt = now
        let seconds = max(1, (now - began) / 1_000_000_000)
        let rate = max(1, Int64(done) / seconds)
        let left = (Int64(count) - Int64(done)) / rate
        let end = done == count ? "\n" : ""
        let line = "\r\(done)/\(count) seeds, \(failed) failed, \(rate)/s, \(left) s left   \(end)"
        _ = Array(line.utf8).withUnsafeBytes { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}

/// Prints a digest of the folded states for each seed and kind of weather.
func printDigests() {
    for seed in first..<first + count {
        let calm = Campaign.run(seed: seed, plan: .calm)
        let drawn = Campaign.run(seed: seed, plan: CampaignPlan(seed: seed, liars: false))
        print(seed, "calm", String(calm.stateDigest, radix: 16), "drawn", String(drawn.stateDigest, radix: 16))
    }
}

if arguments.contains("--digest") {
    printDigests()
    exit(0)
}

var progress = SeedProgress()
var failed = 0
var acts = 0
var kinds: [String: Int] = [:]
var marks: [String: Int] = [:]
for seed in first..<first + count {
    let report = Campaign.run(seed: seed, plan: plan(seed), flaw: flaw, watched: arguments.first { $0.contains(":") })
    acts += report.acts
    for (name, number) in report.marks { marks[name, default: 0] += number }
    if arguments.contains("trace") { for line in report.trace { print(line) } }
    if !report.passed {
        failed += 1
        for kind in Set(report.findings.map(\.check)) { kinds[kind.rawValue, default: 0] += 1 }
        print("seed \(seed) failed, trace \(report.traceHash):")
        for finding in report.findings.prefix(8) { print("   \(finding)") }
    }
    progress.show(seed - first + 1, of: count, failed: failed)
}
print(
    "\(count) seeds, \(acts) acts, \(failed) failed",
    kinds.sorted { $0.value > $1.value }.map { "\($0.key) \($0.value)" })
print(marks.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" })
exit(failed == 0 ? 0 : 1)
