import HTTPTransport
import SyncProtocol
import TicketModel

/// The form in which an operation is asked for, and who may ask for it. Until people sign in, a post is taken at its
/// word.
enum ControlGate {
    /// Sent by programs that mean it: no form of a browser can, and no page of another site without asking first.
    static let header = (name: "X-SyncNode", value: "1")

    /// What a program sends beside its body.
    static func sent(by post: String) -> HTTPHeaders {
        ["Content-Type": "application/json", header.name: header.value, "X-Post": post]
    }

    /// - Throws: 403 without the header of programs, 415 unless the body is announced as JSON, be it an empty one.
    static func checkForm(_ request: HTTPRequest) throws(APIProblem) {
        guard request.headers.all(header.name) == [header.value] else {
            throw APIProblem(
                403, "control.header-missing",
                Wording("请求没有注明由程序发出", "The request does not say that a program sent it."),
                hint: Wording(
                    "用命令操作，或加上 \(header.name): \(header.value)",
                    "Use the commands, or send \(header.name): \(header.value)."))
        }
        guard RequestBody.isJSON(request.headers["Content-Type"]) else { throw .wrongContentType }
    }

    /// The post that asks, once it may.
    ///
    /// Where posts with a fitting role have been published for this node or one above it, it is one of them; before, and
    /// so that no register locks a bank out, any post that is named.
    /// - Throws: 400 for what is no post, 403 where none is named or this one may not.
    static func post(
        of request: HTTPRequest, for operation: ControlOperation, _ runtime: NodeRuntime
    ) throws(APIProblem) -> String {
        let named = request.headers.all("X-Post")
        guard named.count <= 1, named.allSatisfy(Post.isWellFormed) else { throw .badPost("X-Post") }
        let holders = holders(operation.roles, runtime)
        guard let post = named.first else {
            throw refusal("control.post-missing", Wording("没有注明岗位", "No post is named."), operation, holders)
        }
        guard holders.isEmpty || holders.contains(post) else {
            throw refusal(
                "control.role", Wording("该岗位无权进行此项操作", "This post may not ask for this operation."), operation,
                holders)
        }
        return post
    }

    /// The published posts of this node and those above it that hold one of the roles, each node's in order of their
    /// codes.
    private static func holders(_ roles: [Role], _ runtime: NodeRuntime) -> [String] {
        let people = runtime.store.people
        let nodes = [runtime.node.id] + runtime.topology.ancestors(of: runtime.node.id)
        return nodes.flatMap { people.seats(at: $0) }.filter { !Set($0.roles).isDisjoint(with: roles) }.map(\.post)
    }

    private static let shownMax = 10

    private static func refusal(
        _ code: String, _ detail: Wording, _ operation: ControlOperation, _ holders: [String]
    ) -> APIProblem {
        let some = holders.prefix(shownMax).joined(separator: ", ")
        var problem = APIProblem(
            403, code, detail,
            hint: holders.isEmpty
                ? Wording("用 X-Post 或 --post 注明岗位", "Name the post that acts in X-Post or --post.")
                : Wording("X-Post 或 --post 填其一：\(some)", "Name one in X-Post or --post: \(some)."))
        problem.whoMay = operation.roles.map(\.rawValue)
        return problem
    }
}
