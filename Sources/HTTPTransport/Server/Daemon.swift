import CMicroHTTPD

/// One running libmicrohttpd: a thread with its own epoll, that we hand sockets to.
struct Daemon: Sendable {
    /// How many connections one thread is given.
    ///
    /// The library takes up to 128 events from the system at once, and when it gets exactly 128 it waits for more
    /// before it looks at them, until its idle time-out if none come. With fewer descriptors that cannot happen:
    /// a few less than 127, as the library counts a closed connection a moment longer than we do.
    static let connectionsMax = 120
    private static let libraryConnectionsMax: UInt32 = 126

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
            connections: Daemon.libraryConnectionsMax, idle_seconds: UInt32(configuration.idleSeconds),
            connection_memory: configuration.connectionMemoryBytes, stack: 1024 * 1024)
        guard let daemon = shim_mhd_start(&settings) else {
            context.release()
            throw .cannotStart
        }
        bits = UInt(bitPattern: daemon)
        self.core = core
    }

    /// Gives an accepted socket to the thread; false when it was refused and closed.
    func add(_ socket: Int32, from address: SocketAddress) -> Bool {
        address.withPointer { MHD_add_connection(OpaquePointer(bitPattern: bits), socket, $0, $1) } == .YES
    }

    /// Ends the thread and closes every connection. No connection may be asleep, and none may be added any more.
    func stop() {
        MHD_stop_daemon(OpaquePointer(bitPattern: bits))
        Unmanaged.passUnretained(core).release()
    }
}
