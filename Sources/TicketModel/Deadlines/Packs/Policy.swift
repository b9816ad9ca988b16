import SyncProtocol

/// One rule about time: which tickets, from when to when, how long, and who hears of it.
public struct Policy: Hashable, Sendable {
    public let id: String
    public let name: Bilingual
    /// Rules of one family never run side by side on a leg: another level of the ticket picks another member.
    public let family: String
    /// The stage that the time is booked to (`Enumeration.stage`); nil for a total.
    public let stage: String?
    public let applies: PolicyCondition
    /// The first that fires starts the clock.
    public let starts: [ClockTrigger]
    /// The field that holds the instant to count from; nil counts from the starting act.
    public let startsFrom: FieldID?
    public let stops: [ClockTrigger]
    public let limit: ClockLimit
    /// A warning at 9/10 of the limit, in integers: elapsed × 10 ≥ limit × 9.
    public let warns: Bool
    /// Who is warned: codes of `ClockRecipient`.
    public let warned: [String]
    /// Who is told at breach, in this order.
    public let ladder: [String]
    /// Rising maximums, each with its reasons and approvers.
    public let extensions: [ExtensionRule]
    public let pauses: [PauseRule]
    public let atBreach: BreachEffect?
    /// The family inside whose running clock this one must end (an assisting unit's time ends within the lead's).
    public let inside: String?
    /// A time that somebody else has, such as the customer's time to appeal: it lapses and nobody is late.
    public let isWindow: Bool
    public let sureness: Sureness
    /// Requirement ids, article, paper.
    public let source: String
    public let note: Bilingual?

    public init(
        id: String, name: Bilingual, family: String? = nil, stage: String? = nil, applies: PolicyCondition = .always,
        starts: [ClockTrigger], startsFrom: FieldID? = nil, stops: [ClockTrigger], limit: ClockLimit,
        warns: Bool = true, warned: [String] = [], ladder: [String] = [], extensions: [ExtensionRule] = [],
        pauses: [PauseRule] = [], atBreach: BreachEffect? = nil, inside: String? = nil, isWindow: Bool = false,
        sureness: Sureness, source: String, note: Bilingual? = nil
    ) {
        self.id = id
        self.name = name
        self.family = family ?? id
        self.stage = stage
        self.applies = applies
        self.starts = starts
        self.startsFrom = startsFrom
        self.stops = stops
        self.limit = limit
        self.warns = warns
        self.warned = warned
        self.ladder = ladder
        self.extensions = extensions
        self.pauses = pauses
        self.atBreach = atBreach
        self.inside = inside
        self.isWindow = isWindow
        self.sureness = sureness
        self.source = source
        self.note = note
    }

    func pause(_ reason: String) -> PauseRule? { pauses.first { $0.reason == reason } }
}

/// How far a clock may be extended, why, and by whom. The maximum counts from the clock's own start. That the customer is
/// told the new time and the reason (EX-03) holds for each and is no matter of a pack.
public struct ExtensionRule: Hashable, Sendable {
    public let id: String
    /// In the unit of the policy's limit.
    public let amountMax: Int64
    /// Codes of `Enumeration.extensionReason`.
    public let reasons: [String]
    /// Roles that may approve.
    public let approvers: [String]
    public let sureness: Sureness

    public init(
        id: String, amountMax: Int64, reasons: [String], approvers: [String], sureness: Sureness
    ) {
        self.id = id
        self.amountMax = amountMax
        self.reasons = reasons
        self.approvers = approvers
        self.sureness = sureness
    }
}

/// A reason for which the clock may rest (`Enumeration.pauseReason`).
public struct PauseRule: Hashable, Sendable {
    public let reason: String
    public let sureness: Sureness

    public init(reason: String, sureness: Sureness) {
        self.reason = reason
        self.sureness = sureness
    }
}

/// What happens to the ticket by itself at breach, such as `severity` becoming `major` after a month (CL-13).
public struct BreachEffect: Hashable, Sendable {
    public let field: FieldID
    public let code: String

    public init(field: FieldID, code: String) {
        self.field = field
        self.code = code
    }
}

/// Who can be warned or told: a role, or whoever the ticket itself names.
public enum ClockRecipient {
    /// Recipients that are read from a field of the ticket.
    static let fields: [String: FieldID] = [
        "recorder": TicketField.recorder, "handler": TicketField.handler,
        "first_contact_person": TicketField.firstContactPerson,
    ]

    public static func isKnown(_ code: String) -> Bool { fields[code] != nil || Enumeration.role.contains(code) }

    /// The field that names the post; nil where the code is a role.
    public static func field(of code: String) -> FieldID? { fields[code] }

    public static func label(of code: String) -> Bilingual {
        guard let field = fields[code], let definition = FieldTable.definition(field) else {
            return Enumeration.role.label(of: code)
        }
        return definition.label
    }
}
