import SyncProtocol

/// The state machine as data. Roles follow model §2.4; where a work place of a node covers several posts (a branch head
/// for the branch officer, the province's own departments), the head is listed too.
///
/// Who gives an offer back (T09, or a declined submission or feedback) does not hold custody and so cannot set the
/// state: it stays as the offer left it, and the sender acts again from there. That is why T04, T07, T15 and T22 also
/// start from the state that they lead to. T07 starts from `registered` for tickets that a centre registered itself.
/// T13 is walked by whoever handles the ticket, once somebody above has approved (`Guard.approved`). What needs the line
/// (T24, T25) is done at a centre; a branch asks for it. Who supervises hands an order down too (T07, day §6.3 step 5).
public enum TransitionTable {
    private static let anywhere = Tier.allCases
    private static let centre: [Tier] = [.province, .headOffice]
    private static let handlers: [Role] = [.cityHandler, .deptHandler, .branchOfficer, .branchHead, .deptHead]
    private static let dispatchers: [Role] = [.dispatcher, .hoDispatcher]
    private static let supervisors: [Role] = [.provSupervisor, .hoSupervisor, .hoAuditor]
    private static let closers: [Role] = [.branchOfficer, .branchHead, .dispatcher, .deptHead, .approver, .hoAuditor]
    private static let intake: [Role] = [.clerk, .branchOfficer, .branchHead, .dispatcher, .hoDispatcher]
    private static let repliers: [Role] = [.replier, .dispatcher, .branchOfficer, .branchHead, .hoAuditor]

    /// The thirty lines of model §2.4, in their order.
    public static let all: [Transition] = beginning + handling + ending

    /// Lines of orders inside the bank (supervision, warning, rework): they have no customer to answer.
    public static let orders: [Transition] = [
        Transition(
            id: "O01", act: .closeOrder, from: [.feedbackReview], to: .closed,
            roles: dispatchers + supervisors, orderRoles: [], tiers: centre, offline: .custodian)
    ]

    /// The line with an id; nil for an unknown one.
    public static func transition(_ id: String) -> Transition? { positions[id] }

    private static let positions = Dictionary(uniqueKeysWithValues: (all + orders).map { ($0.id, $0) })

    static func known(_ id: String) -> Transition {
        guard let found = transition(id) else { preconditionFailure("no transition \(id)") }
        return found
    }

    /// The lines that lead out of a state.
    public static func leaving(_ state: TicketState) -> [Transition] { all.filter { $0.from.contains(state) } }

    private static func line(
        _ number: UInt16, _ from: [TicketState], _ to: TicketState?, _ roles: [Role], _ tiers: [Tier],
        _ offline: Transition.Offline, orders: [Role] = []
    ) -> Transition {
        Transition(
            id: "T" + AsciiText.padded(Int64(number), width: 2), act: TicketAct(rawValue: number), from: from, to: to,
            roles: roles, orderRoles: orders, tiers: tiers, offline: offline)
    }

    private static let beginning: [Transition] = [
        line(1, [], .registered, intake + [.liaison], anywhere, .yes),
        line(2, [.registered], .replied, intake, anywhere, .yes),
        line(
            3, [.registered], .notAccepted, [.branchOfficer, .branchHead, .dispatcher, .hoDispatcher], anywhere, .yes),
        line(4, [.registered, .underReview], .underReview, [.clerk, .branchOfficer, .branchHead], [.branch], .queued),
        line(5, [.underReview], .registered, dispatchers, centre, .queued),
        line(6, [.underReview], .readyToReply, dispatchers, centre, .custodian),
        line(
            7, [.underReview, .registered, .dispatched], .dispatched, dispatchers, centre, .custodian,
            orders: supervisors),
        line(8, [.dispatched], .handling, handlers, anywhere, .yes),
        line(9, [.dispatched], .underReview, handlers, anywhere, .queued),
    ]

    private static let handling: [Transition] = [
        line(
            10, [.handling], .dispatched, [.deptHandler, .deptHead, .cityHandler, .branchOfficer] + dispatchers,
            anywhere,
            .queued),
        line(11, [.handling], .handling, handlers + dispatchers, anywhere, .queued),
        line(12, [.handling], .underReview, [.dispatcher], [.province], .queued),
        line(13, [.handling], .suspended, handlers + [.approver], anywhere, .queued),
        line(14, [.suspended], .handling, handlers, anywhere, .yes),
        line(15, [.handling, .feedbackReview], .feedbackReview, handlers, anywhere, .yes),
        line(
            16, [.feedbackReview], .handling, dispatchers + [.hoAuditor, .deptHead, .branchHead], anywhere, .custodian),
        line(17, [.feedbackReview], .readyToReply, dispatchers + [.hoAuditor], centre, .custodian),
        line(18, [.readyToReply], .replied, repliers, anywhere, .yes),
        line(19, [.readyToReply], .handling, repliers, anywhere, .yes),
    ]

    private static let ending: [Transition] = [
        line(20, [.replied], .closing, [.followUpAgent] + closers, anywhere, .yes),
        line(21, [.replied], .rework, [.followUpAgent] + dispatchers, anywhere, .queued),
        line(22, [.rework, .dispatched], .dispatched, dispatchers, centre, .custodian),
        line(23, [.closing], .closed, closers, anywhere, .yes),
        line(24, [.handling, .replied], .closing, [.deptHead], centre, .no),
        line(25, [.closing], .closed, [.approver], centre, .no),
        line(26, [.closed], .archived, [.archivist], anywhere, .yes),
        line(27, TicketState.open, .withdrawn, [.clerk, .branchOfficer, .dispatcher, .hoDispatcher], anywhere, .yes),
        line(28, TicketState.open, .merged, dispatchers, centre, .custodian),
        line(29, [.closed, .archived, .notAccepted], nil, intake + [.liaison], anywhere, .yes),
        line(30, TicketState.allCases, nil, intake, anywhere, .yes),
    ]
}
