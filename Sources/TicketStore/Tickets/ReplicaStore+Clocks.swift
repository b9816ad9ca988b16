import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// The rules that have arrived here.
    public func rules() throws -> RuleBook { try peek(\.rules) }

    /// When somebody is to be told of a clock of a ticket in this node's custody; nil where no clock runs to an end.
    ///
    /// One look into an index: it costs the same for any number of tickets.
    public func nextNotice() throws -> Int64? {
        try read { [context] connection in
            try connection.cached("SELECT min(notice_at) FROM documents WHERE custodian = ? AND notice_at IS NOT NULL")
                .integer(context.node.text)
        }
    }

    /// Gives the notices that are due now, and does what time alone does to tickets (CL-13), each as an act of this node.
    /// Only tickets with something due are touched.
    ///
    /// - Parameter max: how many tickets one transaction takes; call again until none is left.
    /// - Returns: on how many tickets something was told.
    @discardableResult
    public func giveNotices(max: Int = 200) throws -> Int {
        guard let next = try nextNotice(), next <= wallMilliseconds() else { return 0 }
        return try write { try $0.giveNotices(max: max) }
    }
}

extension Transaction {
    func giveNotices(max: Int) throws -> Int {
        let due = try connection.cached(
            text:
                """
                SELECT space, number FROM documents WHERE custodian = ? AND notice_at <= ? ORDER BY notice_at LIMIT \(max)
                """
        ).all(context.node.text, now) { DocumentID(space: $0.uint64(0), number: $0.uint64(1)) }
        return try due.count { try giveNotice(on: $0) }
    }

    /// False where there was nothing to tell.
    private func giveNotice(on id: DocumentID) throws -> Bool {
        let core = try document(id).state.core
        let clocks = TicketClocks(core.value)
        let notices = memory.rules.dueNotices(of: clocks, given: ClockNotice.given(core), at: now)
        guard !notices.isEmpty else { return false }
        _ = try author(
            Draft(
                document: id, kind: ClockNotice.act, post: "",
                core: notices.map { .add(TicketField.clockNotices, .text($0.key)) }))
        try carryOutEffects(of: clocks, on: id)
        return true
    }

    /// The upgrade to `major` after a month, by the node that has custody; a suspended copy changes nothing.
    private func carryOutEffects(of clocks: TicketClocks, on id: DocumentID) throws {
        let state = try document(id).state
        guard !memory.isSuspended, let lead = state.lead, lead.holder == context.node else { return }
        let before = state.core.value
        let effects = memory.rules.dueEffects(of: clocks, at: now, value: before)
        guard !effects.isEmpty else { return }
        let given = Dictionary(effects.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        let act = ClockAct(events: [], at: now, post: "")
        let work = memory.rules.clockWork(of: act, before: before, after: { given[$0] ?? before($0) })
        _ = try author(
            Draft(
                document: id, kind: ClockNotice.effectAct, post: "",
                claim: .held(CustodyClaim(leg: 0, version: lead.version)),
                core: given.sorted { $0.key < $1.key }.map { .assign($0.key, $0.value) } + work.operations))
    }
}
