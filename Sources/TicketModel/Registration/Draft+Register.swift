import SyncProtocol

// T01: completeness (5W), defaults, number, and what the routing rules say at once.
extension Draft {
    mutating func register(_ registration: Registration, randomness: UInt64) throws(Refusal) {
        try refuse("T01", try fill(registration, randomness: randomness))
        try settleRegistration()
    }

    /// Takes what was given, with number and defaults; returns what is missing or malformed.
    mutating func fill(_ registration: Registration, randomness: UInt64) throws(Refusal) -> [FieldProblem] {
        guard ticket.document == nil else { throw Refusals.alreadyRegistered }
        let isOrder = registration.isOrder
        if isOrder {
            try checkOrderIssuer()
        } else {
            try check(TransitionTable.known("T01"))
        }
        guard let number = TicketNumber(org: actor.place.org, at: at, randomness: randomness) else {
            throw Refusals.unknownActor
        }
        transitions = ["T01"]
        claim = .own
        opening.append(.create(home: actor.node))
        stamp(number)
        var problems = take(registration.fields, allowed: Registration.fieldSet)
        problems += setTarget(registration.targetPersonToken)
        if isOrder {
            setOrderDefaults()
            inheritTargets()
        }
        setDefaults()
        let rules = isOrder ? RegistrationRule.orders : RegistrationRule.all
        problems += rules.flatMap { $0.problems(self) }
        // One sentence a field is enough: what is malformed is not reported as missing as well.
        return Draft.firstOfEach(problems)
    }

    /// What follows from the form as a whole.
    mutating func settleRegistration() throws(Refusal) {
        try checkAppeal()
        routeAsClassified()
    }

    private static let orderIssuers: [Role] = [
        .dispatcher, .hoDispatcher, .provSupervisor, .hoSupervisor, .hoAuditor, .liaison,
    ]

    /// Supervision and warning orders come from a centre.
    private func checkOrderIssuer() throws(Refusal) {
        guard actor.tier > .branch else {
            throw Refusals.tierMayNot(
                "T01", .register, tiers: [.province, .headOffice], who: Draft.orderIssuers)
        }
        try checkRole(Draft.orderIssuers, "T01", .register)
    }

    /// An order is no complaint: what the form of a complaint asks for has a neutral value.
    private mutating func setOrderDefaults() {
        setIfMissing(TicketField.intakeChannel, .text("other"))
        setIfMissing(TicketField.symptom, .text("other"))
        setIfMissing(TicketField.businessClass, .text("other"))
        setIfMissing(TicketField.demand, .text("none"))
    }

    /// RO-15: an order about complaints is kept from everybody whom one of them is about.
    private mutating func inheritTargets() {
        let supervised = newLinks("child_of").compactMap { others[$0] }
        for field in [TicketField.targetPerson, TicketField.targetPersonToken] where text(field) == nil {
            let named = Set(supervised.compactMap { $0.text(field) })
            if named.count == 1, let one = named.first { set(field, one) }
        }
        for token in Set(supervised.compactMap { $0.text(TicketField.targetPersonToken) }).sorted() {
            recordNamed(token)
        }
    }

    /// T29: an appeal is a new ticket; the one that it is about has ended and is left as it is.
    private mutating func checkAppeal() throws(Refusal) {
        let appealed = newMembers(TicketField.links).compactMap { value -> DocumentID? in
            guard case .text(let text) = value, let link = TicketLink(text), link.kind == "appeal_of" else {
                return nil
            }
            return link.document
        }
        guard !appealed.isEmpty else { return }
        transitions = ["T29", "T01"]
        for document in appealed {
            guard let old = others[document], let state = old.state else { continue }
            try ensure(.appealAfterEnd, TransitionTable.known("T29").from.contains(state))
        }
    }

    /// What the act itself knows.
    private mutating func stamp(_ number: TicketNumber) {
        set(TicketField.ticketNo, number.description)
        set(TicketField.originOrg, actor.place.org)
        set(TicketField.recorder, actor.post)
        set(TicketField.recordedAt, .integer(at))
        set(TicketField.registeredAt, .integer(at))
    }

    private mutating func setTarget(_ token: String?) -> [FieldProblem] {
        let named = text(TicketField.targetPerson)
        guard let token = token ?? named.flatMap({ tokens.target($0, people) }) else { return [] }
        do {
            let definition = FieldTable.known(TicketField.targetPersonToken)
            set(TicketField.targetPersonToken, try definition.value(from: token))
            recordNamed(token)
            return named.flatMap(targetProblem).map { [$0] } ?? []
        } catch {
            return [error]
        }
    }

    /// Sensible values for what nobody said.
    private mutating func setDefaults() {
        setIfMissing(TicketField.receivedAt, .integer(at))
        setIfMissing(TicketField.homeOrg, .text(actor.place.org))
        setIfMissing(TicketField.eventOrg, .text(actor.place.org))
        setIfMissing(TicketField.firstContactPerson, .text(actor.post))
        setIfMissing(TicketField.firstContactOrg, .text(actor.place.org))
        setIfMissing(TicketField.intakeForm, .text(Registration.usualForm(of: text(TicketField.intakeChannel))))
        if text(TicketField.demandWords) != nil { setIfMissing(TicketField.demand, .text("other")) }
        for (field, value) in Registration.defaults { setIfMissing(field, value) }
    }

    private mutating func setIfMissing(_ field: FieldID, _ value: Value) {
        if self.value(field) == nil { set(field, value) }
    }

    private static func firstOfEach(_ problems: [FieldProblem]) -> [FieldProblem] {
        var seen: Set<String> = []
        return problems.filter { seen.insert($0.field).inserted }
    }
}

extension Registration {
    /// Fields of later steps; a registration that names them is refused.
    private static let later: Set<FieldID> = [
        TicketField.nextReplyAt, TicketField.solutionConsent, TicketField.replyMedium,
        TicketField.remedyInfoGiven, TicketField.attitude, TicketField.satisfaction, TicketField.responsibility,
        TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.outcome, TicketField.remedy,
        TicketField.closeApprover, TicketField.explanationTextID, TicketField.compensation,
        TicketField.reviewedSynopsis, TicketField.solution, TicketField.statedPosition, TicketField.replyBasis,
        TicketField.legResults, TicketField.legText,
        TicketField.proposedSolution, TicketField.correctiveAction, TicketField.nonAcceptanceReason,
        TicketField.maliciousKind, TicketField.leadDepartment, TicketField.reasonsSufficient,
        TicketField.demandReasonable, TicketField.regulatorResponse, TicketField.linkedProblemOpen,
        TicketField.validityGround,
    ]

    /// Kinds that are orders inside the bank and no customer's complaint.
    public static let orderKinds = ["warning", "supervision", "work_order", "rework"]

    static let kindName = FieldTable.known(TicketField.kind).name
    /// The name of the field that holds the marks of a ticket.
    public static let flagsName = FieldTable.known(TicketField.flags).name

    /// The fields that a person may give at registration, in the order of the table.
    public static let enterable: [FieldDefinition] = FieldTable.all.filter {
        $0.source == .person && !later.contains($0.id)
    }

    static let fieldSet = Set(enterable.map(\.id))

    /// The defaults of the table as values.
    static let defaults: [(FieldID, Value)] = FieldTable.mandatory.compactMap { definition in
        guard let text = definition.defaultText else { return nil }
        guard definition.type.isInteger else { return (definition.id, .text(text)) }
        guard let number = AsciiText.number(text.utf8) else {
            preconditionFailure("\(definition.name) has no number as default")
        }
        return (definition.id, .integer(number))
    }

    /// The form that a channel usually brings (IN-14).
    static func usualForm(of channel: String?) -> String {
        switch channel {
        case "hotline", "manager_hotline", "head_office_line", "regulator_12378", "pboc_12363", "market_12315",
            "gov_12345":
            "telephone"
        case "letter", "fax", "email", "website", "mobile_bank", "net_bank", "app", "wechat", "sms", "online_service",
            "suggestion_box", "consumer_association":
            "written"
        default: "oral"
        }
    }
}
