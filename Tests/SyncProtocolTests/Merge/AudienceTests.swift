import SyncProtocol
import Testing

@Suite("Who may hold what only ever grows") struct AudienceTests {
    private let bank = History.bank

    @Test func `no act takes a level away from anyone`() {
        for seed in lawCases(200) {
            let history = HistoryGenerator.history(seed: seed)
            var levels: [NodeID: Disclosure] = [:]
            for count in 1...history.actions.count {
                let state = DocumentState(folding: Array(history.actions.prefix(count)), history.lineage)
                for node in bank.nodes {
                    let level = state.audience.disclosure(to: node, in: bank)
                    #expect(level >= levels[node] ?? .nothing, "seed \(seed), \(node)")
                    levels[node] = level
                }
            }
        }
    }

    @Test func `an involved branch lets its own province in and no other one`() {
        var audience = Audience.nobody
        #expect(bank.nodes.allSatisfy { audience.disclosure(to: $0, in: bank) == .nothing })
        audience.involve("b1")
        audience.involve("b1")
        #expect(audience.involved == ["b1"])
        #expect(audience.disclosure(to: "b1", in: bank) == .full)
        #expect(audience.disclosure(to: "p1", in: bank) == .full)
        #expect(audience.disclosure(to: "b2", in: bank) == .nothing)
        #expect(audience.disclosure(to: "p2", in: bank) == .nothing)
        #expect(audience.disclosure(to: "ho", in: bank) == .core)
        #expect(audience.disclosure(to: "elsewhere", in: bank) == .nothing)
    }

    @Test func `head office gets bodies only by widening, and never less again`() {
        var audience = Audience(involved: ["b1"], headOffice: .nothing)
        #expect(audience.headOffice == .core)
        audience.widen(.full)
        audience.widen(.casework)
        #expect(audience.disclosure(to: "ho", in: bank) == .full)
        #expect(Disclosure.full.includes(.personal) && !Disclosure.casework.includes(.personal))
        #expect(Disclosure.core.includes(.core) && !Disclosure.nothing.includes(.core))
    }

    @Test func `head office that takes part holds all`() {
        #expect(Audience(involved: ["ho"], headOffice: .core).disclosure(to: "ho", in: bank) == .full)
    }

    @Test func `a published document is every node's, and of no stranger`() {
        let audience = Audience(involved: ["ho"], headOffice: .core, isPublic: true)
        for node in bank.nodes { #expect(audience.disclosure(to: node, in: bank) == .full) }
        #expect(audience.disclosure(to: "elsewhere", in: bank) == .nothing)
    }

    @Test func `nobody but a candidate holds anything`() {
        let published = Audience(involved: ["ho"], headOffice: .core, isPublic: true)
        let folded = lawCases(200).map { seed in
            let history = HistoryGenerator.history(seed: seed)
            return DocumentState(folding: history.actions, history.lineage).audience
        }
        for audience in folded + [published, .nobody] {
            let candidates = Set(audience.candidates(in: bank))
            for node in bank.nodes where audience.disclosure(to: node, in: bank) > .nothing {
                #expect(candidates.contains(node), "\(node) of \(audience)")
            }
            #expect(candidates.count < bank.nodes.count || audience.isPublic || audience.involved.count > 2)
        }
    }

    @Test func `neighbours are the parent and then the children`() {
        #expect(bank.neighbours(of: "p1") == ["ho", "b1", "b2"])
        #expect(bank.neighbours(of: "ho") == ["p1", "p2"])
        #expect(bank.headOffice == "ho" && bank.contains("b3") && !bank.contains("b9"))
        #expect(Tier.allCases == [.branch, .province, .headOffice])
    }
}
