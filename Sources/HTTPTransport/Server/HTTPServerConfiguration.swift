/// How a server listens and what it bears. Every limit carries its unit in its name.
public struct HTTPServerConfiguration: Sendable {
    /// A numeric loopback address.
    public var address = "127.0.0.1"
    /// 0 lets the system choose; `HTTPServer.port` tells which.
    public var port: UInt16 = 0
    /// Threads that read, call the handler and write, to begin with; each 120 connections get one of their own.
    public var threads = 2
    /// Connections beyond this get 503 at once.
    public var connectionsMax = 2048
    /// Connections from one address; nil for no limit of its own.
    public var connectionsPerPeerMax: Int?
    /// Room of one connection for request line and headers, and for buffers. Longer headers get 431 or 414.
    public var connectionMemoryBytes = 32 * 1024
    /// All bodies together that wait for their handlers or are being answered.
    public var bodiesBytesMax = 128 * 1024 * 1024
    /// A connection on which nothing moves is closed. A request that waits for its answer is exempt.
    public var idleSeconds = 75
    /// From the first byte of a connection to the end of its first header.
    public var headerMilliseconds = 15_000
    /// A body may take this long, plus its size at `slowestBytesPerSecond`. Answers likewise.
    public var bodyMilliseconds = 120_000
    /// The slowest line that is served.
    public var slowestBytesPerSecond = 8 * 1024
    /// What a stream keeps for a reader that is behind; more ends the stream.
    public var streamBytesMax = 256 * 1024

    /// Fields that every answer carries, unless it has one of that name.
    public var headers = HTTPHeaders()

    public init() {}

    /// How long this many bytes may be under way.
    func allowanceMilliseconds(forBytes bytes: Int) -> Int64 {
        Int64(bodyMilliseconds) + Int64(bytes) / Int64(max(slowestBytesPerSecond, 1)) * 1000
    }

    /// Mistakes of the caller, not of the machine.
    func check() {
        precondition(threads >= 1 && connectionsMax > 0 && connectionMemoryBytes >= 4096 && bodiesBytesMax >= 0)
        precondition(idleSeconds > 0 && headerMilliseconds > 0 && bodyMilliseconds > 0 && streamBytesMax > 0)
        precondition(connectionsMax <= 1 << 16 && connectionMemoryBytes <= 1 << 20 && idleSeconds <= 1 << 20)
    }
}
