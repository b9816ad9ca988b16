import SyncProtocol

/// A value that an act takes and that is no field of the ticket: a unit, a second post, a reason.
public struct ActParameter: Sendable {
    /// The stable name; never the name of a field.
    public let name: String
    public let label: Bilingual
    public let type: FieldType
    public let isRequired: Bool

    init(_ name: String, _ chinese: String, _ english: String, _ type: FieldType, required: Bool = true) {
        self.name = name
        label = Bilingual(chinese, english)
        self.type = type
        isRequired = required
    }
}

/// One act as data: what it walks, who may, what it takes. Interfaces describe themselves from it, and `decide` runs it.
public struct ActDefinition: Sendable {
    /// What the act has to do with custody.
    enum Custody: Sendable {
        /// Append-only: whoever holds the ticket may.
        case none
        /// The custodian of the lead leg, taking an open offer to itself on the way.
        case lead
        /// The body decides.
        case own
    }

    /// What a node may do alone, of its line; nil for an act that walks none, which any node writes at any time.
    public var offline: Transition.Offline? { lines.first.flatMap(TransitionTable.transition)?.offline }

    public let act: TicketAct
    /// The lines of the state machine that it may walk; empty for an act that is none.
    public let lines: [String]
    /// Who may, for acts that walk no line.
    public let roles: [Role]
    /// Where, for acts that walk no line.
    public let tiers: [Tier]
    public let parameters: [ActParameter]
    /// The ticket's fields that go with it.
    public let form: ActForm?
    let custody: Custody
    /// True where the ticket must still be open (acts without a line).
    let needsOpen: Bool
    /// True where the body looks at state, custody and fields itself.
    let isSelfContained: Bool
    let carryOut: @Sendable (inout Draft, ActInput) throws(Refusal) -> Void

    /// A line of the state machine.
    init(
        line: String, _ act: TicketAct, _ parameters: [ActParameter] = [], form: ActForm? = nil,
        custody: Custody = .lead,
        _ carryOut: @escaping @Sendable (inout Draft, ActInput) throws(Refusal) -> Void
    ) {
        self.act = act
        lines = [line]
        roles = []
        tiers = []
        self.parameters = parameters
        self.form = form
        self.custody = custody
        needsOpen = false
        isSelfContained = false
        self.carryOut = carryOut
    }

    /// A line whose act looks at everything itself, because it has a command of its own as well.
    init(
        _ act: TicketAct, walking line: String, _ parameters: [ActParameter] = [], fields form: ActForm? = nil,
        _ carryOut: @escaping @Sendable (inout Draft, ActInput) throws(Refusal) -> Void
    ) {
        self.act = act
        lines = [line]
        roles = []
        tiers = []
        self.parameters = parameters
        self.form = form
        custody = .own
        needsOpen = false
        isSelfContained = true
        self.carryOut = carryOut
    }

    /// An act beside the state machine.
    init(
        _ act: TicketAct, roles: [Role], tiers: [Tier] = Tier.allCases, _ parameters: [ActParameter] = [],
        form: ActForm? = nil, custody: Custody = .none, needsOpen: Bool = true,
        _ carryOut: @escaping @Sendable (inout Draft, ActInput) throws(Refusal) -> Void
    ) {
        self.act = act
        lines = []
        self.roles = roles
        self.tiers = tiers
        self.parameters = parameters
        self.form = form
        self.custody = custody
        self.needsOpen = needsOpen
        isSelfContained = false
        self.carryOut = carryOut
    }

    /// The rule that refusals name where no guard of its own refused.
    var rule: String { lines.first ?? "A-\(act.name)" }

    /// The roles that may at all, in the order of the role list.
    public var whoMay: [Role] {
        guard let line = lines.first else { return roles }
        return TransitionTable.known(line).roles
    }
}

/// What somebody gave with an act: parameters read, fields still as texts.
struct ActInput: Sendable {
    private let values: [String: Value]
    let fields: [String: String]

    /// Splits the given texts into parameters and fields; collects what is wrong with the parameters.
    init(_ definition: ActDefinition, _ given: [String: String], _ problems: inout [FieldProblem]) {
        var values: [String: Value] = [:]
        var fields = given
        for parameter in definition.parameters {
            let text = fields.removeValue(forKey: parameter.name) ?? ""
            guard !AsciiText.isBlank(text) else {
                if parameter.isRequired { problems.append(.mandatory(parameter)) }
                continue
            }
            do {
                values[parameter.name] = try parameter.type.value(from: text)
            } catch {
                problems.append(.malformed(parameter, error))
            }
        }
        self.values = values
        self.fields = fields
    }

    func text(_ name: String) -> String? {
        if case .text(let text)? = values[name] { text } else { nil }
    }

    func integer(_ name: String) -> Int64? {
        if case .integer(let number)? = values[name] { number } else { nil }
    }

    func isTrue(_ name: String) -> Bool { integer(name) == 1 }

    /// A parameter that is required: the engine has checked that it is there.
    func known(_ name: String) -> String {
        guard let text = text(name) else { preconditionFailure("parameter \(name) is not required") }
        return text
    }

    func unit(_ name: String) -> UnitRef? { text(name).flatMap { UnitRef($0) } }
}

extension FieldProblem {
    static func mandatory(_ parameter: ActParameter) -> FieldProblem {
        var hint = Bilingual("请填写「\(parameter.label.chinese)」", "give \(parameter.name)")
        if let list = parameter.type.enumeration {
            let codes = list.codes.prefix(40).joined(separator: ", ")
            hint = Bilingual("\(hint.chinese);代码:\(codes)", "\(hint.english); one of: \(codes)")
        }
        return FieldProblem(
            parameter.name, .mandatory,
            sentence: Bilingual("缺少「\(parameter.label.chinese)」", "\(parameter.name) is missing"), hint: hint)
    }

    static func malformed(_ parameter: ActParameter, _ problem: ValueProblem) -> FieldProblem {
        FieldProblem(
            parameter.name, Bilingual("「\(parameter.label.chinese)」", parameter.name), problem)
    }
}
