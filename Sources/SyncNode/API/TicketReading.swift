import SyncProtocol
import TicketModel
import TicketStore

/// Who reads, and how much: every route that shows what is in a ticket asks here first.
struct TicketReading {
    private let actor: Actor
    private let people: People
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
    /// reads for a time, is written into the ticket first: nothing is shown that could not be recorded.
    ///
    /// - Throws: `Refusal`, `APIProblem`, `StoreError`.
    static func detail(_ call: APICall) throws -> (detail: TicketDetail, reading: Disclosure) {
        let detail = try call.store.ticket(try call.ticket())
        let reader = try TicketReading(call)
        switch mayRead(detail.view, reader.actor, people: reader.people, at: reader.now) {
        case .granted(let level, let isRecorded):
            if isRecorded {
                try call.store.noteRead(of: detail.document, post: reader.actor.post, reason: ReadAttempt.granted)
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

    /// The rows of a list that the post which asks may open: that a search finds a ticket tells of its words. Without a
    /// named post nobody is known who would have to be kept away.
    static func rows<Row>(
        _ rows: [Row], _ call: APICall, document: (Row) -> DocumentID
    ) throws -> [Row] {
        guard try call.header("X-Post") != nil else { return rows }
        let reader = try TicketReading(call)
        return try rows.filter { row in
            reader.level(of: try call.store.ticket(.document(document(row)))) > .nothing
        }
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
