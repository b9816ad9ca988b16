import SyncProtocol

/// What somebody wants to do with a ticket. Fields are given as text by their stable names.
public enum TicketCommand: Sendable {
    /// T01: a new ticket.
    case register(Registration)
    /// T02: answered and done at the place of intake.
    case answerOnSpot(fields: [String: String])
    /// T04: hands the ticket to the node above.
    case submitUp
    /// T05: back to the place of intake, with the names of the fields that are missing.
    case returnForCompletion(missing: [String])
    /// T07: to a unit below, or to the own node.
    case dispatch(to: NodeID, fields: [String: String])
    /// T08, and the acceptance of any other offer.
    case take
    /// T15: the result, back to the node that dispatched.
    case feedBack(fields: [String: String])
    /// T17 and T18: approves the result where that is still to do, and answers the customer.
    case reply(fields: [String: String])
    /// T20 and T23: the follow-up where that is still to do, and the closing.
    case close(fields: [String: String])
    /// Lets head office see more, with a code of `Enumeration.wideningReason`.
    case widen(to: Disclosure, reason: String)
    /// Changes values; for fields set once a code of `Enumeration.correctionReason` is needed (T30).
    case amend(fields: [String: String], reason: String?)
    /// Words that anybody with the whole ticket may add.
    case note(String)
    /// Chooses one value of a field that has several. Another value than those is refused unless `isNew` says that it
    /// is meant; an empty text chooses "cleared".
    case resolve(field: String, value: String, isNew: Bool = false)
    /// Takes an offer back, or asks for it.
    case recall
    /// Gives an offer back, with a code of `Enumeration.declineReason` (T09 where it was dispatched).
    case decline(reason: String)
    /// Any act of `ActCatalogue`, its parameters and fields as texts by their names.
    case perform(TicketAct, [String: String])

    /// The act that the command leads to.
    public var act: TicketAct {
        switch self {
        case .register: .register
        case .answerOnSpot: .answerOnSpot
        case .submitUp: .submitUp
        case .returnForCompletion: .returnForCompletion
        case .dispatch: .dispatch
        case .take: .take
        case .feedBack: .feedBack
        case .reply: .reply
        case .close: .close
        case .widen: .widen
        case .amend: .amend
        case .note: .note
        case .resolve: .resolve
        case .recall: .recall
        case .decline: .decline
        case .perform(let act, _): act
        }
    }

    /// The other tickets that the command names: `decide` wants to see them where this node has them.
    public var mentions: [DocumentID] {
        switch self {
        case .perform(_, let given):
            (given["into"].flatMap { DocumentID($0) }.map { [$0] } ?? []) + TicketCommand.linked(given)
        case .register(let registration): TicketCommand.linked(registration.fields)
        case .amend(let fields, _), .close(let fields), .dispatch(_, let fields): TicketCommand.linked(fields)
        default: []
        }
    }

    /// The tickets that the field `links` names.
    private static func linked(_ fields: [String: String]) -> [DocumentID] {
        CodeSet.members(fields["links"] ?? "").compactMap { TicketLink($0)?.document }
    }
}
