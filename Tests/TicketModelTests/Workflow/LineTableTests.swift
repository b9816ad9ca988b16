import SyncProtocol
import Testing

@testable import TicketModel

/// Every line of the state machine against every state, role and tier: what the table forbids is refused, what it allows
/// is not refused for that reason.
@Suite struct LineTableTests {
    /// A ticket at a place in a state, with custody there and nothing else.
    static func view(_ state: TicketState, at place: Place) -> TicketView {
        let version = Dot(Incarnation(rawValue: Incarnation.reservedCount + 77), 1)
        var view = TicketView(
            document: DocumentID(createdBy: version), disclosure: .full, home: "branch-01",
            fields: [TicketField.state: [.text(state.rawValue)]], custodian: place.node, custodyVersion: version)
        view.involved = ["branch-01"]
        return view
    }

    static func place(_ tier: Tier) -> Place {
        switch tier {
        case .branch: TestBank.branch
        case .province: TestBank.province
        case .headOffice: TestBank.headOffice
        }
    }

    /// Parameters that pass, so that acts which read them first get to their line.
    static func given(_ definition: ActDefinition) -> [String: String] {
        let usual = ["unit": "branch-02", "missing": "what"]
        let values = definition.parameters.compactMap { parameter -> (String, String)? in
            guard let value = usual[parameter.name] ?? parameter.type.enumeration?.codes[0] else { return nil }
            return (parameter.name, value)
        }
        return Dictionary(uniqueKeysWithValues: values)
    }

    static func outcome(_ definition: ActDefinition, _ state: TicketState, _ role: Role, _ tier: Tier) -> RefusalCode? {
        let place = place(tier)
        let actor = TestBank.actor(role, at: place)
        do throws(Refusal) {
            _ = try decide(
                .perform(definition.act, given(definition)), ticket: view(state, at: place),
                actor: actor, at: TestBank.morning, randomness: 1)
            return nil
        } catch {
            return error.code
        }
    }

    static let lines = ActCatalogue.all.filter { !$0.lines.isEmpty }
    /// Acts that look for an offer before they look at the state.
    static let ofOffers: Set<TicketAct> = [.take, .decline]
    private static let readers: Set<Role> = [.analyst, .auditor, .sysadmin, .privacyOfficer]

    @Test(arguments: lines.map(\.act)) func `a line is walked from its own states only`(_ act: TicketAct) throws {
        let definition = try #require(ActCatalogue.definition(act))
        guard !Self.ofOffers.contains(act) else { return }
        let line = TransitionTable.known(definition.lines[0])
        let role = try #require(line.roles.first)
        let tier = try #require(line.tiers.last)
        for state in TicketState.allCases {
            let code = Self.outcome(definition, state, role, tier)
            // The dispatch picks its line by the round.
            let isForeign = !line.from.contains(state) || (act == .dispatchAgain && state == .dispatched)
            if act == .dispatch && state == .rework { continue }
            if act == .dispatchAgain && [.underReview, .registered, .dispatched].contains(state) { continue }
            if act == .close && state == .replied { continue }
            if act == .reply && state == .feedbackReview { continue }
            #expect((code == .wrongState) == isForeign, "\(act.name) from \(state)")
        }
    }

    @Test(arguments: lines.map(\.act)) func `a line is walked by its own roles only`(_ act: TicketAct) throws {
        let definition = try #require(ActCatalogue.definition(act))
        guard !Self.ofOffers.contains(act) else { return }
        let line = TransitionTable.known(definition.lines[0])
        let tier = try #require(line.tiers.last)
        let state = try #require(line.from.first)
        for role in Role.allCases where !Self.readers.contains(role) {
            let code = Self.outcome(definition, state, role, tier)
            if line.roles.contains(role), code == .wrongRole {
                // Closing asks for more than the line, by severity.
                #expect(act == .close, "\(act.name) by \(role)")
            } else {
                #expect((code == .wrongRole) == !line.roles.contains(role), "\(act.name) by \(role)")
            }
        }
        for role in Self.readers { #expect(Self.outcome(definition, state, role, tier) == .wrongRole) }
    }

    @Test(arguments: lines.map(\.act)) func `a line is walked at its own tiers only`(_ act: TicketAct) throws {
        let definition = try #require(ActCatalogue.definition(act))
        guard !Self.ofOffers.contains(act) else { return }
        let line = TransitionTable.known(definition.lines[0])
        let role = try #require(line.roles.first)
        let state = try #require(line.from.first)
        for tier in Tier.allCases {
            let code = Self.outcome(definition, state, role, tier)
            #expect((code == .wrongTier) == !line.tiers.contains(tier), "\(act.name) at \(tier)")
        }
    }

    @Test func `no line is walked without custody, or while the ticket is on its way`() throws {
        for definition in Self.lines where !Self.ofOffers.contains(definition.act) {
            let line = TransitionTable.known(definition.lines[0])
            let tier = try #require(line.tiers.last)
            let place = Self.place(tier)
            let actor = TestBank.actor(try #require(line.roles.first), at: place)
            var elsewhere = Self.view(try #require(line.from.first), at: place)
            elsewhere.custodian = "branch-09"
            var underWay = Self.view(try #require(line.from.first), at: place)
            underWay.pendingOffer = .init(
                dot: Dot(Incarnation(rawValue: 99_999), 2), from: place.node, to: "branch-09", isServed: true)
            for (view, code) in [(elsewhere, RefusalCode.notCustodian), (underWay, .inTransit)] {
                do throws(Refusal) {
                    _ = try decide(
                        .perform(definition.act, Self.given(definition)), ticket: view, actor: actor, at: 1,
                        randomness: 1)
                    Issue.record("\(definition.act.name) was allowed")
                } catch {
                    #expect(error.code == code, "\(definition.act.name): \(error.rule)")
                }
            }
        }
    }

    @Test func `every refusal of the catalogue names a rule and a next step`() throws {
        for definition in ActCatalogue.all {
            for role in Role.allCases {
                let actor = TestBank.actor(role, at: TestBank.branch)
                do throws(Refusal) {
                    _ = try decide(
                        .perform(definition.act, [:]), ticket: Self.view(.handling, at: TestBank.branch), actor: actor,
                        at: 1, randomness: 1)
                } catch {
                    #expect(!error.rule.isEmpty && !error.hint.chinese.isEmpty && !error.hint.english.isEmpty)
                    if error.code == .wrongRole, error.rule != "G-read-only" { #expect(!error.whoMay.isEmpty) }
                }
            }
        }
        for rule in Guard.allCases {
            #expect(rule.refusal.rule == rule.rawValue && !rule.refusal.hint.english.isEmpty)
        }
    }
}
