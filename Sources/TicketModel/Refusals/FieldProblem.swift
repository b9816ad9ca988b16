/// What is wrong with the value of one field: names the field, the rule and the next step; never carries the value.
public struct FieldProblem: Error, Hashable, Sendable {
    /// The field's stable name; for an unknown field the name as given where it is a well-formed code, else `?`.
    public let field: String
    public let rule: FieldRule
    /// The source rule (`TM-05`) or model section behind it, where there is one.
    public let source: String?
    public let sentence: Bilingual
    public let hint: Bilingual

    /// A value that cannot stand under a name.
    init(_ name: String, _ label: Bilingual, _ problem: ValueProblem) {
        self.init(
            name, problem.rule,
            sentence: Bilingual(
                label.chinese + problem.sentence.chinese, label.english + " " + problem.sentence.english),
            hint: problem.hint)
    }

    init(_ field: String, _ rule: FieldRule, source: String? = nil, sentence: Bilingual, hint: Bilingual) {
        self.field = field
        self.rule = rule
        self.source = source
        self.sentence = sentence
        self.hint = hint
    }
}

/// The rules that a value can break; the raw value is the stable code.
public enum FieldRule: String, Sendable, CaseIterable {
    case unknownField = "unknown_field"
    case notEnterable = "not_enterable"
    case missing
    case tooLong = "too_long"
    case tooMany = "too_many"
    case notInList = "not_in_list"
    case notACode = "not_a_code"
    case notANumber = "not_a_number"
    case outOfRange = "out_of_range"
    case notAnInstant = "not_an_instant"
    case notADate = "not_a_date"
    case notAnAmount = "not_an_amount"
    case notAFlag = "not_a_flag"
    case notANode = "not_a_node"
    case notAnOrg = "not_an_org"
    case notAPost = "not_a_post"
    case notALink = "not_a_link"
    case notANumberOfATicket = "not_a_ticket_number"
    case notAPhone = "not_a_phone"
    case notAToken = "not_a_token"
    case notADigest = "not_a_digest"
    case notAnEmail = "not_an_email"
    case notAnIdentityNumber = "not_an_identity_number"
    case longNumber = "long_number"
    case unknownPost = "unknown_post"
    case unknownDepartment = "unknown_department"
    case unknownOrg = "unknown_org"
    case unknownNode = "unknown_node"
    case lineBreak = "line_break"
    case controlCharacter = "control_character"
    case blank
    case credential
    case mandatory
    case inFuture = "in_future"
    case contradiction
}
