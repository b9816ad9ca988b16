import Synchronization

/// The memory that all request bodies together may take.
final class BodyBudget: Sendable {
    private let usedBytes = Atomic(0)
    private let limitBytes: Int

    init(limitBytes: Int) { self.limitBytes = limitBytes }

    var bytesInUse: Int { usedBytes.load(ordering: .relaxed) }

    /// False when there is no room; then nothing was taken.
    func take(_ bytes: Int) -> Bool {
        if usedBytes.add(bytes, ordering: .relaxed).newValue <= limitBytes { return true }
        give(bytes)
        return false
    }

    func give(_ bytes: Int) {
        usedBytes.subtract(bytes, ordering: .relaxed)
    }
}
