import Platform

/// Where the last acknowledged action is written down, outside the database: rule R4.
///
/// The order is: the database's WAL is synced, then the witness, then the caller is answered. At the next start a
/// database that lacks the witnessed action has lost acknowledged work; one that has more is normal.
public protocol Witness: Sendable {
    /// Makes the record durable. Records come in the order of their commits.
    ///
    /// Throws `WitnessError.syncFailed` when it cannot be known what is on the disk: the witness then refuses every
    /// further record until it is opened anew. After any other error the next record may be tried.
    func write(_ record: WitnessRecord) throws
}

/// What can be wrong with a witness file.
public enum WitnessError: ExplainedError, Equatable {
    /// Neither slot can be read: torn twice, overwritten, or another kind of file.
    case unreadable(path: String)
    /// The file is not there, but its database is.
    case missing(path: String)
    /// A sync failed: what the disk holds is unknown.
    case syncFailed(FileError)

    public var code: String {
        switch self {
        case .unreadable: "store.witness-unreadable"
        case .missing: "store.witness-missing"
        case .syncFailed: "store.witness-sync-failed"
        }
    }

    public var sentence: String {
        switch self {
        case .unreadable(let path):
            "The witness file \(path) is damaged, so it cannot be told whether acknowledged work was lost."
        case .missing(let path):
            "The witness file \(path) is missing, so it cannot be told whether acknowledged work was lost."
        case .syncFailed(let error):
            "The witness file could not be made durable, so nothing more is acknowledged. \(error.sentence)"
        }
    }

    public var hint: String {
        switch self {
        case .unreadable, .missing:
            "Put the witness back. Where it is gone, move tickets.sqlite and its -wal file to another folder, remove the "
                + "witness, and restore with `syncnode init --backup FILE`: what the neighbours hold comes back."
        case .syncFailed: ResultCode.ioErrorSync.hint
        }
    }
}

/// A witness in memory, for simulated nodes; it survives what the simulator wants it to survive.
public final class MemoryWitness: Witness {
    private let state: Locked<WitnessRecord?>

    public init(_ record: WitnessRecord? = nil) { state = Locked(record) }

    public var record: WitnessRecord? { state.withLock { $0 } }

    public func write(_ record: WitnessRecord) { state.withLock { $0 = record } }
}
