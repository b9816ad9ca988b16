import SyncProtocol

// What routing says about a ticket is recorded with the act that classifies it, and opens it to head office as far as
// the rule that fired says (model §2.7, §2.8).
extension Draft {
    mutating func routeAsClassified() {
        let kind = text(TicketField.kind) ?? ""
        guard !Registration.orderKinds.contains(kind) else { return }
        let facts = RoutingFacts(self)
        let route = route(facts)
        if claim != .none {
            // XP-03: what two provinces have a part in is a national matter, with its limits.
            if facts.isCrossProvince, text(TicketField.scope) != "national" { set(TicketField.scope, "national") }
            set(TicketField.routeRule, route.rule)
            set(TicketField.routeLead, route.leadUnit)
            setOrClear(TicketField.routeTold, CodeSet.joined(route.told.map(\.rawValue)))
        }
        // A branch opens only what it holds; what it wrote beside is opened by the custodian's next act.
        let mayWiden = claim != .none || actor.tier != .branch
        if mayWiden, let reason = route.wideningReason, route.disclosure > ticket.lastingHeadOfficeDisclosure {
            widen(to: route.disclosure, reason: reason)
        }
    }

    /// Sets a set of codes; an empty one clears the field.
    mutating func setOrClear(_ field: FieldID, _ text: String) {
        set(field, text.isEmpty ? .empty : .text(text))
    }

    /// Refuses a unit that the case is sealed from, or that nobody can hand work to from here.
    mutating func checkUnit(_ node: NodeID, _ rule: String, beside others: [NodeID] = []) throws(Refusal) {
        let sealed = codes(TicketField.sealedFrom)
        if !sealed.isEmpty { try ensure(.sealed, !sealed.contains(node.text)) }
        var units = [actor.node] + actor.place.children + others
        if let parent = actor.place.parent { units.append(parent) }
        let isKnown = people.contains(node) && people.tier(of: node) != .headOffice
        guard units.contains(node) || isKnown else { throw Refusals.unknownUnit(rule, units: units) }
    }

    /// Lets a branch or province into the audience before it is offered anything.
    mutating func involve(_ node: NodeID) {
        guard node != actor.node, !ticket.involved.contains(node) else { return }
        opening.append(.involve(node))
    }
}
