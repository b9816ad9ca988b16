import SyncProtocol

/// What figures are broken down by (SA-04…SA-08, KP-01): always a code or a unit, never a person.
public enum Dimension: String, Sendable, CaseIterable {
    case channel
    case business
    case customerTier = "customer_tier"
    case symptom
    case department
    case satisfaction
    case scope
    case severity
    case kind
    case originOrg = "origin_org"
    case responsibleOrg = "responsible_org"
    case leadUnit = "lead_unit"
    case outcome
    case conclusion

    var field: FieldID {
        switch self {
        case .channel: TicketField.intakeChannel
        case .business: TicketField.businessClass
        case .customerTier: TicketField.customerTier
        case .symptom: TicketField.symptom
        case .department: TicketField.leadDepartment
        case .satisfaction: TicketField.satisfaction
        case .scope: TicketField.scope
        case .severity: TicketField.severity
        case .kind: TicketField.kind
        case .originOrg: TicketField.originOrg
        case .responsibleOrg: TicketField.responsibleOrg
        case .leadUnit: TicketField.leadLeg
        case .outcome: TicketField.outcome
        case .conclusion: TicketField.appealConclusion
        }
    }

    public var label: Bilingual { FieldTable.known(field).label }

    /// The code that a ticket has there; empty where it has none.
    public func key(of ticket: TicketView) -> String { ticket.text(field) ?? "" }

    /// The code in words.
    public func label(of key: String) -> Bilingual {
        guard !key.isEmpty else { return Bilingual("未填", "not given") }
        return FieldTable.known(field).type.enumeration?.label(of: key) ?? Bilingual(key, key)
    }

    /// The distributions that the requirements name: SA-04 (two), SA-05, SA-06, SA-07, SA-08 (three), and
    /// appeals by their conclusion (SA-03).
    public static let distributions: [[Dimension]] = [
        [.channel], [.channel, .business], [.business], [.customerTier], [.symptom], [.symptom, .kind], [.department],
        [.satisfaction], [.kind, .conclusion],
    ]
}
