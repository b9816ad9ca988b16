import SyncProtocol

/// A secret of this store and of what is restored from it. Each birth carries a mark made with it, so that a node knows a
/// life of its own again when a neighbour gives it back, and takes nobody else's word for one.
struct LifeSecret {
    private static let name = "life_secret"
    private var bytes: [UInt8] = []

    static func load(_ connection: Connection) throws -> LifeSecret {
        var secret = LifeSecret()
        secret.bytes = try Meta.bytes(name, connection) ?? []
        return secret
    }

    /// Makes the secret of a store that has none.
    static func makeIfNeeded(_ world: World, _ connection: Connection) throws {
        guard try Meta.bytes(name, connection) == nil else { return }
        let words = [world.random(), world.random(), world.random(), world.random()]
        try Meta.set(
            name,
            words.flatMap { word in stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: word >> $0) }
            },
            connection)
    }

    /// What a birth of this life carries: a hash over the secret, the life and the secret again, so that nothing can be
    /// appended to it.
    func mark(_ life: Incarnation, _ hash: HashFunction) -> [UInt8] {
        var input = bytes
        for shift in stride(from: 56, through: 0, by: -8) {
            input.append(UInt8(truncatingIfNeeded: life.rawValue >> UInt64(shift)))
        }
        input += bytes
        return Array(input.withUnsafeBytes { hash($0) }.bytes.prefix(Limits.markBytes))
    }

    /// True for a birth that this store, or one that it was restored from or is a copy of, wrote itself.
    func recognises(_ birth: CoreRecord, _ hash: HashFunction) -> Bool {
        guard !bytes.isEmpty else { return false }
        for case .mark(let mark) in birth.operations where mark == self.mark(birth.dot.incarnation, hash) {
            return true
        }
        return false
    }
}
