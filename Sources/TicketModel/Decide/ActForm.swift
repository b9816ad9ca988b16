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
        ])

    public static let dispatch = ActForm(
        act: .dispatch,
        needs: [
            [TicketField.nature], [TicketField.causeClass], [TicketField.handlingChannel], [TicketField.validity],
            [TicketField.scope], [TicketField.severity], [TicketField.customerTier],
        ],
        optional: [
            TicketField.kind, TicketField.priorityFactors, TicketField.flags, TicketField.symptom,
            TicketField.businessClass, TicketField.maliciousKind, TicketField.acceptance, TicketField.promisedReplyAt,
        ])

    public static let feedBack = ActForm(
        act: .feedBack,
        needs: [
            [TicketField.legText], [TicketField.proposedSolution, TicketField.explanationTextID],
            [TicketField.causeClass], [TicketField.responsibility],
        ],
        optional: [
            TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.outcome, TicketField.remedy,
            TicketField.amountInvolved, TicketField.compensation, TicketField.solutionConsent, TicketField.evidence,
            TicketField.evidenceList, TicketField.nature, TicketField.validity,
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
            TicketField.promiseWords,
        ])

    public static let close = ActForm(
        act: .close, needs: [[TicketField.satisfaction], [TicketField.responsibility], [TicketField.outcome]],
        optional: [
            TicketField.responsibleOrg, TicketField.responsibleStage, TicketField.remedy, TicketField.compensation,
            TicketField.correctiveAction, TicketField.closeApprover, TicketField.causeClass, TicketField.nature,
            TicketField.validity, TicketField.handlingChannel,
        ])

    /// The part of closing that the follow-up alone does (T20).
    static let followUp = ActForm(act: TicketAct(rawValue: 20), needs: [[TicketField.satisfaction]], optional: [])

    public static let all: [ActForm] = [answerOnSpot, dispatch, feedBack, reply, close]
}
