import SyncProtocol

@testable import TicketModel

/// Values for the parameters and fields of an act, which mostly pass.
enum WalkValues {
    static func given(
        _ act: TicketAct, _ view: TicketView, _ place: Place, _ now: Int64, _ random: inout SeededRandom
    ) -> [String: String] {
        guard let definition = ActCatalogue.definition(act) else { return [:] }
        var given: [String: String] = [:]
        for parameter in definition.parameters where !(parameter.name == "request" && act == .transfer) {
            given[parameter.name] = value(parameter, act, view, place, now, &random)
        }
        for group in definition.form?.needs ?? [] {
            let field = random.pick(group)
            given[FieldTable.known(field).name] = value(field, view, &random)
        }
        // A wish and a ground of the customer's are no step of the walk; they have tests of their own.
        let left = [TicketField.wantedMedium, TicketField.validityGround]
        for field in definition.form?.optional ?? [] where !left.contains(field) && random.isTrue(3) {
            given[FieldTable.known(field).name] = value(field, view, &random)
        }
        if view.isOrder, act == .feedBack { return ["leg_text": "已催办,今日答复"] }
        if view.isOrder, act == .dispatch { return given.filter { $0.key == "unit" } }
        adjust(&given, act, view, now, &random)
        if random.isTrue(25), let name = given.keys.sorted().first { given[name] = nil }
        return given
    }

    /// What belongs together goes together often enough.
    private static func adjust(
        _ given: inout [String: String], _ act: TicketAct, _ view: TicketView, _ now: Int64,
        _ random: inout SeededRandom
    ) {
        let days = view.daysOfFailedFollowUps
        switch act {
        case .askExtension where !random.isTrue(4):
            given["new_due"] = String(max(now, view.integer(TicketField.promisedReplyAt) ?? 0) + TestBank.day)
        case .attemptFollowUp: given["result"] = "no_answer"
        case .pause where !random.isTrue(4): given["reason"] = "mediation"
        case .followUpOK, .close:
            if days >= 3 { given["satisfaction"] = "no_answer" }
            if act == .close, random.isTrue(4) { given["linked_problem_open"] = "yes" }
        case .answerOnSpot, .feedBack, .reply:
            if act == .reply { given.merge(["outcome": "explained", "responsibility": "customer"]) { $1 } }
            if random.isTrue(4) { given["compensation"] = random.pick(["100", "20000"]) }
        default: break
        }
        let isAgreed = view.countersignatures.contains { $0.matter == .malice && $0.usedBy == nil }
        if act == .dispatch, random.isTrue(isAgreed ? 1 : 3), WalkCountersign.isProven(view) {
            given["validity"] = "malicious"
            given["malicious_kind"] = "fabricated"
        }
        if act == .close, given["linked_problem_open"] == "yes", random.isTrue(2) {
            given["links"] = "new_problem_from@\(WalkOthers.far)"
        }
        if act == .countersign, given["matter"] == "compensation" { given["amount"] = random.pick(["1000", "20000"]) }
        if act == .concludeAppeal {
            given["conclusion"] = "customer_cause"
            given["grounds"] = random.isTrue(4) ? "work_error" : "own_operation"
        }
    }

    private static func value(
        _ parameter: ActParameter, _ act: TicketAct, _ view: TicketView, _ place: Place, _ now: Int64,
        _ random: inout SeededRandom
    ) -> String? {
        switch parameter.name {
        case "unit":
            let node = random.pick([place.node] + place.children + TestBank.places.map(\.node))
            return random.isTrue(4) ? "\(node)/card" : node.text
        case "request":
            let answers: [TicketAct] = [.approveRequest, .refuseRequest, .withdrawRequest]
            let wanted = view.openRequests.filter { $0.act == act || answers.contains(act) }
            if act == .withdrawRequest { return wanted.last?.key ?? "none.1" }
            return (wanted.isEmpty ? nil : random.pick(wanted).key) ?? (parameter.isRequired ? "none.1" : nil)
        case "act": return random.pick(["pause", "pause", "pause", "transfer", "merge", "hand_over"])
        case "into":
            // At head office rather one of the same province, which the province merges.
            let usual = [WalkOthers.early, WalkOthers.late, WalkOthers.far]
            return random.pick(place.tier == .headOffice ? usual + [WalkOthers.early, WalkOthers.early] : usual)
                .description
        case "hop": return place.tier == .headOffice ? "to_regulator" : "to_head_office"
        case "leg":
            return String((random.isTrue(2) ? view.openLegs.randomElement(using: &random) : view.openLegs.last) ?? 1)
        case "to_kind": return random.pick(KindTable.targets(of: view.text(TicketField.kind) ?? "") + ["warning"])
        case "question": return view.questions.first { $0.answer == nil }?.key ?? "none.1"
        case "matter": return WalkCountersign.matter(view, &random)?.rawValue ?? "refuse"
        case "amount": return nil
        case "owner": return "GD.approver-1"
        case "liaison_post": return "\(place.org).liaison-\(random.pick([1, 2]))"
        case "quarter": return random.isTrue(3) ? "2020-q1" : Draft.quarter(at: now)
        case "keep_until": return "2036-01-01"
        case "conclusion": return random.pick(["enterprise_responsible", "customer_cause", "customer_cause"])
        case "grounds": return random.pick(["work_error", "own_operation", "own_operation"])
        case "class": return random.pick(["original", "recording", "prior_reply"])
        case "sha256": return String(repeating: "c4", count: 32)
        case "evidence_key": return "ev-\(now / TestBank.hour % 100_000)"
        case "promise": return view.promises.first { $0.verdict == nil }?.key ?? "none.1"
        case "order": return view.supervisions.first { $0.node != place.node }?.key ?? "none.1"
        case "until": return String(now + TestBank.hour)
        case "customer_told", "accepted": return random.isTrue(5) ? "no" : "yes"
        case "contact_kind": return random.pick(["ack", "progress", "interim_reply"])
        case "missing": return "course"
        case "words", "account": return "三日内办结"
        case "text": return "kb-7"
        default: break
        }
        switch parameter.type {
        case .code(let list): return random.pick(list.codes)
        case .instant: return String(now + Int64.random(in: -TestBank.hour...TestBank.day * 3, using: &random))
        case .flag: return random.pick(["yes", "no"])
        default: return parameter.isRequired ? "x-1" : nil
        }
    }

    private static func value(_ field: FieldID, _ view: TicketView, _ random: inout SeededRandom) -> String {
        switch field {
        case TicketField.validity: return random.pick(["valid", "valid", "valid", "unfounded", "malicious"])
        case TicketField.maliciousKind: return view.text(TicketField.validity) == "malicious" ? "fabricated" : ""
        case TicketField.reasonsSufficient, TicketField.demandReasonable: return ""
        case TicketField.linkedProblemOpen: return random.pick(["yes", "no"])
        case TicketField.links:
            return "new_problem_from@\(WalkOthers.far)"
        case TicketField.compensation: return random.pick(["100", "1000", "20000"])
        case TicketField.outcome: return "solved"
        case TicketField.solutionConsent: return "agreed"
        case TicketField.remedyInfoGiven: return random.isTrue(8) ? "no" : "yes"
        case TicketField.identityCheck: return "holder"
        case TicketField.replyMedium: return "letter"
        case TicketField.leadDepartment: return random.pick(["card", "loans"])
        case TicketField.kind: return view.text(TicketField.kind) ?? "complaint"
        case TicketField.flags, TicketField.priorityFactors: return ""
        case TicketField.severity: return view.text(TicketField.severity) ?? "ordinary"
        default: break
        }
        let definition = FieldTable.known(field)
        switch definition.type {
        case .code(let list): return random.pick(list.codes)
        case .codeSet(let list): return random.pick(list.codes)
        case .flag: return random.pick(["yes", "no"])
        case .instant: return "2026-03-20"
        case .money: return "100"
        case .text: return "情况属实,按制度办理"
        case .org: return "GD01"
        case .post: return "GD.approver-1"
        default: return "ref-1"
        }
    }
}
