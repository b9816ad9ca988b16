import SyncProtocol
import TicketModel
import TicketStore

/// Opening a ticket to head office as the ticket model does it: the level, and an entry that says who opened it and why.
public enum Widening {
    public static func operations(to level: Disclosure, at store: ReplicaStore) -> [SyncProtocol.Operation] {
        let opened = level == .full ? "full" : "casework"
        let entry = "needs_head_office@\(opened)@lead@\(store.node)@\(store.wallMilliseconds())@-"
        return [.widen(level), .add(TicketField.widenings, .text(entry))]
    }
}
