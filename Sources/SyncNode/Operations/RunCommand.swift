import Dispatch
import Glibc
import Platform
import TicketStore

/// `syncnode run`: the node itself, until SIGTERM or SIGINT.
enum RunCommand {
    static let spec = CommandSpec(
        name: "run",
        summary: Wording("运行节点", "Run a node"),
        details: Wording(
            "前台运行;SIGTERM 或 Ctrl-C 优雅结束。", "Runs in the foreground; SIGTERM or Ctrl-C ends it gracefully."),
        flags: [
            .topology, .node,
            FlagSpec("init", help: Wording("数据目录为空时先建库", "make the store first where there is none")),
            FlagSpec(
                "log", .choice(LogLine.Format.allCases.map(\.rawValue)),
                help: Wording("标准错误上的运行日志格式(缺省 text)", "how events are written on standard error (default text)")),
            FlagSpec(
                "log-level", .choice(LogEvent.Level.allCases.map(\.name)),
                help: Wording("至少此级别才记录(缺省 info)", "write events of at least this level (default info)")),
        ],
        examples: ["syncnode run --topology topology.example.json --node branch-0101"],
        exitCodes: [.unavailable]
    ) { invocation in
        let topology = try Topology.load(try invocation.topologyPath)
        let node = try invocation.node(of: topology)
        let log = try log(of: node, invocation)
        defer { log.close() }
        let stop = StopSignals()
        let process: NodeProcess
        do {
            if invocation.arguments.isSet("init"), !(try NodeProcess.paths(topology, node)).hasDatabase {
                try NodeProcess.initialise(topology, node)
            }
            process = try NodeProcess(topology, node, log: log)
        } catch let error as any ExplainedError {
            // As text the same is said below.
            if invocation.arguments.text("log") == LogLine.Format.json.rawValue { log.say(.refusedStart(error)) }
            throw error
        }
        invocation.console.print("\(node.id) \(node.name.both)")
        for listener in NodeListener.allCases {
            invocation.console.print("  \(listener.label.both)  \(process.addresses[listener].url)")
        }
        invocation.console.flush()
        stop.wait()
        process.stop()
        return .success
    }

    private static func log(of node: TopologyNode, _ invocation: Invocation) throws -> OperationsLog {
        let format = invocation.arguments.text("log").flatMap(LogLine.Format.init) ?? .text
        let level = invocation.arguments.text("log-level").flatMap(LogEvent.Level.init) ?? .info
        return try OperationsLog(
            node: node.id.text, format: format, level: level,
            OperationsLog.Outlet(
                // There is nowhere left to report a failure of this.
                write: { bytes in _ = Console.writeAll(bytes, to: STDERR_FILENO) },
                wallMilliseconds: SystemClock.wallMilliseconds,
                monotonicMilliseconds: SystemClock.monotonicMilliseconds))
    }
}

/// SIGTERM, SIGINT, and SIGHUP of a terminal that went, as an event.
final class StopSignals {
    private let signal = Signal()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGTERM, SIGINT, SIGHUP] {
            Glibc.signal(number, SIG_IGN)
            let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
            source.setEventHandler { @Sendable [signal] in signal.raise() }
            source.resume()
            sources.append(source)
        }
    }

    /// True once one has come.
    var hasCome: Bool { signal.count > 0 }

    /// Blocks until one comes.
    func wait() { _ = signal.wait(after: 0) }
}
