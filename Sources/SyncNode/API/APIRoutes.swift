/// The whole interface. Router, body limits, interface description and tests walk this list.
extension APIRoute {
    static let all: [APIRoute] =
        [register, worklist, search, show, amend, history] + acts + catalogue
        + [conflicts, incidents, status, consolidated, events, fields, codes, openAPI]
        + [healthz, readyz, metrics]
}
