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
    init(_ call: APICall) throws {
        actor = try RequestActor(call).reader(at: call.runtime)
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
        let detail = try call.store.ticket(try call.ticket())
        let reader = try TicketReading(call)
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
                try call.store.noteRead(
                    of: detail.document, post: reader.actor.post, reason: refusal.code.rawValue)
            }
            throw refusal
        }
    }

    /// The rows of a list that the post which asks may open.
    static func rows<Row>(
        _ rows: [Row], _ call: APICall, document: (Row) -> DocumentID
    ) throws -> [Row] {
        let listed = try ListedTickets(call)
        return try rows.filter { try listed.contains(.document(document($0))) }
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
/// of it. Without a named post nobody is known who would have to be kept away.
struct ListedTickets {
    private let reader: TicketReading?
    private let store: ReplicaStore

    init(_ call: APICall) throws {
        reader = try call.header("X-Post") == nil ? nil : TicketReading(call)
        store = call.store
    }

    /// Whose tickets figures leave out; nil where no post is named.
    var target: RecusalTokens? {
        reader.map { RecusalTokens(post: $0.actor.post, person: $0.actor.personToken, $0.people) }
    }

    /// True also for what is no ticket of this node.
    func contains(_ reference: TicketReference) throws -> Bool {
        guard let reader else { return true }
        do {
            return reader.level(of: try store.ticket(reference)) > .nothing
        } catch StoreError.noSuchTicket {
            return true
        }
    }
}
