import SyncProtocol

/// What the rules make of a command before anybody carries it out. Nothing of it is written.
public struct ActPreview: Sendable {
    public let act: TicketAct
    /// Why it would be refused; nil where it is allowed.
    public let refusal: Refusal?
    /// What it would do. A registration has it even while fields are missing, so that a form shows live what follows
    /// from what stands there already; nil where the refusal leaves nothing to tell.
    public let decision: Decision?
    /// The ticket as it was: `TicketView.unborn` for a registration.
    public let before: TicketView
    /// The clocks as they would be, those that ended among them.
    public let clocks: TicketClocks
    /// Who would hold what.
    public let audience: Audience
    /// What is well to know beside that it is allowed.
    public var notes: [EntryNote] { decision?.notes ?? [] }
    private let given: [FieldID: Value]

    /// The value after the act; nil where the field has none.
    public func value(_ field: FieldID) -> Value? {
        guard let value = given[field] else { return before.value(field) }
        return value == .empty ? nil : value
    }

    public func text(_ field: FieldID) -> String? {
        if case .text(let text)? = value(field) { text } else { nil }
    }

    /// 1…4; see `Priority`.
    public var priority: Int {
        Priority.compute(
            factors: text(TicketField.priorityFactors).map(CodeSet.members) ?? [],
            severity: text(TicketField.severity) ?? "")
    }

    /// Core fields that the act would set, in the order of the table. Clocks are told apart, and the words of the
    /// complaint are not repeated.
    public var changes: [(field: FieldDefinition, value: Value)] {
        FieldTable.all.compactMap { definition in
            guard definition.part == .core, !TicketField.clocks.contains(definition.id),
                let value = given[definition.id]
            else { return nil }
            return (definition, value)
        }
    }

    /// Clocks that the act would start, change or end.
    public var changedClocks: [Clock] {
        let old = Set(TicketClocks(of: before).all.map(\.clock))
        return clocks.all.map(\.clock).filter { !old.contains($0) }
    }

    fileprivate init(
        _ command: TicketCommand, _ refusal: Refusal?, _ decision: Decision?, before: TicketView, _ clocks: [Operation]
    ) {
        act = decision?.act ?? command.act
        self.refusal = refusal
        self.decision = decision
        self.before = before
        var given: [FieldID: Value] = [:]
        var audience = Audience(involved: before.involved, headOffice: before.headOfficeDisclosure)
        let operations = (decision?.core ?? []) + (decision?.casework ?? []) + (decision?.personal ?? []) + clocks
        for operation in operations {
            switch operation {
            case .assign(let field, let value), .write(let field, let value): given[field] = value
            case .create(let node), .involve(let node): audience.involve(node)
            case .widen(let level): audience.widen(level)
            default: continue
            }
        }
        self.given = given
        self.audience = audience
        self.clocks = TicketClocks { field in
            guard let value = given[field] else { return before.value(field) }
            return value == .empty ? nil : value
        }
    }
}

/// Decides as `decide` does, and tells what would come of it, with what is missing beside what follows already.
///
/// - Parameter rules: the deadlines that this node would pin.
public func preview(
    _ command: TicketCommand, ticket: TicketView, actor: Actor, people: People = .unknown,
    tokens: PersonTokens = .none, rules: RuleBook, others: [DocumentID: TicketView] = [:], at milliseconds: Int64,
    randomness: UInt64
) -> ActPreview {
    var decision: Decision?
    var refusal: Refusal?
    if case .register(let registration) = command {
        var draft = Draft(
            .register, ticket: ticket, actor: actor, people: people, tokens: tokens, rules: rules,
            others: others, at: milliseconds)
        refusal = draft.previewRegistration(registration, randomness: randomness, &decision)
    } else {
        do throws(Refusal) {
            decision = try decide(
                command, ticket: ticket, actor: actor, people: people, tokens: tokens, rules: rules,
                others: others, at: milliseconds, randomness: randomness)
        } catch {
            refusal = error
        }
    }
    let clocks = decision?.clockWork(rules, before: ticket, post: actor.post, at: milliseconds).operations ?? []
    return ActPreview(command, refusal, decision, before: ticket, clocks)
}

extension Draft {
    /// The registration as far as it goes: an incomplete form is classified and routed all the same.
    fileprivate mutating func previewRegistration(
        _ registration: Registration, randomness: UInt64, _ decision: inout Decision?
    ) -> Refusal? {
        var first: Refusal?
        do throws(Refusal) {
            try checkActor()
            let problems = try fill(registration, randomness: randomness)
            do throws(Refusal) { try refuse("T01", problems) } catch { first = error }
        } catch {
            return error
        }
        do throws(Refusal) {
            try settleRegistration()
            try checkWhole()
        } catch {
            first = first ?? error
        }
        decision = finished()
        return first
    }
}
