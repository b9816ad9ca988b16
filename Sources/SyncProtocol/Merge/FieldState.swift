/// The values of one part of a document, by the three ways of merging. All lists are sorted, so that equal knowledge
/// has equal bytes.
public struct FieldState: Hashable, Sendable {
    /// A regulated field and the act that set it.
    public struct Regulated: Hashable, Sendable {
        public var field: FieldID
        public var dot: Dot
        /// The leg whose custodian set it.
        public var leg: Leg
        public var value: Value
    }

    /// One of the values that stand side by side in a register.
    public struct Sibling: Hashable, Sendable {
        public var field: FieldID
        public var dot: Dot
        /// The author's tier: the higher one is shown until a person resolves the conflict.
        public var tier: Tier
        public var value: Value
    }

    /// One element of a set that only grows.
    public struct Element: Hashable, Sendable {
        public var field: FieldID
        public var dot: Dot
        public var value: Value
    }

    public internal(set) var regulated: [Regulated] = []
    public internal(set) var registers: [Sibling] = []
    public internal(set) var sets: [Element] = []

    public init() {}

    public var isEmpty: Bool { regulated.isEmpty && registers.isEmpty && sets.isEmpty }

    /// The value to show: regulated, else the register's winner (higher tier, then dot).
    public func value(_ field: FieldID) -> Value? {
        for index in regulated.indices where regulated[index].field >= field {
            if regulated[index].field == field { return regulated[index].value }
            break
        }
        var shown: Int?
        for index in registers.indices where registers[index].field == field {
            if let best = shown,
                (registers[best].tier, registers[best].dot) > (registers[index].tier, registers[index].dot)
            {
                continue
            }
            shown = index
        }
        return shown.map { registers[$0].value }
    }

    /// The values of a register, the one to show first.
    public func siblings(_ field: FieldID) -> [Sibling] {
        registers.filter { $0.field == field }
            .sorted { ($0.tier, $0.dot) > ($1.tier, $1.dot) }
    }

    /// The elements of a growing set, in the order of their dots.
    public func elements(_ field: FieldID) -> [Element] { sets.filter { $0.field == field } }

    /// Fields whose value, or whose elements, may differ between this state and another.
    public func differences(from other: FieldState) -> [FieldID] {
        var fields: [FieldID] = []
        if regulated != other.regulated {
            for entry in regulated where !other.regulated.contains(entry) { fields.append(entry.field) }
            for entry in other.regulated where !regulated.contains(entry) { fields.append(entry.field) }
        }
        if registers != other.registers {
            for entry in registers where !other.registers.contains(entry) { fields.append(entry.field) }
            for entry in other.registers where !registers.contains(entry) { fields.append(entry.field) }
        }
        if sets != other.sets {
            for entry in sets where !other.sets.contains(entry) { fields.append(entry.field) }
            for entry in other.sets where !sets.contains(entry) { fields.append(entry.field) }
        }
        return fields
    }

    /// Registers that hold more than one value, for a person to resolve.
    public var conflicts: [FieldID] {
        var found: [FieldID] = []
        for (one, next) in zip(registers, registers.dropFirst())
        where one.field == next.field && found.last != one.field {
            found.append(one.field)
        }
        return found
    }

    /// Effective acts of one leg follow one another, so that the last one counts. Between legs that set the same field,
    /// which lawful acts do not, the lower leg counts: the lead leg's custodian writes the ticket's state.
    mutating func assign(_ field: FieldID, _ value: Value, by dot: Dot, _ leg: Leg) {
        let entry = Regulated(field: field, dot: dot, leg: leg, value: value)
        if let index = regulated.firstIndex(where: { $0.field >= field }) {
            if regulated[index].field != field {
                regulated.insert(entry, at: index)
            } else if leg <= regulated[index].leg {
                regulated[index] = entry
            }
        } else {
            regulated.append(entry)
        }
    }

    /// A write replaces what its author knew, and stands beside what it did not.
    mutating func write(
        _ field: FieldID, _ value: Value, by dot: Dot, tier: Tier, knowing past: VersionVector,
        _ lineage: borrowing Lineage
    ) {
        var index = registers.count
        for position in stride(from: registers.count - 1, through: 0, by: -1) where registers[position].field == field {
            let sibling = registers[position]
            if sibling.dot == dot || past.covers(sibling.dot, lineage) { registers.remove(at: position) }
        }
        index = registers.firstIndex { ($0.field, $0.dot) > (field, dot) } ?? registers.endIndex
        registers.insert(Sibling(field: field, dot: dot, tier: tier, value: value), at: index)
    }

    mutating func add(_ field: FieldID, _ value: Value, by dot: Dot) {
        let entry = Element(field: field, dot: dot, value: value)
        guard !sets.contains(entry) else { return }
        let index = sets.firstIndex { ($0.field, $0.dot, $0.value) > (field, dot, value) } ?? sets.endIndex
        sets.insert(entry, at: index)
    }
}
