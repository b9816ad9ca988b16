import CMicroHTTPD

/// The running libmicrohttpd: a pool of threads, each with its own epoll, that we hand sockets to.
struct Daemon: Sendable {
    private let bits: UInt
    private let core: ServerCore

    /// Keeps `core` alive until `stop`.
    /// - Throws: `.cannotStart` without memory, threads or descriptors.
    init(core: ServerCore) throws(HTTPError) {
        let configuration = core.configuration
        let context = Unmanaged.passRetained(core)
        var settings = shim_mhd_settings(
            context: context.toOpaque(), handle: handleRequest, completed: requestCompleted,
            connection: connectionChanged, request_line: requestLineRead, keep_escapes: keepEscapes,
            threads: UInt32(configuration.threads),
            // The library divides its limit among the threads; ours, which is exact, comes first.
            connections: UInt32(configuration.connectionsMax * configuration.threads),
            idle_seconds: UInt32(configuration.idleSeconds),
            connection_memory: configuration.connectionMemoryBytes, stack: 1024 * 1024)
        guard let daemon = shim_mhd_start(&settings) else {
            context.release()
            throw .cannotStart
        }
        bits = UInt(bitPattern: daemon)
        self.core = core
    }

    /// Gives an accepted socket to a thread; false when it was refused and closed.
    func add(_ socket: Int32, from address: SocketAddress) -> Bool {
        address.withPointer { MHD_add_connection(OpaquePointer(bitPattern: bits), socket, $0, $1) } == .YES
    }

    /// Ends the threads and closes every connection. No connection may be asleep, and none may be added any more.
    func stop() {
        MHD_stop_daemon(OpaquePointer(bitPattern: bits))
        Unmanaged.passUnretained(core).release()
    }
}
