import SyncProtocol

/// An incident as it happens, without any customer data.
public struct IncidentNote: Hashable, Sendable {
    public let code: IncidentCode
    public let node: NodeID?
    /// A dot, a document id or a count.
    public let subject: String?

    public init(code: IncidentCode, node: NodeID?, subject: String?) {
        self.code = code
        self.node = node
        self.subject = subject
    }
}

/// Who is told of what happens in a store. Called on the store's threads: it must not block and not call the store.
public struct StoreObserver: Sendable {
    /// An incident was recorded, and is durable.
    public var noted: @Sendable (IncidentNote) -> Void
    /// A call failed, for whatever reason.
    public var failed: @Sendable (any Error) -> Void
    /// A change became durable.
    public var saved: @Sendable () -> Void

    public init(
        noted: @escaping @Sendable (IncidentNote) -> Void = { _ in },
        failed: @escaping @Sendable (any Error) -> Void = { _ in },
        saved: @escaping @Sendable () -> Void = {}
    ) {
        (self.noted, self.failed, self.saved) = (noted, failed, saved)
    }
}
