import SyncProtocol
import Testing

@testable import TicketModel

/// Handing over, asking back, seizing, ruling, and requests that wait for confirmation.
@Suite struct CustodyFlowTests {
    @Test func `RF-01 the centre hands an approved answer to the place of intake, which replies`() throws {
        var ticket = try TestTicket.approved()
        #expect(refused(.handOver, ["unit": "province-gd"], on: ticket, by: TestBank.dispatcher)?.code == .unknownUnit)
        try ticket.act(.handOver, ["unit": "branch-01"], by: TestBank.dispatcher)
        try ticket.perform(.reply(fields: Entries.reply), by: TestBank.officer)
        #expect(ticket.view(at: "branch-01").custodian == "branch-01" && ticket.shownState == .replied)
    }

    @Test func `a custodian is asked for the ticket and hands it over, or says why not`() throws {
        var ticket = try TestTicket.make(.taken)
        try ticket.act(.takeBack, ["reason": "stalled"], by: TestBank.dispatcher)
        let key = try #require(ticket.view(at: "branch-02").openRequests.first?.key)
        var refusing = ticket
        try refusing.act(.refuseRequest, ["request": key, "reason": "other_way"], by: TestBank.otherOfficer)
        #expect(refusing.view(at: "province-gd").requests.map(\.state) == [.refused])
        #expect(refusing.view(at: "province-gd").requests.first?.refusal == "other_way")
        try ticket.act(.handOver, ["unit": "province-gd", "request": key], by: TestBank.otherOfficer)
        try ticket.act(.take, by: TestBank.dispatcher)
        #expect(ticket.view(at: "province-gd").custodian == "province-gd")
        #expect(ticket.view(at: "province-gd").requests.map(\.state) == [.done])
        // From there the centre gives it to another unit.
        try ticket.act(.transfer, ["unit": "branch-01", "reason": "taken_back"], by: TestBank.dispatcher)
        #expect(ticket.view(at: "branch-01").pendingOffer?.to == "branch-01")
        let own = try TestTicket.make(.submitted)
        #expect(refused(.takeBack, ["reason": "stalled"], on: own, by: TestBank.officer)?.code == .wrongTier)
        try ticket.act(.take, by: TestBank.officer)
        let above = TestBank.actor(.provSupervisor, at: TestBank.province)
        #expect(
            refused(.takeBack, ["reason": "stalled"], on: try TestTicket.make(.fedBack).taken(), by: above)?.code
                == .wrongTier)
    }

    @Test func `seizing takes two persons and a tier above, and what the seized node did later is overruled`() throws {
        var ticket = try TestTicket.make(.taken)
        let given = ["reason": "unit_silent"]
        #expect(
            refused(.seize, given, on: ticket, by: TestBank.dispatcher)?.rule == Guard.secondPerson.rawValue)
        try ticket.countersign("seize", by: TestBank.provinceHead)
        #expect(
            refused(.seize, given, on: ticket, by: TestBank.actor(.dispatcher, at: TestBank.farProvince))?.code
                == .noSuchTicket)
        #expect(refused(.seize, given, on: ticket, by: TestBank.otherOfficer)?.code == .wrongTier)
        let stale = ticket.view(at: "branch-02")
        let vector = ticket.state.vector
        let decision = try ticket.act(.seize, given, by: TestBank.dispatcher)
        #expect(decision.guards.contains(.secondPerson))
        #expect(ticket.view(at: "province-gd").custodian == "province-gd")
        #expect(ticket.state.overruled.isEmpty)
        let late = try decide(
            .amend(fields: ["severity": "urgent"], reason: nil), ticket: stale, actor: TestBank.otherOfficer, at: 1,
            randomness: 1)
        ticket.append(late, by: TestBank.otherOfficer, claimed: stale.custodyVersion, knowing: vector)
        #expect(ticket.view(at: "province-gd").text(TicketField.severity) == "ordinary")
        #expect(ticket.state.overruled.count == 1)
        try ticket.act(.transfer, ["unit": "branch-01", "reason": "taken_back"], by: TestBank.dispatcher)
        #expect(refused(.seize, given, on: ticket, by: TestBank.dispatcher)?.code == .wrongTier)
    }

    @Test func `head office seizes from a province and then sees the case in full`() throws {
        var ticket = try TestTicket.make(.fedBack)
        try ticket.act(.take, by: TestBank.dispatcher)
        try ticket.countersign("seize", by: TestBank.auditor)
        try ticket.act(.seize, ["reason": "emergency"], by: TestBank.supervisor)
        let view = ticket.view(at: "head-office")
        #expect(view.custodian == "head-office" && view.disclosure == .full)
        #expect(view.entries(TicketField.seizures, EntryShapes.seizure).map { $0["node"] } == ["province-gd"])
    }

    @Test func `acts that stand against each other are ruled by the tier above`() throws {
        var ticket = try TestTicket.make(.taken)
        let view = ticket.view(at: "branch-02")
        let vector = ticket.state.vector
        // Two copies of the branch act under one custody.
        for severity in ["urgent", "important"] {
            let decision = try decide(
                .amend(fields: ["severity": severity], reason: nil), ticket: view, actor: TestBank.otherOfficer, at: 1,
                randomness: 1)
            ticket.append(decision, by: TestBank.otherOfficer, claimed: view.custodyVersion, knowing: vector)
        }
        let disputed = ticket.view(at: "province-gd").disputed
        #expect(disputed.count == 2)
        let winner = disputed[1].description
        #expect(refused(.rule, ["winner": "nonsense"], on: ticket, by: TestBank.dispatcher)?.code == .invalidFields)
        #expect(
            refused(.rule, ["winner": "0000000000010000:9"], on: ticket, by: TestBank.dispatcher)?.code == .notPossible)
        #expect(refused(.rule, ["winner": winner], on: ticket, by: TestBank.otherOfficer)?.code == .wrongTier)
        try ticket.act(.rule, ["winner": winner], by: TestBank.dispatcher)
        #expect(ticket.state.disputed.isEmpty && ticket.state.overruled.count == 1)
        #expect(ticket.view(at: "province-gd").text(TicketField.severity) == "important")
    }

    @Test func `what may not be done here is asked for, waits in sight, and ends`() throws {
        var ticket = try TestTicket.make(.taken)
        #expect(
            refused(.request, ["act": "note", "reason": "other"], on: ticket, by: TestBank.clerk)?.rule == "A-request")
        #expect(
            refused(.request, ["act": "fly", "reason": "other"], on: ticket, by: TestBank.clerk)?.rule == "A-request")
        for _ in 0..<3 {
            try ticket.act(.request, ["act": "transfer", "reason": "wrong_unit"], by: TestBank.officer)
        }
        let keys = ticket.view(at: "province-gd").requests.map(\.key)
        #expect(Set(keys).count == 3)
        #expect(ticket.view(at: "head-office").openRequests.count == 3)
        try ticket.act(.withdrawRequest, ["request": keys[0]], by: TestBank.officer)
        #expect(refused(.withdrawRequest, ["request": keys[1]], on: ticket, by: TestBank.clerk)?.code == .notPossible)
        try ticket.act(.refuseRequest, ["request": keys[1], "reason": "not_needed"], by: TestBank.otherOfficer)
        #expect(
            refused(
                .refuseRequest, ["request": keys[1], "reason": "not_needed"], on: ticket, by: TestBank.otherOfficer)?
                .code
                == .unknownRequest)
        #expect(
            refused(.refuseRequest, ["request": keys[2], "reason": "not_needed"], on: ticket, by: TestBank.dispatcher)?
                .code
                == .notCustodian)
        ticket.people = People(units: TestBank.units)
        try ticket.act(
            .transfer, ["unit": "branch-01", "reason": "other_unit_in_charge", "request": keys[2]],
            by: TestBank.otherOfficer)
        #expect(ticket.view(at: "branch-01").requests.map(\.state) == [.withdrawn, .refused, .done])
    }

    @Test func `a ticket that ends ends the requests that wait on it`() throws {
        var ticket = try TestTicket.make()
        try ticket.act(.request, ["act": "merge", "reason": "no_custody"], by: TestBank.clerk)
        try ticket.act(.withdraw, ["evidence_key": "letter-1"], by: TestBank.clerk)
        #expect(ticket.view(at: "branch-01").requests.map(\.state) == [.overtaken])
        #expect(
            refused(.request, ["act": "merge", "reason": "other"], on: ticket, by: TestBank.clerk)?.code == .wrongState)
    }

    private func pausing(_ ticket: inout TestTicket) throws -> [String: String] {
        try ticket.act(.request, ["act": "pause", "reason": "needs_approval"], by: TestBank.otherOfficer)
        let key = try #require(ticket.view(at: "branch-02").openRequests.last?.key)
        return ["request": key, "reason": "external_appraisal", "evidence_key": "lab-3", "customer_told": "true"]
    }

    @Test func `T13 T14 a pause needs the pack's reason, evidence, the customer's knowledge and approval from above`()
        throws
    {
        var ticket = try TestTicket.make(.taken)
        let given = try pausing(&ticket)
        #expect(refused(.pause, given, on: ticket, by: TestBank.otherOfficer)?.rule == Guard.approved.rawValue)
        let key = try #require(given["request"])
        let below = TestBank.actor(.approver, at: TestBank.otherBranch)
        #expect(refused(.approveRequest, ["request": key], on: ticket, by: below)?.code == .wrongTier)
        let asker = TestBank.actor(.approver, at: TestBank.province, post: TestBank.otherOfficer.post)
        #expect(
            refused(.approveRequest, ["request": key], on: ticket, by: asker)?.rule
                == Guard.approverNotRequester.rawValue)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        #expect(ticket.view(at: "branch-02").requests.map(\.state) == [.approved])
        for change in [["customer_told": "false"], ["reason": "tired"], ["evidence_key": nil]] as [[String: String?]] {
            #expect(refused(.pause, given.with(change), on: ticket, by: TestBank.otherOfficer)?.code == .invalidFields)
        }
        let decision = try ticket.act(.pause, given, by: TestBank.otherOfficer)
        #expect(decision.guards.contains(.approved) && ticket.shownState == .suspended)
        #expect(refused(.resume, on: ticket, by: TestBank.otherOfficer)?.code == .invalidFields)
        try ticket.act(.resume, ["evidence_key": "lab-3-result"], by: TestBank.otherOfficer, at: TestBank.morning + 5)
        let view = ticket.view(at: "province-gd")
        #expect(view.state == .handling && view.requests.map(\.state) == [.done])
        #expect(view.entries(TicketField.pauses, EntryShapes.pause).map { $0["step"] } == ["paused", "resumed"])
    }

    @Test func `EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows`() throws
    {
        let morning = TestBank.morning
        let old = morning + TestBank.day
        var ticket = try TestTicket.make(.taken, ["promised_reply_at": String(old), "severity": "important"])
        let given = ["reason": "waiting_other_org", "new_due": String(old + TestBank.day)]
        #expect(
            refused(.askExtension, given, on: ticket, by: TestBank.otherOfficer, at: old + 1)?.rule
                == Guard.extensionInTime.rawValue)
        #expect(
            refused(.askExtension, given.with(["new_due": String(old)]), on: ticket, by: TestBank.otherOfficer)?.rule
                == Guard.extensionInTime.rawValue)
        #expect(
            refusal(
                .amend(fields: ["promised_reply_at": given["new_due"] ?? ""], reason: nil), on: ticket,
                by: TestBank.otherOfficer)?.rule
                == Guard.approved.rawValue)
        try ticket.act(.askExtension, given, by: TestBank.otherOfficer)
        let key = try #require(ticket.view(at: "branch-02").openRequests.first?.key)
        #expect(
            refused(.approveRequest, ["request": key], on: ticket, by: TestBank.departmentHead)?.code == .wrongRole)
        try ticket.act(.approveRequest, ["request": key], by: TestBank.provinceHead)
        #expect(
            refused(.extend, ["request": key, "customer_told": "no"], on: ticket, by: TestBank.otherOfficer)?.code
                == .invalidFields)
        try ticket.act(.extend, ["request": key, "customer_told": "yes"], by: TestBank.otherOfficer)
        #expect(ticket.view(at: "province-gd").integer(TicketField.promisedReplyAt) == old + TestBank.day)
        // An ordinary one may be approved by the head of the department.
        var ordinary = try TestTicket.make(.taken)
        try ordinary.act(.askExtension, given, by: TestBank.otherOfficer)
        let second = try #require(ordinary.view(at: "branch-02").openRequests.first?.key)
        try ordinary.act(.approveRequest, ["request": second], by: TestBank.departmentHead)
    }
}

extension TestTicket {
    /// The same ticket with its offer taken by the province.
    fileprivate func taken() throws -> TestTicket {
        var copy = self
        try copy.act(.take, by: TestBank.dispatcher)
        return copy
    }
}
