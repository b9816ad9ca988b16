import SyncProtocol
import TicketModel

/// What similar tickets are looked for by: the persons behind a complaint, and the event that it is about.
public struct SimilarProbe: Sendable {
    /// What makes two tickets probably one event (R13): the unit, the business, the symptom, and the days between.
    public struct Event: Sendable {
        public let org: String
        public let businessClass: String
        public let symptom: String
        /// Milliseconds since 1970 UTC.
        public let receivedAt: Int64
    }

    /// Keyed tokens of the customer.
    public let tokens: [String]
    public let event: Event?
    /// Tickets that somebody said are different matters, and the ticket itself.
    public let without: Set<DocumentID>

    /// - Parameter value: the shown value of a field, of a ticket or of a registration in the making.
    init(_ tokens: PersonTokens, without: Set<DocumentID>, _ value: (FieldID) -> Value?) {
        func text(_ field: FieldID) -> String? {
            if case .text(let text)? = value(field) { text } else { nil }
        }
        self.tokens = tokens.customer(value)
        self.without = without
        // An order inside the bank is nobody's complaint.
        guard !Registration.orderKinds.contains(text(TicketField.kind) ?? ""), let org = text(TicketField.eventOrg),
            let business = text(TicketField.businessClass),
            let symptom = text(TicketField.symptom), case .integer(let received)? = value(TicketField.receivedAt)
        else {
            event = nil
            return
        }
        event = Event(
            org: org, businessClass: business, symptom: symptom,
            receivedAt: FieldTable.bounded(received, TicketField.receivedAt))
    }

    /// For a ticket as this transaction has it.
    init(of document: LoadedDocument, _ tokens: PersonTokens) {
        let state = document.state
        self.init(tokens, without: Set(state.core.links(TicketLink.differentMatter) + [document.id])) {
            state.core.value($0) ?? state.personal.value($0)
        }
    }
}

/// A ticket that may be the same matter: core columns only, no words.
public struct SimilarTicket: Hashable, Sendable {
    public let row: TicketRow
    public let isSamePerson: Bool
    public let isSameEvent: Bool

    public var number: String {
        if case .text(let number)? = row.value("ticket_no") { number } else { "" }
    }
}

/// Bounds of the search [P]: the requirements name no figures.
public enum SimilarLimits {
    /// Two complaints of one event lie at most so far apart.
    public static let eventDays: Int64 = 7
    /// A person's ended tickets are shown so long.
    public static let recentDays: Int64 = 90
    public static let ticketsMax = 20
    /// A receipt names fewer: it is written while others wait for the writer.
    static let receiptMax = 5
    static let dayMilliseconds: Int64 = 86_400_000
}

extension ReplicaStore {
    /// Open and recent tickets of the same customer, and of probably the same event, newest first, for a registration
    /// in the making.
    public func similar(toFields fields: [String: String], org: String) throws -> [SimilarTicket] {
        let now = wallMilliseconds()
        return try read { [context] connection in
            let command = try TicketCommand.register(Registration(fields: fields)).resolvingReferences { name in
                guard let key = try TicketReference(name).key(connection) else { return nil }
                return try DocumentRows.load(key: key, connection)?.id
            }
            guard case .register(let registration) = command else { return [] }
            let (values, without) = SimilarProbe.values(ofFields: registration.fields, org: org, now: now)
            return try SimilarRows.find(
                SimilarProbe(context.tokens, without: without) { values[$0] }, at: now, connection)
        }
    }

    /// The same for a ticket that is here.
    ///
    /// - Throws: `StoreError.noSuchTicket`.
    public func similar(to reference: TicketReference) throws -> [SimilarTicket] {
        let view = try ticket(reference).view
        guard let document = view.document else { throw StoreError.noSuchTicket }
        let probe = SimilarProbe(context.tokens, without: Set(view.links(TicketLink.differentMatter) + [document])) {
            view.value($0)
        }
        let now = wallMilliseconds()
        return try read { connection in
            try SimilarRows.find(probe, at: now, connection).filter { similar in
                // Whoever said it on the other side of the pair said it for both.
                let other = try DocumentRows.load(similar.row.document, connection)?.state.core
                return !(other?.links(TicketLink.differentMatter).contains(document) ?? false)
            }
        }
    }
}

extension SimilarProbe {
    /// A registration's values as far as they can be read, with the defaults that registering would set; and the
    /// tickets that it calls different matters.
    static func values(
        ofFields fields: [String: String], org: String, now: Int64
    ) -> (values: [FieldID: Value], without: Set<DocumentID>) {
        var values: [FieldID: Value] = [TicketField.eventOrg: .text(org), TicketField.receivedAt: .integer(now)]
        var without: Set<DocumentID> = []
        for (name, text) in fields {
            guard let definition = FieldTable.definition(named: name) else { continue }
            // What registering would refuse is no ground for a likeness.
            do { values[definition.id] = try definition.value(from: text) } catch { continue }
            guard definition.id == TicketField.links, let link = TicketLink(text),
                link.kind == TicketLink.differentMatter
            else {
                continue
            }
            without.insert(link.document)
        }
        return (values, without)
    }
}
