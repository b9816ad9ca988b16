/// What happened in a run: a hash over all of it, and the last lines for a person.
public struct Trace: Sendable {
    /// Lines kept.
    public static let linesMax = 400

    public private(set) var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    public private(set) var lines: [String] = []
    public private(set) var count = 0

    public init() {}

    public mutating func note(_ line: String) {
        count += 1
        absorb(line.utf8)
        lines.append("\(count) \(line)")
        if lines.count > 2 * Trace.linesMax { lines.removeFirst(lines.count - Trace.linesMax) }
    }

    /// Takes bytes into the hash without a line (FNV-1a).
    public mutating func absorb(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x0000_0100_0000_01b3 }
    }
}

/// A promise that a run found broken.
public struct Finding: Sendable, Hashable, CustomStringConvertible {
    /// The checks, named as in the toy model and in the list of invariants.
    public enum Check: String, Sendable, CaseIterable {
        case outsideAudience = "a outside audience"
        case diverged = "a diverged"
        case body = "b body"
        case leak = "c leak"
        case lost = "d lost"
        case dotReused = "e dot reused"
        case custody = "f custody"
        case overruledWithoutCause = "f overruled without cause"
        case cursorBack = "g cursor back"
        case waiting = "h parked"
        case gap = "i gap"
        case chain = "i chain"
        case falsePast = "j false past"
        case falseAlarm = "l false alarm"
        case unnamed = "I7 disaster without a name"
        case neverSettles = "m never settles"
        case falselyDeclared = "n declared lost but held"
        case acknowledgedTooEarly = "I1 acknowledged too early"
        case unknownAction = "I3 unknown action"
        case stamps = "I4 stamps"
        case foldDiffers = "I2 stored state is not the fold"
        case unlawful = "o a lie had an effect"
        case told = "p the liar was told"
        case words = "q words where codes belong"
        case notDrained = "r honest lines are not drained"
        case error = "error"
    }

    public var check: Check
    public var text: String

    public init(_ check: Check, _ text: String) {
        self.check = check
        self.text = text
    }

    public var description: String { "\(check.rawValue): \(text)" }
}
