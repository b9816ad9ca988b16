/// The whole interface. Router, body limits, interface description and tests walk this list.
extension APIRoute {
    static let all: [APIRoute] =
        [register, worklist, search, similarToFields, similarToTicket, show, amend, history, readers, clocks] + acts
        + catalogue
        + linked + notices + forms + texts + previews + reports + [rehearsal, supervise]
        + [conflicts, incidents, status, node, consolidated, events, fields, codes, references, people, openAPI]
        + [healthz, readyz, metrics]
}
