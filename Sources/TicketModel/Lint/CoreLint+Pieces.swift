// Texts of several parts, taken apart without copying them.
extension CoreLint {
    /// True where every piece between separators fits; an empty text is one empty piece.
    func allPieces(_ text: Span<UInt8>, _ separator: UInt8, _ fits: (Span<UInt8>) -> Bool) -> Bool {
        var start = 0
        for index in text.indices where text[index] == separator {
            guard fits(text.extracting(start..<index)) else { return false }
            start = index + 1
        }
        return fits(text.extracting(start..<text.count))
    }

    func areMembers(
        _ text: Span<UInt8>, _ separator: UInt8, countMax: Int, _ fits: (Span<UInt8>) -> Bool
    ) -> Bool {
        var count = 0
        return allPieces(text, separator) { member in
            count += 1
            return count <= countMax && fits(member)
        }
    }

    /// Two parts, divided by the first separator.
    func areBoth(
        _ text: Span<UInt8>, _ separator: UInt8, _ first: (Span<UInt8>) -> Bool, _ second: (Span<UInt8>) -> Bool
    ) -> Bool {
        for index in text.indices where text[index] == separator {
            return first(text.extracting(0..<index)) && second(text.extracting((index + 1)..<text.count))
        }
        return false
    }

}
