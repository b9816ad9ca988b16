import Platform
import SyncProtocol

/// Ctrl-C.
struct DemoInterrupted: ExplainedError {
    var code: String { "demo.interrupted" }
    var sentence: String { "The demonstration was interrupted; its nodes have been ended." }
    var hint: String { "Start it again; it begins anew." }
}

struct DemoNodeFailed: ExplainedError {
    let node: NodeID
    let log: String

    var code: String { "demo.node-failed" }
    var sentence: String { "Node \(node) did not start." }
    var hint: String { "Look at \(log)." }
}

struct DemoStuck: ExplainedError {
    let what: String

    var code: String { "demo.stuck" }
    var sentence: String { "The nodes did not agree in time: \(what)." }
    var hint: String { "Look at the logs in the demonstration's folder, and at `syncnode status`." }
}
