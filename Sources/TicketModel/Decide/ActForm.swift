import SyncProtocol

/// Which fields an act takes and which it needs: data for the rules, for forms and for interface descriptions.
public struct ActForm: Sendable {
    public let act: TicketAct
    /// Of each group at least one must have a value, given now or earlier.
    public let needs: [[FieldID]]
    /// Fields that may be given beside those.
    public let optional: [FieldID]

    /// Every field that may be given, in the order of the table.
    public var fields: [FieldID] { (needs.flatMap { $0 } + optional).sorted() }

    public static let answerOnSpot = ActForm(
        act: .answerOnSpot,
        needs: [[TicketField.proposedSolution, TicketField.explanationTextID], [TicketField.attitude]],
        optional: [
            TicketField.replyMedium, TicketField.remedyInfoGiven, TicketField.identityCheck, TicketField.nature,
            TicketField.causeClass, TicketField.handlingChannel, TicketField.validity, TicketField.acceptance,
            TicketField.amountInvolved, TicketField.compensation, TicketField.remedy, TicketField.legText,
            TicketField.findings,
        ])

    public static let dispatch = ActForm(
        act: .dispatch,
        needs: [
            [TicketField.nature], [TicketField.causeClass], [TicketField.handlingChannel], [TicketField.validity],
            [TicketField.scope], [TicketField.severity], [TicketField.customerTier],
        ],
        optional: [
            TicketField.kind, TicketField.priorityFactors, TicketField.flags, TicketField.findings, TicketField.symptom,
            TicketField.businessClass, TicketField.maliciousKind, TicketField.acceptance, TicketField.promisedReplyAt,
            TicketField.leadDepartment, TicketField.routingMarks, TicketField.reasonsSufficient,
            TicketField.demandReasonable, TicketField.links, TicketField.validityGround, TicketField.wantedMedium,
        ])

    /// T17 alone, with or without another solution than the proposed one.
    static let approveFeedback = ActForm(
        act: .approveFeedback, needs: [[TicketField.solution, TicketField.explanationTextID]],
        optional: [
            TicketField.responsibility, TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.outcome,
            TicketField.compensation, TicketField.reviewedSynopsis,
            TicketField.legResults,
        ])

    /// Dispatching an order inside the bank: there is no complaint to classify.
    static let dispatchOrder = ActForm(
        act: .dispatch, needs: [], optional: [TicketField.leadDepartment, TicketField.severity, TicketField.answerBy])

    /// The answer of the unit that got an order.
    static let answerOrder = ActForm(
        act: .feedBack, needs: [[TicketField.legText, TicketField.legResults]],
        optional: [TicketField.evidenceList, TicketField.correctiveAction])

    public static let feedBack = ActForm(
        act: .feedBack,
        needs: [
            [TicketField.legText, TicketField.legResults],
            [TicketField.proposedSolution, TicketField.solution, TicketField.explanationTextID],
            [TicketField.causeClass], [TicketField.responsibility],
        ],
        optional: [
            TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.outcome, TicketField.remedy,
            TicketField.amountInvolved, TicketField.compensation, TicketField.solutionConsent, TicketField.evidence,
            TicketField.evidenceList, TicketField.nature, TicketField.validity,
            TicketField.findings, TicketField.correctiveAction,
        ])

    public static let reply = ActForm(
        act: .reply,
        needs: [
            [TicketField.solution, TicketField.explanationTextID], [TicketField.replyMedium], [TicketField.attitude],
            [TicketField.identityCheck], [TicketField.remedyInfoGiven],
        ],
        optional: [
            TicketField.solutionConsent, TicketField.remedy, TicketField.compensation, TicketField.contactVerifiedAt,
            TicketField.reviewedSynopsis, TicketField.legResults, TicketField.outcome, TicketField.responsibility,
            TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.nextReplyAt,
            TicketField.promiseWords, TicketField.regulatorResponse, TicketField.statedPosition,
            TicketField.replyBasis, TicketField.causeClass, TicketField.correctiveAction,
        ])

    public static let close = ActForm(
        act: .close, needs: [[TicketField.satisfaction], [TicketField.responsibility], [TicketField.outcome]],
        optional: [
            TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.remedy, TicketField.compensation,
            TicketField.correctiveAction, TicketField.closeApprover, TicketField.causeClass, TicketField.nature,
            TicketField.validity, TicketField.handlingChannel,
            TicketField.linkedProblemOpen, TicketField.regulatorResponse, TicketField.links,
        ])

    /// The part of closing that the follow-up alone does (T20).
    static let followUp = ActForm(act: TicketAct(rawValue: 20), needs: [[TicketField.satisfaction]], optional: [])
}
