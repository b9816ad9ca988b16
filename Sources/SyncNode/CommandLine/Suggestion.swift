/// Finds what a person probably meant to type.
enum Suggestion {
    /// The candidate nearest to `text`, where it is near enough to be worth a mention.
    static func nearest(to text: String, among candidates: some Sequence<String>) -> String? {
        var best: (name: String, distance: Int)?
        let typed = Array(text.lowercased().utf8.prefix(lengthMax))
        for candidate in candidates.prefix(candidatesMax) {
            let shorter = min(typed.count, candidate.utf8.count)
            // One letter is near to every other letter.
            let allowed = shorter < 2 ? 0 : max(1, shorter / 3)
            guard abs(candidate.utf8.count - text.utf8.count) <= allowed else { continue }
            let distance = distance(typed, Array(candidate.lowercased().utf8.prefix(lengthMax)))
            if distance <= allowed, distance < best?.distance ?? .max { best = (candidate, distance) }
        }
        return best?.name
    }

    /// `did you mean X?`, or nil.
    static func hint(for text: String, among candidates: some Sequence<String>) -> String? {
        nearest(to: text, among: candidates).map { "did you mean \($0)?" }
    }

    /// Longer names are compared by their beginnings.
    private static let lengthMax = 48
    /// Later candidates are not looked at: a sender may have chosen how many there are.
    private static let candidatesMax = 1000

    /// Insertions, deletions, replacements and swaps of neighbours that turn one into the other
    /// (optimal string alignment, Damerau 1964).
    private static func distance(_ left: [UInt8], _ right: [UInt8]) -> Int {
        var beforePrevious: [Int] = []
        var previous = Array(0...right.count)
        for row in 0..<left.count {
            var current = [row + 1]
            for column in 0..<right.count {
                let change = left[row] == right[column] ? 0 : 1
                var cost = min(current[column] + 1, previous[column + 1] + 1, previous[column] + change)
                if row > 0, column > 0, left[row] == right[column - 1], left[row - 1] == right[column] {
                    cost = min(cost, beforePrevious[column - 1] + 1)
                }
                current.append(cost)
            }
            beforePrevious = previous
            previous = current
        }
        return previous[right.count]
    }
}
