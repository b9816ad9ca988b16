import SyncProtocol

// New tickets that grow out of another one, which stays as it is.
extension Registration {
    /// Fields that a linked ticket takes over: what the customer said and how it is classed, no course of the process.
    private static let carried: [FieldID] = [
        TicketField.intakeChannel, TicketField.intakeForm, TicketField.receivedAt, TicketField.homeOrg,
        TicketField.eventOrg, TicketField.kind, TicketField.severity, TicketField.customerTier, TicketField.flags,
        TicketField.findings,
        TicketField.symptom, TicketField.businessClass, TicketField.nature, TicketField.demand,
        TicketField.amountInvolved, TicketField.recordingID, TicketField.signatureID, TicketField.what,
        TicketField.whoInvolved, TicketField.whenHappened, TicketField.whereHappened, TicketField.causeTold,
        TicketField.course, TicketField.demandWords, TicketField.complainantID, TicketField.complainantName,
        TicketField.complainantPhone, TicketField.complainantIDNumber, TicketField.complainantAccount,
        TicketField.complainantAddress, TicketField.complainantEmail, TicketField.targetPerson,
        TicketField.confidentialWords,
    ]

    /// A misconduct case without the branch that it is about (R03): a new ticket at the centre, sealed from every
    /// branch that the old one is open to. The old ticket gets no link to it.
    ///
    /// - Parameter place: the centre that does it; no centre on its line is sealed off.
    /// - Returns: nil where the ticket does not exist or this node does not hold its words.
    public static func sealing(_ ticket: TicketView, at place: Place) -> Registration? {
        guard let document = ticket.document, ticket.disclosure == .full else { return nil }
        var fields = copied(ticket)
        fields[name(TicketField.links)] = TicketLink(kind: "child_of", document: document).text
        let flags = ticket.codes(TicketField.flags)
        fields[name(TicketField.flags)] = CodeSet.joined(flags + ["misconduct"])
        let known = ticket.involved + [ticket.home, ticket.custodian].compactMap { $0 }
        // A branch seals nothing: it stands in the list itself, and so the registration is refused.
        let above = place.tier == .headOffice ? place.children : []
        let centres = place.tier == .branch ? [] : [place.node, place.parent] + above
        let branches = known.filter { !centres.contains($0) }
        fields[name(TicketField.sealedFrom)] = CodeSet.joined(branches.map(\.text))
        return Registration(fields: fields, targetPersonToken: ticket.text(TicketField.targetPersonToken))
    }

    /// T29: an appeal against a ticket that has ended.
    ///
    /// - Returns: nil where the ticket does not exist or this node does not hold its words.
    public static func appeal(against ticket: TicketView, received: Int64) -> Registration? {
        guard let document = ticket.document, ticket.disclosure == .full else { return nil }
        var fields = copied(ticket)
        fields[name(TicketField.kind)] = "internal_appeal"
        fields[name(TicketField.links)] = TicketLink(kind: "appeal_of", document: document).text
        fields[name(TicketField.receivedAt)] = String(received)
        return Registration(fields: fields, targetPersonToken: ticket.text(TicketField.targetPersonToken))
    }

    private static func name(_ field: FieldID) -> String { FieldTable.known(field).name }

    private static func copied(_ ticket: TicketView) -> [String: String] {
        var fields: [String: String] = [:]
        for field in carried {
            guard let value = ticket.value(field) else { continue }
            let definition = FieldTable.known(field)
            switch (definition.type, value) {
            case (_, .text(let text)): fields[definition.name] = text
            case (.instant, .integer(let at)): fields[definition.name] = String(at)
            case (.money, .integer(let fen)): fields[definition.name] = Money.text(fen: fen)
            case (_, .integer(let number)): fields[definition.name] = String(number)
            case (_, .empty): continue
            }
        }
        return fields
    }
}
