import Glibc
import Platform

/// The open sockets. An entry is removed before its socket is closed, so the number in it cannot belong to another file.
final class ConnectionTable: Sendable {
    private struct State {
        var bySocket: [Int32: Connection] = [:]
        var byPeer: [String: Int] = [:]
        /// Connections of each worker.
        var loads: [Int]
    }

    private let state: Locked<State>
    private let connectionsMax: Int
    private let connectionsPerPeerMax: Int?

    /// - Parameter workers: how many there are from the start; more are asked for as connections come.
    init(workers: Int, connectionsMax: Int, connectionsPerPeerMax: Int?) {
        state = Locked(State(loads: Array(repeating: 0, count: workers)))
        self.connectionsMax = connectionsMax
        self.connectionsPerPeerMax = connectionsPerPeerMax
    }

    var count: Int { state.withLock { $0.bySocket.count } }

    /// The new connection with its worker; nil when the server, or this peer, has enough.
    func insert(socket: Int32, peer: String, deadlineMilliseconds: Int64) -> Connection? {
        state.withLock { state in
            // A stale entry: its socket was closed without notice, else the system would not have given it again.
            ConnectionTable.remove(socket, from: &state)
            let ofPeer = state.byPeer[peer, default: 0]
            guard state.bySocket.count < connectionsMax, ofPeer < connectionsPerPeerMax ?? .max else { return nil }
            let worker = ConnectionTable.leastLoaded(&state)
            let connection = Connection(
                socket: socket, peer: peer, worker: worker, deadlineMilliseconds: deadlineMilliseconds)
            state.bySocket[socket] = connection
            state.byPeer[peer] = ofPeer + 1
            state.loads[worker] += 1
            return connection
        }
    }

    func find(_ socket: Int32) -> Connection? {
        state.withLock { $0.bySocket[socket] }
    }

    /// Does nothing when its socket number already belongs to a newer connection.
    func remove(_ connection: Connection) {
        state.withLock { state in
            guard state.bySocket[connection.socket] === connection else { return }
            ConnectionTable.remove(connection.socket, from: &state)
        }
    }

    /// Ends every connection whose client has been too slow. The library notices and closes them.
    func shutDownLate(atMilliseconds now: Int64) {
        state.withLock { state in
            for connection in state.bySocket.values where connection.isLate(atMilliseconds: now) {
                shutdown(connection.socket, Int32(SHUT_RDWR))
                connection.setDeadline(milliseconds: nil)
            }
        }
    }

    private static func remove(_ socket: Int32, from state: inout State) {
        guard let connection = state.bySocket.removeValue(forKey: socket) else { return }
        state.loads[connection.worker] -= 1
        let left = state.byPeer[connection.peer, default: 1] - 1
        state.byPeer[connection.peer] = left > 0 ? left : nil
    }

    private static func leastLoaded(_ state: inout State) -> Int {
        let lightest = state.loads.indices.min { state.loads[$0] < state.loads[$1] }
        if let lightest, state.loads[lightest] < Daemon.connectionsMax { return lightest }
        state.loads.append(0)
        return state.loads.count - 1
    }
}
