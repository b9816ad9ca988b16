import SyncProtocol
import TicketModel
import TicketStore

/// A preview as JSON: allowed or why not, what it sets, where it goes, who would hold what, and each deadline derived.
struct PreviewJSON {
    /// How far back the bounces of a routing rule are counted: a quarter [P].
    static let bounceDays: Int64 = 92

    private let preview: ActPreview
    private let runtime: NodeRuntime
    private let now: Int64
    private let rules: RuleBook
    private let route: (rule: String, leadUnit: String, told: [String])?
    private let past: (dispatched: Int, bounced: Int)

    /// - Parameter reader: who asks: no figure counts his own tickets.
    init(_ preview: ActPreview, for reader: Actor, at runtime: NodeRuntime) throws {
        self.preview = preview
        self.runtime = runtime
        now = runtime.store.wallMilliseconds()
        rules = try runtime.store.rules()
        let route = PreviewJSON.route(preview, runtime)
        let since = now - PreviewJSON.bounceDays * 86_400_000
        let target = RecusalTokens(post: reader.post, person: reader.personToken, runtime.store.people)
        past = try route.map { try runtime.store.bounces(ofRule: $0.rule, since: since, keptFrom: target) } ?? (0, 0)
        self.route = route
    }

    /// The rule that the act would record, else the one that holds for the ticket as it stands.
    private static func route(
        _ preview: ActPreview, _ runtime: NodeRuntime
    ) -> (rule: String, leadUnit: String, told: [String])? {
        if let rule = preview.text(TicketField.routeRule) {
            let told = preview.text(TicketField.routeTold).map(CodeSet.members) ?? []
            return (rule, preview.text(TicketField.routeLead) ?? "", told)
        }
        guard preview.before.document != nil, !preview.before.isOrder else { return nil }
        let route = TicketModel.route(preview.before, at: runtime.place, people: runtime.store.people)
        return (route.rule, route.leadUnit, route.told.map(\.rawValue))
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("act", preview.act.name)
            writer.member("act_label", Wording(preview.act.label))
            writer.member("allowed", preview.refusal == nil)
            writer.named("refusal") { writeRefusal(to: &$0) }
            for (name, field) in [
                ("kind", TicketField.kind), ("scope", TicketField.scope), ("severity", TicketField.severity),
                ("state", TicketField.state),
            ] {
                writer.member(name, orNull: preview.text(field))
            }
            writer.member("priority", preview.priority)
            writer.member(notes: preview.notes)
            writer.named("changes") { writeChanges(to: &$0) }
            writer.named("route") { writeRoute(to: &$0) }
            writer.named("audience") { writeAudience(to: &$0) }
            writer.member("now", now)
            writer.named("clocks") { writer in
                writer.array { writer in
                    for clock in preview.clocks.all.map(\.clock) {
                        ExplanationJSON(rules.explain(clock, at: now)).write(to: &writer)
                    }
                }
            }
            writer.member("changed_clocks", texts: preview.changedClocks.map(\.key.text))
        }
    }

    /// What a refused request would have been told, as an answer: nothing was asked for yet.
    private func writeRefusal(to writer: inout JSONWriter) {
        guard let refusal = preview.refusal else { return writer.null() }
        writer.object { writer in
            writer.member("code", "refused.\(refusal.code.rawValue)")
            writer.member("rule", refusal.rule)
            writer.member("detail", Wording(refusal.sentence))
            writer.member("hint", Wording(refusal.hint))
            writer.member("who_may", texts: refusal.whoMay)
            writer.named("errors") { writer in
                writer.array { writer in
                    for problem in refusal.problems {
                        let item = APIProblem.Item(problem)
                        writer.object { writer in
                            writer.member("field", item.field)
                            writer.member("rule", item.rule)
                            writer.member("detail", item.detail)
                            writer.member("hint", item.hint)
                        }
                    }
                }
            }
        }
    }

    private func writeChanges(to writer: inout JSONWriter) {
        writer.object { writer in
            for (definition, value) in preview.changes {
                writer.named(definition.name) { writer in
                    writer.object { writer in
                        writer.member("label", Wording(definition.label))
                        writer.name("value")
                        writer.value(value, of: definition)
                        writer.member("text", Wording(definition, value))
                    }
                }
            }
        }
    }

    /// The rule that fired, the unit that it suggests, and how often such work orders came back (day §6.2 step 2).
    private func writeRoute(to writer: inout JSONWriter) {
        guard let route else { return writer.null() }
        writer.object { writer in
            writer.member("rule", route.rule)
            writer.member("label", Wording(Enumeration.routeRule.label(of: route.rule)))
            writer.member("lead_unit", route.leadUnit)
            writer.member("lead_unit_label", Wording(Enumeration.leadUnitKind.label(of: route.leadUnit)))
            writer.member("told", texts: route.told)
            writer.named("past") { writer in
                writer.object { writer in
                    writer.member("days", PreviewJSON.bounceDays)
                    writer.member("dispatched", past.dispatched)
                    writer.member("bounced", past.bounced)
                    writer.member(
                        "bounced_permille",
                        numberOrNull: past.dispatched == 0 ? nil : Int64(past.bounced * 1000 / past.dispatched))
                }
            }
        }
    }

    private func writeAudience(to writer: inout JSONWriter) {
        let hierarchy = runtime.store.context.hierarchy
        let nodes = Set(preview.audience.candidates(in: hierarchy)).sorted()
        writer.array { writer in
            for node in nodes {
                let level = preview.audience.disclosure(to: node, in: hierarchy)
                guard level > .nothing else { continue }
                writer.object { writer in
                    writer.member("node", node.text)
                    writer.member("name", runtime.name(of: node))
                    writer.member("holds", level.code)
                }
            }
        }
    }
}
