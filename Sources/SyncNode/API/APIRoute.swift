import HTTPTransport

/// One operation of the interface: address, method, what it takes, what it answers, and who carries it out. Router,
/// body limits, interface description and tests all read this value.
struct APIRoute: Sendable {
    /// Where the work is done.
    enum Handler: Sendable {
        /// On the HTTP thread: touches no file.
        case inline(@Sendable (APICall) throws -> HTTPResponse)
        /// On a worker: may read the database.
        case worker(@Sendable (APICall) throws -> HTTPResponse)
        /// Answers by itself, later.
        case deferred(@Sendable (APICall, APIReply) throws -> Void)
    }

    /// A parameter of the query or a header.
    struct Parameter: Sendable {
        enum Place: String, Sendable {
            case query, header
        }

        var name: String
        var place: Place
        var summary: Wording
        var schema: APISchema
        var isRequired = false
        var example: String?
    }

    /// What a request carries.
    struct Body: Sendable {
        /// The name of a schema of `APISchema.named`.
        var schema: String
        var isRequired: Bool
        var bytesMax: Int
    }

    /// An answer with a body, or without where `schema` is nil.
    struct Answer: Sendable {
        var status: Int
        var summary: Wording
        /// The name of a schema of `APISchema.named`.
        var schema: String?
        var mediaType = "application/json"
    }

    var method: HTTPMethod
    /// With names in braces: `/api/v1/tickets/{ref}`.
    var path: String
    /// `operationId` of the interface description.
    var operation: String
    var summary: Wording
    var parameters: [Parameter] = []
    var body: Body?
    var answers: [Answer]
    /// The statuses of the problems that it may answer, beside those that every route may.
    var problems: [Int] = []
    /// True where the handler reads names of the query that no list could say, and refuses the others itself.
    var readsOwnQuery = false
    var handler: Handler

    /// What every route may answer.
    static let commonProblems = [400, 403, 413, 421, 500, 503]

    /// Every problem that it may answer. 411: a body whose length is not told beforehand.
    var allProblems: [Int] {
        Set(problems + APIRoute.commonProblems + (body == nil ? [] : [411]) + (changes ? [415] : [])).sorted()
    }

    /// True for what is more than a look: it takes no form that a page of another site could send.
    var changes: Bool { method != .get }

    /// The most bytes that a request without a body of its own may bring, so that it is told what is wrong.
    static let strayBodyBytesMax = 4096

    var bodyBytesMax: Int { body?.bytesMax ?? APIRoute.strayBodyBytesMax }

    /// The pieces of the path.
    var pieces: [Substring] { path.split(separator: "/") }

    /// How many names in braces the path has.
    var nameCount: Int { pieces.count { $0.first == "{" } }

    /// The values of the names in braces; nil where the path is another.
    func match(_ segments: [String]) -> [String: String]? {
        let pieces = pieces
        guard pieces.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (piece, segment) in zip(pieces, segments) {
            if piece.first == "{" {
                guard !segment.isEmpty else { return nil }
                values[String(piece.dropFirst().dropLast())] = segment
            } else if piece != segment {
                return nil
            }
        }
        return values
    }
}
