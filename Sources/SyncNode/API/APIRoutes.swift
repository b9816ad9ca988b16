/// The whole interface. Router, body limits, interface description and tests walk this list.
extension APIRoute {
    static let all: [APIRoute] =
        [register, worklist, search, show, amend, history, clocks] + acts + catalogue + linked
        + [conflicts, incidents, status, consolidated, events, fields, codes, references, people, openAPI]
        + [healthz, readyz, metrics]
}
