import SyncProtocol

extension TicketCommand {
    /// The same command with documents in place of ticket numbers: people know numbers (`into=010101-…`,
    /// `links=same_event@010101-…`), records hold documents. What is no number of a ticket here stays as it is, for
    /// the rules to refuse.
    public func resolvingNumbers(_ find: (String) throws -> DocumentID?) rethrows -> TicketCommand {
        switch self {
        case .register(var registration):
            try TicketCommand.resolveLinks(in: &registration.fields, find)
            return .register(registration)
        case .amend(var fields, let reason):
            try TicketCommand.resolveLinks(in: &fields, find)
            return .amend(fields: fields, reason: reason)
        case .perform(let act, var given):
            try TicketCommand.resolveLinks(in: &given, find)
            for parameter in ActCatalogue.definition(act)?.parameters ?? [] {
                guard case .document = parameter.type, let text = given[parameter.name] else { continue }
                given[parameter.name] = try TicketCommand.document(text, find)?.description ?? text
            }
            return .perform(act, given)
        default: return self
        }
    }

    private static let links = [TicketField.links, TicketField.parentID].map { FieldTable.known($0).name }

    private static func resolveLinks(
        in fields: inout [String: String], _ find: (String) throws -> DocumentID?
    ) rethrows {
        for name in links {
            guard let text = fields[name] else { continue }
            fields[name] = try resolvedLinks(text, find)
        }
    }

    private static func resolvedLinks(_ text: String, _ find: (String) throws -> DocumentID?) rethrows -> String {
        let resolved = try text.split(separator: ",", omittingEmptySubsequences: false).map { link in
            let parts = link.utf8.split(separator: 0x40, omittingEmptySubsequences: false)
            guard parts.count == 2, let document = try document(String(Substring(parts[1])), find) else {
                return String(link)
            }
            return TicketLink(kind: String(Substring(parts[0])), document: document).text
        }
        return resolved.joined(separator: ",")
    }

    private static func document(_ text: String, _ find: (String) throws -> DocumentID?) rethrows -> DocumentID? {
        let number: TicketNumber
        do throws(TicketNumberError) { number = try TicketNumber(text) } catch { return nil }
        return try find(number.description)
    }
}
