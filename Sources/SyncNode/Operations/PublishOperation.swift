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
            return .explained(
                status: 422, code: "reference.bad-item", sentence: "The item needs kind, name, version and content.",
                hint: "Publish with `syncnode reference publish <file>`; content has at most 64 KiB.")
        }
        let item = ReferenceItem(kind: kind, name: name, version: version, content: content)
        switch kind {
        case .policyPack: try checkCalendar(of: try PublishedRules.pack(item), item, runtime.store)
        case .workCalendar: _ = try PublishedRules.calendar(item)
        case .alertRules: _ = try AlertRules.published([item])
        case .people:
            let register = try PublishedPeople.register(item)
            try PublishedPeople.check(register, item, runtime.topology)
            try checkPosts(register, item, runtime.store)
            try checkAbsences(register, item, runtime.store)
        case .knowledgeText: _ = try PublishedRules.text(item)
        }
        let before = runtime.store.people
        let isNew = try runtime.store.publish(item, post: "policy-desk")
        let after = runtime.store.people
        let closed = runtime.topology.nodes.map(\.id).filter { after.isClosed($0) && !before.isClosed($0) }
        let newer = try newer(than: item, runtime.store)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("published", isNew)
            // The version that counts in its place; null where this one counts.
            writer.member("newer", orNull: newer)
            // Nodes that it leaves without a post: nobody acts there from now on.
            writer.member("closed_nodes", texts: closed.map(\.text))
        }
        return HTTPResponse(status: isNew ? 201 : 200, type: "application/json", body: writer.bytes + [0x0A])
    }

    /// The version that counts instead of this one: what is published late has no effect. Of a pack the one that began last
    /// counts, of everything else the newest.
    private static func newer(than item: ReferenceItem, _ store: ReplicaStore) throws -> String? {
        let versions = try store.references().filter { $0.kind == item.kind && $0.name == item.name }
        if item.kind == .policyPack {
            let pack = try PublishedRules.pack(item)
            let book = PublishedRules.book(of: versions).book
            let now = max(store.wallMilliseconds(), pack.effectiveFromInstant)
            return book.pack(pack.id, at: now).map(\.version).flatMap { $0 == item.version ? nil : $0 }
        }
        let newest = versions.map(\.version).max(by: ReferenceVersion.precedes)
        return newest.flatMap { $0 == item.version ? nil : $0 }
    }

    /// An absence of a post that nobody knows would empty no post, and a deputy that nobody knows could not act.
    private static func checkAbsences(
        _ register: PeopleRegister, _ item: ReferenceItem, _ store: ReplicaStore
    ) throws {
        guard !register.absences.isEmpty else { return }
        let others = try store.references().filter { $0.kind == .people && $0.name != item.name }
        let people = PublishedPeople.people(of: others, units: []).people
        let known = Set(register.seats.map(\.post))
        for (post, absence) in register.absences {
            for code in [post, absence.deputy].compactMap({ $0 })
            where !known.contains(code) && people.seat(code) == nil {
                throw ConfigurationError(
                    file: item.title, area: "people", code: "unknown-post",
                    "\(code) stands in no register that has been published",
                    hint: "publish the register with this post first, or correct its code")
            }
        }
    }

    /// A pack that counts by a calendar nobody published would leave every such deadline untold.
    private static func checkCalendar(
        of pack: PolicyPack, _ item: ReferenceItem, _ store: ReplicaStore
    ) throws {
        guard let calendar = pack.calendarID else { return }
        let known = try store.references().filter { $0.kind == .workCalendar }.map(\.name)
        guard known.contains(calendar) else {
            throw ConfigurationError(
                file: item.title, area: "reference", code: "unknown-calendar",
                "no calendar of the name that this pack counts by has been published",
                hint: "publish the calendar first, or correct the name")
        }
    }

    /// A later version without any post would close every node of the register: mostly absences under its name. One node
    /// is retired by a version that leaves out its posts.
    private static func checkPosts(_ register: PeopleRegister, _ item: ReferenceItem, _ store: ReplicaStore) throws {
        guard register.seats.isEmpty else { return }
        let earlier = try store.references().filter { $0.kind == .people && $0.name == item.name }
        guard try earlier.allSatisfy({ try PublishedPeople.register($0).seats.isEmpty }) else {
            throw ConfigurationError(
                file: item.title, area: "people", code: "posts-vanish",
                "this version holds no post, and the one before it does",
                hint: "list the posts; absences that change daily are an item of another name")
        }
    }
}
