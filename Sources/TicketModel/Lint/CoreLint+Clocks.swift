// Deadlines and their steps: codes, posts and instants. Whether they make a clock is for `Clock` to say, at more cost.
extension CoreLint {
    /// Format, pack, policy, leg, round and start are looked at one by one, the rest piece by piece.
    func isClock(_ text: Span<UInt8>) -> Bool {
        guard text.count <= Clock.bytesMax else { return false }
        var count = 0
        let fit = allPieces(text, 0x3B) { part in
            defer { count += 1 }
            return switch count {
            case 0: part.count <= 2 && isCode(part)
            case 1: areBoth(part, 0x40, isCode, isCode)
            case 2: isCode(part)
            case 3, 4: isSmallNumber(part)
            case 5: isInstant(part)
            default: arePieces(part)
            }
        }
        return fit && count >= 9
    }

    /// `pack.policy.leg.round.start.threshold.moment`; the codes may hold dots, so it is counted from the end.
    func isClockStep(_ text: Span<UInt8>) -> Bool {
        guard text.count <= ClockStep.bytesMax else { return false }
        var left = -1
        _ = allPieces(text, 0x2E) { _ in
            left += 1
            return true
        }
        guard left >= 6 else { return false }
        return allPieces(text, 0x2E) { part in
            defer { left -= 1 }
            return switch left {
            case 0, 2: isInstant(part)
            case 3, 4: isSmallNumber(part)
            default: isCode(part)
            }
        }
    }

    /// Every piece between `@ : / , =` is a number, perhaps behind a letter, or a name of letters, digits and
    /// `. _ - ! ?`.
    private func arePieces(_ text: Span<UInt8>) -> Bool {
        var start = 0
        for index in 0...text.count where index == text.count || CoreLint.isClockMark(text[index]) {
            guard isPiece(text.extracting(start..<index)) else { return false }
            start = index + 1
        }
        return true
    }

    private func isPiece(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        let isLettered = (0x61...0x7A).contains(text[0])
        if isNumber(text.extracting((isLettered ? 1 : 0)..<text.count)) { return true }
        guard text.count <= Code.bytesMax + 1 else { return false }
        for index in text.indices {
            let byte = text[index]
            guard Post.isCodeByte(byte) || byte == 0x21 || byte == 0x3F else { return false }
        }
        return !hasLongNumber(text)
    }

    private static func isClockMark(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x40, 0x3A, 0x2F, 0x2C, 0x3D: true
        default: false
        }
    }
}
