/// The three listeners of a node. Each has a port, connections, room for bodies and threads of its own, so that
/// whatever floods one of them, the others answer.
enum NodeListener: String, CaseIterable, Sendable {
    /// `/api/…`: tickets, forms, events.
    case people
    /// `/sync/…`: frames of neighbours.
    case nodes
    /// `/healthz`, `/readyz`, `/metrics` and `/control/…`: monitors and operators.
    case operation

    /// The listener that serves an address, by the first piece of its path; nil where none does.
    init?(firstSegment: String?) {
        switch firstSegment {
        case "api": self = .people
        case "sync": self = .nodes
        case "healthz", "readyz", "metrics", "control": self = .operation
        default: return nil
        }
    }

    /// The listener of a path such as `/control/backup?to=…`; people's where none serves it.
    init(path: String) {
        let first = path.dropFirst().prefix { $0 != "/" && $0 != "?" }
        self = NodeListener(firstSegment: String(first)) ?? .people
    }

    /// For people.
    var label: Wording {
        switch self {
        case .people: Wording("人员", "people")
        case .nodes: Wording("节点", "nodes")
        case .operation: Wording("运维", "operation")
        }
    }
}

/// One value for each listener of a node.
struct EachListener<Value> {
    var people: Value
    var nodes: Value
    var operation: Value

    /// Made in the order of `NodeListener.allCases`.
    init(_ make: (NodeListener) throws -> Value) rethrows {
        people = try make(.people)
        nodes = try make(.nodes)
        operation = try make(.operation)
    }

    subscript(listener: NodeListener) -> Value {
        switch listener {
        case .people: people
        case .nodes: nodes
        case .operation: operation
        }
    }
}

extension EachListener: Sendable where Value: Sendable {}
extension EachListener: Equatable where Value: Equatable {}
extension EachListener: Hashable where Value: Hashable {}

/// Where a node listens. No two addresses of a topology are equal.
typealias ListenAddresses = EachListener<ListenAddress>

extension ListenAddresses {
    /// The full address of a path such as `/healthz`, at the listener that serves it.
    func url(for path: String) -> String { self[NodeListener(path: path)].url + path }

    /// The same, with the nodes' listener reached over another port of this machine, such as that of a tunnel.
    func reached(overNodesPort port: UInt16) -> ListenAddresses {
        var addresses = self
        addresses.nodes = ListenAddress(loopbackPort: port)
        return addresses
    }
}
