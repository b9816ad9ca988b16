import SyncProtocol

// What was promised to the customer, before the ticket ends.
extension Draft {
    /// RF-20: a promise is carried out, or ends as broken or replaced, before the ticket does.
    mutating func checkPromises() throws(Refusal) {
        guard !ticket.promises.isEmpty else { return }
        if let next = ticket.openPromises.first {
            throw Refusals.promiseOpen(
                next, more: ticket.openPromises.count - 1, number: ticket.text(TicketField.ticketNo) ?? "")
        }
        guards.append(.promises)
    }
}

extension TicketView {
    /// Promises that nobody has settled yet, the one due first at the front; none of a ticket that has ended another way.
    public var openPromises: [Promise] {
        guard state?.isOpen ?? true else { return [] }
        return promises.filter { $0.verdict == nil }.sorted { ($0.due, $0.key) < ($1.due, $1.key) }
    }
}

extension TicketView.Promise {
    /// From the members of a ticket's sets.
    static func all(_ members: (FieldID) -> [Value]) -> [TicketView.Promise] {
        let given = members(TicketField.promises)
        guard !given.isEmpty else { return [] }
        let verdicts = entries(members(TicketField.promiseVerdicts), EntryShapes.promiseVerdict)
        return entries(given, EntryShapes.promise).compactMap { entry in
            guard let key = entry["key"], let due = entry.integer("due"), let post = entry["post"] else { return nil }
            return TicketView.Promise(
                key: key, due: due, post: post, madeAt: entry.integer("at") ?? due,
                verdict: verdicts.first { $0["key"] == key }?["verdict"])
        }
    }

    private static func entries(_ values: [Value], _ shape: EntryShape) -> [Entry] {
        values.compactMap { if case .text(let text) = $0 { Entry(text, of: shape) } else { nil } }
    }

    /// From when on it presses: nine tenths of the time between giving and keeping it, as for every limit (DL-09).
    public var warnAt: Int64 { madeAt + Reckoner.nineTenths(of: max(0, due - madeAt)) }
}

extension Refusals {
    /// Names the promise, its time, and the command that ends it.
    static func promiseOpen(_ promise: TicketView.Promise, more: Int, number: String) -> Refusal {
        let due = CivilTime.chinaText(at: promise.due)
        let others = more == 0 ? Bilingual("", "") : Bilingual(",另有 \(more) 项", ", and \(more) more")
        let command =
            "ticket act \(number) settle_promise --field promise=\(promise.key) --field verdict=kept|broken|replaced"
        return Refusal(
            .safeguard, rule: Guard.promises.rawValue,
            Bilingual(
                "承诺 \(promise.key)(\(due) 到期)尚未了结\(others.chinese)",
                "the promise \(promise.key), due \(due), is still open\(others.english)"),
            hint: Bilingual("兑现后了结:\(command)", "carry it out, then: \(command)"),
            whoMay: ActParts.writers.map(\.rawValue))
    }
}
