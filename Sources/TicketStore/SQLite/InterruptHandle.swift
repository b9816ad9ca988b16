import CSQLite
import Platform

/// Stops the statement that a connection is running, from any thread; it then throws `interrupted`.
public final class InterruptHandle: Sendable {
    /// The address of the connection; nil once it is closed. A number, because the lock is what makes its use safe.
    private let address: Locked<UInt?>

    init(_ db: OpaquePointer) { address = Locked(UInt(bitPattern: db)) }

    /// Does nothing when nothing runs or the connection is closed.
    public func interrupt() {
        address.withLock { address in
            guard let address, let db = OpaquePointer(bitPattern: address) else { return }
            sqlite3_interrupt(db)
        }
    }

    func connectionWillClose() { address.withLock { $0 = nil } }
}
