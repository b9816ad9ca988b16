import SyncProtocol

/// The state machine as data. Roles follow model §2.4; where a work place of a node covers several posts (a branch head
/// for the branch officer, the province's own departments), the head is listed too.
///
/// Who gives an offer back (T09, or a declined submission or feedback) does not hold custody and so cannot set the
/// state: it stays as the offer left it, and the sender acts again from there. That is why T04, T07 and T15 also start
/// from the state that they lead to. T07 starts from `registered` for tickets that a centre registered itself.
public enum TransitionTable {
    private static let anywhere = Tier.allCases
    private static let centre: [Tier] = [.province, .headOffice]
    private static let handlers: [Role] = [.cityHandler, .deptHandler, .branchOfficer, .branchHead, .deptHead]
    private static let dispatchers: [Role] = [.dispatcher, .hoDispatcher]
    private static let closers: [Role] = [.branchOfficer, .branchHead, .dispatcher, .deptHead, .approver, .hoAuditor]

    public static let all: [Transition] = walk + toCome

    /// The line with an id; nil for an unknown one.
    public static func transition(_ id: String) -> Transition? { all.first { $0.id == id } }

    static func known(_ id: String) -> Transition {
        guard let found = transition(id) else { preconditionFailure("no transition \(id)") }
        return found
    }

    /// The lines that lead out of a state.
    public static func leaving(_ state: TicketState) -> [Transition] { all.filter { $0.from.contains(state) } }

    private static func line(
        _ number: UInt16, _ from: [TicketState], _ to: TicketState?, _ roles: [Role], _ tiers: [Tier],
        _ offline: Transition.Offline, built: Bool = true
    ) -> Transition {
        Transition(
            id: "T" + AsciiText.padded(Int64(number), width: 2), act: TicketAct(rawValue: number), from: from, to: to,
            roles: roles, tiers: tiers, offline: offline, implemented: built)
    }

    /// The lines that commands of this version walk.
    private static let walk: [Transition] = [
        line(
            1, [], .registered, [.clerk, .branchOfficer, .branchHead, .dispatcher, .hoDispatcher, .liaison], anywhere,
            .yes),
        line(
            2, [.registered], .replied, [.clerk, .branchOfficer, .branchHead, .dispatcher, .hoDispatcher], anywhere,
            .yes),
        line(4, [.registered, .underReview], .underReview, [.clerk, .branchOfficer, .branchHead], [.branch], .queued),
        line(5, [.underReview], .registered, dispatchers, centre, .queued),
        line(7, [.underReview, .registered, .dispatched], .dispatched, dispatchers, centre, .custodian),
        line(8, [.dispatched], .handling, handlers, anywhere, .yes),
        line(9, [.dispatched], .underReview, handlers, anywhere, .queued),
        line(15, [.handling, .feedbackReview], .feedbackReview, handlers, anywhere, .yes),
        line(17, [.feedbackReview], .readyToReply, dispatchers + [.hoAuditor], centre, .custodian),
        line(
            18, [.readyToReply], .replied, [.replier, .dispatcher, .branchOfficer, .branchHead, .hoAuditor], anywhere,
            .yes),
        line(20, [.replied], .closing, [.followUpAgent] + closers, anywhere, .yes),
        line(23, [.closing], .closed, closers, anywhere, .yes),
        line(
            30, TicketState.allCases, nil, [.clerk, .branchOfficer, .branchHead, .dispatcher, .hoDispatcher], anywhere,
            .yes),
    ]

    /// The lines of the whole workflow that have no command yet.
    private static let toCome: [Transition] = [
        line(3, [.registered], .notAccepted, [.branchOfficer], anywhere, .yes, built: false),
        line(6, [.underReview], .readyToReply, dispatchers, centre, .custodian, built: false),
        line(10, [.handling], .dispatched, [.deptHandler], anywhere, .queued, built: false),
        line(11, [.handling], .handling, handlers, anywhere, .queued, built: false),
        line(12, [.handling], .underReview, [.dispatcher], [.province], .queued, built: false),
        line(13, [.handling], .suspended, [.approver], anywhere, .queued, built: false),
        line(14, [.suspended], .handling, handlers, anywhere, .yes, built: false),
        line(16, [.feedbackReview], .handling, dispatchers + [.hoAuditor], centre, .custodian, built: false),
        line(19, [.readyToReply], .handling, [.replier], anywhere, .yes, built: false),
        line(21, [.replied], .rework, [.followUpAgent], anywhere, .queued, built: false),
        line(22, [.rework], .dispatched, dispatchers, centre, .custodian, built: false),
        line(24, [.handling, .replied], .closing, [.deptHead], anywhere, .no, built: false),
        line(25, [.closing], .closed, [.approver], anywhere, .no, built: false),
        line(26, [.closed], .archived, [.archivist], anywhere, .yes, built: false),
        line(27, TicketState.open, .withdrawn, [.clerk], anywhere, .yes, built: false),
        line(28, TicketState.open, .merged, [.dispatcher, .hoDispatcher], centre, .custodian, built: false),
        line(29, [.closed, .archived], nil, [.clerk, .liaison], anywhere, .yes, built: false),
    ]
}
