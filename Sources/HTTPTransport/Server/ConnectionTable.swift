import Glibc
import Platform

/// The open sockets. An entry is removed before its socket is closed, so the number in it cannot belong to another file.
final class ConnectionTable: Sendable {
    private struct State {
        var bySocket: [Int32: Connection] = [:]
        var byPeer: [String: Int] = [:]
    }

    private let state = Locked(State())
    private let connectionsMax: Int
    private let connectionsPerPeerMax: Int?

    init(connectionsMax: Int, connectionsPerPeerMax: Int?) {
        self.connectionsMax = connectionsMax
        self.connectionsPerPeerMax = connectionsPerPeerMax
    }

    var count: Int { state.withLock { $0.bySocket.count } }

    /// False when the server, or this peer, has enough connections.
    func insert(_ connection: Connection) -> Bool {
        state.withLock { state in
            // A stale entry: its socket was closed without notice, else the system would not have given it again.
            ConnectionTable.remove(connection.socket, from: &state)
            let ofPeer = state.byPeer[connection.peer, default: 0]
            guard state.bySocket.count < connectionsMax, ofPeer < connectionsPerPeerMax ?? .max else { return false }
            state.bySocket[connection.socket] = connection
            state.byPeer[connection.peer] = ofPeer + 1
            return true
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
        let left = state.byPeer[connection.peer, default: 1] - 1
        state.byPeer[connection.peer] = left > 0 ? left : nil
    }
}
