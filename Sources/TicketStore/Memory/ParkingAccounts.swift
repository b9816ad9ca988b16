import SyncProtocol

/// How much waits here for what is not here yet, by the node that wrote it: one of them cannot take the room of others.
struct ParkingAccounts {
    struct Account {
        var bytes = 0
        /// Acts by document.
        var documents: [DocumentID: Int] = [:]
        var acts = 0
    }

    private(set) var accounts: [String: Account] = [:]

    /// True where one more act of this size may wait.
    func hasRoom(for document: DocumentID, bytes: Int, of account: String) -> Bool {
        guard let held = accounts[account] else { return true }
        return held.acts < Limits.parkedPerNodeMax && held.bytes + bytes <= Limits.parkedBytesPerNodeMax
            && held.documents[document, default: 0] < Limits.parkedPerDocumentMax
            && (held.documents[document] != nil || held.documents.count < Limits.parkedDocumentsPerNodeMax)
    }

    mutating func add(_ document: DocumentID, bytes: Int, to account: String) {
        accounts[account, default: Account()].bytes += bytes
        accounts[account, default: Account()].acts += 1
        accounts[account, default: Account()].documents[document, default: 0] += 1
    }

    mutating func remove(_ document: DocumentID, bytes: Int, from account: String) {
        guard var held = accounts[account], let count = held.documents[document] else { return }
        held.bytes -= bytes
        held.acts -= 1
        held.documents[document] = count > 1 ? count - 1 : nil
        accounts[account] = held.acts > 0 ? held : nil
    }
}
