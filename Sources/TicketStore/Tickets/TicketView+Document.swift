import SyncProtocol
import TicketModel

extension TicketView {
    /// A folded document as the rules look at it.
    init(
        _ id: DocumentID, _ state: DocumentState, _ context: StoreContext, isSuspended: Bool,
        isServed: (Dot) throws -> Bool
    ) rethrows {
        let lead = state.lead
        let offer = try lead?.offers.first.map { offer in
            PendingOffer(
                dot: offer.dot, from: lead?.holder ?? context.node, to: offer.to, isServed: try isServed(offer.dot),
                isRecallRequested: offer.recallRequested)
        }
        self.init(
            document: id, disclosure: state.audience.disclosure(to: context.node, in: context.hierarchy),
            headOfficeDisclosure: state.audience.disclosure(to: context.hierarchy.headOffice, in: context.hierarchy),
            home: state.home, fields: TicketView.fields(of: state), custodian: lead?.holder,
            custodyVersion: lead?.version,
            pendingOffer: offer, isSuspended: isSuspended)
        try takeOver(state, isServed: isServed)
    }

    private static func fields(of state: DocumentState) -> [FieldID: [Value]] {
        var fields: [FieldID: [Value]] = [:]
        for part in [state.core, state.casework, state.personal] {
            for entry in part.regulated { fields[entry.field] = [entry.value] }
            for entry in part.registers where fields[entry.field] == nil {
                fields[entry.field] = part.siblings(entry.field).map(\.value)
            }
            for entry in part.sets { fields[entry.field, default: []].append(entry.value) }
        }
        return fields
    }
}
