/// Each operation travels as tag, length, payload, so that one from a newer version can be kept and relayed unread.
extension Operation {
    enum Tag: UInt64, CaseIterable {
        case create = 1, involve, widen, assign, write, add
        case offer, accept, recall, decline, seize, rule, void
        case birth, lost, suspend, adopt, correctClock
        case publish
        case withheld = 20
        /// Kept for the revision of the tree that an act is judged by.
        case under = 21
        case mark = 22, settle = 23
    }

    static func writeList(_ operations: [Operation], _ writer: inout ByteWriter) {
        writer.varint(operations.count)
        for operation in operations {
            writer.varint(operation.tag)
            writer.counted { operation.writePayload(&$0) }
        }
    }

    static func readList(_ reader: inout ByteReader) throws(WireError) -> [Operation] {
        let count = try reader.count(max: Limits.operationsPerPartMax)
        var operations: [Operation] = []
        for _ in 0..<count {
            let tag = try reader.varint()
            var inner = try reader.part(try reader.count(max: Limits.coreRecordBytesMax))
            operations.append(try Operation(tag: tag, &inner))
            try inner.finish()
        }
        return operations
    }

    /// The same as `writeList`, spread over the columns of a batch; field numbers apart from values.
    static func writeColumns(_ operations: [Operation], _ columns: inout ColumnWriter) {
        columns[.operationCount].varint(operations.count)
        for operation in operations {
            switch operation {
            case .assign(let field, let value): columns.field(.assign, field, value)
            case .write(let field, let value): columns.field(.write, field, value)
            case .add(let field, let value): columns.field(.add, field, value)
            default:
                var scratch = ByteWriter()
                operation.writePayload(&scratch)
                columns[.operationTag].varint(operation.tag)
                columns[.operationLength].varint(scratch.bytes.count)
                columns[.operationBytes].raw(scratch.bytes)
            }
        }
    }

    static func readColumns(_ columns: inout ColumnReader) throws(WireError) -> [Operation] {
        let count = try columns[.operationCount].count(max: Limits.operationsPerPartMax)
        var operations: [Operation] = []
        for _ in 0..<count {
            let tag = try columns[.operationTag].varint()
            switch Tag(rawValue: tag) {
            case .assign: operations.append(.assign(try columns.fieldID(), try columns[.operationBytes].value()))
            case .write: operations.append(.write(try columns.fieldID(), try columns[.operationBytes].value()))
            case .add: operations.append(.add(try columns.fieldID(), try columns[.operationBytes].value()))
            default:
                let length = try columns[.operationLength].count(max: Limits.coreRecordBytesMax)
                var inner = try columns[.operationBytes].part(length)
                operations.append(try Operation(tag: tag, &inner))
                try inner.finish()
            }
        }
        return operations
    }

    /// The number that stands for the kind of operation.
    var tag: UInt64 {
        let known: Tag
        switch self {
        case .create: known = .create
        case .involve: known = .involve
        case .widen: known = .widen
        case .publish: known = .publish
        case .assign: known = .assign
        case .write: known = .write
        case .add: known = .add
        case .offer: known = .offer
        case .accept: known = .accept
        case .recall: known = .recall
        case .decline: known = .decline
        case .seize: known = .seize
        case .rule: known = .rule
        case .void: known = .void
        case .birth: known = .birth
        case .lost: known = .lost
        case .withheld: known = .withheld
        case .mark: known = .mark
        case .settle: known = .settle
        case .suspend: known = .suspend
        case .adopt: known = .adopt
        case .correctClock: known = .correctClock
        case .unknown(let tag, _): return tag
        }
        return known.rawValue
    }

    private func writePayload(_ writer: inout ByteWriter) {
        switch self {
        case .create(let node), .involve(let node): writer.text(node.text)
        case .widen(let level): writer.byte(level.rawValue)
        case .assign(let field, let value), .write(let field, let value), .add(let field, let value):
            writer.field(field, value)
        case .offer(let leg, let node):
            writer.byte(leg)
            writer.text(node.text)
        case .accept(let leg, let offer), .decline(let leg, let offer): writer.leg(leg, offer)
        case .recall(let leg, let offer, let immediate):
            writer.leg(leg, offer)
            writer.byte(immediate ? 1 : 0)
        case .seize(let leg, let approver):
            writer.byte(leg)
            writer.text(approver)
        case .rule(let winner, let overruled):
            writer.dot(winner)
            writer.dots(overruled)
        case .void(let dot, let rule):
            writer.dot(dot)
            writer.text(rule)
        case .birth(let birth): writer.birth(birth)
        case .lost(let ranges): writer.ranges(ranges)
        case .withheld(let acts): writer.withheld(acts)
        case .mark(let bytes): writer.raw(bytes)
        case .settle(let dot, let hash):
            writer.dot(dot)
            writer.digest(hash)
        case .suspend, .publish: break
        case .adopt(let incarnation): writer.fixed64(incarnation.rawValue)
        case .correctClock(let dot, let stamp):
            writer.dot(dot)
            writer.fixed64(stamp.rawValue)
        case .unknown(_, let bytes): writer.raw(bytes)
        }
    }

    private init(tag: UInt64, _ reader: inout ByteReader) throws(WireError) {
        guard let known = Tag(rawValue: tag) else {
            self = .unknown(tag: tag, bytes: Array(try reader.raw(reader.remaining)))
            return
        }
        switch known {
        case .create: self = .create(home: try reader.node())
        case .involve: self = .involve(try reader.node())
        case .widen:
            guard let level = Disclosure(rawValue: try reader.byte()) else { throw .malformed }
            self = .widen(level)
        case .assign: self = .assign(try reader.fieldID(), try reader.value())
        case .write: self = .write(try reader.fieldID(), try reader.value())
        case .add: self = .add(try reader.fieldID(), try reader.value())
        case .offer: self = .offer(leg: try reader.byte(), to: try reader.node())
        case .accept: self = .accept(leg: try reader.byte(), offer: try reader.dot())
        case .recall:
            self = .recall(leg: try reader.byte(), offer: try reader.dot(), immediate: try reader.flag())
        case .decline: self = .decline(leg: try reader.byte(), offer: try reader.dot())
        case .seize: self = .seize(leg: try reader.byte(), approver: try reader.text(max: Limits.postBytesMax))
        case .rule: self = .rule(winner: try reader.dot(), overruled: try reader.dots())
        case .void: self = .void(try reader.dot(), rule: try reader.text(max: Limits.postBytesMax))
        case .birth: self = .birth(try reader.birth())
        case .lost: self = .lost(try reader.ranges())
        case .withheld: self = .withheld(try reader.withheld())
        case .mark: self = .mark(Array(try reader.raw(Limits.markBytes)))
        case .settle: self = .settle(try reader.dot(), try reader.digest())
        case .under: self = .unknown(tag: tag, bytes: Array(try reader.raw(reader.remaining)))
        case .suspend: self = .suspend
        case .publish: self = .publish
        case .adopt: self = .adopt(try reader.incarnation())
        case .correctClock:
            self = .correctClock(try reader.dot(), try reader.stamp())
        }
    }
}

extension ColumnWriter {
    fileprivate mutating func field(_ tag: Operation.Tag, _ field: FieldID, _ value: Value) {
        self[.operationTag].varint(tag.rawValue)
        self[.operationField].varint(UInt64(field.rawValue))
        self[.operationBytes].value(value)
    }
}

extension ColumnReader {
    fileprivate mutating func fieldID() throws(WireError) -> FieldID { try self[.operationField].fieldID() }
}

extension ByteWriter {
    mutating func dot(_ dot: Dot) {
        fixed64(dot.incarnation.rawValue)
        varint(dot.sequence)
    }

    mutating func dots(_ dots: [Dot]) {
        varint(dots.count)
        for dot in dots { self.dot(dot) }
    }

    fileprivate mutating func ranges(_ ranges: [DotRange]) {
        varint(ranges.count)
        for range in ranges {
            dot(Dot(range.incarnation, range.sequences.lowerBound))
            varint(range.count)
        }
    }

    fileprivate mutating func withheld(_ acts: [WithheldAct]) {
        varint(acts.count)
        for act in acts {
            dot(act.dot)
            fixed64(act.document.space)
            fixed64(act.document.number)
            digest(act.hash)
            byte(act.reason.rawValue)
            varint(act.field.map { UInt64($0.rawValue) + 1 } ?? 0)
        }
    }

    fileprivate mutating func leg(_ leg: Leg, _ dot: Dot) {
        byte(leg)
        self.dot(dot)
    }

    mutating func field(_ field: FieldID, _ value: Value) {
        varint(UInt64(field.rawValue))
        self.value(value)
    }

    fileprivate mutating func value(_ value: Value) {
        switch value {
        case .empty: byte(0)
        case .integer(let number):
            byte(1)
            signed(number)
        case .text(let text):
            byte(2)
            self.text(text)
        }
    }

    fileprivate mutating func birth(_ birth: Birth) {
        text(birth.node.text)
        byte(birth.tier.rawValue)
        if let predecessor = birth.predecessor {
            byte(1)
            dot(predecessor)
        } else {
            byte(0)
        }
        ranges(birth.lost)
    }
}

extension ByteReader {
    mutating func dot() throws(WireError) -> Dot {
        let incarnation = try incarnation()
        return Dot(incarnation, try sequence())
    }

    /// The name of a life; smaller numbers are name spaces.
    mutating func incarnation() throws(WireError) -> Incarnation {
        let raw = try fixed64()
        guard raw >= Incarnation.reservedCount else { throw .malformed }
        return Incarnation(rawValue: raw)
    }

    /// The number of an act, from 1.
    mutating func sequence() throws(WireError) -> UInt64 {
        let sequence = try varint()
        guard (1...Limits.sequenceMax).contains(sequence) else { throw .malformed }
        return sequence
    }

    mutating func dots(max: Int = Limits.dotsPerListMax) throws(WireError) -> [Dot] {
        let count = try count(max: max)
        var dots: [Dot] = []
        for _ in 0..<count { dots.append(try dot()) }
        return dots
    }

    fileprivate mutating func ranges() throws(WireError) -> [DotRange] {
        var ranges: [DotRange] = []
        for _ in 0..<(try count(max: Limits.rangesPerListMax)) {
            let first = try dot()
            let count = try varint()
            guard count > 0, count <= Limits.sequenceMax - first.sequence + 1 else { throw .malformed }
            ranges.append(DotRange(first.incarnation, first.sequence...(first.sequence + count - 1)))
        }
        return ranges
    }

    fileprivate mutating func withheld() throws(WireError) -> [WithheldAct] {
        var acts: [WithheldAct] = []
        for _ in 0..<(try count(max: Limits.withheldPerActMax)) {
            let dot = try dot()
            let document = DocumentID(space: try fixed64(), number: try fixed64())
            guard document.isWellFormed else { throw .malformed }
            let hash = try digest()
            let reason = WithheldReason(rawValue: try byte())
            let field = try varint()
            guard field <= UInt64(UInt16.max) + 1 else { throw .malformed }
            acts.append(
                WithheldAct(
                    dot: dot, document: document, hash: hash, reason: reason,
                    field: field == 0 ? nil : FieldID(rawValue: UInt16(field - 1))))
        }
        return acts
    }

    mutating func node() throws(WireError) -> NodeID {
        guard let node = NodeID(try text(max: Limits.nodeIDBytesMax)) else { throw .malformed }
        return node
    }

    mutating func flag() throws(WireError) -> Bool {
        switch try byte() {
        case 0: return false
        case 1: return true
        default: throw .malformed
        }
    }

    mutating func field() throws(WireError) -> (FieldID, Value) { (try fieldID(), try value()) }

    fileprivate mutating func fieldID() throws(WireError) -> FieldID {
        guard let raw = UInt16(exactly: try varint()) else { throw .malformed }
        return FieldID(rawValue: raw)
    }

    fileprivate mutating func value() throws(WireError) -> Value {
        switch try byte() {
        case 0: return .empty
        case 1: return .integer(try signed())
        case 2: return .text(try text(max: Limits.valueBytesMax))
        default: throw .malformed
        }
    }

    fileprivate mutating func birth() throws(WireError) -> Birth {
        let node = try node()
        guard let tier = Tier(rawValue: try byte()) else { throw .malformed }
        let predecessor = try flag() ? try dot() : nil
        return Birth(node: node, tier: tier, predecessor: predecessor, lost: try ranges())
    }
}
