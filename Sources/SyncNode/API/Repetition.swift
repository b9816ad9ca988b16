import HTTPTransport
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// What makes sending a request twice harmless: its key, and a digest that tells a repetition from another request.
struct Repetition: Sendable {
    let key: String
    let digest: Digest

    private static let keyBytesMax = 128

    /// nil where the request brings no key.
    init?(_ call: APICall) throws {
        guard let key = try Repetition.key(call) else { return nil }
        self.key = key
        digest = try Repetition.digest(call)
    }

    static func key(_ call: APICall) throws -> String? {
        guard let key = try call.header("Idempotency-Key") else { return nil }
        guard (1...keyBytesMax).contains(key.utf8.count), key.utf8.allSatisfy({ (0x21...0x7E).contains($0) }) else {
            throw APIProblem.badHeader(
                "Idempotency-Key", Wording("须为 1 到 128 个可见 ASCII 字符", "It must be 1 to 128 visible ASCII characters."),
                hint: Wording("每个新请求用一个新的随机键", "Use a fresh random key for each new request."))
        }
        return key
    }

    /// Over what was asked, by whom: address, post, role and the members of the body in one order. The role that the
    /// node chooses where none is named depends on the ticket's state, so it is left out. `If-Match` is left out too:
    /// it says when to refuse, not what to do.
    private static func digest(_ call: APICall) throws -> Digest {
        let body = try RequestBody.json(call, isRequired: false)
        let head = [call.request.method.rawValue] + call.request.target.segments
        let who = [
            try call.header("X-Post") ?? "", try call.header("X-Role") ?? "", try call.header("X-On-Behalf-Of") ?? "",
        ]
        var writer = JSONWriter()
        writer.array { writer in
            for text in head + who { writer.value(text) }
            if let body { writer.value(canonical(body.value)) }
        }
        return SHA256.digest(writer.bytes)
    }

    private static func canonical(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members):
            .object(
                members.sorted { $0.name < $1.name }.map {
                    JSONMember($0.name, JSONElement(canonical($0.element.value)))
                })
        case .array(let items): .array(items.map { JSONElement(canonical($0.value)) })
        default: value
        }
    }
}

extension TicketRequest {
    /// A command on a ticket that exists.
    init(
        _ command: TicketCommand, _ ticket: TicketReference, _ actor: Actor, _ ifVersion: String?,
        _ repetition: Repetition?
    ) {
        self.init(
            command: command, ticket: ticket, actor: actor, ifVersion: ifVersion, idempotencyKey: repetition?.key,
            digest: repetition?.digest ?? .zero)
    }
}
