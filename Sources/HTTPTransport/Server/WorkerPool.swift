import Platform

/// The threads that serve connections. There are few at first; each further one comes when all have their fill.
final class WorkerPool: Sendable {
    private let core: ServerCore
    private let daemons: Locked<[Daemon]>

    /// - Throws: `.cannotStart` without memory, threads or descriptors.
    init(core: ServerCore) throws(HTTPError) {
        self.core = core
        var daemons: [Daemon] = []
        do throws(HTTPError) {
            for _ in 0..<core.configuration.threads { daemons.append(try Daemon(core: core)) }
        } catch {
            for daemon in daemons { daemon.stop() }
            throw error
        }
        self.daemons = Locked(daemons)
    }

    /// Gives an accepted socket to its worker. Only the acceptor calls this.
    /// - Returns: false when the socket was refused and closed.
    /// - Throws: `.cannotStart` when the worker is a new one and finds no room; the socket is still open then.
    func add(_ connection: Connection, from address: SocketAddress) throws(HTTPError) -> Bool {
        if let daemon = daemons.withLock({ $0.count > connection.worker ? $0[connection.worker] : nil }) {
            return daemon.add(connection.socket, from: address)
        }
        let daemon = try Daemon(core: core)
        daemons.withLock { daemons in
            precondition(daemons.count == connection.worker, "workers come one after the other")
            daemons.append(daemon)
        }
        return daemon.add(connection.socket, from: address)
    }

    /// Ends all threads. No connection may be asleep, and none may be added any more.
    func stop() {
        for daemon in daemons.withLock({ $0 }) { daemon.stop() }
    }
}
