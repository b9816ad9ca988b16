/// How far a long job is: a bar, the rate and the time left. Pure; the time is passed in.
struct ProgressBar: Sendable {
    enum Unit: Sendable {
        case rows
        case bytes
    }

    private let label: String
    private let unit: Unit
    private var total: Int64?
    private let startedAt: Int64
    private var samples: [Sample]
    private var nextRedrawAt: Int64

    private struct Sample {
        var at: Int64
        var done: Int64
    }

    /// The rate is taken over this much of the past, in milliseconds.
    private static let windowMilliseconds: Int64 = 5_000
    private static let redrawMilliseconds: Int64 = 100
    private static let barColumns = 24

    /// - Parameters:
    ///   - total: nil where nobody knows how much there is.
    ///   - now: milliseconds of a clock that never goes back.
    init(_ label: String, unit: Unit, total: Int64?, done: Int64 = 0, now: Int64) {
        self.label = label
        self.unit = unit
        self.total = total
        startedAt = now
        samples = [Sample(at: now, done: done)]
        nextRedrawAt = now
    }

    /// The line to show, or nil where the last one is fresh enough.
    mutating func update(done: Int64, total newTotal: Int64? = nil, now: Int64, columns: Int) -> String? {
        guard now >= nextRedrawAt else { return nil }
        nextRedrawAt = now + ProgressBar.redrawMilliseconds
        return line(done: done, total: newTotal, now: now, columns: columns)
    }

    /// The line for this moment, whenever the last one was.
    mutating func line(done: Int64, total newTotal: Int64? = nil, now: Int64, columns: Int) -> String {
        if let newTotal { total = newTotal }
        samples.append(Sample(at: now, done: done))
        while samples.count > 2, samples[1].at <= now - ProgressBar.windowMilliseconds { samples.removeFirst() }
        var parts = [label]
        if let total { parts.append(bar(done, total)) }
        parts.append(amounts(done))
        if let rate = rate {
            parts.append(Quantity.text(rate, unit) + "/s")
            if let left = secondsLeft(done, rate) { parts.append("剩余 \(Quantity.duration(seconds: left)) left") }
        }
        return DisplayText.fit(parts.joined(separator: "  "), columns: max(20, columns - 1))
    }

    private func bar(_ done: Int64, _ total: Int64) -> String {
        let share = total > 0 ? min(1, max(0, Double(done) / Double(total))) : 1
        let filled = Int(share * Double(ProgressBar.barColumns))
        let bar =
            String(repeating: "#", count: filled) + String(repeating: ".", count: ProgressBar.barColumns - filled)
        let percent = String(Int(share * 100))
        return "[\(bar)] \(String(repeating: " ", count: 3 - percent.count))\(percent)%"
    }

    private func amounts(_ done: Int64) -> String {
        total.map { "\(Quantity.text(Double(done), unit))/\(Quantity.text(Double($0), unit))" }
            ?? Quantity.text(Double(done), unit)
    }

    /// Units a second over the window; nil until time has passed.
    private var rate: Double? {
        guard let first = samples.first, let last = samples.last, last.at > first.at else { return nil }
        return max(0, (Double(last.done) - Double(first.done)) * 1000 / (Double(last.at) - Double(first.at)))
    }

    private func secondsLeft(_ done: Int64, _ rate: Double) -> Int64? {
        guard let total, total > done, rate > 0 else { return nil }
        return Int64(min((Double(total) - Double(done)) / rate, 359_999).rounded(.up))
    }
}

/// Amounts as people read them.
enum Quantity {
    static func text(_ amount: Double, _ unit: ProgressBar.Unit) -> String {
        switch unit {
        case .rows: String(whole(amount))
        case .bytes: bytes(amount)
        }
    }

    /// Without the fraction; whatever the arithmetic of a progress line came to, it can be written.
    private static func whole(_ amount: Double) -> Int64 { Int64(max(0, min(amount, 9e15))) }

    /// `912 B`, `1.4 MB`: powers of 1000, one decimal.
    static func bytes(_ amount: Double) -> String {
        var rest = amount
        for unit in ["B", "kB", "MB", "GB"] {
            if rest < 1000 { return unit == "B" ? "\(whole(rest)) B" : "\((rest * 10).rounded() / 10) \(unit)" }
            rest /= 1000
        }
        return "\((rest * 10).rounded() / 10) TB"
    }

    /// `8s`, `1:05`, `2:03:04`.
    static func duration(seconds: Int64) -> String {
        func two(_ number: Int64) -> String { number < 10 ? "0\(number)" : "\(number)" }
        if seconds < 60 { return "\(seconds)s" }
        if seconds < 3600 { return "\(seconds / 60):\(two(seconds % 60))" }
        return "\(seconds / 3600):\(two(seconds / 60 % 60)):\(two(seconds % 60))"
    }
}

/// Shows a `ProgressBar` on a terminal; writes nothing at all into a file or a pipe.
struct ProgressDisplay {
    private var bar: ProgressBar
    private let console: Console

    init(_ bar: ProgressBar, on console: Console) {
        self.bar = bar
        self.console = console
    }

    /// - Parameter now: milliseconds of a clock that never goes back.
    mutating func show(done: Int64, total: Int64? = nil, now: Int64) {
        guard console.isErrorTerminal else { return }
        guard let line = bar.update(done: done, total: total, now: now, columns: console.columns) else { return }
        console.progress("\r\u{1B}[K" + line)
    }

    /// The last state, left standing on a line of its own.
    mutating func finish(done: Int64, now: Int64) {
        guard console.isErrorTerminal else { return }
        console.progress("\r\u{1B}[K" + bar.line(done: done, now: now, columns: console.columns) + "\n")
    }
}
