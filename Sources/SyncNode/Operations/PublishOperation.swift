import HTTPTransport
import TicketModel
import TicketStore

/// `POST /control/publish`: takes an item as head office's, after it was read like every node will read it.
enum PublishOperation {
    /// An item in JSON, where each byte of content may be written as an escape.
    static let bodyBytesMax = 6 * ReferenceItem.contentBytesMax + 4096

    /// - Parameter post: who publishes; kept with the act.
    /// - Throws: `JSONError`; `ConfigurationError` for an item that no node could read, that names what does not exist, or
    ///   that would have no effect; `StoreError`.
    static func run(_ request: HTTPRequest, by post: String, _ runtime: NodeRuntime) throws -> HTTPResponse {
        let item = try item(try JSONReader.parse(request.body, limits: .request))
        let published = try runtime.store.references()
        try PublishCheck(item, published, runtime.topology).run()
        // The same version with another content is refused as that, whatever else is there.
        let isKnown = published.contains { ($0.kind, $0.name, $0.version) == (item.kind, item.name, item.version) }
        let newer = try newer(than: item, among: published, runtime.store)
        if !isKnown, let newer { throw noEffect(item, newer) }
        let before = runtime.store.people
        let isNew = try runtime.store.publish(item, post: post)
        let after = runtime.store.people
        let closed = runtime.topology.nodes.map(\.id).filter { after.isClosed($0) && !before.isClosed($0) }
        let passedOver = try passedOver(item, among: published)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("published", isNew)
            // The version that counts in its place, of one that was published before; null where this one counts.
            writer.member("newer", orNull: newer)
            // Nodes that it leaves without a post: nobody acts there from now on.
            writer.member("closed_nodes", texts: closed.map(\.text))
            // Posts of it that another register says, whose name sorts first: of those this one changes nothing.
            writer.member("passed_over", texts: passedOver)
        }
        return HTTPResponse(status: isNew ? 201 : 200, type: "application/json", body: writer.bytes + [0x0A])
    }

    private static func item(_ root: JSONElement) throws(ConfigurationError) -> ReferenceItem {
        var reading = ReferenceReading()
        let item = read(root, &reading)
        guard reading.mistakes.isEmpty, let item else {
            throw ConfigurationError(file: "item", area: "reference", reading.mistakes)
        }
        return item
    }

    private static func read(_ root: JSONElement, _ reading: inout ReferenceReading) -> ReferenceItem? {
        guard var members = ObjectFields(JSONField(root), &reading.mistakes) else { return nil }
        let field = members.required("kind", &reading.mistakes)
        let kind = field.flatMap { PublishOperation.kind($0, &reading) }
        let name = reading.code("name", in: &members)
        let version = reading.code("version", in: &members)
        let content = members.text("content", bytesMax: ReferenceItem.contentBytesMax, &reading.mistakes)
        members.finish(&reading.mistakes)
        guard let kind, let name, let version, let content else { return nil }
        return ReferenceItem(kind: kind, name: name, version: version, content: content)
    }

    private static func kind(_ field: JSONField, _ reading: inout ReferenceReading) -> ReferenceKind? {
        guard let text = field.text(bytesMax: ReferenceLimits.nameBytesMax, &reading.mistakes) else { return nil }
        let kind = ReferenceKind(rawValue: text)
        if kind == nil { reading.unknown("kind", text, field, known: ReferenceKind.allCases.map(\.rawValue)) }
        return kind
    }

    /// The version that counts instead of this one. Of a pack the one that began last counts, of everything else the
    /// newest.
    private static func newer(
        than item: ReferenceItem, among published: [ReferenceItem], _ store: ReplicaStore
    ) throws(ConfigurationError) -> String? {
        let versions = published.filter { $0.kind == item.kind && $0.name == item.name && $0 != item } + [item]
        if item.kind == .policyPack {
            let pack = try PublishedRules.pack(item)
            let book = PublishedRules.book(of: versions).book
            let now = max(store.wallMilliseconds(), pack.effectiveFromInstant)
            return book.pack(pack.id, at: now).map(\.version).flatMap { $0 == item.version ? nil : $0 }
        }
        if item.kind == .alertRules {
            // Whatever they are called: one item of them counts.
            return AlertRules.latest(of: published + [item]).flatMap {
                $0 == item ? nil : "\($0.version) of \($0.name)"
            }
        }
        let newest = versions.map(\.version).max(by: ReferenceVersion.precedes)
        return newest.flatMap { $0 == item.version ? nil : $0 }
    }

    private static func passedOver(
        _ item: ReferenceItem, among published: [ReferenceItem]
    ) throws(ConfigurationError) -> [String] {
        guard item.kind == .people else { return [] }
        let first = PublishedPeople.people(of: published.filter { $0.name < item.name }, units: []).people
        return try PublishedPeople.register(item).seats.map(\.post).filter { first.seat($0) != nil }
    }

    private static func noEffect(_ item: ReferenceItem, _ newer: String) -> ConfigurationError {
        ConfigurationError(
            file: item.title, area: "reference", code: "no-effect",
            "version \(newer) is in force and would go on counting in place of this one",
            hint: "raise the version, and of a pack let effective_from be no earlier than that of \(newer)")
    }
}
