import SyncProtocol
import TicketModel

extension ReplicaStore {
    /// The rules that have arrived here.
    public func rules() throws -> RuleBook { try peek(\.rules) }

    /// How often rules have arrived since the store was opened: whoever looks again only then misses nothing.
    public func rulesArrivals() throws -> Int { try peek(\.rulesArrivals) }

    /// When this node has to look at a ticket in its custody: somebody is to be told of a clock, or something is to be
    /// booked into one. nil where no clock runs to an end.
    ///
    /// One look into an index: it costs the same for any number of tickets.
    public func nextClockWork() throws -> Int64? {
        try read { [context] connection in
            try connection.cached(
                "SELECT min(clock_work_at) FROM documents WHERE custodian = ? AND clock_work_at IS NOT NULL"
            ).integer(context.node.text)
        }
    }

    /// Books what others did into the clocks of tickets in this node's custody, says which steps they have reached, and
    /// does what time alone does to tickets (CL-13), each as an act of this node. Only tickets with something due are
    /// touched.
    ///
    /// - Parameter max: how many tickets one transaction takes; call again until none is left.
    /// - Returns: on how many tickets something was done.
    @discardableResult
    public func keepClocks(max: Int = 200) throws -> Int {
        guard let next = try nextClockWork(), next <= wallMilliseconds() else { return 0 }
        return try write { try $0.keepClocks(max: max) }
    }

    /// Finds the ends of undetermined clocks of tickets in this node's custody that the calendars here can tell by now:
    /// each is an act of this node, to be seen. A pinned end never moves.
    ///
    /// - Parameters:
    ///   - after: where the call before ended; 0 begins.
    ///   - max: how many tickets one transaction takes.
    /// - Returns: where to go on; nil when all were looked at. And in how many tickets an end was found.
    public func findEnds(after: Int64 = 0, max: Int = 200) throws -> (next: Int64?, found: Int) {
        try write { try $0.findEnds(after: after, max: max) }
    }
}

extension Transaction {
    func keepClocks(max: Int) throws -> Int {
        let due = try connection.cached(
            text:
                """
                SELECT space, number FROM documents WHERE custodian = ? AND clock_work_at <= ?
                ORDER BY clock_work_at LIMIT \(max)
                """
        ).all(context.node.text, now) { DocumentID(space: $0.uint64(0), number: $0.uint64(1)) }
        return try due.count { try keepClocks(of: $0) }
    }

    /// False where there was nothing to do.
    private func keepClocks(of id: DocumentID) throws -> Bool {
        // A suspended copy says nothing: what is due is told, late, by whoever the bank lets go on.
        guard try leadClaim(id) != nil else { return false }
        let hasBooked = try bookFacts(of: id)
        let core = try document(id).state.core
        let clocks = TicketClocks(core.value)
        let steps = memory.rules.dueSteps(of: clocks, given: ClockStep.given(core), at: now)
        guard !steps.isEmpty else { return hasBooked }
        _ = try author(
            Draft(
                document: id, kind: ClockStep.act, post: "",
                core: steps.map { .add(TicketField.clockSteps, .text($0.key)) }))
        try carryOutEffects(of: clocks, on: id)
        return true
    }

    /// The claim of an act of this node on a ticket in its custody; nil for a suspended copy, which changes nothing.
    private func leadClaim(_ id: DocumentID) throws -> Draft.Claim? {
        guard !memory.isSuspended, let lead = try document(id).state.lead, lead.holder == context.node else {
            return nil
        }
        return .held(CustodyClaim(leg: 0, version: lead.version))
    }

    /// What happens to the clocks by an act of this node that is nothing else.
    private func work(
        on id: DocumentID, facts: [ClockFact] = [], _ given: [FieldID: Value] = [:]
    ) throws -> [Operation] {
        let before = try document(id).state.core.value
        let act = ClockAct(events: [], at: now, post: "")
        return memory.rules.clockWork(of: act, before: before, after: { given[$0] ?? before($0) }, facts: facts)
            .operations
    }

    private func bookFacts(of id: DocumentID) throws -> Bool {
        guard let claim = try leadClaim(id) else { return false }
        let operations = try work(on: id, facts: ClockFact.all(try document(id).state.core))
        guard !operations.isEmpty else { return false }
        _ = try author(
            Draft(document: id, kind: ClockStep.bookingAct, post: "", claim: claim, core: operations))
        return true
    }

    /// The upgrade to `major` after a month, by the node that has custody.
    private func carryOutEffects(of clocks: TicketClocks, on id: DocumentID) throws {
        guard let claim = try leadClaim(id) else { return }
        let effects = memory.rules.dueEffects(of: clocks, at: now, value: try document(id).state.core.value)
        guard !effects.isEmpty else { return }
        let given = Dictionary(effects.map { ($0.field, $0.value) }, uniquingKeysWith: { first, _ in first })
        let view = try TicketView(
            id, try document(id).state, context, isSuspended: memory.isSuspended, isServed: { try isServed($0) })
        let place = Place(
            node: context.node, tier: context.tier, org: "", parent: context.hierarchy.parent(of: context.node))
        let operations = reclassify(view, given, at: place, people: memory.people, now: now)
        _ = try author(
            Draft(
                document: id, kind: ClockStep.effectAct, post: "", claim: claim,
                core: operations + (try work(on: id, given))))
    }

    func findEnds(after: Int64, max: Int) throws -> (next: Int64?, found: Int) {
        let rows = try connection.cached(
            text:
                """
                SELECT key, space, number FROM documents
                WHERE undetermined_clocks IS NOT NULL AND key > ? AND custodian = ? ORDER BY key LIMIT \(max)
                """
        ).all(after, context.node.text) { ($0.int64(0), DocumentID(space: $0.uint64(1), number: $0.uint64(2))) }
        let found = try rows.count { try findEnds(of: $0.1) }
        return (rows.count == max ? rows.last?.0 : nil, found)
    }

    private func findEnds(of id: DocumentID) throws -> Bool {
        guard let claim = try leadClaim(id) else { return false }
        let clocks = TicketClocks(try document(id).state.core.value)
        let operations = memory.rules.determined(clocks, at: now).operations
        guard !operations.isEmpty else { return false }
        _ = try author(Draft(document: id, kind: ClockStep.foundAct, post: "", claim: claim, core: operations))
        return true
    }

    /// What an act could not do to the clocks is told here, once a ticket.
    func raiseAlarms(_ work: ClockWork, _ number: String?) throws {
        if !work.withoutRoom.isEmpty { try incident(.clockWithoutRoom, subject: number) }
        if !work.refused.isEmpty { try incident(.clockNotChanged, subject: number) }
    }
}
