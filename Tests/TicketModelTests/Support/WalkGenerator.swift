import SyncProtocol

@testable import TicketModel

/// What comes next in the walk: mostly something that fits the ticket as its node sees it, with values that mostly pass.
enum WalkGenerator {
    static func next(
        _ bank: Replicas, _ profile: WalkProfile, at random0: Place, _ now: Int64, _ random: inout SeededRandom
    ) -> (TicketCommand, Actor) {
        guard !bank.done.isEmpty else { return registration(profile, at: random0, now, &random) }
        let any = bank.view(at: random0.node)
        let (act, place) =
            if random.isTrue(WalkCountersign.odds(any, profile)) {
                WalkCountersign.next(any, lead: place(any.custodian) ?? random0, &random)
            } else if random.isTrue(4) {
                situation(any, random0, &random)
            } else {
                ordinary(any, bank, profile, random0, &random)
            }
        let view = bank.view(at: place.node)
        let command: TicketCommand =
            if act == .amend {
                .amend(fields: ["target_person": "王某"], reason: "new_information")
            } else if random.isTrue(25) {
                odd(&random, now)
            } else {
                .perform(act, inKnownDepartments(WalkValues.given(act, view, place, now, &random), bank.people))
            }
        return (command, actor(command, view, at: place, now, &random))
    }

    /// Before a register is there nobody names a department.
    private static func inKnownDepartments(_ given: [String: String], _ people: People) -> [String: String] {
        guard !people.hasDepartment("card") else { return given }
        return given.with([
            "lead_department": nil, "unit": given["unit"]?.split(separator: "/").first.map { String($0) },
        ])
    }

    private static func place(_ node: NodeID?) -> Place? { TestBank.places.first { $0.node == node } }

    /// Where the work is, what its state asks for; or anything anywhere.
    private static func ordinary(
        _ any: TicketView, _ bank: Replicas, _ profile: WalkProfile, _ random0: Place, _ random: inout SeededRandom
    ) -> (TicketAct, Place) {
        let work = random.isTrue(4) ? random0 : place(any.pendingOffer?.to ?? any.custodian) ?? random0
        let view = bank.view(at: work.node)
        if place(any.custodian)?.tier == .headOffice, random.isTrue(8) { return (.merge, TestBank.headOffice) }
        let wanted = profile.acts.filter { act in
            let lines = ActCatalogue.definition(act)?.lines.map(TransitionTable.known) ?? []
            return lines.allSatisfy { line in view.state.map(line.from.contains) ?? false }
        }
        if !wanted.isEmpty, random.isTrue(2) {
            let act = random.pick(wanted)
            return (act, placeOf(act, view, work))
        }
        return (random.isTrue(8) ? anyAct(&random) : fitting(view, work, &random), work)
    }

    /// Where an act that is wanted is done: approvals above, assist legs at their units, the rest where the work is.
    private static func placeOf(_ act: TicketAct, _ view: TicketView, _ work: Place) -> Place {
        switch act {
        case .approveRequest: place(work.parent) ?? work
        case .reviewReport: TestBank.headOffice
        case .reportUp where view.reportState("to_head_office") == nil: TestBank.province
        case .assistTake, .assistReport, .assistReturn:
            view.openLegs.last.flatMap { view.leg($0) }.flatMap { place($0.custodian ?? $0.offer?.to) } ?? work
        default: work
        }
    }

    /// Any act; the ones that end a ticket early are rarer.
    private static func anyAct(_ random: inout SeededRandom) -> TicketAct {
        let act = random.pick(ActCatalogue.all).act
        return [.withdraw, .merge].contains(act) && !random.isTrue(6) ? .note : act
    }

    /// What the ticket's requests, assist legs, reports and custody call for.
    private static func situation(_ view: TicketView, _ random0: Place, _ random: inout SeededRandom)
        -> (TicketAct, Place)
    {
        var choices: [(TicketAct, Place)] = []
        let lead = place(view.custodian) ?? random0
        let above = place(lead.parent) ?? TestBank.headOffice
        if random.isTrue(400) { return (.withdraw, lead) }
        for request in view.openRequests {
            choices += [
                (.approveRequest, above), (.approveRequest, lead), (.refuseRequest, lead),
                (.withdrawRequest, place(request.node) ?? lead), (request.act, lead), (request.act, lead),
                (request.act, lead),
            ]
            guard request.act == .pause else { continue }
            let next: (TicketAct, Place) = request.approvers.isEmpty ? (.approveRequest, above) : (.pause, lead)
            choices += Array(repeating: next, count: 12)
        }
        for leg in view.legs {
            if let offer = leg.offer, let unit = place(offer.to) {
                choices += Array(repeating: (.assistTake, unit), count: 6)
                choices += [(.assistReturn, unit), (.assistCancel, lead)]
            }
            if let unit = place(leg.custodian) {
                choices += Array(repeating: (.assistReport, unit), count: 6)
                choices += [(.assistReturn, unit), (.assistCancel, lead)]
            }
        }
        if view.state == .replied || view.state == .closing {
            choices += [
                (.reportUp, TestBank.province), (.reviewReport, TestBank.headOffice), (.reportUp, TestBank.headOffice),
                (.concludeAppeal, lead), (.addEvidence, lead), (.attemptFollowUp, lead), (.close, lead), (.close, lead),
                (.seize, TestBank.headOffice),
            ]
        }
        if !view.openPromises.isEmpty { choices += Array(repeating: (.settlePromise, lead), count: 4) }
        if let offer = view.pendingOffer { choices += [(.recall, lead), (.decline, place(offer.to) ?? lead)] }
        choices += [
            (.takeBack, above), (.seize, above), (.supervise, above), (.addEvidence, lead), (.verifyContact, lead),
            (.contact, lead), (.contact, lead), (.promise, lead), (.settlePromise, lead), (.convert, lead),
            (.request, lead), (.askExtension, lead), (.repin, lead), (.confirmRead, above),
            (.ownAlert, above), (.askSuperior, lead), (.answerQuestion, above),
        ]
        if lead.tier == .headOffice { choices += Array(repeating: (.merge, lead), count: 12) }
        return random.pick(choices)
    }

    private static func odd(_ random: inout SeededRandom, _ now: Int64) -> TicketCommand {
        random.pick([
            .note("电话核实情况"), .widen(to: .full, reason: "head_office_request"),
            .amend(fields: ["contact_verified_at": "2026-03-01"], reason: nil),
            .amend(fields: ["promised_reply_at": String(now + TestBank.day)], reason: nil),
            .amend(fields: ["severity": "major"], reason: nil), .amend(fields: ["kind": "help"], reason: nil),
            .amend(fields: ["target_person": "李某"], reason: "new_information"),
            .amend(fields: ["corrective_action": "retrain-1"], reason: nil),
            .amend(fields: ["outcome": "solved", "responsibility": "bank"], reason: nil), .recall,
        ])
    }

    private static func fitting(_ view: TicketView, _ place: Place, _ random: inout SeededRandom) -> TicketAct {
        let lists: [TicketAct]
        switch view.state {
        case .registered where place.tier == .branch:
            lists = [
                .submitUp, .submitUp, .submitUp, .submitUp, .submitUp, .answerOnSpot, .answerOnSpot, .refuse, .take,
            ]
        case .registered, .underReview:
            lists = [.dispatch, .dispatch, .dispatch, .dispatch, .answerAtCentre, .returnForCompletion]
        case .dispatched: lists = [.take, .take, .take, .decline, .dispatch, .dispatchAgain]
        case .handling:
            lists = [
                .feedBack, .feedBack, .feedBack, .transfer, .askAssist, .assistTake, .assistReport, .assistReport,
                .pause,
                .request, .askExtension, .extend, .escalateProblem, .take, .declareUnresolvable, .handOver,
            ]
        case .suspended: lists = [.resume]
        case .feedbackReview:
            lists = [.approveFeedback, .approveFeedback, .reply, .rejectFeedback, .feedBack, .take, .closeOrder]
        case .readyToReply: lists = [.reply, .reply, .reply, .consentRefused, .handOver]
        case .replied:
            lists = [
                .attemptFollowUp, .attemptFollowUp, .attemptFollowUp,
                .followUpOK, .followUpOK, .followUpBad, .followUpBad, .close, .declareUnresolvable, .attemptFollowUp,
                .reportUp,
                .reviewReport, .concludeAppeal, .addEvidence,
            ]
        case .rework: lists = [.dispatchAgain]
        case .closing:
            lists = [
                .close, .close, .approveUnresolvable, .approveUnresolvable, .approveUnresolvable, .reportUp,
                .reviewReport, .concludeAppeal, .addEvidence,
            ]
        case .closed: lists = [.archive]
        default: lists = [.note, .request]
        }
        return random.pick(lists)
    }

    private static func actor(
        _ command: TicketCommand, _ view: TicketView, at place: Place, _ now: Int64, _ random: inout SeededRandom
    ) -> Actor {
        var role = command.usualRole(at: place.tier, ticket: view) ?? .dispatcher
        if case .perform(let act, _) = command, let roles = ActCatalogue.definition(act)?.whoMay, !roles.isEmpty,
            random.isTrue(2)
        {
            role = random.pick(roles)
        }
        if case .perform(.approveRequest, _) = command, !random.isTrue(3) { role = .approver }
        if case .perform(.countersign, let given) = command, !random.isTrue(4),
            let matter = given["matter"].flatMap(CountersignMatter.init(rawValue:))
        {
            role = random.pick(matter.roles)
        }
        if random.isTrue(20) { role = random.pick(Role.allCases) }
        let number = random.pick([0, 0, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 3])
        var post = "\(place.org).\(role.rawValue)-\(number)"
        if random.isTrue(8), let handler = view.text(TicketField.handler) ?? view.earlierHandlers.last {
            post = handler
        }
        if case .perform(.concludeAppeal, _) = command, let handler = view.text(TicketField.handler), random.isTrue(4) {
            post = handler
        }
        if case .perform(.take, _) = command, let earlier = view.earlierHandlers.last, random.isTrue(2) {
            post = earlier
        }
        if case .perform(.withdrawRequest, _) = command, let asker = view.openRequests.last?.post { post = asker }
        let isDeputy = random.isTrue(20)
        return Actor(
            post: isDeputy ? "\(place.org).\(role.rawValue)-1" : post, role: role.rawValue, place: place,
            personToken: random.isTrue(6) ? "0123456789abcdef" : "fedcba9876543210",
            onBehalfOf: isDeputy ? "\(place.org).\(role.rawValue)-0" : nil)
    }

    private static func registration(
        _ profile: WalkProfile, at place: Place, _ now: Int64, _ random: inout SeededRandom
    ) -> (
        TicketCommand, Actor
    ) {
        var fields = Entries.complaint
        fields["kind"] = random.pick([
            "complaint", "complaint", "complaint", "help", "escalated", "regulator_referral", "internal_appeal",
            "supervision",
        ])
        fields["severity"] = random.pick(["ordinary", "ordinary", "ordinary", "ordinary", "important", "major"])
        if profile == .orders { fields["kind"] = "supervision" }
        if fields["kind"] == "supervision" {
            fields = ["kind": "supervision", "answer_by": String(now + TestBank.day)]
            fields["links"] = "child_of@\(WalkOthers.early)"
        } else if random.isTrue(3) {
            fields["links"] = "appeal_of@\(random.pick([WalkOthers.early, WalkOthers.ended]))"
        }
        if place.tier > .branch, fields["kind"] != "supervision", random.isTrue(2) {
            fields["sealed_from"] = random.pick(["branch-01", "branch-02"])
        }
        if fields["kind"] != "supervision", random.isTrue(2) {
            fields["home_org"] = random.pick(["SC09", "GD01"])
            fields["event_org"] = random.pick(["SC09", "GD01"])
            fields["routing_marks"] = "cross_province"
        }
        if random.isTrue(2) { fields["promised_reply_at"] = String(now + TestBank.day * 20) }
        if profile != .any, fields["kind"] != "supervision" { profile.shape(&fields, &random) }
        let hasTarget = profile != .crossProvince && random.isTrue(3)
        let command = TicketCommand.register(
            Registration(fields: fields, targetPersonToken: hasTarget ? "0123456789abcdef" : nil))
        let roles: [Role] =
            switch place.tier {
            case .branch: [.clerk]
            case .province: [.dispatcher]
            case .headOffice: [.hoDispatcher]
            }
        let number = random.pick([1, 2])
        return (command, TestBank.actor(roles[0], at: place, post: "\(place.org).\(roles[0].rawValue)-\(number)"))
    }
}
