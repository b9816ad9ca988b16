import SyncProtocol

/// What can happen to a node that a person should know of. The codes are stable.
public enum IncidentCode: String, Sendable, CaseIterable {
    /// The same dot came with another hash (rule R2); both versions are kept.
    case forkedDot = "forked-dot"
    /// A neighbour sent a body that this node may not hold; it was not stored.
    case bodyRefused = "body-refused"
    /// A neighbour sent what is not its to say; a sample is kept.
    case actForged = "act-forged"
    /// An act was kept out: its author takes no part in the document, or its core record holds what none may hold.
    case actWithheld = "act-withheld"
    /// An act said something for which its author had no authority: that has no effect.
    case actWithoutAuthority = "act-without-authority"
    /// A life under this node's name that this disk did not know: the disk is an older copy, or the machine a new one.
    case lifeUnknown = "life-unknown"
    /// An entry of a log may not be sent to its reader any more: an empty place went instead.
    case entryHeldBack = "entry-held-back"
    /// Too many acts of a node wait here: its line stops.
    case tooMuchWaits = "too-much-waits"
    /// Too many acts of a neighbour were refused in one day: its line rests until a person decides.
    case quarantined = "neighbour-quarantined"
    /// A body did not have the hash that its record names.
    case bodyDamaged = "body-damaged"
    /// Acknowledged acts are missing from the database (lost WAL, restored file); they are asked back.
    case acknowledgedTailLost = "acknowledged-tail-lost"
    /// A neighbour went back to an earlier place in the log: it was restored from a backup.
    case receiptWithdrawn = "receipt-withdrawn"
    /// This node's data is an older copy; it began a new life.
    case staleCopy = "stale-copy"
    /// A child's data was an older copy; it was told to begin a new life.
    case childWasStale = "child-was-stale"
    /// Two copies of a node are alive; custody under its name rests.
    case twoCopiesAlive = "two-copies-alive"
    /// A neighbour's cursor did not fit the log; reconciliation mended it.
    case cursorMismatch = "cursor-mismatch"
    /// Both sides were drained and did not agree; an audit was made.
    case differenceFound = "difference-found"
    /// A stamp was beyond the skew bound.
    case clockBeyondBound = "clock-beyond-bound"
    /// Numbers of an own life that nobody has any more were declared lost.
    case lossDeclared = "loss-declared"
    /// An action's bytes were damaged and were repaired from a neighbour.
    case repaired = "repaired"
    /// A ticket had no room for another clock: all its fields hold running ones.
    case clockWithoutRoom = "clock-without-room"
    /// A clock could not be paused or resumed with its ticket; it goes on as it was.
    case clockNotChanged = "clock-not-changed"
    /// A published item is damaged or newer than this program: it counts for nothing here.
    case referenceUnread = "reference-unread"
}

/// One incident, without any customer data.
public struct Incident: Sendable {
    /// Milliseconds since 1970 of the last time.
    public let at: Int64
    public let code: String
    public let node: String?
    /// A dot, a document id, a ticket's number, or kind, name and version of a published item.
    public let subject: String?
    public let count: Int
}
