import SyncProtocol

/// One act as the disposal log prints it.
public struct FormAct: Hashable, Sendable {
    public let dot: Dot
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    public let node: NodeID?
    public let post: String
    public let kind: UInt16

    public init(dot: Dot, at: Int64, node: NodeID?, post: String, kind: UInt16) {
        self.dot = dot
        self.at = at
        self.node = node
        self.post = post
        self.kind = kind
    }
}

/// A form with the values of one ticket, as far as this node holds them: what is printed, and what the check code covers.
public struct FilledForm: Sendable {
    /// What stands beside a label.
    public enum Content: Hashable, Sendable {
        case values([Bilingual])
        /// Nobody gave a value: room to write.
        case empty
        /// This node may not hold it, or the reader may not see it. Said, never left out in silence.
        case notHeld
        /// It may, but it has not arrived.
        case awaited
        case signature
        case words(Bilingual)
        case log([FormAct])
    }

    public struct Line: Hashable, Sendable {
        public let label: Bilingual
        public let content: Content
    }

    public struct Section: Hashable, Sendable {
        public let title: Bilingual
        public let lines: [Line]
    }

    public let form: FormKind
    public let number: String
    public let sections: [Section]
    /// What the check code covers: document, form, layout, and the values as they are stored, not as they are worded.
    public let canonical: String

    /// - Parameters:
    ///   - isAwaitingBodies: parts that this node may hold have not all arrived.
    ///   - acts: the ticket's acts, oldest first.
    ///   - reading: how much the reader may see.
    ///   - channels: what the unit that took the complaint in has on show; the check code does not cover it, because it
    ///     is nothing of this ticket's record.
    public init(
        _ form: FormKind, of ticket: TicketView, acts: [FormAct], isAwaitingBodies: Bool, reading: Disclosure = .full,
        channels: PublishedChannels? = nil
    ) {
        self.form = form
        number = ticket.text(TicketField.ticketNo) ?? "-"
        var filling = FormFilling(ticket, acts, isAwaitingBodies, min(reading, ticket.disclosure), channels)
        sections = form.sections.map { section in
            Section(title: section.title, lines: section.items.map { filling.line($0) })
        }
        canonical =
            "syncnode-form \(form.rawValue) \(form.layout)\n\(ticket.document?.description ?? "-")\n"
            + filling.covered.joined(separator: "\n")
    }
}

private struct FormFilling {
    private let ticket: TicketView
    private let acts: [FormAct]
    private let isAwaitingBodies: Bool
    private let reading: Disclosure
    private let channels: PublishedChannels?
    /// What the lines printed, in their stored form.
    private(set) var covered: [String] = []

    init(
        _ ticket: TicketView, _ acts: [FormAct], _ isAwaitingBodies: Bool, _ reading: Disclosure,
        _ channels: PublishedChannels?
    ) {
        self.channels = channels
        self.reading = reading
        self.ticket = ticket
        self.acts = acts
        self.isAwaitingBodies = isAwaitingBodies
    }

    mutating func line(_ item: FormItem) -> FilledForm.Line {
        switch item {
        case .field(let id): return FilledForm.Line(label: FieldTable.known(id).label, content: content(id))
        case .named(let label, let id): return FilledForm.Line(label: label, content: content(id))
        case .blank(let label): return FilledForm.Line(label: label, content: .empty)
        case .signature(let label): return FilledForm.Line(label: label, content: .signature)
        case .words(let words): return FilledForm.Line(label: Bilingual("", ""), content: .words(words))
        case .expectedReply: return expectedReply()
        case .channel(let label, let read):
            return FilledForm.Line(label: label, content: .values([channels.map(read) ?? FormFilling.onShow]))
        case .log:
            covered += acts.map { "\($0.dot) \($0.kind) \($0.at)" }
            return FilledForm.Line(label: Bilingual("", ""), content: .log(acts))
        }
    }

    private mutating func content(_ id: FieldID) -> FilledForm.Content {
        let definition = FieldTable.known(id)
        guard reading.includes(definition.part) else {
            covered.append("\(id.rawValue) not-held")
            return .notHeld
        }
        let values = (ticket.fields[id] ?? []).filter { $0 != .empty }
        covered += values.isEmpty ? ["\(id.rawValue) -"] : values.map { "\(id.rawValue) \(stored($0))" }
        guard values.isEmpty else {
            return .values(
                values.map { Bilingual(definition.display($0, .chinese), definition.display($0, .english)) })
        }
        return definition.part != .core && isAwaitingBodies ? .awaited : .empty
    }

    /// A value that nothing else looks like: its kind, its length, itself.
    private func stored(_ value: Value) -> String {
        switch value {
        case .empty: "-"
        case .integer(let number): "i\(number)"
        case .text(let text): "t\(text.utf8.count):\(text)"
        }
    }

    /// What stands on the receipt where nothing is known here: the customer is given no empty cell.
    private static let onShow = Bilingual("见受理网点公示", "as on show at the branch")
    private static let toldLater = Bilingual("由受理网点告知", "the branch will tell you")

    private mutating func expectedReply() -> FilledForm.Line {
        let expected = NoticeText.expectedReply(ticket)
        covered.append("expected \(expected ?? 0)")
        let text = expected.map(CivilTime.chinaText).map { Bilingual($0, $0) }
        return FilledForm.Line(
            label: Bilingual("预计答复时间", "Answer expected by"), content: .values([text ?? FormFilling.toldLater]))
    }
}
