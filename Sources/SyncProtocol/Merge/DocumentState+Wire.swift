/// The stored form of a document's state. The body-held fields are apart, so that an act on core fields alone does not
/// rewrite long texts. Equal states have equal bytes.
extension DocumentState {
    private static let version: UInt8 = 3

    /// Everything but the fields of bodies.
    public func encodedCore() -> [UInt8] {
        var writer = ByteWriter(capacity: 1024)
        writer.byte(DocumentState.version)
        writer.dots(vector.entries)
        writer.byte(hasGaps ? 1 : 0)
        writer.varint(audience.involved.count)
        for (node, acts) in zip(audience.involved, audience.admissions) {
            writer.text(node.text)
            writer.dots(acts)
        }
        writer.byte(audience.headOffice.rawValue)
        writer.byte(audience.isPublic ? 1 : 0)
        writer.text(home?.text ?? "")
        writer.varint(custody.count)
        for leg in custody { writer.custody(leg) }
        writer.dots(overruled)
        writer.dots(disputed)
        writer.dots(voided)
        writer.dots(unauthorized)
        writer.fields(core)
        return writer.bytes
    }

    /// The fields of one kind of body.
    public func encodedFields(of part: Part) -> [UInt8] {
        var writer = ByteWriter(capacity: 256)
        switch part {
        case .core: writer.fields(core)
        case .casework: writer.fields(casework)
        case .personal: writer.fields(personal)
        }
        return writer.bytes
    }

    /// - Parameters: what `encodedCore` and `encodedFields` wrote; nil for fields that are not needed.
    public init(core: [UInt8], casework: [UInt8]?, personal: [UInt8]?) throws(WireError) {
        self.init()
        var reader = ByteReader(core)
        (vector, hasGaps, audience) = try DocumentState.head(&reader)
        let home = try reader.text(max: Limits.nodeIDBytesMax)
        if !home.isEmpty {
            guard let node = NodeID(home) else { throw .malformed }
            self.home = node
        }
        for _ in 0..<(try reader.count(max: Limits.stateListMax)) { custody.append(try reader.custody()) }
        guard ByteReader.isAscending(custody, \.leg) else { throw .malformed }
        overruled = try reader.sortedDots()
        disputed = try reader.sortedDots()
        voided = try reader.sortedDots()
        unauthorized = try reader.sortedDots()
        self.core = try reader.fields()
        try reader.finish()
        if let casework { self.casework = try DocumentState.fields(casework) }
        if let personal { self.personal = try DocumentState.fields(personal) }
    }

    /// Takes over the fields of bodies that `encodedFields` wrote.
    public mutating func restore(casework: [UInt8], personal: [UInt8]) throws(WireError) {
        self.casework = try DocumentState.fields(casework)
        self.personal = try DocumentState.fields(personal)
    }

    /// The audience alone, which stands near the beginning of what `encodedCore` wrote.
    public static func audience(inCore core: [UInt8]) throws(WireError) -> Audience {
        var reader = ByteReader(core)
        return try head(&reader).2
    }

    private static func head(_ reader: inout ByteReader) throws(WireError) -> (VersionVector, Bool, Audience) {
        guard try reader.byte() == DocumentState.version else { throw .unsupported }
        let vector = try reader.vector(max: Limits.stateListMax)
        let hasGaps = try reader.flag()
        var involved: [NodeID] = []
        var admissions: [[Dot]] = []
        for _ in 0..<(try reader.count(max: Limits.stateListMax)) {
            involved.append(try reader.node())
            admissions.append(try reader.sortedDots())
        }
        guard let level = Disclosure(rawValue: try reader.byte()) else { throw .malformed }
        guard level >= .core, ByteReader.isAscending(involved, { $0 }) else { throw .malformed }
        return (
            vector, hasGaps,
            Audience(
                involved: involved, admissions: admissions, headOffice: level, isPublic: try reader.flag())
        )
    }

    private static func fields(_ bytes: [UInt8]) throws(WireError) -> FieldState {
        var reader = ByteReader(bytes)
        let fields = try reader.fields()
        try reader.finish()
        return fields
    }
}

extension ByteWriter {
    fileprivate mutating func custody(_ state: CustodyState) {
        byte(state.leg)
        dot(state.version)
        varint(state.seizes)
        varint(state.handovers)
        text(state.holder.text)
        dot(state.lastAct)
        varint(state.offers.count)
        for offer in state.offers {
            dot(offer.dot)
            text(offer.to.text)
            byte(offer.recallRequested ? 1 : 0)
        }
    }

    fileprivate mutating func fields(_ state: FieldState) {
        varint(state.regulated.count)
        for entry in state.regulated {
            dot(entry.dot)
            byte(entry.leg)
            field(entry.field, entry.value)
        }
        varint(state.registers.count)
        for entry in state.registers {
            dot(entry.dot)
            byte(entry.tier.rawValue)
            field(entry.field, entry.value)
        }
        varint(state.sets.count)
        for entry in state.sets {
            dot(entry.dot)
            field(entry.field, entry.value)
        }
    }
}

extension ByteReader {
    /// Lists of a state are sorted: equal states have equal bytes.
    fileprivate static func isAscending<Item, Key: Comparable>(_ items: [Item], _ key: (Item) -> Key) -> Bool {
        zip(items, items.dropFirst()).allSatisfy { key($0) < key($1) }
    }

    fileprivate mutating func sortedDots() throws(WireError) -> [Dot] {
        let dots = try dots(max: Limits.stateListMax)
        guard ByteReader.isAscending(dots, { $0 }) else { throw .malformed }
        return dots
    }

    fileprivate mutating func custody() throws(WireError) -> CustodyState {
        var state = CustodyState(
            leg: try byte(), version: try dot(), seizes: try count(max: Limits.stateListMax),
            handovers: try count(max: Limits.stateListMax), holder: try node(), lastAct: try dot(), offers: [])
        for _ in 0..<(try count(max: Limits.stateListMax)) {
            state.offers.append(.init(dot: try dot(), to: try node(), recallRequested: try flag()))
        }
        return state
    }

    fileprivate mutating func fields() throws(WireError) -> FieldState {
        var state = FieldState()
        for _ in 0..<(try count(max: Limits.stateListMax)) {
            let dot = try dot()
            let leg = try byte()
            let (field, value) = try field()
            state.regulated.append(.init(field: field, dot: dot, leg: leg, value: value))
        }
        for _ in 0..<(try count(max: Limits.stateListMax)) {
            let dot = try dot()
            guard let tier = Tier(rawValue: try byte()) else { throw .malformed }
            let (field, value) = try field()
            state.registers.append(.init(field: field, dot: dot, tier: tier, value: value))
        }
        for _ in 0..<(try count(max: Limits.stateListMax)) {
            let dot = try dot()
            let (field, value) = try field()
            state.sets.append(.init(field: field, dot: dot, value: value))
        }
        let areRegistersSorted = zip(state.registers, state.registers.dropFirst()).allSatisfy {
            ($0.field, $0.dot) < ($1.field, $1.dot)
        }
        let areSetsSorted = zip(state.sets, state.sets.dropFirst()).allSatisfy {
            ($0.field, $0.dot, $0.value) < ($1.field, $1.dot, $1.value)
        }
        guard ByteReader.isAscending(state.regulated, \.field), areRegistersSorted, areSetsSorted else {
            throw .malformed
        }
        return state
    }
}
