import SyncProtocol
import TicketModel

/// The posts of the bank as head office has published them.
enum PublishedPeople {
    /// An item that is damaged or newer than this program is left out: of each name the newest that can be read counts,
    /// so that one bad publication neither opens nor locks a node.
    static func people(
        of items: [ReferenceItem], units: [People.Unit]
    ) -> (people: People, unread: [ConfigurationError]) {
        var registers: [PeopleRegister] = []
        var unread: [ConfigurationError] = []
        for item in items where item.kind == .people {
            do throws(ConfigurationError) { registers.append(try register(item)) } catch { unread.append(error) }
        }
        return (People(registers: registers, units: units), unread)
    }

    static func register(_ item: ReferenceItem) throws(ConfigurationError) -> PeopleRegister {
        let register = try PeopleReader.read(try item.root(area: PeopleReader.area), file: item.title)
        try item.check(name: register.name, version: register.version, area: PeopleReader.area)
        return register
    }

    /// What only the bank's tree can tell: every post and every channel is at a node that exists.
    static func check(
        _ register: PeopleRegister, _ item: ReferenceItem, _ topology: Topology
    ) throws(ConfigurationError) {
        for seat in register.seats where topology.node(seat.node) == nil {
            throw unknown(seat.node, "the post \(seat.post) is", item, topology)
        }
        let lint = CoreLint(orgs: Set(topology.nodes.map(\.orgCode)))
        for seat in register.seats where !lint.allows(post: seat.post) {
            throw ConfigurationError(
                file: item.title, area: PeopleReader.area, code: "long-number",
                "the post \(seat.post) holds a number of seven digits or more",
                hint:
                    "A post may begin with the code of a unit of the bank; other long numbers look like telephone numbers."
            )
        }
        for node in register.channels.keys.sorted() where topology.node(node) == nil {
            throw unknown(node, "channels are on show", item, topology)
        }
    }

    private static func unknown(
        _ node: NodeID, _ what: String, _ item: ReferenceItem, _ topology: Topology
    ) -> ConfigurationError {
        ConfigurationError(
            file: item.title, area: PeopleReader.area, code: "unknown-node",
            "\(what) at \(node), which is no node of the topology",
            hint: (topology.suggestion(for: node.text).map { "did you mean \($0)? " } ?? "")
                + "Use the id of a node of the topology, or leave this out.")
    }
}
