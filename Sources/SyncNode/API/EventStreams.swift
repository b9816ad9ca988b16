import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// Server-sent events about what changes at this node. One thread feeds all streams.
///
/// `change` carries the apply sequence as its id: whoever saw S and now sees T knows that T - S acts came in between.
/// `progress` says that something moved without an act: an acknowledgement, or a body that arrived.
final class EventStreams: Sendable {
    static let streamsMax = 256
    static let heartbeatMilliseconds = 15_000
    /// A burst of commits makes one event.
    private static let pauseMilliseconds = 50

    private struct State {
        var streams: [HTTPStream] = []
        var isClosing = false
    }

    private let state: Locked<State>
    private let store: ReplicaStore
    private let thread: WorkerThread

    init(store: ReplicaStore, heartbeatMilliseconds: Int = EventStreams.heartbeatMilliseconds) throws(WorkerThreadError)
    {
        let state = Locked(State())
        self.state = state
        self.store = store
        let seen = store.changes.count
        thread = try WorkerThread(name: "api-events") {
            EventFeed(store: store, heartbeatMilliseconds: heartbeatMilliseconds).run(after: seen) { bytes in
                EventStreams.send(bytes, state)
            } shouldPause: {
                EventStreams.pause(state)
            }
        }
    }

    /// How many clients listen.
    var count: Int { state.withLock { $0.streams.count } }

    /// Takes a stream on: from now on it hears of every change.
    func add(_ stream: HTTPStream) {
        state.withLock { state in
            if state.isClosing { stream.close() } else { state.streams.append(stream) }
        }
    }

    /// The first words to a stream. The sequence is read after `add`, so no change can fall between the two.
    /// - Parameter last: the sequence that the client saw last; nil for a new one.
    static func greet(_ stream: HTTPStream, after last: Int64?, now sequence: Int64) {
        let greeting = last == sequence ? EventFeed.comment("ready") : EventFeed.change(sequence)
        _ = stream.send(EventFeed.retry + greeting)
    }

    var isFull: Bool { state.withLock { $0.streams.count >= EventStreams.streamsMax } }

    /// Ends all streams; new ones end at once.
    func endStreams() {
        state.change { state in
            state.isClosing = true
            for stream in state.streams { stream.close() }
            state.streams = []
        }
        store.changes.raise()
    }

    /// Ends all streams and the thread.
    func close() {
        endStreams()
        thread.join()
    }

    /// - Returns: false once nothing more is to be sent.
    private static func send(_ bytes: [UInt8], _ state: Locked<State>) -> Bool {
        state.withLock { state in
            state.streams.removeAll { !$0.send(bytes) }
            return !state.isClosing
        }
    }

    /// Lets a burst pass by.
    private static func pause(_ state: Locked<State>) {
        let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: pauseMilliseconds)
        _ = state.wait(untilNanoseconds: deadline) { $0.isClosing ? true : nil }
    }
}

/// What the thread does, and what events look like on the wire.
struct EventFeed {
    let store: ReplicaStore
    let heartbeatMilliseconds: Int

    static let retry = Array("retry: 2000\n\n".utf8)

    static func change(_ sequence: Int64) -> [UInt8] {
        Array("event: change\nid: \(sequence)\ndata: {\"apply_sequence\":\(sequence)}\n\n".utf8)
    }

    static func progress(_ sequence: Int64) -> [UInt8] {
        Array("event: progress\ndata: {\"apply_sequence\":\(sequence)}\n\n".utf8)
    }

    static func comment(_ text: String) -> [UInt8] { Array(": \(text)\n\n".utf8) }

    func run(after first: UInt64, send: ([UInt8]) -> Bool, shouldPause pause: () -> Void) {
        var seen = first
        var sequence: Int64 = -1
        while true {
            let deadline = SystemClock.deadlineNanoseconds(inMilliseconds: heartbeatMilliseconds)
            guard let count = store.changes.wait(after: seen, untilNanoseconds: deadline) else {
                guard send(EventFeed.comment("heartbeat")) else { return }
                continue
            }
            seen = count
            guard send(event(&sequence)) else { return }
            pause()
        }
    }

    /// What to tell after the bell rang. A store that cannot be read says nothing; the next bell tries again.
    private func event(_ sequence: inout Int64) -> [UInt8] {
        do {
            let now = try store.currentSequence()
            defer { sequence = now }
            return now == sequence ? EventFeed.progress(now) : EventFeed.change(now)
        } catch {
            return EventFeed.comment("unreadable \(APIProblem.of(error).code)")
        }
    }
}
