import SyncProtocol

extension People {
    private static let handlingRoles: [Role] = [.deptHandler, .assistHandler]

    /// The department that a post works for and nothing beside it; nil for a post of the unit as a whole and for heads,
    /// who read by permission (RO-16).
    func onlyDepartment(of actor: Actor) -> String? {
        guard let seat = seat(actor.onBehalfOf ?? actor.post),
            seat.roles.allSatisfy(People.handlingRoles.contains)
        else { return nil }
        return seat.department
    }
}

extension TicketView {
    /// True where a department of the actor's node leads, assists or handles, will get the ticket back, or did its work
    /// already.
    func isWork(of department: String, _ actor: Actor, _ people: People) -> Bool {
        leads(department, at: actor.node) || assists(department, at: actor.node)
            || returnPath.contains(UnitRef(actor.node, department))
            || handlers.contains { post in
                post == actor.post
                    || people.seat(post).map { $0.node == actor.node && $0.department == department } ?? false
            }
    }

    private func leads(_ department: String, at node: NodeID) -> Bool {
        text(TicketField.leadDepartment) == department && text(TicketField.leadLeg).map { $0 == node.text } ?? true
    }

    private func assists(_ department: String, at node: NodeID) -> Bool {
        askedLegs.contains { leg in
            text(AssistField.unit(leg)) == node.text && text(AssistField.department(leg)) == department
        }
    }

    /// The handlers of this round and of the earlier ones, of the lead and of every assist.
    private var handlers: [String] {
        let assisting = askedLegs.compactMap { text(AssistField.handler($0)) }
        return [text(TicketField.handler)].compactMap { $0 } + earlierHandlers + assisting
    }
}
