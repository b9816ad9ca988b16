import SyncProtocol

/// Why a ticket comes up for supervision by itself (DL-13: 关键问题、疑难问题和未按规定处理的投诉; DL-26).
public enum SupervisionCall: String, Sendable, CaseIterable {
    /// Beyond a limit or a promise, or the customer is owed an interim reply.
    case irregular
    /// Grave, or with a regulator, the press or a court looking on.
    case key
    /// Sent back, reopened, extended or declared unresolvable.
    case difficult

    public var label: Bilingual {
        switch self {
        case .irregular: Bilingual("未按规定", "irregular")
        case .key: Bilingual("关键", "key")
        case .difficult: Bilingual("疑难", "difficult")
        }
    }

    private static let keyKinds: Set<String> = ["regulator_referral", "regulator_appeal"]
    private static let keyFlags: Set<String> = ["media", "court", "mass", "systemic", "injury", "leak"]

    /// The calls of an open ticket, in the order of the cases; none for an order, which is supervision itself.
    ///
    /// - Parameter now: milliseconds since 1970 UTC.
    public static func calls(of ticket: TicketView, at now: Int64) -> [SupervisionCall] {
        guard ticket.state?.isOpen ?? true, !ticket.isOrder else { return [] }
        return allCases.filter { $0.applies(to: ticket, at: now) }
    }

    private func applies(to ticket: TicketView, at now: Int64) -> Bool {
        switch self {
        case .irregular:
            let pressing = ticket.pressing
            let isLate = pressing.earliestDue.map { $0 < now } ?? false
            return isLate || pressing.interimReplyFrom.map { $0 <= now } ?? false
        case .key:
            return ticket.text(TicketField.severity) == "major"
                || SupervisionCall.keyKinds.contains(ticket.text(TicketField.kind) ?? "")
                || !SupervisionCall.keyFlags.isDisjoint(with: ticket.codes(TicketField.flags))
        case .difficult:
            let counts = [TicketField.bounceCount, TicketField.feedbackRejections, TicketField.reopenCount]
            return counts.contains { (ticket.integer($0) ?? 0) > 0 }
                || !(ticket.fields[TicketField.extensions] ?? []).isEmpty
                || ticket.value(TicketField.unresolvableBy) != nil
        }
    }
}
