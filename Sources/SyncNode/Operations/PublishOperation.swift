import HTTPTransport
import TicketModel
import TicketStore

/// `POST /control/publish`: takes an item as head office's, after it was read like every node will read it.
enum PublishOperation {
    /// An item in JSON, where each byte of content may be written as an escape.
    static let bodyBytesMax = 6 * ReferenceItem.contentBytesMax + 4096

    /// - Throws: `ConfigurationError` for an item that no node could read; `StoreError`.
    static func run(_ request: HTTPRequest, _ runtime: NodeRuntime) throws -> HTTPResponse {
        let root = try JSONReader.parse(request.body, limits: .request)
        guard let kind = root["kind"]?.string.flatMap(ReferenceKind.init(rawValue:)), let name = root["name"]?.string,
            let version = root["version"]?.string, let content = root["content"]?.string,
            content.utf8.count <= ReferenceItem.contentBytesMax
        else {
            return .problem(
                status: 422, code: "reference.bad-item", sentence: "The item needs kind, name, version and content.",
                hint: "Publish with `syncnode reference publish <file>`; content has at most 64 KiB.")
        }
        let item = ReferenceItem(kind: kind, name: name, version: version, content: content)
        switch kind {
        case .policyPack: _ = try PublishedRules.pack(item)
        case .workCalendar: _ = try PublishedRules.calendar(item)
        case .alertRules: _ = try AlertRules.published([item])
        case .people: try PublishedPeople.check(try PublishedPeople.register(item), item, runtime.topology)
        case .knowledgeText: _ = try PublishedRules.text(item)
        }
        let isNew = try runtime.store.publish(item, post: "policy-desk")
        var writer = JSONWriter()
        writer.object { writer in writer.member("published", isNew) }
        return HTTPResponse(status: isNew ? 201 : 200, type: "application/json", body: writer.bytes + [0x0A])
    }
}
