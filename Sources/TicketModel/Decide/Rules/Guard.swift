/// The guards of the workflow: conditions beside state, role and tier. The raw value is the rule that refusals name.
public enum Guard: String, Sendable, CaseIterable {
    /// The handler is not the person complained about (RO-15, AU-03).
    case recusal = "G-recusal"
    /// Who is complained about is changed by two, neither of them that person (RO-15).
    case recusalLift = "G-recusal-lift"
    /// A misconduct case never reaches the unit that it is sealed from (R03).
    case sealed = "G-sealed"
    /// The follow-up agent is not the handler.
    case followUpNotHandler = "G-follow-up-not-handler"
    /// Who approves feedback is not who worked on it (T17).
    case approverNotHandler = "T17"
    /// Who approves is not who asked.
    case approverNotRequester = "G-approver-not-requester"
    /// What needs two persons has two.
    case secondPerson = "G-second-person"
    /// A major ticket never closes at a branch (ST-17).
    case majorAtBranch = "G-major-at-branch"
    /// The lead feeds back only when no assist leg is open (T15).
    case assistsClosed = "G-assists-closed"
    /// A unit bounces a ticket once; then the dispatcher's word is final (T09).
    case bounceOnce = "G-bounce-once"
    /// A further round has another handler (T22).
    case otherHandler = "G-other-handler"
    /// What was asked for was approved by the one who may.
    case approved = "G-approved"
    /// Kinds change only along the table of conversions (CL-16).
    case conversion = "G-conversion"
    /// Malicious only with kind, ground and a second person (DM-01…DM-05).
    case malicious = "G-malicious"
    /// Each appeal conclusion shows what it rests on (AP-14…AP-17).
    case conclusion = "G-conclusion"
    /// An appeal ends with a conclusion and its reports (AP-11, AP-13, EC-08).
    case reported = "G-reported"
    /// The hops of a report follow each other (AP-11).
    case reportOrder = "G-report-order"
    /// Compensation within the authority of the post (RO-09…RO-12).
    case authority = "G-authority"
    /// No automatic notice before the contact is verified (AU-11).
    case verifiedContact = "G-verified-contact"
    /// In a cross-province pair the home province replies (XP-02).
    case homeReplies = "G-home-replies"
    /// The earliest complaint survives a merge (T28).
    case mergeEarliest = "G-merge-earliest"
    /// The lowest tier that sees both merges (T28).
    case mergeTier = "G-merge-tier"
    /// No linked problem is left without a ticket (ST-15, ST-16).
    case linkedProblem = "G-linked-problem"
    /// No promise to the customer is left open (RF-20).
    case promises = "G-promises"
    /// Without an answer, three failed calls on three days (T20).
    case attempts = "G-attempts"
    /// Unresolvable cases are approved in their quarter's round (ST-19).
    case quarter = "G-quarter"
    /// The archive set is complete (AU-06).
    case archiveComplete = "G-archive-complete"
    /// A promise is moved before it is due, and forward (EX-02).
    case extensionInTime = "G-extension-in-time"
    /// The packs of the ticket's clocks permit the extension, and the approver may grant it (EX-04, DL-15, DL-22, DL-23).
    case extensionPermitted = "G-extension-permitted"
    /// Some clock of the ticket may rest for the reason (model §2.6).
    case pausePermitted = "G-pause-permitted"
    /// The post exists and holds the role (RO-16).
    case seat = "G-seat"
    /// Nobody acts for a post but its deputy while it is empty.
    case deputy = "G-deputy"
    /// Nobody works on complaints untrained (RO-19).
    case training = "G-training"
    /// Another department's work order is not one's own.
    case department = "G-department"
    /// An appeal follows a ticket that has ended (T29).
    case appealAfterEnd = "G-appeal-after-end"
    /// Who re-examines did not handle it before (RO-18).
    case independent = "G-independent"
}

extension Guard {
    var refusal: Refusal { Refusals.broken(self) }
}
