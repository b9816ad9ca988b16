import SyncProtocol

/// Which tickets a policy is for: clauses about core fields that must all hold. Core fields only, because every tier
/// must come to the same answer and head office holds nothing else.
public struct PolicyCondition: Hashable, Sendable {
    public struct Clause: Hashable, Sendable {
        public let field: FieldID
        public let test: Test

        public init(_ field: FieldID, _ test: Test) {
            self.field = field
            self.test = test
        }
    }

    public enum Test: Hashable, Sendable {
        /// The code, or a member of the set of codes, is one of these.
        case any([String])
        /// Neither the code nor any member is one of these; also where the field has no value.
        case none([String])
    }

    public let clauses: [Clause]

    public static let always = PolicyCondition([])

    public init(_ clauses: [Clause]) { self.clauses = clauses }

    /// True where the ticket with these values is meant.
    func holds(_ value: (FieldID) -> Value?) -> Bool { clauses.allSatisfy { $0.holds(value) } }
}

extension PolicyCondition.Clause {
    func holds(_ value: (FieldID) -> Value?) -> Bool {
        let members: [String] =
            if case .text(let text)? = value(field) { CodeSet.members(text) } else { [] }
        switch test {
        case .any(let codes): return members.contains { codes.contains($0) }
        case .none(let codes): return !members.contains { codes.contains($0) }
        }
    }
}
