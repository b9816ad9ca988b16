/// A sentence of the bank's source documents as a requirement, and how far this program meets it.
struct Requirement: Sendable {
    /// Stable: two letters and two digits, such as `ST-17`.
    let id: String
    let text: String
    let standing: Standing

    enum Standing: Sendable {
        /// Shown by these tests, named as in their source.
        case met([String])
        /// Shown in part by these tests; what is missing.
        case partly([String], lacking: String)
        /// No program can meet it: people, premises, penalties.
        case notBySoftware(String)
        case notYet
    }

    init(_ id: String, _ text: String, _ standing: Standing) {
        self.id = id
        self.text = text
        self.standing = standing
    }

    /// The tests that show it.
    var tests: [String] {
        switch standing {
        case .met(let tests), .partly(let tests, _): tests
        case .notBySoftware, .notYet: []
        }
    }

    /// What is missing, or why no program can meet it.
    var remark: String? {
        switch standing {
        case .partly(_, let lacking): lacking
        case .notBySoftware(let reason): reason
        case .met, .notYet: nil
        }
    }
}

extension Requirement.Standing {
    /// The stable name.
    var code: String {
        switch self {
        case .met: "met"
        case .partly: "partly"
        case .notBySoftware: "not_by_software"
        case .notYet: "not_yet"
        }
    }

    var label: Wording {
        switch self {
        case .met: Wording("已满足", "met")
        case .partly: Wording("部分满足", "partly")
        case .notBySoftware: Wording("非软件事项", "not by software")
        case .notYet: Wording("尚未实现", "not yet")
        }
    }

    static let codes = ["met", "partly", "not_by_software", "not_yet"]
}

/// Requirements on one subject.
struct RequirementGroup: Sendable {
    let letter: String
    let name: Wording
    let requirements: [Requirement]

    init(_ letter: String, _ name: Wording, _ requirements: [Requirement]) {
        self.letter = letter
        self.name = name
        self.requirements = requirements
    }
}

/// All requirements, in the order of the source.
enum RequirementTable {
    static let groups: [RequirementGroup] = [
        groupA, groupB, groupC, groupD, groupE, groupF, groupG, groupH, groupI, groupJ, groupK, groupL, groupM, groupN,
        groupO, groupP, groupQ, groupR, groupS, groupT,
    ]

    static var all: [Requirement] { groups.flatMap(\.requirements) }

    /// How many stand where, by code.
    static func counts(_ requirements: [Requirement]) -> [String: Int] {
        requirements.reduce(into: [:]) { $0[$1.standing.code, default: 0] += 1 }
    }
}
