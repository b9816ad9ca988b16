import SyncProtocol

@testable import TicketModel

extension SeededRandom {
    /// True once in `n` times.
    mutating func isTrue(_ n: Int) -> Bool { Int.random(in: 0..<n, using: &self) == 0 }

    mutating func pick<T>(_ list: [T]) -> T { list[Int.random(in: 0..<list.count, using: &self)] }
}

/// Posts of the walk: `ORG.role-n`. 0 has little authority and is absent for half the time, 1 more, 2 has everything,
/// 3 is not trained.
enum WalkPeople {
    static let people = People(
        seats: TestBank.places.flatMap { place in
            Role.allCases.flatMap { role in (0...3).map { seat(place, role, $0) } }
        },
        authorities: [
            1: People.Authority(compensationMax: 50_000), 2: People.Authority(compensationMax: 500_000),
            3: People.Authority(compensationMax: FieldType.moneyMax),
        ],
        units: TestBank.units)

    private static func seat(_ place: Place, _ role: Role, _ number: Int) -> People.Seat {
        let middle = TestBank.morning + TestBank.day * 10
        let absences =
            number == 0
            ? [People.Absence(from: middle, until: .max, deputy: "\(place.org).\(role.rawValue)-1")] : []
        let isDepartment = role == .deptHandler || role == .deptHead
        return People.Seat(
            "\(place.org).\(role.rawValue)-\(number)", [role], at: place.node,
            department: isDepartment ? (number == 1 ? "loans" : "card") : nil, level: number + 1,
            isTrained: number != 3, absences: absences)
    }
}

/// Packs of the walk: one bound that may be extended for some reasons and rest for one, in two versions, one that may
/// not, a family of two by severity, and one for each kind of fact that others report.
enum WalkRules {
    static let book: RuleBook = {
        do {
            return RuleBook(
                inForce: ["test"],
                packs: [
                    try Deadlines.pack(policies(15), calendar: nil),
                    try Deadlines.pack(policies(16), version: "2", calendar: nil, from: "2026-03-06"),
                ], calendars: [])
        } catch {
            preconditionFailure("the walk's packs contradict themselves")
        }
    }()

    private static let longer = ExtensionRule(
        id: "longer", amountMax: 40, reasons: ["complex", "waiting_other_org"], approvers: ["approver", "dept_head"],
        sureness: .verified)

    /// One of a family: the severity says which.
    private static func graded(_ id: String, _ days: Int64, _ severity: PolicyCondition.Test) -> Policy {
        Deadlines.policy(
            id, .naturalDays(days, endsOnWorkingDay: false), family: "grade",
            when: [PolicyCondition.Clause(TicketField.severity, severity)], extensions: [longer], pauses: ["mediation"])
    }

    private static func policies(_ days: Int64) -> [Policy] {
        [
            Deadlines.policy(
                "bound", .naturalDays(days, endsOnWorkingDay: false), extensions: [longer], pauses: ["mediation"]),
            graded("grade_low", days - 2, .any(["ordinary"])), graded("grade_high", days - 5, .none(["ordinary"])),
            Deadlines.policy("total", .elapsed(minutes: 24 * 60)),
            Deadlines.policy(
                "notice", .elapsed(minutes: 60), from: nil, stops: [.event("read_receipt"), .transition("T18")]),
            Deadlines.policy(
                "assist", .elapsed(minutes: 24 * 60), starts: [.transition("T11")], from: nil,
                stops: [.transition("T09"), .transition("T15")]),
        ]
    }
}

/// Tickets that the walk may name beside its own.
enum WalkOthers {
    static let early = DocumentID(space: 1 << 20, number: 1)
    static let late = DocumentID(space: 1 << 20, number: 2)
    static let far = DocumentID(space: 1 << 20, number: 3)
    static let ended = DocumentID(space: 1 << 20, number: 4)

    static let all: [DocumentID: TicketView] = [
        early: view(early, .handling, "branch-01", 0), late: view(late, .handling, "branch-01", .max),
        far: view(far, .handling, "branch-09", 0), ended: view(ended, .closed, "branch-01", 0),
    ]

    private static func view(_ id: DocumentID, _ state: TicketState, _ home: NodeID, _ received: Int64) -> TicketView {
        var view = TicketView(document: id, disclosure: .full, home: home)
        view.fields[TicketField.state] = [.text(state.rawValue)]
        view.fields[TicketField.receivedAt] = [.integer(received)]
        return view
    }
}
