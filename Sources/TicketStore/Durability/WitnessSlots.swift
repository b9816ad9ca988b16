/// Which slot of a witness holds the newest record and which takes the next: the file's logic, without the file.
///
/// Invariant: the next record goes to the slot that does not hold the newest one, so a write that is torn or lost
/// never touches what has been acknowledged.
struct WitnessSlots: Equatable {
    private(set) var newest: WitnessSlot
    /// The slot that holds `newest`, 0 or 1.
    private(set) var position: Int

    /// One block a slot: no disk in use writes more than this at once, so a torn write stays in its slot.
    static let blockBytes = 4096
    static let fileBytes = 2 * blockBytes

    /// A new witness.
    init(first record: WitnessRecord) {
        newest = WitnessSlot(generation: 1, record: record)
        position = 0
    }

    /// What a file's bytes hold; nil where neither slot can be read.
    init?(fileBytes bytes: [UInt8]) {
        let slots = (0...1).map {
            WitnessSlot(Array(bytes.dropFirst($0 * WitnessSlots.blockBytes).prefix(WitnessSlot.byteCount)))
        }
        position = (slots[1]?.generation ?? 0) > (slots[0]?.generation ?? 0) ? 1 : 0
        guard let newest = slots[position] else { return nil }
        self.newest = newest
    }

    /// The whole file, as it is created.
    var fileBytes: [UInt8] {
        precondition(position == 0)
        let bytes = newest.bytes
        return bytes + [UInt8](repeating: 0, count: WitnessSlots.fileBytes - bytes.count)
    }

    /// Where in the file `newest` stands.
    var offset: Int { position * WitnessSlots.blockBytes }

    /// The slots after a further record has become durable at the new `offset`.
    func adding(_ record: WitnessRecord) -> WitnessSlots {
        var next = self
        next.newest = WitnessSlot(generation: newest.generation &+ 1, record: record)
        next.position = 1 - position
        return next
    }
}
