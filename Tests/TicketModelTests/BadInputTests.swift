import SyncProtocol
import Testing

@testable import TicketModel

/// What people type wrong, act by act: each gets a sentence with the field, the rule and the next step, whatever the
/// state of the ticket, and nothing of what they typed.
@Suite("Bad input to acts") struct BadInputTests {
    private static let secret = "秘密的话 secret words"

    private func problems(_ act: TicketAct, _ given: [String: String]) throws -> [FieldProblem] {
        let ticket = try TestTicket.make(.submitted)
        let refusal = try #require(refused(act, given, on: ticket, by: TestBank.dispatcher), "\(act.name) was granted")
        try #require(refusal.code == .invalidFields, "\(act.name): \(refusal.code)")
        return refusal.problems
    }

    private func expectWhole(_ problem: FieldProblem, _ act: TicketAct) {
        #expect(!problem.sentence.chinese.isEmpty && !problem.sentence.english.isEmpty, "\(act.name)")
        #expect(!problem.hint.chinese.isEmpty && !problem.hint.english.isEmpty, "\(act.name) \(problem.field)")
        let said = problem.sentence.english + problem.hint.english + problem.sentence.chinese + problem.hint.chinese
        #expect(!said.contains("秘密") && !said.contains("secret"), "\(act.name) repeats what was typed")
    }

    @Test(arguments: ActCatalogue.all.map(\.act))
    func `a parameter with a wrong value is named, with its rule and a hint`(_ act: TicketAct) throws {
        let definition = try #require(ActCatalogue.definition(act))
        for parameter in definition.parameters {
            switch parameter.type {
            case .text, .line: continue
            default: break
            }
            let found = try problems(act, [parameter.name: Self.secret])
            let problem = try #require(found.first { $0.field == parameter.name }, "\(act.name) \(parameter.name)")
            expectWhole(problem, act)
        }
    }

    @Test(arguments: ActCatalogue.all.map(\.act))
    func `an oversized value is named, whatever the act`(_ act: TicketAct) throws {
        let definition = try #require(ActCatalogue.definition(act))
        let huge = String(repeating: "长", count: 200_000)
        let names = definition.parameters.map(\.name) + ["what"]
        for name in names {
            let problem = try #require(try problems(act, [name: huge]).first { $0.field == name })
            expectWhole(problem, act)
        }
    }

    @Test(arguments: ActCatalogue.all.map(\.act))
    func `a name that no field has is said to be none`(_ act: TicketAct) throws {
        let found = try problems(act, ["shoe_size": "43"])
        #expect(found.contains { $0.field == "shoe_size" && $0.rule == .unknownField })
    }

    /// The act in a state and by a post that could do it, with nothing given.
    @Test(arguments: [
        (TicketAct.merge, ["into", "reason"]), (.dispatch, ["unit"]), (.rejectFeedback, ["defect"]),
        (.addEvidence, ["evidence_key", "class"]), (.urge, ["source"]), (.supervise, ["reason", "until"]),
        (.contact, ["contact_kind", "medium"]), (.promise, ["due", "words"]), (.convert, ["to_kind", "reason"]),
        (.request, ["act", "reason"]), (.askExtension, ["reason", "new_due"]),
    ])
    func `what is missing is named all at once`(_ act: TicketAct, _ names: [String]) throws {
        let state: TestTicket.Step = act == .rejectFeedback ? .fedBack : .submitted
        let ticket = try TestTicket.make(state)
        let refusal = try #require(refused(act, [:], on: ticket, by: TestBank.dispatcher))
        if refusal.code == .invalidFields {
            #expect(Set(refusal.problems.map(\.field)).isSuperset(of: names), "\(act.name)")
            for problem in refusal.problems { expectWhole(problem, act) }
        } else {
            #expect(!refusal.hint.english.isEmpty && !refusal.rule.isEmpty, "\(act.name)")
        }
    }

    @Test func `fields that contradict each other are refused with the requirement behind it`() throws {
        let ticket = try TestTicket.make(.submitted)
        for (change, field, source) in [
            (["validity": "valid", "malicious_kind": "repeated"], "malicious_kind", "DM-01"),
            (["validity": "unfounded", "reasons_sufficient": "true"], "reasons_sufficient", "DM-03"),
            (["validity": "valid", "demand_reasonable": "false"], "demand_reasonable", "DM-03"),
        ] {
            let given = Entries.dispatch.merging(change) { $1 }
            let said = refusal(.dispatch(to: "branch-02", fields: given), on: ticket, by: TestBank.dispatcher)
            let problem = try #require(said?.problems.first { $0.field == field })
            #expect(problem.rule == .contradiction && problem.source == source)
            expectWhole(problem, .dispatch)
        }
    }
}
