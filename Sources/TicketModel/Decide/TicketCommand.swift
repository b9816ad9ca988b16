import SyncProtocol

/// What somebody wants to do with a ticket: an act of the catalogue, or one of the five that are none of its acts. Fields
/// are given as text by their stable names.
public enum TicketCommand: Sendable {
    /// T01: a new ticket.
    case register(Registration)
    /// Lets head office see more, with a code of `Enumeration.wideningReason`.
    case widen(to: Disclosure, reason: String)
    /// Changes values; for fields set once a code of `Enumeration.correctionReason` is needed (T30).
    case amend(fields: [String: String], reason: String?)
    /// Words that anybody with the whole ticket may add.
    case note(String)
    /// Chooses one value of a field that has several. Another value than those is refused unless `isNew` says that it
    /// is meant; an empty text chooses "cleared".
    case resolve(field: String, value: String, isNew: Bool = false)
    /// Any act of `ActCatalogue`, its parameters and fields as texts by their names.
    case perform(TicketAct, [String: String])

    /// The act that the command leads to.
    public var act: TicketAct {
        switch self {
        case .register: .register
        case .widen: .widen
        case .amend: .amend
        case .note: .note
        case .resolve: .resolve
        case .perform(let act, _): act
        }
    }

    /// The other tickets that the command names: `decide` wants to see them where this node has them.
    public var mentions: [DocumentID] {
        switch self {
        case .perform(_, let given):
            (given["into"].flatMap { DocumentID($0) }.map { [$0] } ?? []) + TicketCommand.linked(given)
        case .register(let registration): TicketCommand.linked(registration.fields)
        case .amend(let fields, _): TicketCommand.linked(fields)
        default: []
        }
    }

    /// The tickets that the field `links` names.
    private static func linked(_ fields: [String: String]) -> [DocumentID] {
        ["links", "parent_id"].flatMap { CodeSet.members(fields[$0] ?? "") }.compactMap { TicketLink($0)?.document }
    }
}

// Acts of the catalogue that programs ask for by name, with what they take.
extension TicketCommand {
    /// T02: answered and done at the place of intake.
    public static func answerOnSpot(fields: [String: String]) -> Self { .perform(.answerOnSpot, fields) }

    /// T04: hands the ticket to the node above.
    public static let submitUp = Self.perform(.submitUp, [:])

    /// T05: back to the place of intake, with the names of the fields that are missing.
    public static func returnForCompletion(missing: [String]) -> Self {
        .perform(.returnForCompletion, ["missing": CodeSet.joined(missing)])
    }

    /// T07 and T22: to a unit below, or to the own node.
    public static func dispatch(to node: NodeID, fields: [String: String]) -> Self {
        .perform(.dispatch, fields.merging([ActParts.unit.name: node.text]) { $1 })
    }

    /// T08, and the acceptance of any other offer.
    public static let take = Self.perform(.take, [:])

    /// T15: the result, back to the node that dispatched.
    public static func feedBack(fields: [String: String]) -> Self { .perform(.feedBack, fields) }

    /// T17 and T18: approves the result where that is still to do, and answers the customer.
    public static func reply(fields: [String: String]) -> Self { .perform(.reply, fields) }

    /// T20 and T23: the follow-up where that is still to do, and the closing.
    public static func close(fields: [String: String]) -> Self { .perform(.close, fields) }

    /// Takes an offer back, or asks for it.
    public static let recall = Self.perform(.recall, [:])

    /// Gives an offer back, with a code of `Enumeration.declineReason` (T09 where it was dispatched).
    public static func decline(reason: String) -> Self { .perform(.decline, ["reason": reason]) }
}
