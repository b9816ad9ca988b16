/// Which of two versions of reference data is the later one: the same on every node, and as people count. Numbers in a
/// version are compared as numbers, so that `2026-9-01` is before `2026-11-01` and `.9` before `.10`; what stands between
/// them as text.
public enum ReferenceVersion {
    private enum Part {
        /// Digits without leading zeros: the longer number is the larger one, whatever its length.
        case number(Substring.UTF8View)
        case text(Substring.UTF8View)
    }

    public static func precedes(_ one: String, _ other: String) -> Bool {
        var (left, right) = (one.utf8[...], other.utf8[...])
        while !left.isEmpty, !right.isEmpty {
            let (a, b) = (part(&left), part(&right))
            if precedes(a, b) { return true }
            if precedes(b, a) { return false }
        }
        if left.isEmpty != right.isEmpty { return left.isEmpty }
        // Alike but for leading zeros.
        return one.utf8.lexicographicallyPrecedes(other.utf8)
    }

    /// Takes the run of digits, or of anything else, that a rest begins with.
    private static func part(_ rest: inout Substring.UTF8View) -> Part {
        func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
        let isNumber = rest.first.map(isDigit) ?? false
        let run = rest.prefix { isDigit($0) == isNumber }
        rest = rest[run.endIndex...]
        return isNumber ? .number(run.drop { $0 == 0x30 }) : .text(run)
    }

    private static func precedes(_ one: Part, _ other: Part) -> Bool {
        switch (one, other) {
        case (.number(let a), .number(let b)):
            a.count == b.count ? a.lexicographicallyPrecedes(b) : a.count < b.count
        case (.text(let a), .text(let b)): a.lexicographicallyPrecedes(b)
        case (.number, .text): true
        case (.text, .number): false
        }
    }
}
