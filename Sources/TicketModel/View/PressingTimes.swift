import SyncProtocol

/// What presses on a ticket, and when: ends of the bank's own clocks, promises to the customer, and the interim reply that
/// the customer is owed. From core fields alone, so that every tier has the same.
public struct PressingTimes {
    private let clocks: TicketClocks?
    private let value: (FieldID) -> Value?
    private let members: (FieldID) -> [Value]

    /// - Parameter clocks: nil for a ticket that has none.
    public init(
        clocks: TicketClocks?, value: @escaping (FieldID) -> Value?, members: @escaping (FieldID) -> [Value]
    ) {
        self.clocks = clocks
        self.value = value
        self.members = members
    }

    /// The fields beside the clocks that it is told from.
    public static let fields: [FieldID] = [
        TicketField.state, TicketField.kind, TicketField.promises, TicketField.promiseVerdicts, TicketField.repliedAt,
        TicketField.promisedReplyAt, TicketField.nextReplyAt, TicketField.registeredAt,
    ]

    /// The next end of a clock or promise; what lists sort by beside the priority.
    public var earliestDue: Int64? {
        [clocks?.earliestDue, openPromises.map(\.due).min()].compactMap { $0 }.min()
    }

    /// From when on the ticket is on the list of warnings.
    public var earliestWarning: Int64? {
        [clocks?.earliestWarning, openPromises.map(\.warnAt).min()].compactMap { $0 }.min()
    }

    /// From when on the customer is owed an interim reply (EX-06): nine tenths of the time for the answer, or of what was
    /// promised, are gone and there is no answer. It ends with the answer, and rests until the next reply that an interim
    /// one has named (RF-17). nil where none is owed.
    public var interimReplyFrom: Int64? {
        guard isOpen, value(TicketField.repliedAt) == nil, !isOrder else { return nil }
        var moments =
            clocks?.running.filter { $0.boundsAnswer && $0.pausedSince == nil }
            .compactMap(\.nearItsEnd) ?? []
        if let promised = instant(TicketField.promisedReplyAt) {
            let begin = min(instant(TicketField.registeredAt) ?? promised, promised)
            moments.append(begin + Reckoner.nineTenths(of: promised - begin))
        }
        guard let moment = moments.min() else { return nil }
        return max(moment, instant(TicketField.nextReplyAt) ?? moment)
    }

    private var openPromises: [TicketView.Promise] {
        guard isOpen else { return [] }
        return TicketView.Promise.all(members).filter { $0.verdict == nil }
    }

    private var isOpen: Bool { text(TicketField.state).flatMap(TicketState.init(rawValue:))?.isOpen ?? true }

    private var isOrder: Bool { Registration.orderKinds.contains(text(TicketField.kind) ?? "") }

    private func instant(_ field: FieldID) -> Int64? {
        if case .integer(let number)? = value(field) { FieldTable.bounded(number, field) } else { nil }
    }

    private func text(_ field: FieldID) -> String? {
        if case .text(let text)? = value(field) { text } else { nil }
    }
}

extension TicketView {
    /// What presses on it.
    public var pressing: PressingTimes {
        PressingTimes(clocks: TicketClocks(of: self), value: value, members: { fields[$0] ?? [] })
    }
}

extension Clock {
    /// Nine tenths of it are gone, whether its pack warns anybody or not.
    fileprivate var nearItsEnd: Int64? {
        times.known.map { $0.warn ?? startedAt + Reckoner.nineTenths(of: max(0, $0.due - startedAt)) }
    }

    /// True for a time in which the customer is to have the answer, on the spot or later.
    var boundsAnswer: Bool {
        key.leg == 0 && !isWindow && stops.contains(.transition("T02")) && stops.contains(.transition("T18"))
    }
}
