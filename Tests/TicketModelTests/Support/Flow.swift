import SyncProtocol
import Testing

@testable import TicketModel

extension TestTicket {
    /// Carries out an act of the catalogue.
    @discardableResult
    mutating func act(
        _ act: TicketAct, _ given: [String: String] = [:], by actor: Actor, at milliseconds: Int64 = TestBank.morning
    ) throws(Refusal) -> Decision {
        try perform(.perform(act, given), by: actor, at: milliseconds)
    }

    /// A second post agrees to a matter, in its own name.
    mutating func countersign(_ matter: String, _ amount: String? = nil, by actor: Actor) throws(Refusal) {
        try act(.countersign, ["matter": matter].with(["amount": amount]), by: actor)
    }

    /// The state as the province sees it.
    var shownState: TicketState? { view(at: "province-gd").state }

    /// A complaint that a post of the given kind registered at the branch, and its way to a stage.
    static func make(_ step: Step = .registered, _ changes: [String: String?] = [:]) throws -> TestTicket {
        try walked(to: step, registering: Entries.complaint.with(changes))
    }

    /// Ready to reply at the province.
    static func approved(_ changes: [String: String?] = [:]) throws -> TestTicket {
        var ticket = try make(.fedBack, changes)
        try ticket.act(.approveFeedback, [:], by: TestBank.dispatcher)
        return ticket
    }
}

/// The refusal of an act; records an issue where it is allowed.
func refused(
    _ act: TicketAct, _ given: [String: String] = [:], on ticket: TestTicket, by actor: Actor,
    at milliseconds: Int64 = TestBank.morning, sourceLocation: SourceLocation = #_sourceLocation
) -> Refusal? {
    var copy = ticket
    do throws(Refusal) {
        try copy.act(act, given, by: actor, at: milliseconds)
        Issue.record("\(act.name) was allowed", sourceLocation: sourceLocation)
        return nil
    } catch {
        return error
    }
}

extension TestBank {
    static let branchHead = actor(.branchHead, at: branch)
    static let provinceHead = actor(.approver, at: province)
    static let department = actor(.deptHandler, at: province)
    static let departmentHead = actor(.deptHead, at: province)
    static let agent = actor(.followUpAgent, at: province)
    static let auditor = actor(.hoAuditor, at: headOffice)
    static let supervisor = actor(.hoSupervisor, at: headOffice)
    static let liaison = actor(.liaison, at: headOffice)
    static let archivist = actor(.archivist, at: province)
    static let day: Int64 = 86_400_000
    static let hour: Int64 = 3_600_000

    /// The usual post of every role at every place, and departments: handlers in `card`, heads in `equipment`, assisting
    /// ones in `cash`, nobody's usual post in `loans`.
    static func register(_ more: [People.Seat] = []) -> People {
        let departments: [Role: String] = [.deptHandler: "card", .deptHead: "equipment", .assistHandler: "cash"]
        let usual = places.flatMap { place in
            Role.allCases.map { role in
                People.Seat("\(place.org).\(role.rawValue)", [role], at: place.node, department: departments[role])
            } + [People.Seat("\(place.org).loans", [.deptHandler], at: place.node, department: "loans")]
        }
        return People(seats: usual + more, units: units)
    }

    static let units = [
        People.Unit("branch-01", .branch, parent: "province-gd", org: "GD01"),
        People.Unit("branch-02", .branch, parent: "province-gd", org: "GD02"),
        People.Unit("branch-09", .branch, parent: "province-sc", org: "SC09"),
        People.Unit("province-gd", .province, parent: "head-office", org: "GD"),
        People.Unit("province-sc", .province, parent: "head-office", org: "SC"),
        People.Unit("head-office", .headOffice, parent: nil, org: "HQ"),
    ]
}
