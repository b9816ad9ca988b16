import SyncProtocol

// The acts that answer the customer and end the ticket.
extension Draft {
    /// T02: answered at the place of intake.
    mutating func answerOnSpot(_ fields: [String: String]) throws(Refusal) {
        try walk(["T02"])
        try claimCustody("T02")
        try refuse("T02", fill(.answerOnSpot, fields))
        try checkHomeReplies()
        set(TicketField.handler, actor.post)
        recordWorker()
        stampReply()
        addContact("final_reply", text(TicketField.replyMedium))
        routeAsClassified()
    }

    /// T18, and T17 before it where the feedback is still to be approved.
    mutating func reply(_ fields: [String: String]) throws(Refusal) {
        guard !ticket.isOrder else { throw Refusals.orderIsClosed }
        let approves = ticket.state == .feedbackReview
        try walk(approves ? ["T17", "T18"] : ["T18"])
        try claimCustody("T18")
        if approves { try checkApprover() }
        try checkHomeReplies()
        var given = fields
        if approves { adoptProposal(&given) }
        let problems = fill(.reply, given)
        if !approves { try checkAsApproved() }
        try refuse("T18", problems + replyProblems(beside: problems))
        if approves { set(TicketField.feedbackApprovedBy, actor.post) }
        stampReply()
        addContact("final_reply", text(TicketField.replyMedium))
    }

    /// The customer is told what was approved: another solution or amount goes back to who approves.
    private func checkAsApproved() throws(Refusal) {
        guard ticket.value(TicketField.feedbackApprovedBy) != nil else { return }
        let changed = [TicketField.solution, TicketField.compensation].contains { field in
            ticket.value(field) != nil && newValue(field) != nil
        }
        guard !changed else {
            throw Refusals.notPossible(
                "T18", Bilingual("答复与已审核的方案不一致", "the answer is not what was approved"),
                hint: Bilingual(
                    "按审核的方案答复;需修改时由审核岗位先更正(amend --reason)",
                    "answer as approved, or let who approves correct it first (amend --reason)"))
        }
    }

    /// T17: a second person, not the one who worked on it.
    mutating func checkApprover() throws(Refusal) {
        try ensure(.approverNotHandler, !isWorker)
    }

    /// XP-02: in a cross-province pair the customer hears from the province that keeps the account.
    mutating func checkHomeReplies() throws(Refusal) {
        // Whatever rule comes before: a major one of two provinces is still a pair.
        guard RoutingFacts(self).isCrossProvince, let owner = ticket.text(TicketField.homeOrg) else { return }
        let centre = people.centre(ofOrg: owner)
        let isHome = actor.place.org == owner || (centre != nil && centre == people.centre(of: actor.node))
        try ensure(.homeReplies, isHome)
    }

    /// Lists what the customer was told, by kind, and how.
    mutating func addContact(_ kind: String, _ medium: String?) {
        set(TicketField.noticesSent, "\(kind)@\(at)")
        guard let medium else { return }
        add(
            TicketField.contacts, EntryShapes.contact,
            ["kind": kind, "medium": medium, "post": actor.post, "at": now])
    }

    /// Approving the feedback makes the proposed solution the approved one, unless the approver writes another.
    func adoptProposal(_ given: inout [String: String]) {
        let solution = FieldTable.known(TicketField.solution).name
        let explanation = FieldTable.known(TicketField.explanationTextID).name
        guard given[solution, default: ""].isEmpty, given[explanation, default: ""].isEmpty else { return }
        guard let proposal = ticket.text(TicketField.proposedSolution) else { return }
        given[solution] = proposal
    }

    /// Keeps who worked on the ticket in this round: whoever takes it, answers it or feeds it back.
    mutating func recordWorker() {
        let round = ticket.integer(TicketField.roundNo) ?? 1
        guard !ticket.workers(ofRound: round).contains(actor.post) else { return }
        add(TicketField.workers, EntryShapes.worker, ["post": actor.post, "round": String(round)])
    }

    /// The actor worked on it in this round, on this post or another of his.
    private var isWorker: Bool {
        let workers = ticket.workers(ofRound: ticket.integer(TicketField.roundNo) ?? 1)
        return (workers + [ticket.text(TicketField.handler)].compactMap { $0 }).contains(where: isActor)
    }

    private mutating func stampReply() {
        set(TicketField.repliedAt, .integer(at))
        set(TicketField.repliedBy, actor.post)
    }

    /// Identity checked, appeal path told, written answers to written complaints, consent not refused.
    private func replyProblems(beside found: [FieldProblem]) -> [FieldProblem] {
        let broken = Set(found.map(\.field))
        return ReplyRule.all.compactMap { $0.problem(self) }.filter { !broken.contains($0.field) }
    }

    /// T23, and T20 before it where the follow-up is still to do. A follow-up agent ends with T20.
    mutating func close(_ fields: [String: String]) throws(Refusal) {
        let followsUp = ticket.state == .replied
        let stopsThere = followsUp && actor.role == Role.followUpAgent.rawValue
        try walk(followsUp ? (stopsThere ? ["T20"] : ["T20", "T23"]) : ["T23"])
        if !stopsThere { try checkCloser() }
        try claimCustody("T23")
        if followsUp { try followUp() }
        if stopsThere {
            act = .followUpOK
            try refuse("T20", fill(.followUp, fields))
            try checkAttempts()
            return
        }
        try refuse("T23", fill(.close, fields) + closeProblems() + agreementProblems())
        routeAsClassified()
        if followsUp { try checkAttempts() }
        try checkReadyToClose()
        if let approver = text(TicketField.closeApprover) { try ensure(.approverNotRequester, !isActor(approver)) }
        stampClosing()
    }

    mutating func stampClosing() {
        set(TicketField.closedBy, actor.post)
        set(TicketField.closedAt, .integer(at))
    }

    mutating func followUp() throws(Refusal) {
        try ensure(.followUpNotHandler, !isWorker)
        set(TicketField.followupAt, .integer(at))
        set(TicketField.followupBy, actor.post)
    }

    /// Nobody answered: only after failed calls on three days of China.
    mutating func checkAttempts() throws(Refusal) {
        guard text(TicketField.satisfaction) == "no_answer" else { return }
        try ensure(.attempts, ticket.daysOfFailedFollowUps >= 3)
    }

    /// No linked problem without a ticket; no promise left open; an appeal only with its conclusion and reports.
    mutating func checkReadyToClose() throws(Refusal) {
        if integer(TicketField.linkedProblemOpen) == 1 {
            let isOpened = !(ticket.links("new_problem_from") + newLinks("new_problem_from")).isEmpty
            try ensure(.linkedProblem, isOpened)
        }
        try checkPromises()
        switch text(TicketField.kind) {
        case "regulator_referral", "regulator_appeal":
            try ensure(
                .reported,
                ticket.value(TicketField.appealConclusion) != nil && ticket.reportState("to_regulator") == "sent")
        case "internal_appeal": try ensure(.reported, ticket.value(TicketField.appealConclusion) != nil)
        case "escalated": try ensure(.reported, ["sent", "accepted"].contains(ticket.reportState("to_head_office")))
        default: return
        }
    }

    func newLinks(_ kind: String) -> [DocumentID] {
        newMembers(TicketField.links).compactMap { value in
            guard case .text(let text) = value, let link = TicketLink(text), link.kind == kind else { return nil }
            return link.document
        }
    }

    /// Who may close depends on the severity; a major ticket never closes at a branch (ST-17).
    mutating func checkCloser() throws(Refusal) {
        let severity = ticket.text(TicketField.severity) ?? "ordinary"
        if severity == "major" { try ensure(.majorAtBranch, actor.tier != .branch) }
        let closers = Draft.closers(of: severity)
        guard closers.contains(where: { $0.rawValue == actor.role }) else {
            throw Refusals.roleMayNot("T23", .close, who: closers)
        }
    }

    /// T23's "who" by severity; an unknown severity of a newer version needs the unit head.
    static func closers(of severity: String) -> [Role] {
        switch severity {
        case "ordinary": [.branchOfficer, .branchHead, .dispatcher, .deptHead, .approver, .hoAuditor]
        case "important": [.branchHead, .deptHead, .approver, .hoAuditor]
        case "urgent": [.branchHead, .approver]
        default: [.approver]
        }
    }

    /// ST-08: completed is what was solved, or explained and agreed on; an explanation that the customer rejects is not.
    private func agreementProblems() -> [FieldProblem] {
        let agreed = ["explained", "misunderstanding", "settled_mediation"]
        guard let outcome = text(TicketField.outcome), agreed.contains(outcome),
            text(TicketField.attitude) == "rejected"
        else { return [] }
        return [
            .contradiction(
                FieldTable.known(TicketField.outcome), "ST-08",
                Bilingual("客户拒绝接受,不属于解释一致", "the customer rejects it: nothing was agreed on"),
                hint: Bilingual("选「不予支持」等结果", "choose another outcome, such as rejected_with_reason"))
        ]
    }

    /// Outcomes that have their own way out of the process.
    private func closeProblems() -> [FieldProblem] {
        let isDeclared = ticket.value(TicketField.unresolvableBy) != nil
        guard let outcome = text(TicketField.outcome),
            isDeclared || ["unresolvable", "withdrawn", "merged"].contains(outcome)
        else { return [] }
        return [
            .contradiction(
                FieldTable.known(TicketField.outcome), "ST-19",
                Bilingual("此结果须走专门程序,不能直接结案", "this outcome has a procedure of its own"),
                hint: Bilingual(
                    "无法处理须季度审批;撤回、并案另行办理",
                    "unresolvable: quarterly approval; withdrawal and merging are acts of their own"))
        ]
    }
}
