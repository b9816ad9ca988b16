import SyncProtocol
import TicketModel
import TicketStore

/// Who reads, and how much: every route that shows what is in a ticket asks here first.
struct TicketReading {
    let actor: Actor
    let people: People
    private let now: Int64

    /// What a part is called that is here and that the reader may not see.
    static let withheld = "withheld"

    /// - Throws: `APIProblem` where nobody named a post and the register does not say which one it would be.
    init(_ call: APICall) throws { try self.init(RequestActor(call).reader(at: call.runtime), call) }

    /// For an answer about many tickets.
    ///
    /// - Throws: `APIProblem` where nobody named a post and posts are registered here.
    init(listing call: APICall) throws { try self.init(RequestActor(call).listReader(at: call.runtime), call) }

    init(_ actor: Actor, _ call: APICall) {
        self.actor = actor
        people = call.store.people
        now = call.store.wallMilliseconds()
    }

    /// The ticket that the path names, and how much of it the reader may see. A refused attempt, and what head office
    /// reads for a time, is written into the ticket first: nothing is shown that could not be recorded. That the words
    /// were shown at all is kept at this node (AU-05).
    ///
    /// - Throws: `Refusal`, `APIProblem`, `StoreError`.
    static func detail(_ call: APICall) throws -> (detail: TicketDetail, reading: Disclosure) {
        let purpose = try purpose(call)
        let reader = try TicketReading(call)
        let detail: TicketDetail
        do {
            detail = try call.store.ticket(try call.ticket())
        } catch StoreError.noSuchTicket {
            throw reader.refusal(of: .unborn) ?? StoreError.noSuchTicket
        }
        switch mayRead(detail.view, reader.actor, people: reader.people, at: reader.now) {
        case .granted(let level, let isRecorded):
            if isRecorded {
                try call.store.noteRead(of: detail.document, post: reader.actor.post, reason: ReadAttempt.granted)
            }
            if level.includes(.personal) {
                try call.store.noteReading(
                    of: detail.document, by: reader.actor.post, operation: call.operation, purpose: purpose)
            }
            return (detail, level)
        case .refused(let refusal, let isRecorded):
            if isRecorded {
                call.store.noteRefusedRead(
                    of: detail.document, post: reader.actor.post, reason: refusal.code.rawValue)
            }
            throw refusal
        }
    }

    /// What is told to whom `mayRead` refuses a ticket; nil for who may read it. Of a ticket that is not here (`unborn`) it is
    /// what would be told if it were: no answer tells one from the other.
    func refusal(of ticket: TicketView) -> (any Error)? {
        guard case .refused(let refusal, _) = mayRead(ticket, actor, people: people, at: now) else { return nil }
        return refusal
    }

    /// True for a ticket of which the reader must not even know.
    func hides(_ ticket: TicketView) -> Bool { ticket.hides(from: actor, people) }

    /// Pages of others' tickets that are passed over before a short page is given.
    private static let pagesMax = 20
    /// Rows that are read to see whether anything follows a full page.
    private static let aheadRows = 20

    /// A page of what the reader may see: as long as asked for, and followed by another only where that one would show
    /// something, so that nothing tells of the rows between. Its cursor stands at a row that is shown, because it tells that
    /// row's values.
    static func page<Shown>(
        _ query: WorklistQuery, _ store: ReplicaStore, shown: (TicketRow) throws -> Shown?
    ) throws -> (rows: [Shown], next: String?) {
        var query = query
        let rowsMax = min(max(1, query.rows), WorklistQuery.rowsMax)
        // One more tells whether another page follows.
        query.rows = rowsMax + 1
        var found: [(row: TicketRow, shown: Shown)] = []
        func place() throws -> String? { try found.last.map { try query.cursor(after: $0.row) } ?? query.after }
        for _ in 0..<pagesMax {
            let page = try store.worklist(query)
            for row in page.rows {
                guard let shown = try shown(row) else { continue }
                if found.count == rowsMax { return (found.map(\.shown), try place()) }
                found.append((row, shown))
            }
            guard let next = page.next else { return (found.map(\.shown), nil) }
            query.after = next
            if found.count == rowsMax { query.rows = aheadRows }
        }
        return (found.map(\.shown), try place())
    }

    /// The ticket as the rules see it; `unborn` for one that is not here.
    static func view(_ reference: TicketReference, _ call: APICall) throws -> TicketView {
        do { return try call.store.ticket(reference).view } catch StoreError.noSuchTicket { return .unborn }
    }

    /// Why somebody reads: a code, so that no customer's word gets into the list of readings.
    private static func purpose(_ call: APICall) throws -> String? {
        let purpose = try call.header("X-Purpose")
        guard let purpose, !Code.isWellFormed(purpose) else { return purpose }
        throw APIProblem.badHeader(
            "X-Purpose", Wording("不是代码", "It is no code."),
            hint: Wording("例如 audit-2026", "For example audit-2026."))
    }

    /// How much of a ticket in a list the reader may see.
    func level(of detail: TicketDetail) -> Disclosure {
        if case .granted(let level, _) = mayRead(detail.view, actor, people: people, at: now) {
            level
        } else {
            .nothing
        }
    }
}

/// Which tickets may stand in an answer: those that the post which asks may open, because that a list names a ticket tells
/// of it. Only where no posts are registered nobody need be named, and nobody is known who would have to be kept away.
struct ListedTickets {
    private let reader: TicketReading?
    private let store: ReplicaStore

    /// - Throws: `APIProblem` where nobody named a post and posts are registered here.
    init(_ call: APICall) throws {
        let asked = try TicketReading(listing: call)
        reader = try call.header("X-Post") == nil ? nil : asked
        store = call.store
    }

    /// nil where nobody named a post and posts are registered here.
    init?(ifNamed call: APICall) throws {
        guard try call.header("X-Post") != nil || !call.store.people.covers(call.runtime.node.id) else { return nil }
        try self.init(call)
    }

    /// For the answer to somebody who acts.
    init(_ actor: Actor, _ call: APICall) {
        reader = call.store.people.covers(call.runtime.node.id) ? TicketReading(actor, call) : nil
        store = call.store
    }

    /// True for a ticket that must not be known to the reader: no figure counts it.
    func hides(_ ticket: TicketView) -> Bool { reader?.hides(ticket) ?? false }

    /// Of the tickets that are kept from the reader those that acts may be counted of.
    func keptDocuments() throws -> Set<DocumentID> { try target.map { try store.documents(keptFrom: $0) } ?? [] }

    /// Whose tickets figures leave out; nil where no post is named.
    var target: RecusalTokens? {
        reader.map { RecusalTokens(post: $0.actor.post, person: $0.actor.personToken, $0.people) }
    }

    /// True also for what is no ticket of this node.
    func contains(_ reference: TicketReference) throws -> Bool {
        try level(reference).map { $0.read > .nothing } ?? true
    }

    /// True where the reader may see all that this node holds of it: what a search by words may name, which would else let
    /// the words be guessed.
    func containsWords(_ reference: TicketReference) throws -> Bool {
        try level(reference).map { $0.read >= $0.held } ?? true
    }

    /// nil where nobody has to be kept away.
    private func level(_ reference: TicketReference) throws -> (read: Disclosure, held: Disclosure)? {
        guard let reader else { return nil }
        do {
            let detail = try store.ticket(reference)
            return (reader.level(of: detail), detail.view.disclosure)
        } catch StoreError.noSuchTicket {
            return nil
        }
    }
}
