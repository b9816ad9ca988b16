import Platform
import SyncProtocol

/// What can be wrong with a store, apart from SQLite's own errors (`DatabaseError`).
public enum StoreError: ExplainedError, Equatable {
    /// The database was made by another program.
    case foreignFile
    /// The database was written by a newer version of this program.
    case newerSchema(found: Int, known: Int)
    /// The folder belongs to another node.
    case otherNode(expected: NodeID, found: String)
    /// The folder belongs to another bank, or the bank's name in the topology was changed.
    case otherBank(expected: String, found: String)
    /// There is no store in the folder.
    case notInitialised
    /// There is a store in the folder already.
    case alreadyInitialised
    /// A witness tells of acknowledged work, but the database is gone.
    case databaseMissing(path: String)
    /// Somebody removed or replaced a file of the running node.
    case filesReplaced(path: String)
    /// The ticket is not held here.
    case noSuchTicket
    /// An action in the database cannot be read or does not have its hash.
    case damagedAction
    /// The document changed since the caller read it.
    case changedMeanwhile
    /// An idempotency key was used before for another request.
    case keyUsedDifferently
    /// An act is larger, or has more values, than any node would take.
    case beyondLimits
    /// More acts of this node wait here than it has room for.
    case tooMuchWaits(of: String)
    /// An act of this node's own would hold what no core record may hold; nothing has happened.
    case notACode(field: FieldID?)
    /// Only head office publishes reference items.
    case notHeadOffice
    /// A published version never changes.
    case versionPublished
    /// So many readings wait for a disk that takes none that no more are shown (AU-05).
    case readLogFull

    public var code: String {
        switch self {
        case .foreignFile: "store.foreign-file"
        case .newerSchema: "store.newer-schema"
        case .otherNode: "store.other-node"
        case .otherBank: "store.other-bank"
        case .notInitialised: "store.not-initialised"
        case .alreadyInitialised: "store.already-initialised"
        case .databaseMissing: "store.database-missing"
        case .filesReplaced: "store.files-replaced"
        case .noSuchTicket: "ticket.not-found"
        case .damagedAction: "store.damaged-action"
        case .changedMeanwhile: "ticket.changed-meanwhile"
        case .keyUsedDifferently: "request.key-used-differently"
        case .beyondLimits: "ticket.act-too-large"
        case .tooMuchWaits: "store.too-much-waits"
        case .notACode: "ticket.not-a-code"
        case .notHeadOffice: "reference.not-head-office"
        case .versionPublished: "reference.version-published"
        case .readLogFull: "store.read-log-full"
        }
    }

    public var sentence: String {
        switch self {
        case .foreignFile: "The database file belongs to another program."
        case .newerSchema(let found, let known): "The database has schema \(found); this program knows up to \(known)."
        case .otherNode(let expected, let found): "The folder belongs to node \(found), not to \(expected)."
        case .otherBank(let expected, let found): "The folder belongs to the bank \(found), not to \(expected)."
        case .notInitialised: "There is no store in the data folder."
        case .alreadyInitialised: "There is a store in the data folder already."
        case .filesReplaced(let path): "\(path) was removed or replaced under the running node; it saves nothing more."
        case .databaseMissing(let path): "The witness tells of acknowledged work, but its database \(path) is gone."
        case .noSuchTicket: "There is no such ticket at this node."
        case .damagedAction: "An action in the database is damaged."
        case .changedMeanwhile: "The ticket was changed meanwhile."
        case .keyUsedDifferently: "The idempotency key was used for another request."
        case .beyondLimits: "The act is larger than nodes may exchange."
        case .tooMuchWaits(let node): "Too many acts of \(node) wait for acts that are not here."
        case .notACode(let field):
            "The act would put words or digits where only codes may stand\(field.map { " (field \($0.rawValue))" } ?? "")."
        case .notHeadOffice: "Reference items are published by head office."
        case .versionPublished: "This version was published with another content."
        case .readLogFull: "Readings cannot be recorded, so nothing more is shown."
        }
    }

    public var hint: String {
        switch self {
        case .foreignFile: "Check the data folder in the topology file."
        case .newerSchema: "Start the version of syncnode that wrote it, or a newer one."
        case .otherNode: "Check the node id and the data folder in the topology file."
        case .otherBank: "Check the topology file and the data folder in it; the bank's name must be the one of `init`."
        case .notInitialised: "Run `syncnode init` first."
        case .filesReplaced:
            "Put the file back that was there and the node goes on; or stop the node and start it on the files that are there."
        case .alreadyInitialised: "Use it as it is, or name another folder."
        case .databaseMissing:
            "Mount its disk or put it back; or restore with `syncnode init --backup FILE`. To begin with nothing, remove the "
                + "witness file: what the neighbours hold comes back."
        case .noSuchTicket: "Check the number; the ticket may not have arrived here, or may not be meant for this node."
        case .damagedAction: "Run `syncnode verify`; a neighbour's copy repairs it."
        case .changedMeanwhile: "Read it again, then repeat the change."
        case .keyUsedDifferently: "Use a new key for a new request."
        case .beyondLimits: "Divide it: fewer values or shorter texts at once."
        case .tooMuchWaits: "See `syncnode incidents`; the line goes on when what they wait for arrives."
        case .notACode: "Use a code from the list; write words into a field for words."
        case .notHeadOffice: "Run the command against the head office node."
        case .versionPublished: "Give the new content a new version."
        case .readLogFull: "Free some space on the disk; the node goes on by itself."
        }
    }
}
