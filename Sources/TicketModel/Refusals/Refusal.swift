/// Why an act was refused: a stable code, the rule, a sentence, a next step, and who may. Carries no value of a field.
public struct Refusal: Error, Hashable, Sendable {
    public let code: RefusalCode
    /// The transition (`T07`) or guard (`G-major-at-branch`) that refused.
    public let rule: String
    public let sentence: Bilingual
    public let hint: Bilingual
    /// The roles that may do it, as codes; empty where it is not a matter of the role.
    public let whoMay: [String]
    /// What is wrong with single fields, in the order of the field table; only with `invalidFields`.
    public let problems: [FieldProblem]

    init(
        _ code: RefusalCode, rule: String, _ sentence: Bilingual, hint: Bilingual, whoMay: [String] = [],
        problems: [FieldProblem] = []
    ) {
        self.code = code
        self.rule = rule
        self.sentence = sentence
        self.hint = hint
        self.whoMay = whoMay
        self.problems = problems
    }
}

/// The stable codes of refusals.
public enum RefusalCode: String, Sendable, CaseIterable {
    case invalidFields = "invalid_fields"
    case noSuchTicket = "no_such_ticket"
    case alreadyRegistered = "already_registered"
    case unknownActor = "unknown_actor"
    case wrongState = "wrong_state"
    case wrongRole = "wrong_role"
    case wrongTier = "wrong_tier"
    case notCustodian = "not_custodian"
    case inTransit = "in_transit"
    case custodySuspended = "custody_suspended"
    case noOffer = "no_offer"
    case noTierAbove = "no_tier_above"
    case unknownUnit = "unknown_unit"
    case recused
    case samePerson = "same_person"
    case majorAtBranch = "major_at_branch"
    case nothingToChange = "nothing_to_change"
    case noConflict = "no_conflict"
    case partNotHere = "part_not_here"
    case alreadyWidened = "already_widened"
    case unknownReason = "unknown_reason"
    case unknownAct = "unknown_act"
    case unknownRequest = "unknown_request"
    case notApproved = "not_approved"
    case notPossible = "not_possible"
    case safeguard = "safeguard"
    case overAuthority = "over_authority"
    case sealed
    case legsOpen = "legs_open"
}
