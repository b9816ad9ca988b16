import Platform
import SyncProtocol
import TicketStore

// What a node says of itself. The names are stable; docs/operations.md lists them.
extension LogEvent {
    // MARK: The process

    static func started(at listen: ListenAddresses) -> LogEvent {
        LogEvent(.info, "node-started", "The node takes work.").with("url", listen.people.url)
            .with("nodes", listen.nodes.url).with("operation", listen.operation.url)
            .with("version", ProgramVersion.text)
            .with("sqlite", sqliteVersion)
    }

    static var stopping: LogEvent {
        LogEvent(.info, "node-stopping", "What is in flight finishes; nothing new begins.")
    }

    static func stopped(milliseconds: Int64) -> LogEvent {
        LogEvent(.info, "node-stopped", "The node has stopped; nothing acknowledged is lost.")
            .with("milliseconds", milliseconds)
    }

    static func refusedStart(_ error: any ExplainedError) -> LogEvent {
        LogEvent(.error, "start-refused", error.sentence).with(error)
    }

    static func clockJumped(milliseconds: Int64) -> LogEvent {
        LogEvent(.warning, "clock-jumped", "The machine's clock was set, or the machine was asleep.")
            .with("milliseconds", milliseconds)
            .with("hint", "Nothing is lost. Restart the node if this machine was resumed from a snapshot.")
    }

    // MARK: Lines

    static func lineUp(_ peer: NodeID) -> LogEvent {
        LogEvent(.info, "line-up", "The line is up and drained.").with("peer", peer.text)
    }

    static func lineDown(_ peer: NodeID, code: String, failures: Int, nextAttempt: Int64) -> LogEvent {
        LogEvent(.warning, "line-down", "The line is down; work goes on here.").with("peer", peer.text)
            .with("code", code).with("failures", failures).with("next_attempt", instant: nextAttempt)
    }

    static func sessionRefused(_ claimed: NodeID?, code: String) -> LogEvent {
        LogEvent(.warning, "session-refused", "A session was refused.").with("peer", claimed?.text).with("code", code)
    }

    // MARK: The store

    static func incident(_ note: IncidentNote) -> LogEvent {
        let level: Level =
            switch note.code {
            case .acknowledgedTailLost, .twoCopiesAlive, .forkedDot, .bodyDamaged, .lossDeclared: .error
            case .repaired: .info
            default: .warning
            }
        return LogEvent(level, "incident", note.code.sentence).with("code", note.code.rawValue)
            .with("hint", note.code.hint.en).with("about", note.node?.text).with("subject", note.subject)
    }

    static func storeTrouble(_ error: any ExplainedError) -> LogEvent {
        LogEvent(.error, "store-trouble", "The store cannot save; callers are told.").with(error)
    }

    static func storeBack(after milliseconds: Int64) -> LogEvent {
        LogEvent(.info, "store-back", "The store saves again.").with("seconds", milliseconds / 1000)
    }

    static var filesBack: LogEvent { LogEvent(.info, "store-back", "The files of the store are there again.") }

    static func searchTrouble(code: String) -> LogEvent {
        LogEvent(.warning, "search-trouble", "The search index does not follow; it goes on by itself.")
            .with("code", code)
    }

    static var searchBack: LogEvent { LogEvent(.info, "search-back", "The search index follows again.") }

    // MARK: Operations

    /// An operator's command that was carried out.
    static func done(_ operation: String, _ sentence: String) -> LogEvent { LogEvent(.info, operation, sentence) }

    /// An operator's command that failed.
    static func failed(_ operation: String, code: String) -> LogEvent {
        LogEvent(.warning, operation + "-failed", "The operation failed; the caller is told why.").with("code", code)
    }
}

extension IncidentCode {
    /// What happened, for the log.
    var sentence: String {
        switch self {
        case .forkedDot: "One act's name came with two contents; both are kept."
        case .bodyRefused: "A neighbour sent a body that may not be held here; it was not stored."
        case .actForged: "A neighbour sent what is not its to say; it was not taken."
        case .actWithheld: "An act was kept out, and everybody concerned is told so."
        case .actWithoutAuthority: "An act said something for which its author had no authority; that has no effect."
        case .lifeUnknown: "A life under this node's name came back that this disk did not know."
        case .entryHeldBack: "An entry may not be sent to its reader any more; an empty place went instead."
        case .tooMuchWaits: "Too many acts of a node wait here; its line stops."
        case .quarantined: "Too many acts of a neighbour were refused in one day; its line rests."
        case .bodyDamaged: "A body does not have the hash that its record names."
        case .acknowledgedTailLost: "Acknowledged acts are missing from the database; they are asked back."
        case .receiptWithdrawn: "A neighbour went back in the log: it was restored; everything is sent again."
        case .staleCopy: "This node's data is an older copy; it begins a new life and gets its past back."
        case .childWasStale: "A child's data is an older copy; it was told to begin a new life."
        case .twoCopiesAlive: "Two copies of a node are alive; custody under its name rests until one is adopted."
        case .cursorMismatch: "A neighbour's log is not the one that was read before; reconciliation mended it."
        case .differenceFound: "Two drained neighbours did not agree; an audit was made."
        case .clockBeyondBound: "A stamp is too far from this node's clock; it is shown corrected."
        case .lossDeclared: "Numbers that nobody has any more were declared lost."
        case .repaired: "A damaged action was repaired from a neighbour."
        case .clockWithoutRoom: "A ticket has no room for another deadline: all its fields hold running ones."
        case .clockNotChanged: "A deadline could not rest or go on with its ticket: its pack is not here."
        case .referenceUnread: "A published item is damaged or newer than this program; it does not count here."
        }
    }
}
