import SyncProtocol

/// A completeness rule of registration, with the requirement behind it.
struct RegistrationRule: Sendable {
    /// The requirement's id.
    let source: String
    private let check: @Sendable (Draft, String) -> [FieldProblem]

    func problems(_ draft: Draft) -> [FieldProblem] { check(draft, source) }

    static let all: [RegistrationRule] = [
        // What, who, when, where: the mandatory four of the "5W" record.
        RegistrationRule(source: "TM-05") { draft, source in
            let four = [TicketField.what, TicketField.whoInvolved, TicketField.whenHappened, TicketField.whereHappened]
            return four.filter { draft.value($0) == nil }.map { .mandatory(FieldTable.known($0), source: source) }
        },
        RegistrationRule(source: "TM-07", missing(TicketField.demand)),
        RegistrationRule(source: "TM-09", missing(TicketField.symptom)),
        RegistrationRule(source: "CL-01", missing(TicketField.businessClass)),
        RegistrationRule(source: "IN-01", missing(TicketField.intakeChannel)),
        // Every other mandatory field; most have defaults.
        RegistrationRule(source: "TM-09") { draft, source in
            FieldTable.mandatory.filter { draft.value($0.id) == nil }.map { .mandatory($0, source: source) }
        },
        // A complainant, or the mark that there is none.
        RegistrationRule(source: "TM-08") { draft, source in
            let ways = [
                TicketField.complainantName, TicketField.complainantPhone, TicketField.complainantIDNumber,
                TicketField.complainantAccount, TicketField.complainantEmail, TicketField.complainantID,
            ]
            guard !draft.isAnonymous, ways.allSatisfy({ draft.value($0) == nil }) else { return [] }
            let name = FieldTable.known(ways[0])
            return [
                FieldProblem(
                    name.name, .mandatory, source: source,
                    sentence: Bilingual("缺少投诉人", "the complainant is missing"),
                    hint: Bilingual(
                        "填写姓名、电话、证件号、账号或邮箱之一;匿名投诉请在标记中注明 anonymous",
                        "give a name, phone, identity number, account or e-mail, or the flag anonymous"))
            ]
        },
        // Who is named is not anonymous; a phone or an address may be left without a name.
        RegistrationRule(source: "TM-08") { draft, source in
            let names = [TicketField.complainantName, TicketField.complainantIDNumber]
            guard draft.isAnonymous else { return [] }
            return names.filter { draft.value($0) != nil }.map { field in
                .contradiction(
                    FieldTable.known(field), source,
                    Bilingual("匿名投诉不填此项", "an anonymous complaint names nobody"),
                    hint: Bilingual("去掉此项,或去掉标记 anonymous", "leave it out, or leave out the flag anonymous"))
            }
        },
        // Face to face: a recording, or the customer's signature.
        RegistrationRule(source: "IN-06") { draft, source in
            let isFaceToFace = ["counter", "lobby", "account_manager", "visit"].contains(
                draft.text(TicketField.intakeChannel))
            guard isFaceToFace, !draft.isAnonymous else { return [] }
            guard draft.value(TicketField.recordingID) == nil, draft.value(TicketField.signatureID) == nil else {
                return []
            }
            let signature = FieldTable.known(TicketField.signatureID)
            return [.mandatory(signature, alternatives: [FieldTable.known(TicketField.recordingID)], source: source)]
        },
        RegistrationRule(source: "DL-04") { draft, _ in draft.timeProblems() },
    ]

    /// What an order inside the bank needs: the tickets that it is about, and for supervision a time to answer by.
    static let orders: [RegistrationRule] = [
        RegistrationRule(source: "DL-12") { draft, source in
            guard draft.newMembers(TicketField.links).isEmpty else { return [] }
            return [.mandatory(FieldTable.known(TicketField.links), source: source)]
        },
        RegistrationRule(source: "DL-11") { draft, source in
            guard draft.text(TicketField.kind) == "supervision", draft.value(TicketField.answerBy) == nil else {
                return []
            }
            return [.mandatory(FieldTable.known(TicketField.answerBy), source: source)]
        },
        RegistrationRule(source: "DL-04") { draft, _ in draft.timeProblems() },
    ]

    private init(source: String, _ check: @escaping @Sendable (Draft, String) -> [FieldProblem]) {
        self.source = source
        self.check = check
    }

    private static func missing(_ field: FieldID) -> @Sendable (Draft, String) -> [FieldProblem] {
        { draft, source in draft.value(field) == nil ? [.mandatory(FieldTable.known(field), source: source)] : [] }
    }
}

extension Draft {
    /// How far a typed time may lie ahead of this machine's clock, which may itself be slow.
    private static let futureMillisecondsMax: Int64 = 24 * 3_600_000

    var isAnonymous: Bool { codes(TicketField.flags).contains("anonymous") }

    /// A time of receipt beyond tomorrow is a slip of the finger. One that is recorded already is left alone: this
    /// machine's clock may have been set back since.
    func timeProblems() -> [FieldProblem] {
        guard case .integer(let received)? = newValue(TicketField.receivedAt),
            received > at + Draft.futureMillisecondsMax
        else { return [] }
        return [.inFuture(FieldTable.known(TicketField.receivedAt))]
    }
}
