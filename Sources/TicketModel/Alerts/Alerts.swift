import SyncProtocol

/// What an alert looks at of a ticket: codes and a time, nobody's name.
public struct AlertTicket: Hashable, Sendable {
    public let number: String
    public let org: String
    public let business: String
    public let symptom: String
    public let flags: [String]
    /// Milliseconds since 1970 UTC.
    public let receivedAt: Int64
    /// The explanation texts that it links to (口径).
    public let texts: [String]
    /// Who was named for which alert, the newest last.
    public let owners: [Owner]

    /// A post that answers for an alert (AL-08).
    public struct Owner: Hashable, Sendable {
        /// The rule of the alert.
        public let alert: String
        public let post: String
        /// Milliseconds since 1970 UTC.
        public let at: Int64
    }

    /// nil for a ticket that is no complaint of a customer, or not classed.
    public init?(_ ticket: TicketView) {
        guard !ticket.isOrder, ![.merged, .withdrawn, .notAccepted].contains(ticket.state),
            let number = ticket.text(TicketField.ticketNo), let org = ticket.text(TicketField.eventOrg),
            let business = ticket.text(TicketField.businessClass), let symptom = ticket.text(TicketField.symptom),
            let received = ticket.integer(TicketField.receivedAt)
        else { return nil }
        let links = ticket.entries(TicketField.textLinks, EntryShapes.textLink).compactMap { $0["text"] }
        self.init(
            number: number, org: org, business: business, symptom: symptom, flags: ticket.codes(TicketField.flags),
            receivedAt: received, texts: links + [ticket.text(TicketField.explanationTextID)].compactMap { $0 },
            owners: AlertTicket.owners(of: ticket))
    }

    private static func owners(of ticket: TicketView) -> [Owner] {
        ticket.entries(TicketField.alertOwners, EntryShapes.alertOwner).compactMap { entry in
            guard let alert = entry["alert"], let post = entry["owner"], let at = entry.integer("at") else {
                return nil
            }
            return Owner(alert: alert, post: post, at: at)
        }
    }

    init(
        number: String, org: String, business: String, symptom: String, flags: [String] = [], receivedAt: Int64,
        texts: [String] = [], owners: [Owner] = []
    ) {
        self.number = number
        self.org = org
        self.business = business
        self.symptom = symptom
        self.flags = flags
        self.receivedAt = receivedAt
        self.texts = texts
        self.owners = owners
    }
}

/// Like tickets that a rule found: the same business and symptom within one unit (DM-07, AL-11).
public struct Alert: Hashable, Sendable {
    public let rule: AlertRule
    public let business: String
    public let symptom: String
    /// The branch or province; nil for the whole bank.
    public let unit: String?
    /// Oldest first.
    public let tickets: [AlertTicket]
    public let branches: [String]
    public let provinces: [String]

    public var colour: AlertColour { rule.colour }

    /// The explanation texts that tickets of the cluster link to, by how many do.
    public var texts: [String] { Array(Set(tickets.flatMap(\.texts))).sorted() }

    /// Who answers for it: the post that was named last on one of its tickets; nil while nobody is.
    public var owner: AlertTicket.Owner? {
        tickets.flatMap(\.owners).filter { $0.alert == rule.id }.max { ($0.at, $0.post) < ($1.at, $1.post) }
    }

    /// Tickets that link to none yet.
    public var withoutText: Int { tickets.count { $0.texts.isEmpty } }
}

extension Alert {
    /// Finds the alerts among tickets. Of the rules that find a cluster of one business and symptom in a unit, the
    /// gravest speaks; a milder one says nothing about tickets that a graver one has named.
    ///
    /// - Parameters:
    ///   - now: tickets received after it do not count.
    ///   - province: the province of a unit; nil where it is not known.
    public static func find(
        among tickets: [AlertTicket], rules: [AlertRule], at now: Int64, province: (_ org: String) -> String?
    ) -> [Alert] {
        var named: Set<String> = []
        var found: [Alert] = []
        let ordered = rules.enumerated().sorted { ($1.element.colour, $0.offset) < ($0.element.colour, $1.offset) }
        for rule in ordered.map(\.element) {
            let alerts = clusters(among: tickets, rule, at: now, province).filter { alert in
                alert.tickets.contains { !named.contains($0.number) }
            }
            found += alerts
            named.formUnion(alerts.flatMap(\.tickets).map(\.number))
        }
        return found
    }

    private struct Key: Hashable, Comparable {
        let business: String
        let symptom: String
        let unit: String

        static func < (left: Key, right: Key) -> Bool {
            (left.business, left.symptom, left.unit) < (right.business, right.symptom, right.unit)
        }
    }

    private static func clusters(
        among tickets: [AlertTicket], _ rule: AlertRule, at now: Int64, _ province: (String) -> String?
    ) -> [Alert] {
        var clusters: [Key: [AlertTicket]] = [:]
        for ticket in tickets where rule.counts(ticket, at: now) {
            let unit: String? =
                switch rule.within {
                case .branch: ticket.org
                case .province: province(ticket.org)
                case .bank: ""
                }
            guard let unit else { continue }
            clusters[Key(business: ticket.business, symptom: ticket.symptom, unit: unit), default: []].append(ticket)
        }
        return clusters.sorted { $0.key < $1.key }.compactMap { key, members in
            let branches = Set(members.map(\.org)).sorted()
            let provinces = Set(members.compactMap { province($0.org) }).sorted()
            guard members.count >= rule.tickets, branches.count >= rule.branches, provinces.count >= rule.provinces
            else { return nil }
            return Alert(
                rule: rule, business: key.business, symptom: key.symptom, unit: key.unit.isEmpty ? nil : key.unit,
                tickets: members.sorted { ($0.receivedAt, $0.number) < ($1.receivedAt, $1.number) },
                branches: branches, provinces: provinces)
        }
    }
}

extension AlertRule {
    /// True where the ticket is of those that the rule counts at a moment, whether or not there are enough of them.
    func counts(_ ticket: AlertTicket, at now: Int64) -> Bool {
        let since = now - Int64(days) * CivilTime.dayMilliseconds
        return ticket.receivedAt > since && ticket.receivedAt <= now
            && (flags.isEmpty || ticket.flags.contains(where: flags.contains))
    }
}
