import SyncProtocol

/// Judges whether a core record holds codes and numbers only: no words, no name, no telephone number.
///
/// Core records go to head office, whatever the ticket. The gates that ask *which part* an operation travels in do not ask
/// what stands in it, so a program with a fault, or a node that lies, could send a word in a field of codes. This asks
/// it of every record: when a node writes one, at a province's way up, at head office's door. Pure, and the same on every
/// node of one bank; what cannot be judged is a problem.
///
/// It judges shapes: a name that looks like a code (`wangjimi`) passes. That people type only codes that exist is the
/// business of the rules for acts.
public struct CoreLint: Sendable {
    /// The codes of the bank's units.
    let orgs: Set<String>

    /// - Parameter orgs: the codes of all units in the bank's tree. A code of many digits is told from a telephone
    ///   number only by being one of them.
    public init(orgs: Set<String>) { self.orgs = orgs }

    /// The first thing in a record that core records may not hold; nil where there is none.
    ///
    /// - Parameter tier: of the record's author: what head office publishes is for everybody to read and is not judged.
    public func problem(in record: CoreRecord, by tier: Tier) -> Problem? {
        guard isPostOrNone(record.post.utf8.span) else { return Problem(.post, .shape) }
        let publishes = tier == .headOffice && record.operations.contains(.publish)
        for operation in record.operations {
            let found: Problem? =
                if record.document.isNodeRecord {
                    problem(inNodeRecord: operation)
                } else if publishes, ReferenceField.isContent(operation) {
                    nil
                } else {
                    problem(in: operation)
                }
            if let found { return found }
        }
        return nil
    }

    /// An operation on a ticket or on a published item.
    private func problem(in operation: Operation) -> Problem? {
        switch operation {
        case .create(let node): return isNode(node) ? nil : Problem(.operation("create"), .shape)
        case .involve(let node): return isNode(node) ? nil : Problem(.operation("involve"), .shape)
        case .offer(_, let node): return isNode(node) ? nil : Problem(.operation("offer"), .shape)
        case .assign(let field, let value): return problem(in: field, value, .assigned)
        case .write(let field, let value): return problem(in: field, value, .written)
        case .add(let field, let value): return problem(in: field, value, .added)
        case .seize(_, let approver):
            return isPostOrNone(approver.utf8.span) ? nil : Problem(.operation("seize"), .shape)
        case .void(_, let rule): return isPost(rule.utf8.span) ? nil : Problem(.operation("void"), .shape)
        case .widen, .publish, .accept, .recall, .decline, .rule, .correctClock: return nil
        case .birth: return Problem(.operation("birth"), .misplaced)
        case .mark: return Problem(.operation("mark"), .misplaced)
        case .lost: return Problem(.operation("lost"), .misplaced)
        case .withheld: return Problem(.operation("withheld"), .misplaced)
        case .settle: return Problem(.operation("settle"), .misplaced)
        case .suspend: return Problem(.operation("suspend"), .misplaced)
        case .adopt: return Problem(.operation("adopt"), .misplaced)
        case .unknown(let tag, let bytes): return problem(inUnknown: tag, bytes)
        }
    }

    /// An operation on a node's own record.
    private func problem(inNodeRecord operation: Operation) -> Problem? {
        switch operation {
        case .birth(let birth): return isNode(birth.node) ? nil : Problem(.operation("birth"), .shape)
        case .mark, .lost, .suspend, .adopt, .withheld, .settle: return nil
        case .void, .correctClock: return problem(in: operation)
        case .write(let field, let value), .add(let field, let value):
            if field == NodeRecordField.dayTally { return problem(in: value, NodeRecordField.dayTallyType, field) }
            return problem(inUnknown: field, value)
        case .unknown(let tag, let bytes): return problem(inUnknown: tag, bytes)
        case .assign(let field, _): return Problem(.field(field), .misplaced)
        case .create: return Problem(.operation("create"), .misplaced)
        case .involve: return Problem(.operation("involve"), .misplaced)
        case .widen: return Problem(.operation("widen"), .misplaced)
        case .publish: return Problem(.operation("publish"), .misplaced)
        case .offer: return Problem(.operation("offer"), .misplaced)
        case .accept: return Problem(.operation("accept"), .misplaced)
        case .recall: return Problem(.operation("recall"), .misplaced)
        case .decline: return Problem(.operation("decline"), .misplaced)
        case .seize: return Problem(.operation("seize"), .misplaced)
        case .rule: return Problem(.operation("rule"), .misplaced)
        }
    }

    private enum Change { case assigned, written, added }

    private func problem(in field: FieldID, _ value: Value, _ change: Change) -> Problem? {
        guard let definition = FieldTable.definition(field) else { return problem(inUnknown: field, value) }
        guard definition.part == .core else { return Problem(.field(field), .otherPart) }
        let fits =
            switch definition.merge {
            case .once, .custodian: change == .assigned
            case .free: change == .written
            case .grow: change == .added
            case .computed: false
            }
        guard fits else { return Problem(.field(field), .otherMerge) }
        // A field may be cleared; a set holds no emptiness.
        if value == .empty, change != .added { return nil }
        return problem(in: value, definition.type, field)
    }

    private func problem(in value: Value, _ type: FieldType, _ field: FieldID) -> Problem? {
        let fits =
            switch value {
            case .empty: false
            case .integer(let number): accepts(number, type)
            case .text(let text): accepts(text.utf8.span, type)
            }
        return fits ? nil : Problem(.field(field), .shape)
    }

    /// A field of a newer program: a number, or what looks like a code.
    private func problem(inUnknown field: FieldID, _ value: Value) -> Problem? {
        guard case .text(let text) = value, !isCodelike(text.utf8.span) else { return nil }
        return Problem(.field(field), .unknownShape)
    }

    /// An operation of a newer program.
    private func problem(inUnknown tag: UInt64, _ bytes: [UInt8]) -> Problem? {
        isCodelike(bytes.span) ? nil : Problem(.operation("unknown_\(tag)"), .unknownShape)
    }
}

extension ReferenceField {
    /// True for what head office publishes as it is.
    static func isContent(_ operation: Operation) -> Bool {
        if case .write(content, _) = operation { true } else { false }
    }
}
