import SyncProtocol
import TicketStore

/// What the line does to one round trip.
public enum LineFate: Hashable, Sendable {
    case delivered
    /// The request never arrives; the dialler tries the same bytes again, or gives up the session.
    case requestLost(retried: Bool)
    /// The request is carried out and its answer lost.
    case replyLost(retried: Bool)
    /// The request arrives twice; the first answer is lost.
    case duplicated
    /// An old request of this session arrives once more, after this one.
    case replayed
    /// The line goes down after this round trip.
    case cut
}

/// A line between two live nodes, with at most one session on it. One step is one round trip, so that several lines
/// and the work at the nodes interleave.
public final class SimulatedLine {
    public let dialler: SimulatedNode
    public let answerer: SimulatedNode
    private let codec: WireCodec
    private let flaw: Flaw?
    private var session: Session?
    private var pending: [UInt8]?
    private var sent: [[UInt8]] = []
    private var starts = (0, 0)
    /// Items of one batch; nil for as many as the store gives.
    public var itemsMax: Int?
    public private(set) var bytes = 0

    public init(from dialler: SimulatedNode, to answerer: SimulatedNode, codec: WireCodec, flaw: Flaw? = nil) {
        self.dialler = dialler
        self.answerer = answerer
        self.codec = codec
        self.flaw = flaw
    }

    public var isOpen: Bool { session != nil }

    /// One round trip.
    ///
    /// - Returns: false where the dialler has nothing left to say; the session is then over.
    @discardableResult
    public func step(_ fate: LineFate = .delivered) throws -> Bool {
        if starts.0 != dialler.starts { hangUp() }
        starts = (dialler.starts, answerer.starts)
        guard let frame = try nextFrame() else {
            hangUp()
            return false
        }
        switch fate {
        case .requestLost(let retried): retried ? () : hangUp()
        case .replyLost(let retried):
            _ = try answerer.answer(frame, through: flaw, itemsMax: itemsMax)
            retried ? () : hangUp()
        case .duplicated:
            _ = try answerer.answer(frame, through: flaw, itemsMax: itemsMax)
            try deliver(frame)
        case .replayed:
            try deliver(frame)
            if let old = sent.dropLast().last { _ = try answerer.answer(old, through: flaw, itemsMax: itemsMax) }
        case .delivered: try deliver(frame)
        case .cut:
            try deliver(frame)
            hangUp()
        }
        return true
    }

    public func hangUp() {
        if let session { answerer.forgetSession(session.id) }
        session = nil
        pending = nil
        sent = []
    }

    private func nextFrame() throws -> [UInt8]? {
        if let pending { return pending }
        if session == nil { session = Session(dialling: answerer.id, id: dialler.world.world.random()) }
        guard let message = try session?.nextMessage(FlawedReplica(dialler.store, flaw, itemsMax: itemsMax)) else {
            return nil
        }
        let frame = Frame.encode(message, codec)
        pending = frame
        sent.append(frame)
        return frame
    }

    /// The last things said on this line, for a person who looks for a mistake.
    public private(set) var said: [String] = []

    private func listen(_ frame: [UInt8], _ name: String) throws {
        said = said.suffix(11) + ["\(name): \(try Frame.decode(frame, codec).summary)"]
    }

    private func deliver(_ frame: [UInt8]) throws {
        let answer = try answerer.answer(frame, through: flaw, itemsMax: itemsMax)
        bytes += frame.count + answer.count
        try listen(frame, dialler.key)
        try listen(answer, answerer.key)
        pending = nil
        try session?.receive(Frame.decode(answer, codec), FlawedReplica(dialler.store, flaw, itemsMax: itemsMax))
    }
}

extension Message {
    /// The parts that are there, in a few words.
    fileprivate var summary: String {
        var words: [String] = []
        if let hello { words.append("hello \(hello.incarnation.map(\.description) ?? "-")") }
        if let verdict {
            words.append("verdict\(verdict.isStaleCopy ? " stale" : "")\(verdict.isSuspended ? " suspended" : "")")
        }
        if let receipt { words.append("receipt \(receipt.sequence)") }
        if let confirmed { words.append("confirmed \(confirmed.sequence)") }
        if let tail { words.append("tail \(tail.sequence)") }
        if let batch { words.append("batch \(batch.start.sequence)..\(batch.end.sequence)") }
        if let surplus { words.append("surplus \(surplus.items.count)") }
        if let question {
            switch question.question {
            case .compare(let ranges): words.append("compare#\(question.number) \(ranges.count)")
            case .fetch(let dots): words.append("fetch#\(question.number) \(dots.count)")
            }
        }
        if let reply {
            switch reply.reply {
            case .compared(let answers): words.append("compared#\(reply.number) \(answers.count)")
            case .fetched(let batch): words.append("fetched#\(reply.number) \(batch.items.count)")
            }
        }
        if let fingerprint { words.append("fingerprint \(fingerprint.count):\(Hex.encode(fingerprint.low))") }
        if hasMore { words.append("more") }
        if needsHello { words.append("needs hello") }
        return words.joined(separator: ", ")
    }
}
