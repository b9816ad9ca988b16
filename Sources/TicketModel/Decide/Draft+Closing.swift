import SyncProtocol

// The acts that answer the customer and end the ticket.
extension Draft {
    /// T02: answered at the place of intake.
    mutating func answerOnSpot(_ fields: [String: String]) throws(Refusal) {
        try walk(["T02"])
        try claimCustody("T02")
        try refuse("T02", fill(.answerOnSpot, fields))
        set(TicketField.handler, actor.post)
        stampReply()
        widenAsClassified()
    }

    /// T18, and T17 before it where the feedback is still to be approved.
    mutating func reply(_ fields: [String: String]) throws(Refusal) {
        let approves = ticket.state == .feedbackReview
        try walk(approves ? ["T17", "T18"] : ["T18"])
        try claimCustody("T18")
        if approves, ticket.text(TicketField.handler) == actor.post { throw Refusals.handlerApproves }
        var given = fields
        if approves { adoptProposal(&given) }
        let problems = fill(.reply, given)
        try refuse("T18", problems + replyProblems(beside: problems))
        stampReply()
    }

    /// Approving the feedback makes the proposed solution the approved one, unless the approver writes another.
    private func adoptProposal(_ given: inout [String: String]) {
        let solution = FieldTable.known(TicketField.solution).name
        let explanation = FieldTable.known(TicketField.explanationTextID).name
        guard given[solution, default: ""].isEmpty, given[explanation, default: ""].isEmpty else { return }
        guard let proposal = ticket.text(TicketField.proposedSolution) else { return }
        given[solution] = proposal
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
            act = TicketAct(rawValue: 20)
            try refuse("T20", fill(.followUp, fields))
            return
        }
        try refuse("T23", fill(.close, fields) + closeProblems())
        guard text(TicketField.closeApprover) != actor.post else { throw Refusals.approverIsRequester }
        set(TicketField.closedBy, actor.post)
        set(TicketField.closedAt, .integer(at))
    }

    private mutating func followUp() throws(Refusal) {
        guard ticket.text(TicketField.handler) != actor.post else { throw Refusals.handlerFollowsUp }
        set(TicketField.followupAt, .integer(at))
        set(TicketField.followupBy, actor.post)
    }

    /// Who may close depends on the severity; a major ticket never closes at a branch (ST-17).
    private func checkCloser() throws(Refusal) {
        let severity = ticket.text(TicketField.severity) ?? "ordinary"
        guard severity != "major" || actor.tier != .branch else { throw Refusals.majorAtBranch }
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

    /// Outcomes that have their own way out of the process.
    private func closeProblems() -> [FieldProblem] {
        guard let outcome = text(TicketField.outcome), ["unresolvable", "withdrawn", "merged"].contains(outcome) else {
            return []
        }
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
