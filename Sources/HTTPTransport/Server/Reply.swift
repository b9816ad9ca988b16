import CMicroHTTPD
import Platform

/// The one answer of one request, given by any thread and sent by the connection's own.
///
/// Valid transitions:
/// - `open` → `parked` (the handler returned first) or `answered`
/// - `parked` → `answered` (the connection is woken and asks again)
/// - `answered` → `sending` (the connection took the answer)
/// - any → `over` (the request is completed or its connection is lost)
final class Reply: Sendable {
    /// What the client gets.
    enum Answer: Sendable {
        case whole(HTTPResponse)
        case stream(status: Int, headers: HTTPHeaders, HTTPStream)
    }

    private enum State {
        case open
        case parked
        case answered(Answer)
        case sending(HTTPStream?)
        case over
    }

    private let state = Locked(State.open)
    private let connection: ConnectionReference

    init(connection: ConnectionReference) { self.connection = connection }

    /// False when the request was already answered or is over.
    func answer(_ answer: Answer) -> Bool {
        state.withLock { state in
            switch state {
            case .open: state = .answered(answer)
            case .parked:
                state = .answered(answer)
                // Under the lock: until it is given up, the connection cannot be completed.
                MHD_resume_connection(connection.pointer)
            case .answered, .sending, .over: return false
            }
            return true
        }
    }

    /// Called by the connection's thread: the answer if there is one, else the connection is put to sleep.
    func takeOrPark() -> Answer? {
        state.withLock { state in
            switch state {
            case .open, .parked:
                // Under the lock, so that no answer can come between the look and the sleep.
                MHD_suspend_connection(connection.pointer)
                state = .parked
                return nil
            case .answered(let answer):
                if case .stream(_, _, let stream) = answer { state = .sending(stream) } else { state = .sending(nil) }
                return answer
            case .sending, .over: preconditionFailure("an answer is taken once")
            }
        }
    }

    /// The request is completed, well or badly.
    func finish() {
        let stream = state.withLock { state in
            defer { state = .over }
            return Reply.stream(of: state)
        }
        stream?.leave()
    }

    /// For a server that stops: what is unanswered gets 503, and what streams ends.
    func abandon() {
        if answer(.whole(HTTPRefusal.stopping.response)) { return }
        state.withLock { Reply.stream(of: $0) }?.close()
    }

    /// Ends the stream, if this is one; anything else goes on.
    func endStream() {
        state.withLock { Reply.stream(of: $0) }?.close()
    }

    private static func stream(of state: State) -> HTTPStream? {
        switch state {
        case .answered(.stream(_, _, let stream)): stream
        case .sending(let stream): stream
        case .open, .parked, .answered(.whole), .over: nil
        }
    }
}
