import SyncProtocol
import Testing

@testable import TicketModel

extension CoreLint {
    /// Of the small bank of the tests.
    static let test = CoreLint(orgs: Set(TestBank.places.map(\.org)))
}

/// What our own program writes holds nothing that core records may not.
func expectNothingToSay(_ record: CoreRecord, by tier: Tier) {
    let problem = CoreLint.test.problem(in: record, by: tier)
    #expect(problem == nil, "act \(record.kind)")
}

/// Records with something in them, as a peer may send them.
struct LintedRecord {
    static let dot = Dot(Incarnation(rawValue: Incarnation.reservedCount + 5), 9)

    var document = DocumentID(createdBy: dot)
    var post = "GD01.clerk"
    var tier = Tier.branch
    var lint = CoreLint.test

    static let ticket = LintedRecord()
    static let node = LintedRecord(document: DocumentID(recordOf: "branch-01"), post: "")

    /// What the lint says of these operations.
    func problem(_ operations: Operation...) -> CoreLint.Problem? {
        lint.problem(
            in: CoreRecord(
                dot: LintedRecord.dot, document: document, dependencies: VersionVector(),
                stamp: HybridTime(milliseconds: TestBank.morning), post: post, kind: 40, operations: operations,
                previous: .zero), by: tier)
    }
}
