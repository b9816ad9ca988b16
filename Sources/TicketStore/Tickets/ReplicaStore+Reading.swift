import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// Writes into the ticket that somebody read it or was refused to; a repetition within minutes changes nothing.
    ///
    /// - Throws: as an act.
    public func noteRead(of id: DocumentID, post: String, reason: String) throws {
        try write { transaction in
            let attempt = ReadAttempt(
                post: post, node: transaction.context.node, at: transaction.now, reason: reason)
            guard attempt.isNews(try transaction.document(id).state.core) else { return }
            _ = try transaction.author(
                Draft(document: id, kind: attempt.act, post: post, core: [attempt.operation]))
        }
    }

    /// As `noteRead`, of an attempt that is refused whether or not it could be written down: another answer while the disk is
    /// full would tell that the ticket is here. The observer hears of an error from `write`, and whoever asked does not.
    public func noteRefusedRead(of id: DocumentID, post: String, reason: String) {
        _ = Result { try noteRead(of: id, post: post, reason: reason) }
    }

    /// Of what a search found, what people here may read in full: at head office nothing whose time is over, so that
    /// words cannot be guessed at.
    public func readable(_ keys: [Int64]) throws -> [Int64] {
        guard context.tier == .headOffice else { return keys }
        let now = wallMilliseconds()
        return try read { [context] connection in
            try keys.filter { key in
                guard let document = try DocumentRows.load(key: key, connection) else { return false }
                let view = TicketView(document.id, document.state, context, isSuspended: false, isServed: { _ in true })
                return view.reading(ofHeadOffice: context.node, at: now) >= view.disclosure
            }
        }
    }

    /// The number of a ticket; nil where it is not here.
    public func number(of id: DocumentID) throws -> String? {
        try read { connection in
            guard
                case .text(let number)? = try DocumentRows.load(id, connection)?.state.core.value(TicketField.ticketNo)
            else { return nil }
            return number
        }
    }
}
