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
        ],
        examples: ["syncnode run --topology topology.example.json --node branch-0101"],
        exitCodes: [.unavailable]
    ) { invocation in
        let topology = try Topology.load(try invocation.topologyPath)
        let node = try invocation.node(of: topology)
        if invocation.arguments.isSet("init"), !(try NodeProcess.paths(topology, node)).hasDatabase {
            try NodeProcess.initialise(topology, node)
        }
        let stop = StopSignals()
        let process = try NodeProcess(topology, node)
        invocation.console.print("\(node.id) \(node.name.both) \(process.url)")
        invocation.console.flush()
        stop.wait()
        process.stop()
        return .success
    }
}

/// SIGTERM and SIGINT as an event.
final class StopSignals {
    private let signal = Signal()
    private var sources: [any DispatchSourceSignal] = []

    init() {
        for number in [SIGTERM, SIGINT] {
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
