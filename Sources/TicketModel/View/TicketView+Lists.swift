import SyncProtocol

// What the growing lists of a ticket say together.
extension TicketView {
    /// A promise to the customer and what became of it (RF-19, RF-20).
    public struct Promise: Hashable, Sendable {
        public let key: String
        /// When it falls due, milliseconds since 1970 UTC.
        public let due: Int64
        public let post: String
        /// When it was given, milliseconds since 1970 UTC.
        public let madeAt: Int64
        /// `kept`, `broken` or `replaced`; nil while it is open.
        public let verdict: String?
    }

    public var promises: [Promise] { Promise.all { fields[$0] ?? [] } }

    /// A supervision order on this ticket, and whether it was answered (DL-11, DL-12).
    public struct Supervision: Hashable, Sendable {
        public let key: String
        public let reason: String
        public let answerBy: Int64
        /// Who gave the order.
        public let post: String
        public let node: NodeID
        /// A code of `Enumeration.supervisionAnswer`; nil while nobody answered.
        public let answer: String?
        /// Milliseconds since 1970 UTC.
        public let answeredAt: Int64?
    }

    public var supervisions: [Supervision] {
        let answers = entries(TicketField.supervisionAnswers, EntryShapes.supervisionAnswer)
        return entries(TicketField.supervisions, EntryShapes.supervision).compactMap { entry in
            guard let key = entry["key"], let reason = entry["reason"], let by = entry.integer("answer_by"),
                let post = entry["post"], let node = entry["node"].flatMap({ NodeID($0) })
            else { return nil }
            let own = answers.filter { $0["key"] == key }
            return Supervision(
                key: key, reason: reason, answerBy: by, post: post, node: node, answer: own.last?["answer"],
                answeredAt: own.compactMap { $0.integer("at") }.min())
        }
    }

    /// The named liaison of a node: the latest entry by instant, then by text (AP-19).
    public func liaison(of node: NodeID) -> String? {
        entries(TicketField.liaisons, EntryShapes.liaison).filter { $0["node"] == node.text }
            .max { ($0.integer("at") ?? 0, $0.text) < ($1.integer("at") ?? 0, $1.text) }?["post"]
    }

    /// The latest word on a hop of the report upward: `sent`, `accepted` or `rejected`; nil where nothing was sent.
    public func reportState(_ hop: String) -> String? {
        entries(TicketField.reports, EntryShapes.report).filter { $0["hop"] == hop }
            .max { ($0.integer("at") ?? 0, $0.text) < ($1.integer("at") ?? 0, $1.text) }?["verdict"]
    }

    /// Who sent the report of a hop last.
    func reporter(_ hop: String) -> String? {
        entries(TicketField.reports, EntryShapes.report).filter { $0["hop"] == hop && $0["verdict"] == "sent" }
            .max { ($0.integer("at") ?? 0, $0.text) < ($1.integer("at") ?? 0, $1.text) }?["post"]
    }

    /// Reports that were sent back, over both hops (AP-23).
    public var reportRejections: Int {
        entries(TicketField.reports, EntryShapes.report).count { $0["verdict"] == "rejected" }
    }

    /// Who handled the earlier rounds (T22: the next round has another handler).
    public var earlierHandlers: [String] { entries(TicketField.rounds, EntryShapes.round).compactMap { $0["handler"] } }

    /// Evidence of a class that is on the list.
    func hasEvidence(_ classes: [String]) -> Bool {
        entries(TicketField.evidenceItems, EntryShapes.evidence).contains { classes.contains($0["class"] ?? "") }
    }

    /// The key of the piece of evidence that people gave a number; nil where none on the list has it.
    func evidenceKey(ofPaper paper: String) -> String? {
        entries(TicketField.evidenceItems, EntryShapes.evidence).first { $0["paper"] == paper }?["key"]
    }

    /// The way back of the work order, the next unit to get it last.
    public var returnPath: [UnitRef] { text(TicketField.returnPath).flatMap(UnitPath.units) ?? [] }

    /// True for a ticket that is no customer's complaint but an order inside the bank.
    public var isOrder: Bool { Registration.orderKinds.contains(text(TicketField.kind) ?? "") }

    /// Posts that took, answered or fed back the ticket in a round.
    func workers(ofRound round: Int64) -> [String] {
        entries(TicketField.workers, EntryShapes.worker).filter { $0.integer("round") == round }.compactMap {
            $0["post"]
        }
    }

    /// When the present round began; nil in the first one.
    var roundBeganAt: Int64? { entries(TicketField.rounds, EntryShapes.round).compactMap { $0.integer("at") }.max() }

    /// Days of China on which a follow-up of this round failed.
    var daysOfFailedFollowUps: Int {
        let failed = entries(TicketField.followUpAttempts, EntryShapes.attempt).filter {
            $0["result"] != "reached" && $0.integer("at") ?? 0 >= roundBeganAt ?? 0
        }
        return Set(failed.compactMap { $0.integer("at").map { CivilTime.chinaDate(at: $0) } }).count
    }
}
