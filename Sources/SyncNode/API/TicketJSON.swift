import SyncProtocol
import TicketModel
import TicketStore

/// One ticket with everything that this node holds of it, as JSON. A value that is written here can be given back as
/// it is.
struct TicketJSON {
    private let detail: TicketDetail
    /// How much the reader may see of what this node holds.
    private let reading: Disclosure
    /// Where a merged ticket went, and the number of that one where it is here.
    private let merged: (document: DocumentID, number: String?)?
    private let unnamed: UnnamedTickets
    /// What may be done now, by the last part of its address.
    private let nextActs: [String]
    private let runtime: NodeRuntime
    private var view: TicketView { detail.view }

    init(
        _ detail: TicketDetail, _ reading: Disclosure, _ merged: (document: DocumentID, number: String?)?,
        _ unnamed: UnnamedTickets, next: [String], at runtime: NodeRuntime
    ) {
        nextActs = next
        self.detail = detail
        self.reading = reading
        self.merged = merged
        self.unnamed = unnamed
        self.runtime = runtime
    }

    func write(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("number", orNull: view.text(TicketField.ticketNo))
            writer.member("document", detail.document.description)
            writer.member("version", detail.version.description)
            writer.named("acknowledgement") { writer in
                writer.object { writer in
                    writer.member("level", detail.level.code)
                    writer.member("label", detail.level.label)
                }
            }
            writer.member("home", orNull: view.home?.text)
            writer.member("disclosure", view.disclosure.code)
            writer.member("head_office_disclosure", view.headOfficeDisclosure.code)
            writer.named("parts") { writeParts(to: &$0) }
            writer.named("custody") { writeCustody(to: &$0) }
            writer.named("merged_into") { writeMerged(to: &$0) }
            writer.named("head_office_access") { writeAccess(to: &$0) }
            writer.member(notes: notes)
            writer.member("priority", view.priority)
            writer.member("next_acts", texts: nextActs)
            writer.named("conflicts") { TicketJSON.writeConflicts(detail, reading, to: &$0) }
            writer.member("overruled", texts: detail.state.overruled.map(\.description))
            writer.member("disputed", texts: detail.state.disputed.map(\.description))
            writer.named("fields") { writeFields(to: &$0) }
        }
    }

    /// Where the ticket went when it was merged: the old number still leads to it (T28).
    private func writeMerged(to writer: inout JSONWriter) {
        guard let merged else { return writer.null() }
        writer.object { writer in
            writer.member("document", merged.document.description)
            writer.member("number", orNull: merged.number)
        }
    }

    /// What head office asked to read for a time, for the province and the branch to know.
    private func writeAccess(to writer: inout JSONWriter) {
        let now = runtime.store.wallMilliseconds()
        writer.array { writer in
            for opening in view.openings {
                guard let until = opening.until else { continue }
                writer.object { writer in
                    writer.member("post", opening.post)
                    writer.member("level", opening.level.code)
                    writer.member("at", opening.at)
                    writer.member("until", until)
                    writer.member("is_open", until > now)
                }
            }
        }
    }

    /// What a reader of the words should know.
    private var notes: [EntryNote] {
        let isShown = reading.includes(.personal) && view.recusesNobody(runtime.store.people, at: runtime.node.id)
        return isShown ? [.recusesNobody] : []
    }

    /// Which parts are here: a part that is not ours is said to be so, never left out in silence.
    private func writeParts(to writer: inout JSONWriter) {
        writer.object { writer in
            for part in Part.allCases {
                let presence: BodyPresence
                if !view.disclosure.includes(part) {
                    presence = .notOurs
                } else if part != .core, detail.isAwaitingBodies {
                    presence = .awaited
                } else {
                    presence = .present
                }
                let isWithheld = presence != .notOurs && !reading.includes(part)
                writer.member(part.code, isWithheld ? TicketReading.withheld : presence.rawValue)
            }
        }
    }

    private func writeCustody(to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("custodian", orNull: view.custodian?.text)
            writer.member("custodian_name", runtime.name(of: view.custodian))
            writer.member("version", orNull: view.custodyVersion?.description)
            writer.member("is_here", view.custodian == runtime.node.id)
            writer.member("is_suspended", view.isSuspended)
            writer.named("offer") { writeOffer(to: &$0) }
            writer.named("recall") { writeRecall(to: &$0) }
        }
    }

    private func writeOffer(to writer: inout JSONWriter) {
        guard let offer = view.pendingOffer else { return writer.null() }
        writer.object { writer in
            writer.member("act", offer.dot.description)
            writer.member("from", offer.from.text)
            writer.member("to", offer.to.text)
            writer.member("recall_requested", offer.isRecallRequested)
        }
    }

    /// The latest request to get an offer back and what came of it, the same at both nodes.
    private func writeRecall(to writer: inout JSONWriter) {
        guard let recall = detail.recall else { return writer.null() }
        writer.object { writer in
            writer.member("act", recall.act.description)
            writer.member("offer", recall.offer.description)
            writer.member("from", orNull: recall.from?.text)
            writer.member("to", orNull: recall.to?.text)
            writer.member("at", recall.at)
            writer.member("outcome", recall.outcome.rawValue)
            writer.member("label", recall.outcome.label)
        }
    }

    /// Each field that has several values side by side, with all of them, the one that is shown first.
    static func writeConflicts(_ detail: TicketDetail, _ reading: Disclosure, to writer: inout JSONWriter) {
        writer.array { writer in
            for field in detail.view.conflicts {
                guard let definition = FieldTable.definition(field), reading.includes(definition.part) else { continue }
                let siblings = [detail.state.core, detail.state.casework, detail.state.personal]
                    .flatMap { $0.siblings(field) }
                writer.object { writer in
                    writer.member("field", definition.name)
                    writer.member("label", Wording(definition.label))
                    writer.named("values") { writer in
                        writer.array { writer in
                            for sibling in siblings { write(sibling, of: definition, to: &writer) }
                        }
                    }
                }
            }
        }
    }

    private static func write(
        _ sibling: FieldState.Sibling, of definition: FieldDefinition, to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.name("value")
            writer.value(sibling.value, of: definition)
            writer.member("text", Wording(definition, sibling.value))
            writer.member("act", sibling.dot.description)
            writer.member("tier", sibling.tier.roleName)
        }
    }

    private func writeFields(to writer: inout JSONWriter) {
        writer.object { writer in
            for (id, all) in view.fields.sorted(by: { $0.key < $1.key }) {
                let values = all.filter { !unnamed.contains($0) }
                guard !values.isEmpty || all.isEmpty else { continue }
                if let definition = FieldTable.definition(id) {
                    if reading.includes(definition.part) { write(definition, values, to: &writer) }
                } else if reading >= view.disclosure {
                    writeUnknown(id, values, to: &writer)
                }
            }
        }
    }

    private func write(_ definition: FieldDefinition, _ values: [Value], to writer: inout JSONWriter) {
        writer.named(definition.name) { writer in
            writer.object { writer in
                writer.member("label", Wording(definition.label))
                writer.member("part", definition.part.code)
                writer.member("merge", definition.merge.rawValue)
                writer.member("type", definition.type.name)
                if definition.merge == .grow {
                    writer.named("values") { writer in
                        writer.array { writer in
                            for value in values {
                                writer.object { writer in
                                    writer.name("value")
                                    writer.value(value, of: definition)
                                    writer.member("text", Wording(definition, value))
                                }
                            }
                        }
                    }
                } else {
                    let value = values.first ?? .empty
                    writer.name("value")
                    writer.value(value, of: definition)
                    writer.member("text", Wording(definition, value))
                }
            }
        }
    }

    /// A field of a newer version is shown as it stands.
    private func writeUnknown(_ id: FieldID, _ values: [Value], to writer: inout JSONWriter) {
        writer.named("field_\(id.rawValue)") { writer in
            writer.object { writer in
                writer.member("label", Wording("新版本字段 \(id.rawValue)", "field \(id.rawValue) of a newer version"))
                writer.named("values") { writer in
                    writer.array { writer in
                        for value in values {
                            writer.object { writer in
                                writer.name("value")
                                writer.value(value)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Wording {
    /// A value in words.
    init(_ definition: FieldDefinition, _ value: Value) {
        self.init(definition.display(value, .chinese), definition.display(value, .english))
    }
}

extension RecallRequest.Outcome {
    var label: Wording {
        switch self {
        case .waiting: Wording("已请求收回,等待对方答复", "asked for back, waiting for the other node")
        case .granted: Wording("对方已退回", "given back")
        case .taken: Wording("对方已接收,未能收回", "taken by the other node, so not given back")
        case .lapsed: Wording("已失效", "lapsed")
        }
    }
}

extension NodeRuntime {
    /// The name of a node of the topology; nil where it has none.
    func name(of node: NodeID?) -> Wording? { node.flatMap { topology.node($0)?.name } }
}

extension JSONWriter {
    /// A value as its type is written in JSON: amounts in yuan as text, flags as booleans, instants in milliseconds.
    mutating func value(_ value: Value, of definition: FieldDefinition) {
        switch (value, definition.type) {
        case (.integer(let fen), .money): self.value(Money.text(fen: fen))
        case (.integer(let flag), .flag): self.value(flag != 0)
        default: self.value(value)
        }
    }

    mutating func value(_ value: Value) {
        switch value {
        case .empty: null()
        case .integer(let number): self.value(number)
        case .text(let text): self.value(text)
        }
    }

    mutating func value(_ wording: Wording) {
        object { writer in
            writer.member("zh", wording.zh)
            writer.member("en", wording.en)
        }
    }

    /// Both languages of a text; null where there is none.
    mutating func member(_ name: String, _ wording: Wording?) {
        self.name(name)
        if let wording { value(wording) } else { null() }
    }

    /// Any value.
    mutating func named(_ name: String, _ body: (inout JSONWriter) throws -> Void) rethrows {
        self.name(name)
        try body(&self)
    }

    mutating func member(_ name: String, numberOrNull number: Int64?) {
        self.name(name)
        if let number { value(number) } else { null() }
    }

    mutating func member(_ name: String, numberOrNull number: UInt64?) {
        self.name(name)
        if let number { value(number) } else { null() }
    }
}
