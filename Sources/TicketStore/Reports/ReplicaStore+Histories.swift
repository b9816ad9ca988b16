import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// Folds over tickets received in a stretch of time with their acts, oldest first, bodies left out. Acts that count
    /// for nothing (overruled, voided) are left out as well.
    public func foldHistories<Result>(
        receivedFrom from: Int64, before: Int64, into initial: Result,
        _ step: (inout Result, TicketView, [CoreRecord]) throws -> Void
    ) throws -> Result {
        try fold(.received(from: from, before: before), into: initial) { result, ticket in
            guard let id = ticket.document else { return }
            let found = try read { connection in
                try DocumentRows.load(id, connection).map {
                    ($0.state, try ReplicaStore.records(from: $0.lastAction, connection))
                }
            }
            guard let (state, records) = found else { return }
            let ignored = Set(state.overruled + state.voided)
            try step(&result, ticket, records.filter { !ignored.contains($0.dot) })
        }
    }

    /// The core records of a document, oldest first.
    private static func records(from last: Int64, _ connection: Connection) throws -> [CoreRecord] {
        var records: [CoreRecord] = []
        var key = last
        while key > 0 {
            let found = try connection.cached("SELECT before, hash, record FROM actions WHERE key = ?").first(key) {
                row in
                (row.int64(0), try SealedRecord(stored: row.bytes(2) ?? [], hash: row.digest(1)).record)
            }
            guard let found else { throw StoreError.damagedAction }
            records.append(found.1)
            key = found.0
        }
        return records.reversed()
    }
}
