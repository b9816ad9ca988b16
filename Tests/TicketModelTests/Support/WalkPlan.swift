import Glibc

/// How far the walk goes: a part of it in the suite, all of it by `make walk STEPS=100000 SEED=1`.
struct WalkPlan {
    var steps = 54_000
    var firstSeed: UInt64 = 0
    private static let stepsBetweenLines = 5_000

    static func fromEnvironment() -> WalkPlan {
        var plan = WalkPlan()
        if let steps = variable("WALK_STEPS").flatMap({ Int($0) }) { plan.steps = steps }
        if let seed = variable("WALK_SEED").flatMap({ UInt64($0) }) { plan.firstSeed = seed }
        return plan
    }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }

    /// Progress, where somebody watches.
    func show(_ done: Int) {
        guard isatty(STDERR_FILENO) == 1, done % WalkPlan.stepsBetweenLines < RandomWorkflowTests.stepsASeed else {
            return
        }
        write("\rwalk: \(done) of \(steps) steps")
    }

    func finish(_ done: Int) {
        guard isatty(STDERR_FILENO) == 1 else { return }
        write(
            "\rwalk: \(done) steps, seeds \(firstSeed)…\(firstSeed + UInt64(done / RandomWorkflowTests.stepsASeed) - 1)\n"
        )
    }

    private func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = bytes.withUnsafeBytes { Glibc.write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }
}
