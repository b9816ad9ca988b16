import SyncProtocol

/// The centre: answering itself, judging feedback, merging, escalating one tier up.
enum CentreActs {
    static let all: [ActDefinition] = [
        answer, dispatch, dispatchAgain, approve, reject, reply, merge, escalate, closeOrder,
    ]

    /// T06: solution or explanation text at hand (DR-03).
    static let answer = ActDefinition(
        line: "T06", .answerAtCentre,
        form: ActForm(
            act: .answerAtCentre, needs: [[TicketField.solution, TicketField.explanationTextID]],
            optional: [
                TicketField.nature, TicketField.causeClass, TicketField.handlingChannel, TicketField.validity,
                TicketField.responsibility, TicketField.outcome, TicketField.remedy, TicketField.compensation,
                TicketField.legResults,
            ])
    ) { (draft, _) throws(Refusal) in
        draft.set(TicketField.handler, draft.actor.post)
        draft.routeAsClassified()
    }

    static let dispatch = ActDefinition(.dispatch, walking: "T07", [ActParts.unit], fields: .dispatch, dispatching)
    static let dispatchAgain = ActDefinition(
        .dispatchAgain, walking: "T22", [ActParts.unit], fields: .dispatch, dispatching)

    private static let dispatching: @Sendable (inout Draft, ActInput) throws(Refusal) -> Void = {
        (draft, input) throws(Refusal) in
        guard let unit = input.unit("unit") else { throw Refusals.unknownUnit("T07", units: []) }
        var fields = input.fields
        if let department = unit.department {
            fields[FieldTable.known(TicketField.leadDepartment).name] = department
        }
        try draft.dispatch(to: unit.node, fields)
    }

    /// T17 alone: the answer goes out later, or elsewhere.
    static let approve = ActDefinition(.approveFeedback, walking: "T17", fields: .approveFeedback) {
        (draft, input) throws(Refusal) in
        guard !draft.ticket.isOrder else { throw Refusals.orderIsClosed }
        try draft.walk(["T17"])
        try draft.claimCustody("T17")
        try draft.checkApprover()
        var given = input.fields
        draft.adoptProposal(&given)
        try draft.refuse("T17", draft.fill(.approveFeedback, given))
        draft.set(TicketField.feedbackApprovedBy, draft.actor.post)
    }

    /// T16: back to the unit that fed back, with a defect code that counts (KP-12).
    static let reject = ActDefinition(
        line: "T16", .rejectFeedback, [ActParameter("defect", "缺陷", "defect", .code(.defect))]
    ) { (draft, input) throws(Refusal) in
        draft.add(
            TicketField.defects, EntryShapes.defect,
            ["code": input.known("defect"), "post": draft.actor.post, "at": draft.now])
        let count = draft.ticket.integer(TicketField.feedbackRejections) ?? 0
        draft.set(TicketField.feedbackRejections, .integer(min(count, 999) + 1))
        draft.sendBackToLead()
    }

    static let reply = ActDefinition(.reply, walking: "T18", fields: .reply) { (draft, input) throws(Refusal) in
        try draft.reply(input.fields)
    }

    /// T28: into the ticket that was received first, at the lowest tier that sees both.
    static let merge = ActDefinition(
        line: "T28", .merge,
        [
            ActParameter("into", "并入工单", "surviving ticket", .document), ActParts.reason(.mergeReason),
        ]
    ) { (draft, input) throws(Refusal) in
        try draft.merge(into: input.known("into"))
    }

    /// T12: one tier up, no skipping (DR-08); the level becomes national.
    static let escalate = ActDefinition(
        line: "T12", .escalateProblem,
        [ActParameter("identity_needed", "需要客户身份", "identity needed", .flag, required: false)]
    ) { (draft, input) throws(Refusal) in
        guard let parent = draft.actor.place.parent else { throw Refusals.noTierAbove }
        draft.set(TicketField.scope, "national")
        draft.set(TicketField.returnPath, UnitPath.text([UnitRef(draft.actor.node)]))
        draft.routeAsClassified()
        if input.isTrue("identity_needed"), draft.ticket.lastingHeadOfficeDisclosure < .full {
            draft.widen(to: .full, reason: "needs_head_office")
        }
        draft.closing.append(.offer(leg: 0, to: parent))
    }

    /// O01: an answered order is done.
    static let closeOrder = ActDefinition(
        line: "O01", .closeOrder,
        [ActParameter("answer", "督办结论", "answer", .code(.supervisionAnswer))]
    ) { (draft, input) throws(Refusal) in
        guard draft.ticket.isOrder else { throw Refusals.noOrder }
        guard draft.ticket.home == draft.actor.node else { throw Refusals.orderOfAnother }
        try draft.checkApprover()
        draft.set(TicketField.orderAnswer, input.known("answer"))
        draft.stampClosing()
    }
}

extension Draft {
    /// Offers the lead leg to the unit that worked on it, where that is another node; the way back leads here.
    mutating func sendBackToLead() {
        guard let lead = ticket.text(TicketField.leadLeg).flatMap({ NodeID($0) }), lead != actor.node else { return }
        setOrClear(TicketField.returnPath, UnitPath.text(ticket.returnPath + [UnitRef(actor.node)]))
        closing.append(.offer(leg: 0, to: lead))
    }

    mutating func merge(into text: String) throws(Refusal) {
        guard let document = DocumentID(text), document != ticket.document, let survivor = others[document],
            survivor.disclosure == .full, let state = survivor.state, state.isOpen
        else {
            throw Refusals.notPossible(
                "T28", Bilingual("看不到或不能并入该工单", "that ticket is not seen here, or has ended"),
                hint: Bilingual("并入本节点可见且未结束的工单", "merge into an open ticket that this node sees in full"))
        }
        let own = (ticket.integer(TicketField.receivedAt) ?? 0, ticket.document)
        let other = (survivor.integer(TicketField.receivedAt) ?? 0, document)
        try ensure(.mergeEarliest, other.0 < own.0 || (other.0 == own.0 && own.1.map { document < $0 } ?? false))
        if actor.tier == .headOffice, let one = ticket.home, let two = survivor.home {
            let centre = people.centre(of: one)
            try ensure(.mergeTier, one != two && (centre == nil || centre != people.centre(of: two)))
        }
        set(TicketField.links, TicketLink(kind: "duplicate_of", document: document).text)
        set(TicketField.mergedInto, document.description)
        set(TicketField.outcome, "merged")
        set(TicketField.closedAt, .integer(at))
        set(TicketField.closedBy, actor.post)
    }
}

extension Refusals {
    static let orderOfAnother = notPossible(
        "O01", Bilingual("由下达单位销号", "the unit that issued the order closes it"),
        hint: Bilingual("把办理权移交下达单位(hand_over)", "hand the ticket over to that unit (hand_over)"))

    static let orderIsClosed = notPossible(
        "T17", Bilingual("督办类工单不答复客户", "an order has no customer to answer"),
        hint: Bilingual("用督办销单(close_order)", "close it with close_order"))

    static let noOrder = notPossible(
        "O01", Bilingual("不是督办类工单", "this is no order"), hint: Bilingual("按投诉流程办结", "end it as a complaint"))
}
