import SyncProtocol

// What each type of value may hold, looked at in place: the lint runs for every act that arrives, and copies nothing.
// Each type says by what it is judged whether it may hold long runs of digits: instants, digests and names of documents do,
// codes and posts do not.
extension CoreLint {
    func accepts(_ number: Int64, _ type: FieldType) -> Bool {
        switch type {
        case .instant: (0...CivilTime.instantMax).contains(number)
        case .integer(let range): range.contains(number)
        case .flag: (0...1).contains(number)
        case .money: (0...FieldType.moneyMax).contains(number)
        default: false
        }
    }

    /// A code that this program's list does not have passes where it looks like one: a newer program wrote it.
    func accepts(_ text: Span<UInt8>, _ type: FieldType) -> Bool {
        switch type {
        case .code, .reference: isCode(text)
        case .codeSet, .fieldNames: areMembers(text, 0x2C, countMax: CodeSet.membersMax, isCode)
        case .nodeSet: areMembers(text, 0x2C, countMax: CodeSet.membersMax, isNode)
        case .timedCode: areBoth(text, 0x40, isCode, isInstant)
        case .link: areBoth(text, 0x40, isCode, isDocument)
        case .date: isDate(text)
        case .node: isNode(text)
        case .org: OrgCode.isWellFormed(text) && !hasLongNumber(text)
        case .post: isPost(text)
        case .ticketNumber: isTicketNumber(text)
        case .token: Token.isWellFormed(text)
        case .digest: text.count == 64 && Token.isWellFormed(text)
        case .entryKey: isKey(text)
        case .document: isDocument(text)
        case .dot: areBoth(text, 0x3A, isLife, isNumber)
        case .entry(let shape): isEntry(text, shape)
        case .unit: isUnit(text)
        case .unitPath: areMembers(text, 0x3E, countMax: UnitPath.unitsMax, isUnit)
        case .clock: isClock(text)
        case .clockStep: isClockStep(text)
        // Words and telephone numbers: no core field is of these.
        case .text, .line, .email, .identityNumber, .phone: false
        case .instant, .integer, .flag, .money: false
        }
    }

    private func isEntry(_ text: Span<UInt8>, _ shape: EntryShape) -> Bool {
        var count = 0
        let fit = allPieces(text, 0x40) { part in
            defer { count += 1 }
            guard count < shape.parts.count else { return false }
            let expected = shape.parts[count]
            return (expected.isOptional && isNothing(part)) || accepts(part, expected.kind)
        }
        return fit && count == shape.parts.count
    }

    private func accepts(_ part: Span<UInt8>, _ kind: EntryShape.Kind) -> Bool {
        switch kind {
        case .code, .reference: isCode(part)
        case .key: isKey(part)
        case .instant: isInstant(part)
        case .post: isPost(part)
        case .node: isNode(part)
        case .date: isDate(part)
        case .digest: part.count == 64 && Token.isWellFormed(part)
        case .count: isNumber(part)
        case .number: isSmallNumber(part)
        case .money: AsciiText.number(part).map { $0 <= FieldType.moneyMax } ?? false
        case .token: Token.isWellFormed(part)
        }
    }

    // MARK: Single values

    private func isNothing(_ text: Span<UInt8>) -> Bool { text.count == 1 && text[0] == 0x2D }

    func isCode(_ text: Span<UInt8>) -> Bool { Code.isWellFormed(text) && !hasLongNumber(text) }

    func isPost(_ text: Span<UInt8>) -> Bool { Post.isWellFormed(text) && !hasLongNumber(text) }

    /// Acts of the node itself name no post.
    func isPostOrNone(_ text: Span<UInt8>) -> Bool { text.isEmpty || isPost(text) }

    func isNode(_ node: NodeID) -> Bool { !hasLongNumber(node.text.utf8.span) }

    private func isNode(_ text: Span<UInt8>) -> Bool {
        guard (1...Limits.nodeIDBytesMax).contains(text.count), text[0] != 0x2D else { return false }
        for index in text.indices where !Code.isLetterOrDigit(text[index]) && text[index] != 0x2D { return false }
        return !hasLongNumber(text)
    }

    private func isKey(_ text: Span<UInt8>) -> Bool { areBoth(text, 0x2E, isNode, isInstant) }

    private func isUnit(_ text: Span<UInt8>) -> Bool { isNode(text) || areBoth(text, 0x2F, isNode, isCode) }

    /// At most 48 bytes of `a-z 0-9 . _ @ : > / -`: what a newer program's codes, entries and units look like.
    func isCodelike(_ text: Span<UInt8>) -> Bool {
        guard text.count <= Code.bytesMax else { return false }
        for index in text.indices {
            switch text[index] {
            case 0x61...0x7A, 0x2D...0x3A, 0x5F, 0x40, 0x3E: continue
            default: return false
            }
        }
        return !hasLongNumber(text)
    }

    private func isTicketNumber(_ text: Span<UInt8>) -> Bool {
        var count = 0
        let fit = allPieces(text, 0x2D) { part in
            defer { count += 1 }
            return switch count {
            case 0: OrgCode.isWellFormed(part) && !hasLongNumber(part)
            case 1: part.count == 8 && isNumber(part)
            case 2: part.count == 4 && OrgCode.isWellFormed(part)
            default: part.count == 1 && (isNumber(part) || (0x41...0x5A).contains(part[0]))
            }
        }
        return fit && count == 4
    }

    private func isDate(_ text: Span<UInt8>) -> Bool {
        guard text.count == 10 else { return false }
        for index in text.indices {
            let isHyphen = index == 4 || index == 7
            guard isHyphen ? text[index] == 0x2D : AsciiText.isDigit(text[index]) else { return false }
        }
        return true
    }

    func isNumber(_ text: Span<UInt8>) -> Bool { AsciiText.number(text) != nil }

    func isSmallNumber(_ text: Span<UInt8>) -> Bool { text.count <= EntryShape.numberDigitsMax && isNumber(text) }

    func isInstant(_ text: Span<UInt8>) -> Bool {
        AsciiText.number(text).map { $0 <= CivilTime.instantMax } ?? false
    }

    private func isDocument(_ text: Span<UInt8>) -> Bool { text.count == 32 && Token.isWellFormed(text) }

    private func isLife(_ text: Span<UInt8>) -> Bool { text.count == 16 && Token.isWellFormed(text) }
}
