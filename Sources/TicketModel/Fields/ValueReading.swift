import SyncProtocol

extension FieldDefinition {
    /// The value that a person's text means for this field.
    ///
    /// Throws which rule it breaks. The text must not be empty: what an empty text means is the caller's business.
    public func value(from text: String) throws(FieldProblem) -> Value {
        do {
            return try type.value(from: text)
        } catch {
            throw FieldProblem(name, label, error)
        }
    }
}

extension FieldType {
    func value(from text: String) throws(ValueProblem) -> Value {
        if let words = try words(from: text) { return .text(words) }
        guard text.utf8.count <= bytesMax else { throw .tooLong(bytesMax) }
        let trimmed = AsciiText.trimmed(text)
        guard !trimmed.isEmpty else { throw .blank }
        return isInteger ? .integer(try integer(from: trimmed)) : .text(try code(from: trimmed))
    }

    /// What people wrote in words; nil for every other type.
    private func words(from text: String) throws(ValueProblem) -> String? {
        switch self {
        case .text: return try Words.checked(text, bytesMax: bytesMax)
        case .line: return try Words.checkedLine(text, bytesMax: bytesMax)
        case .email:
            let address = AsciiText.trimmed(try Words.checkedLine(text, bytesMax: bytesMax))
            guard EmailAddress.isWellFormed(address) else { throw .notAnEmail }
            return address
        case .identityNumber:
            let number = try Words.checkedLine(text, bytesMax: bytesMax)
            guard !IdentityNumber.isMistyped(number) else { throw .notAnIdentityNumber }
            return number
        default: return nil
        }
    }

    private func integer(from text: String) throws(ValueProblem) -> Int64 {
        switch self {
        case .instant:
            guard let instant = CivilTime.instant(from: text) else { throw .notAnInstant }
            return instant
        case .money:
            guard let fen = Money.fen(from: text) else { throw .notAnAmount }
            guard fen <= FieldType.moneyMax else { throw .outOfRange(0...(FieldType.moneyMax / 100)) }
            return fen
        case .flag:
            guard let flag = Flag.value(from: text) else { throw .notAFlag }
            return flag ? 1 : 0
        case .integer(let range):
            guard let number = AsciiText.number(text.utf8) else { throw .notANumber }
            guard range.contains(number) else { throw .outOfRange(range) }
            return number
        default: throw .notANumber
        }
    }

    private func code(from text: String) throws(ValueProblem) -> String {
        switch self {
        case .code(let list): return try FieldType.listed(text, list)
        case .codeSet(let list):
            return try set(text) { (member) throws(ValueProblem) in try FieldType.listed(member, list) }
        case .fieldNames:
            return try set(text) { (member) throws(ValueProblem) in
                guard FieldTable.definition(named: member) != nil else { throw .notACode }
                return member
            }
        case .nodeSet:
            return try set(text) { (member) throws(ValueProblem) in
                guard NodeID(member) != nil else { throw .notANode }
                return member
            }
        default: return try single(text)
        }
    }

    private func single(_ text: String) throws(ValueProblem) -> String {
        switch self {
        case .reference:
            guard Code.isWellFormed(text) else { throw .notACode }
        case .timedCode(let list):
            guard TimedCode(text, of: list) != nil else { throw .notInList(list) }
        case .link(let list):
            guard TicketLink(text, of: list) != nil else { throw .notALink(list) }
        case .date:
            guard let date = CivilTime.date(from: text) else { throw .notADate }
            return date.text
        case .node:
            guard NodeID(text) != nil else { throw .notANode }
        case .org:
            guard let org = OrgCode.canonical(text) else { throw .notAnOrg }
            return org
        case .post:
            guard Post.isWellFormed(text) else { throw .notAPost }
        case .ticketNumber:
            do throws(TicketNumberError) { return try TicketNumber(text).description } catch { throw .notATicketNumber }
        case .phone:
            guard PhoneNumber.isWellFormed(text) else { throw .notAPhone }
        case .token:
            guard Token.isWellFormed(text) else { throw .notAToken }
        case .entryKey:
            guard EntryKey.isWellFormed(text) else { throw .notAnEntryKey }
        case .digest:
            let digest = AsciiText.lowerCased(text)
            guard digest.utf8.count == 64, Token.isWellFormed(digest) else { throw .notADigest }
            return digest
        case .document:
            guard DocumentID(text) != nil else { throw .notADocument }
        case .dot:
            guard Dot.reading(text) != nil else { throw .notACode }
        case .entry(let shape):
            guard Entry(text, of: shape) != nil else { throw .notAnEntry }
        case .unit:
            guard UnitRef(text) != nil else { throw .notAUnit }
        case .unitPath:
            guard UnitPath.units(text) != nil else { throw .notAUnit }
        case .clock:
            guard Clock(text) != nil else { throw .notACode }
        default: throw .notACode
        }
        return text
    }

    private static func listed(_ code: String, _ list: Enumeration) throws(ValueProblem) -> String {
        guard let known = list.code(typed: code) else { throw .notInList(list) }
        return known
    }

    private func set(
        _ text: String, check: (String) throws(ValueProblem) -> String
    ) throws(ValueProblem) -> String {
        let members = CodeSet.members(text)
        guard !members.isEmpty else { throw .blank }
        guard members.count <= CodeSet.membersMax else { throw .tooMany }
        var checked: [String] = []
        for member in members { checked.append(try check(member)) }
        return CodeSet.joined(checked)
    }
}
