import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// What a failed exchange is called, on either side of the line.
enum ExchangeFailure {
    static func response(to error: any Error) -> HTTPResponse {
        switch error {
        case let error as APIProblem: return error.response
        case let error as WireError:
            return .explained(
                status: 400, code: "sync.\(error.code)", sentence: "The frame could not be read.",
                hint: "Check that both nodes run versions with the same protocol.")
        case let error as SessionError:
            return .explained(
                status: 403, code: "sync.\(error.code)", sentence: sentence(error),
                hint: "Compare the topology files of both nodes: `syncnode topology check FILE` prints their digests.")
        case let error as any ExplainedError:
            let report = ErrorReport.first(of: error)
            return .problem(status: status(of: error), code: report.code, sentence: report.sentence, hint: report.hint)
        default:
            return .explained(
                status: 500, code: "sync.internal", sentence: "The exchange failed.",
                hint: "Look at the incidents and the log of the node.")
        }
    }

    static func refuseMethod(_ code: String, _ sentence: String, _ responder: HTTPResponder) {
        var response = HTTPResponse.explained(status: 405, code: code, sentence: sentence, hint: "Use POST.")
        response.headers["Allow"] = "POST"
        _ = responder.respond(response)
    }

    /// 400 and 422 for what the sender wrote, 409 for what is in the way, 422 for a path that cannot be used; 507 for a
    /// full disk, 503 for what may pass by itself, 500 for damage, 502 for what another node answered.
    static func status(of error: any Error) -> Int {
        switch error {
        case let refused as RefusedOperation: refused.status
        case is JSONError: 400
        case is ConfigurationError: 422
        case let error as FileError: status(of: error)
        case let error as DatabaseError: status(of: error.resultCode)
        case WriterError.notAcknowledged(let cause) where status(of: cause) == 507: 507
        case is PeerRefusal, is HTTPClientError: 502
        case StoreError.damagedAction: 500
        case StoreError.tooMuchWaits: 429
        case StoreError.filesReplaced: 503
        case StoreError.beyondLimits: 422
        case is StoreError: 409
        default: 503
        }
    }

    private static func status(of error: FileError) -> Int {
        switch error.code {
        case "store.file-exists": 409
        case "store.disk-full": 507
        case "store.missing-file", "store.read-only", "store.bad-path": 422
        default: 503
        }
    }

    private static func status(of code: ResultCode) -> Int {
        switch code {
        case .full, .ioErrorSharedMemorySize: 507
        case .corrupt, .notADatabase: 500
        default: 503
        }
    }

    private static func sentence(_ error: SessionError) -> String {
        switch error {
        case .otherTopology: "The peer is of another bank or another state of the topology."
        case .notANeighbour: "The peer is not a neighbour of this node."
        case .otherNode: "Another node answers at this address."
        case .noHello: "The session did not begin with a hello."
        case .protocolViolation: "The peer broke the rules of the protocol."
        case .quarantined: "Too many acts of the peer were refused; its line rests until a person decides."
        }
    }

    /// What a person is told of why a dialled exchange failed.
    static func report(of error: any Error) -> ErrorReport {
        if let error = error as? any ExplainedError { return .first(of: error) }
        let code = code(of: error)
        return ErrorReport(
            code, english: (error as? SessionError).map(sentence) ?? "The answer of the other node could not be read.",
            hint: "Compare versions and topology files of both nodes: `syncnode topology check FILE` prints digests.")
    }

    /// The stable code of why a dialled exchange failed.
    static func code(of error: any Error) -> String {
        switch error {
        case let error as WireError: error.code
        case let error as SessionError: error.code
        case let error as any ExplainedError: error.code
        default: "internal"
        }
    }
}

extension HTTPResponse {
    /// Problem details in both languages: the English words behind the Chinese ones of the code.
    static func explained(status: Int, code: String, sentence: String, hint: String) -> HTTPResponse {
        let report = ErrorReport(code, english: sentence, hint: hint)
        return .problem(status: status, code: code, sentence: report.sentence, hint: report.hint)
    }
}

/// The other node answered, but not with a frame.
struct PeerRefusal: ExplainedError {
    let status: Int
    /// The peer's own code, where it named one.
    let peerCode: String?
    /// The rule that refused, where the peer named one.
    var peerRule: String?

    var code: String { peerCode ?? "sync.status-\(status)" }
    var sentence: String { "The neighbour answered with status \(status)." }
    var hint: String {
        switch peerCode {
        case "sync.peer-other-topology", "sync.peer-not-a-neighbour":
            "Compare the topology files of both nodes: `syncnode topology check FILE` prints their digests."
        default: "Look at the neighbour's log and incidents."
        }
    }
}
