import SyncProtocol
import TicketModel

/// Who acts: the headers `X-Post` and `X-Role`, until people sign in.
struct RequestActor: Sendable {
    /// nil: the post that stands for the role at this unit.
    let post: String?
    /// nil: the role that usually does this.
    let role: String?

    init(_ call: APICall) throws {
        post = try call.header("X-Post")
        role = try call.header("X-Role")
        if let post, !Post.isWellFormed(post) {
            throw APIProblem.badHeader(
                "X-Post", Wording("不是岗位代码", "It is no code of a post."),
                hint: Wording("用英文字母、数字、. _ -,不超过 48 字节", "Use letters, digits, . _ -, at most 48 bytes."))
        }
        if let role, !Enumeration.role.contains(role) {
            let codes = Enumeration.role.codes.joined(separator: ", ")
            throw APIProblem.badHeader(
                "X-Role", Wording("没有这个角色", "There is no such role."),
                hint: Wording("可用:\(codes)", "One of: \(codes)."))
        }
    }

    /// The actor for a command. Without a role of its own the request acts in the one that usually does this, so the
    /// rules still see a role that may.
    func actor(for command: TicketCommand, on ticket: TicketView, at runtime: NodeRuntime) -> Actor {
        let tier = runtime.node.tier
        let role = role ?? command.usualRole(at: tier, ticket: ticket)?.rawValue ?? RequestActor.fallback(tier).rawValue
        return runtime.actor(post: post ?? "\(runtime.node.orgCode).\(role)", role: role)
    }

    /// Who usually does this at the node.
    static func usual(for command: TicketCommand, on ticket: TicketView, at runtime: NodeRuntime) -> Actor {
        RequestActor(post: nil, role: nil).actor(for: command, on: ticket, at: runtime)
    }

    private init(post: String?, role: String?) {
        self.post = post
        self.role = role
    }

    private static func fallback(_ tier: Tier) -> Role {
        switch tier {
        case .branch: .branchOfficer
        case .province: .dispatcher
        case .headOffice: .hoDispatcher
        }
    }
}
