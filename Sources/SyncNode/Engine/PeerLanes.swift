import Platform
import SyncProtocol

/// A few threads that work for all neighbours: one job of a neighbour at a time, and the neighbours in turn, so that
/// one with many or costly jobs takes the time of nobody else.
final class PeerLanes: Sendable {
    typealias Job = @Sendable () -> Void

    /// A neighbour has two connections; what is beyond waits at its own end.
    static let waitingPerPeerMax = 4

    private struct State {
        var waiting: [NodeID: [Job]] = [:]
        /// Those with a job under way.
        var busy: Set<NodeID> = []
        /// Those with jobs that wait and none under way, the longest waiting first.
        var turns: [NodeID] = []
        var isClosed = false
    }

    private let state = Locked(State())
    private let threads: Locked<[WorkerThread]> = Locked([])

    /// - Throws: `WorkerThreadError`.
    init(name: String, threads count: Int) throws {
        for number in 1...count {
            let thread = try WorkerThread(name: "\(name)-\(number)", body: { [self] in work() })
            threads.withLock { $0.append(thread) }
        }
    }

    /// False where too much of this neighbour waits already, or the lanes are closed: the job was not taken.
    func submit(_ peer: NodeID, _ job: @escaping Job) -> Bool {
        state.change { state in
            guard !state.isClosed, state.waiting[peer, default: []].count < PeerLanes.waitingPerPeerMax else {
                return false
            }
            state.waiting[peer, default: []].append(job)
            if !state.busy.contains(peer), !state.turns.contains(peer) { state.turns.append(peer) }
            return true
        }
    }

    /// Finishes what was taken and ends the threads.
    func close() {
        state.change { $0.isClosed = true }
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
    }

    private enum Step {
        case work(NodeID, Job)
        case end
    }

    private func work() {
        while case .work(let peer, let job)? = state.wait(for: { PeerLanes.next(&$0) }) {
            job()
            state.change { PeerLanes.finished(peer, &$0) }
        }
    }

    private static func next(_ state: inout State) -> Step? {
        guard let peer = state.turns.first else {
            // A job under way may be followed by others of its neighbour.
            return state.isClosed && state.busy.isEmpty ? .end : nil
        }
        state.turns.removeFirst()
        state.busy.insert(peer)
        guard let job = state.waiting[peer]?.removeFirst() else { preconditionFailure("a turn without a job") }
        return .work(peer, job)
    }

    private static func finished(_ peer: NodeID, _ state: inout State) {
        state.busy.remove(peer)
        if state.waiting[peer]?.isEmpty == false { state.turns.append(peer) } else { state.waiting[peer] = nil }
    }
}
