import HTTPTransport
import SyncProtocol
import TicketModel

// Who sits where, as head office has published it.
extension APIRoute {
    static let people = APIRoute(
        method: .get, path: "/api/v1/people", operation: "listPosts",
        summary: Wording("岗位清单:角色、授权级别、缺勤与代理", "The posts of a node: roles, authority, absence and deputies"),
        parameters: [
            Parameter(
                name: "node", place: .query, summary: Wording("哪个节点的岗位;缺省为本节点", "whose posts; default: this node's"),
                schema: .text)
        ],
        answers: [Answer(status: 200, summary: Wording("岗位", "the posts"), schema: "People")],
        handler: .worker { call in
            let node = try asked(call)
            let people = call.store.people
            let now = call.store.wallMilliseconds()
            return .json { writer in
                writer.object { writer in
                    writer.member("node", node.text)
                    writer.register(people, node)
                    writer.name("channels")
                    if let channels = people.channels[node] { writer.value(channels) } else { writer.null() }
                    writer.member(
                        "authority",
                        array: { writer in
                            for (level, authority) in people.levels { writer.value(authority, level) }
                        })
                    writer.member(
                        "posts",
                        array: { writer in for seat in people.seats(at: node) { writer.value(seat, at: now) } })
                }
            }
        })

    private static func asked(_ call: APICall) throws -> NodeID {
        guard let text = call.request.target.queryValue("node") else { return call.runtime.node.id }
        guard let node = NodeID(text), call.runtime.topology.node(node) != nil else {
            throw APIProblem.badParameter(
                "node", "unknown-node", Wording("没有这个节点", "There is no such node."),
                hint: Wording("用拓扑中的节点名", "Name a node of the topology."))
        }
        return node
    }
}

extension JSONWriter {
    /// Whether posts are checked at a node, and by which registers.
    mutating func register(_ people: People, _ node: NodeID) {
        member("is_registered", people.covers(node))
        member("registers", texts: people.inEffect.map { "\($0.name) \($0.version)" })
    }

    fileprivate mutating func value(_ channels: PublishedChannels) {
        object { writer in
            writer.member("book", Wording(channels.book))
            writer.member("box", Wording(channels.box))
            writer.member("phone", channels.phone)
        }
    }

    fileprivate mutating func value(_ authority: People.Authority, _ level: Int) {
        object { writer in
            writer.member("level", level)
            writer.member("compensation_max", Money.text(fen: authority.compensationMax))
            writer.member("business_classes", texts: authority.businessClasses)
            writer.member("customer_tiers", texts: authority.customerTiers)
            writer.member("sureness", authority.sureness.rawValue)
            writer.member("sureness_label", Wording(authority.sureness.label))
        }
    }

    fileprivate mutating func value(_ seat: People.Seat, at now: Int64) {
        object { writer in
            writer.member("post", seat.post)
            writer.member("roles", texts: seat.roles.map(\.rawValue))
            writer.member(
                "labels", array: { writer in for role in seat.roles { writer.value(Wording(role.label)) } })
            writer.member("department", orNull: seat.department)
            writer.member("level", seat.level)
            writer.member("trained", seat.isTrained)
            // The token itself is nobody's business on a screen.
            writer.member("has_person_token", seat.personToken != nil)
            writer.name("absence")
            guard let absence = seat.absence(at: now) else { return writer.null() }
            writer.object { writer in
                writer.member("from", absence.from)
                writer.member("until", absence.until)
                writer.member("deputy", orNull: absence.deputy)
            }
        }
    }
}
