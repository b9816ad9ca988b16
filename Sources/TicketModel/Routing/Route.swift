import SyncProtocol

/// Where a ticket should go, who above may see how much of it, and who is told: what `route` says.
public struct Route: Sendable {
    /// The code of the rule that fired (`Enumeration.routeRule`).
    public let rule: String
    /// The kind of lead unit (`Enumeration.leadUnitKind`).
    public let leadUnit: String
    /// How much head office may hold.
    public let disclosure: Disclosure
    /// Why it may hold more (`Enumeration.wideningReason`); nil where it holds the core only.
    public let wideningReason: String?
    /// The roles that are told at once.
    public let told: [Role]
}

/// What the routing rules look at.
public struct RoutingFacts: Sendable {
    var kind = "complaint"
    var severity = "ordinary"
    var scope = "general"
    var nature: String?
    var flags: [String] = []
    var marks: [String] = []
    var hasTarget = false
    var isDuplicate = false
    var isTakenInAtHeadOffice = false
    var isCrossProvince = false
    var tier: Tier = .branch
}

/// One line of model §2.7 as data.
public struct RoutingRule: Sendable {
    /// The code of `Enumeration.routeRule`.
    public let id: String
    public let leadUnit: String
    public let disclosure: Disclosure
    public let told: [Role]
    let wideningReason: @Sendable (RoutingFacts) -> String?
    let applies: @Sendable (RoutingFacts) -> Bool

    init(
        _ id: String, _ leadUnit: String, _ disclosure: Disclosure, told: [Role],
        reason: @escaping @Sendable (RoutingFacts) -> String? = { _ in nil },
        applies: @escaping @Sendable (RoutingFacts) -> Bool
    ) {
        self.id = id
        self.leadUnit = leadUnit
        self.disclosure = disclosure
        self.told = told
        wideningReason = reason
        self.applies = applies
    }

    /// R01…R13; the first that applies wins. R08…R12 leave what is open already to R13.
    public static let all: [RoutingRule] = [
        RoutingRule(
            "r01", "home_province", .full, told: [.liaison],
            reason: { $0.isTakenInAtHeadOffice ? "head_office_intake" : "escalated" }
        ) { $0.isTakenInAtHeadOffice && !$0.isOrder || $0.kind == "escalated" },
        RoutingRule(
            "r02", "account_unit", .full, told: [.liaison],
            reason: { $0.kind == "internal_appeal" ? "appeal" : "regulator" }
        ) { ["regulator_referral", "regulator_appeal", "internal_appeal"].contains($0.kind) },
        RoutingRule("r03", "inspection", .full, told: [.hoAuditor], reason: { _ in "misconduct" }) {
            $0.has(["misconduct", "financial_crime"]) || $0.nature == "misconduct"
        },
        RoutingRule("r04", "general_office", .full, told: [.approver, .hoSupervisor], reason: { _ in "gravity" }) {
            $0.severity == "major" || $0.has(["media", "court", "mass", "systemic", "injury", "leak"])
        },
        RoutingRule("r05", "home_province", .casework, told: [.liaison], reason: { _ in "cross_province" }) {
            $0.isCrossProvince
        },
        RoutingRule(
            "r06", "head_office_department", .casework, told: [.hoDispatcher], reason: { _ in "needs_head_office" }
        ) { $0.scope == "national" || $0.marks.contains("needs_head_office") },
        RoutingRule("r07", "general_office", .core, told: [.approver]) {
            $0.marks.contains("key_client") || $0.marks.contains("major_project")
        },
        RoutingRule("r08", "appointed_department", .core, told: [.deptHead]) {
            !$0.isDuplicate && $0.marks.contains("several_units")
        },
        RoutingRule("r09", "persons_department", .core, told: [.deptHead]) { !$0.isDuplicate && $0.hasTarget },
        RoutingRule("r10", "handling_department", .core, told: [.deptHead]) {
            !$0.isDuplicate && $0.tier > .branch && $0.isTypeClear
        },
        RoutingRule("r11", "business_owner", .core, told: [.deptHead]) { !$0.isDuplicate && $0.tier > .branch },
        RoutingRule("r12", "counter", .core, told: []) { !$0.isDuplicate },
        RoutingRule("r13", "surviving_ticket", .core, told: [.dispatcher]) { _ in true },
    ]
}

extension RoutingFacts {
    fileprivate func has(_ wanted: [String]) -> Bool { flags.contains(where: wanted.contains) }
    fileprivate var isTypeClear: Bool { nature != nil && nature != "other" }
    fileprivate var isOrder: Bool { Registration.orderKinds.contains(kind) }
}

/// Where a ticket should go from here (model §2.7). Pure: the same facts give the same route on every node.
public func route(_ ticket: TicketView, at place: Place, people: People = .unknown) -> Route {
    route(RoutingFacts(ticket, at: place, people))
}

func route(_ facts: RoutingFacts) -> Route {
    guard let rule = RoutingRule.all.first(where: { $0.applies(facts) }) else {
        preconditionFailure("the last rule always applies")
    }
    return Route(
        rule: rule.id, leadUnit: rule.leadUnit, disclosure: rule.disclosure, wideningReason: rule.wideningReason(facts),
        told: rule.told)
}

extension RoutingFacts {
    init(_ ticket: TicketView, at place: Place, _ people: People) {
        self.init(at: place, people, isDuplicate: !ticket.links("duplicate_of").isEmpty) {
            ticket.value($0)
        }
        isTakenInAtHeadOffice = isTakenInAtHeadOffice || ticket.text(TicketField.routeRule) == "r01"
    }

    /// The facts of an act in the making.
    init(_ draft: Draft) {
        let isNew = draft.act == .register
        let isDuplicate = draft.newMembers(TicketField.links).contains {
            if case .text(let text) = $0 { TicketLink(text)?.kind == "duplicate_of" } else { false }
        }
        self.init(
            at: draft.actor.place, draft.people,
            isDuplicate: isDuplicate || !draft.ticket.links("duplicate_of").isEmpty
        ) { draft.value($0) }
        isTakenInAtHeadOffice =
            isNew && draft.actor.tier == .headOffice || draft.ticket.text(TicketField.routeRule) == "r01"
    }

    private init(
        at place: Place, _ people: People, isDuplicate: Bool, _ value: (FieldID) -> Value?
    ) {
        func text(_ field: FieldID) -> String? {
            if case .text(let text)? = value(field) { text } else { nil }
        }
        kind = text(TicketField.kind) ?? kind
        severity = text(TicketField.severity) ?? severity
        scope = text(TicketField.scope) ?? scope
        nature = text(TicketField.nature)
        flags = text(TicketField.flags).map(CodeSet.members) ?? []
        marks = text(TicketField.routingMarks).map(CodeSet.members) ?? []
        hasTarget = value(TicketField.targetPersonToken) != nil
        self.isDuplicate = isDuplicate
        tier = place.tier
        isCrossProvince = marks.contains("cross_province")
        if let owner = text(TicketField.homeOrg).flatMap({ people.centre(ofOrg: $0) }),
            let event = text(TicketField.eventOrg).flatMap({ people.centre(ofOrg: $0) })
        {
            isCrossProvince = isCrossProvince || owner != event
        }
    }
}
