import SyncProtocol
import TicketModel

/// Which tickets a report walks over.
public enum TicketStream: Sendable {
    /// Somebody still has to act.
    case open
    /// Received from an instant on, before another (milliseconds since 1970 UTC).
    case received(from: Int64, before: Int64)
    /// Closed likewise.
    case closed(from: Int64, before: Int64)
}

extension ReplicaStore {
    /// Folds over tickets one page after the other, core fields only, in the order of time, then of the row. Each page
    /// is a snapshot of its own; a ticket that moves meanwhile may be seen twice or not at all, so whoever needs exact
    /// figures compares `currentSequence` before and after.
    ///
    /// - Parameter pageRows: tickets that are in memory at once.
    public func fold<Result>(
        _ stream: TicketStream, pageRows: Int = 1000, into initial: Result,
        _ step: (inout Result, TicketView) throws -> Void
    ) throws -> Result {
        precondition(pageRows > 0)
        var result = initial
        var place: StreamPlace? = StreamPlace(stream)
        while let from = place {
            let page = try read { connection in try from.page(of: stream, rows: pageRows, connection) }
            for row in page.rows { try step(&result, try view(row)) }
            place = page.next
        }
        return result
    }

    /// The same for tickets by their ids; those that are not here are passed over.
    public func fold<Result>(
        _ documents: [DocumentID], into initial: Result, _ step: (inout Result, TicketView) throws -> Void
    ) throws -> Result {
        var result = initial
        for id in documents {
            let state = try read { connection in
                try DocumentRows.load(id, connection).flatMap { $0.isStaged ? nil : $0.state }
            }
            guard let state, state.core.value(TicketField.ticketNo) != nil else { continue }
            try step(&result, TicketView(id, state, context, isSuspended: false, isServed: { _ in true }))
        }
        return result
    }

    private func view(_ row: StreamRow) throws -> TicketView {
        let state = try DocumentState(core: row.core, casework: nil, personal: nil)
        return TicketView(row.id, state, context, isSuspended: false, isServed: { _ in true })
    }
}

/// A ticket's core as the table holds it.
private struct StreamRow: Sendable {
    let id: DocumentID
    let core: [UInt8]
}

/// Where a page begins: after this row, in the order of the stream.
private struct StreamPlace: Sendable {
    var key: Int64 = 0
    var instant: Int64 = .min

    init(_ stream: TicketStream) {
        switch stream {
        case .open: break
        case .received(let from, _), .closed(let from, _): instant = from
        }
    }

    /// Reads a page and returns where the next one begins; nil after the last.
    func page(
        of stream: TicketStream, rows: Int, _ connection: Connection
    ) throws -> (rows: [StreamRow], next: StreamPlace?) {
        let statement: Statement
        switch stream {
        case .open:
            statement = try connection.cached(
                text: """
                    SELECT key, space, number, core, 0 FROM documents INDEXED BY documents_open
                    WHERE is_open = 1 AND ticket_no IS NOT NULL AND is_staged = 0 AND key > ?
                    ORDER BY key LIMIT \(rows)
                    """)
            try statement.bind(key)
        case .received(_, let before):
            statement = try connection.cached(
                text: """
                    SELECT key, space, number, core, received_at FROM documents
                    WHERE ticket_no IS NOT NULL AND is_staged = 0 AND (received_at, key) > (?, ?) AND received_at < ?
                    ORDER BY received_at, key LIMIT \(rows)
                    """)
            try statement.bind(instant, key, before)
        case .closed(_, let before):
            statement = try connection.cached(
                text: """
                    SELECT key, space, number, core, closed_at FROM documents
                    WHERE closed_at IS NOT NULL AND is_staged = 0 AND (closed_at, key) > (?, ?) AND closed_at < ?
                    ORDER BY closed_at, key LIMIT \(rows)
                    """)
            try statement.bind(instant, key, before)
        }
        defer { statement.reset() }
        var next = self
        var found: [StreamRow] = []
        while try statement.step() {
            let row = statement.row
            next.key = row.int64(0)
            next.instant = row.int64(4)
            found.append(
                StreamRow(id: DocumentID(space: row.uint64(1), number: row.uint64(2)), core: row.bytes(3) ?? []))
        }
        return (found, found.count < rows ? nil : next)
    }
}
