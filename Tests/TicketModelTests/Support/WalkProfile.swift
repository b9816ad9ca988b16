@testable import TicketModel

/// What a run of the walk is after, so that few runs meet every guard in both directions.
enum WalkProfile: Int, CaseIterable {
    case any, crossProvince, major, rework, pause, ending, regulator, early, assist, orders

    /// Acts that come more often where the state allows them.
    var acts: [TicketAct] {
        switch self {
        case .any: []
        case .crossProvince: [.approveFeedback, .reply, .reply, .feedBack]
        case .major: [.answerOnSpot, .reply, .followUpOK, .close, .close]
        case .rework: [.feedBack, .reply, .followUpBad, .followUpBad, .dispatchAgain, .take]
        case .pause: [.request, .approveRequest, .pause, .pause, .resume, .askExtension, .extend]
        case .ending: [.close, .declareUnresolvable, .approveUnresolvable, .attemptFollowUp, .followUpOK, .archive]
        case .regulator:
            [
                .reply, .reply, .reportUp, .reportUp, .reviewReport, .reviewReport, .addEvidence, .concludeAppeal,
                .concludeAppeal,
                .close, .close, .close,
            ]
        case .assist: [.askAssist, .assistTake, .assistTake, .assistReport, .assistReturn, .assistCancel, .feedBack]
        case .orders: [.dispatch, .take, .feedBack, .closeOrder, .closeOrder]
        case .early: [.merge, .withdraw, .convert, .refuse, .returnForCompletion]
        }
    }

    func shape(_ fields: inout [String: String], _ random: inout SeededRandom) {
        switch self {
        case .crossProvince:
            fields["kind"] = "complaint"
            fields["severity"] = "ordinary"
            fields["sealed_from"] = nil
            fields["home_org"] = random.pick(["SC09", "GD01"])
            fields["event_org"] = fields["home_org"] == "SC09" ? "GD01" : "SC09"
            fields["routing_marks"] = "cross_province"
        case .major:
            fields["kind"] = "complaint"
            fields["severity"] = "major"
        case .rework, .pause, .ending, .early, .assist:
            fields["kind"] = "complaint"
            fields["severity"] = random.pick(["ordinary", "ordinary", "important"])
        case .regulator:
            fields["kind"] = random.pick(["regulator_referral", "internal_appeal", "internal_appeal", "escalated"])
        case .any, .orders: break
        }
    }
}
