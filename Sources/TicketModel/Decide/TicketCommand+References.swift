import SyncProtocol

extension TicketCommand {
    /// The same command with documents in place of whatever names another ticket: people know numbers (`into=010101-…`,
    /// `links=same_event@010101-…`), programs documents, records hold documents.
    ///
    /// What is no ticket here, or none that the actor may open, becomes the name of nothing, by number as by document: the
    /// rules refuse both alike, so that nobody learns which it was, and no link says what it should not.
    ///
    /// - Parameter find: the document that a number or a document id names for the actor; nil for none.
    public func resolvingReferences(_ find: (String) throws -> DocumentID?) rethrows -> TicketCommand {
        switch self {
        case .register(var registration):
            try TicketCommand.resolveLinks(in: &registration.fields, find)
            return .register(registration)
        case .amend(var fields, let reason):
            try TicketCommand.resolveLinks(in: &fields, find)
            return .amend(fields: fields, reason: reason)
        case .resolve(let field, let value, let isNew) where TicketCommand.links.contains(field):
            return .resolve(field: field, value: try TicketCommand.resolvedLinks(value, find), isNew: isNew)
        case .perform(let act, var given):
            try TicketCommand.resolveLinks(in: &given, find)
            for parameter in ActCatalogue.definition(act)?.parameters ?? [] {
                guard case .document = parameter.type, let text = given[parameter.name] else { continue }
                given[parameter.name] = try TicketCommand.resolved(AsciiText.trimmed(text), find)
            }
            return .perform(act, given)
        default: return self
        }
    }

    private static let links = [TicketField.links, TicketField.parentID].map { FieldTable.known($0).name }
    /// No number and no document.
    private static let nothing = "-"

    private static func resolveLinks(
        in fields: inout [String: String], _ find: (String) throws -> DocumentID?
    ) rethrows {
        for name in links {
            guard let text = fields[name] else { continue }
            fields[name] = try resolvedLinks(text, find)
        }
    }

    /// Taken apart as the rules take it apart: nothing gets past by the blanks around it.
    private static func resolvedLinks(_ text: String, _ find: (String) throws -> DocumentID?) rethrows -> String {
        let found = try CodeSet.members(text).map { link in
            let parts = link.utf8.split(separator: 0x40, omittingEmptySubsequences: false).map { String(Substring($0)) }
            return parts.count == 2 ? "\(parts[0])@\(try resolved(parts[1], find))" : link
        }
        return found.joined(separator: ",")
    }

    private static func resolved(_ text: String, _ find: (String) throws -> DocumentID?) rethrows -> String {
        var name = text
        if DocumentID(text) == nil {
            do throws(TicketNumberError) { name = try TicketNumber(text).description } catch { return nothing }
        }
        return try find(name)?.description ?? nothing
    }
}
