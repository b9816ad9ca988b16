/// How text looks on a terminal.
enum DisplayText {
    /// The text with everything that could command a terminal or hide itself replaced by `�`
    /// (`Unicode.Scalar.isHidden`). Use it on whatever came from outside.
    static func safe(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isHidden) else { return text }
        var safe = String.UnicodeScalarView()
        for scalar in text.unicodeScalars { safe.append(scalar.isHidden ? "\u{FFFD}" : scalar) }
        return String(safe)
    }

    /// Columns that the text takes: two for East Asian wide and full-width characters and emoji, none for combining
    /// marks. Characters of ambiguous width count as one (Unicode Standard Annex 11).
    static func width(_ text: String) -> Int {
        text.utf8.allSatisfy { $0 < 0x80 } ? text.utf8.count : text.reduce(0) { $0 + width($1) }
    }

    /// The longest beginning of the text that fits `columns`, with `…` where something was cut off.
    static func fit(_ text: String, columns: Int) -> String {
        guard width(text) > columns else { return text }
        var fitted = ""
        var used = 1
        for character in text {
            used += width(character)
            if used > columns { break }
            fitted.append(character)
        }
        return columns > 0 ? fitted + "…" : ""
    }

    /// The text followed by blanks up to `columns`.
    static func pad(_ text: String, columns: Int) -> String {
        text + String(repeating: " ", count: max(0, columns - width(text)))
    }

    private static func width(_ character: Character) -> Int {
        min(2, character.unicodeScalars.reduce(0) { max($0, width($1)) })
    }

    private static func width(_ scalar: Unicode.Scalar) -> Int {
        if scalar.value < 0x300 { return 1 }
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .format: return 0
        default: return isWide(scalar) ? 2 : 1
        }
    }

    private static func isWide(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.isEmojiPresentation || wideRanges.contains { $0.contains(scalar.value) }
    }

    /// East Asian Width W and F, in blocks.
    private static let wideRanges: [ClosedRange<UInt32>] = [
        0x1100...0x115F, 0x2E80...0x303E, 0x3041...0x33FF, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xA000...0xA4CF,
        0xA960...0xA97F, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE10...0xFE19, 0xFE30...0xFE6F, 0xFF00...0xFF60,
        0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1B000...0x1B2FF, 0x20000...0x3FFFD,
    ]
}
