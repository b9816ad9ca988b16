/// Where the rows of an import go.
enum ImportDestination: Sendable {
    /// A node that is reached here. `unit` is its organisation code; nil takes every row, whatever unit it names.
    case node(url: String, unit: String?)
    /// Each row to the node of the unit that it names, by organisation code.
    case units([String: Place])

    struct Place: Hashable, Sendable {
        let name: String
        let url: String
    }

    enum Choice: Hashable, Sendable {
        case send(Place)
        /// The row belongs to another unit than the one that the import is for.
        case elsewhere
        case reject(RejectReason)
    }

    /// What binds the progress of an import, so that it never goes on at another node; nil where nothing does.
    var binding: String? {
        switch self {
        case .node(_, let unit): unit
        case .units: "*"
        }
    }

    /// - Parameter unit: the organisation code that the row names; nil where the mapping leaves that open.
    func choice(unit named: String?) -> Choice {
        switch self {
        case .node(let url, let unit):
            guard let named, let unit, named != unit else { return .send(Place(name: "", url: url)) }
            return .elsewhere
        case .units(let places):
            guard let named else {
                return .reject(RejectReason("no-unit", "the row names no unit that it belongs to (recordAt)"))
            }
            guard let place = places[named] else {
                return .reject(RejectReason("unknown-unit", "recordAt: the topology has no node of that unit"))
            }
            return .send(place)
        }
    }
}

extension ImportDestination {
    /// All nodes of a topology.
    init(_ topology: Topology) {
        self = .units(
            Dictionary(
                topology.nodes.map { ($0.orgCode, Place(name: $0.id.text, url: $0.listen.people.url)) },
                uniquingKeysWith: { first, _ in first }))
    }
}
