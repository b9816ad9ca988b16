import SyncProtocol
import TicketModel

/// Who acts: the headers `X-Post`, `X-Role` and `X-On-Behalf-Of`, until people sign in.
struct RequestActor: Sendable {
    /// nil: the post that stands for the role at this unit.
    let post: String?
    /// nil: the role that usually does this.
    let role: String?
    /// The empty post that `post` stands in for.
    let onBehalfOf: String?

    init(_ call: APICall) throws {
        post = try RequestActor.post(in: "X-Post", call)
        role = try call.header("X-Role")
        onBehalfOf = try RequestActor.post(in: "X-On-Behalf-Of", call)
        if let role, !Enumeration.role.contains(role) {
            let codes = Enumeration.role.codes.joined(separator: ", ")
            throw APIProblem.badHeader(
                "X-Role", Wording("没有这个角色", "There is no such role."),
                hint: Wording("可用:\(codes)", "One of: \(codes)."))
        }
    }

    private static func post(in header: String, _ call: APICall) throws -> String? {
        let post = try call.header(header)
        if let post, !Post.isWellFormed(post) { throw APIProblem.badPost(header) }
        return post
    }

    /// The actor for a command. Without a role of its own the request acts in the one that usually does this, so the
    /// rules still see a role that may.
    ///
    /// - Throws: `APIProblem` where nobody named a post and the register does not say which one it would be.
    func actor(for command: TicketCommand, on ticket: TicketView, at runtime: NodeRuntime) throws -> Actor {
        let people = runtime.store.people
        return try actor(role(for: command, on: ticket, people, runtime), people, runtime)
    }

    /// The actor who is shown many tickets at once. Where posts are registered he says who he is: nobody is taken for the
    /// usual post there, because a list would tell him of the tickets that have to be kept from himself.
    ///
    /// - Throws: `APIProblem`.
    func listReader(at runtime: NodeRuntime) throws -> Actor {
        guard post != nil || !runtime.store.people.covers(runtime.node.id) else { throw APIProblem.unnamedReader }
        return try reader(at: runtime)
    }

    /// Everybody who could be meant: the named post, else each that holds the role; none where nobody does.
    func candidates(for command: TicketCommand, on ticket: TicketView, at runtime: NodeRuntime) -> [Actor] {
        let people = runtime.store.people
        let role = role(for: command, on: ticket, people, runtime)
        let posts: [String]
        switch usualPost(role, people, runtime) {
        case .one(let post): posts = [post]
        case .several(let holders): posts = holders
        case .none: posts = []
        }
        return posts.map { runtime.actor(post: $0, role: role, onBehalfOf: onBehalfOf) }
    }

    /// True where the post is neither named nor in a register: then another one may do what this one may not.
    func isGuessed(at runtime: NodeRuntime) -> Bool { post == nil && !runtime.store.people.covers(runtime.node.id) }

    private func role(
        for command: TicketCommand, on ticket: TicketView, _ people: People, _ runtime: NodeRuntime
    ) -> String {
        let usual = command.usualRole(at: runtime.node.tier, ticket: ticket) ?? RequestActor.fallback(runtime.node.tier)
        return role ?? heldRole(usual, command, people)
    }

    /// The actor who only reads: in the role that the post holds.
    func reader(at runtime: NodeRuntime) throws -> Actor {
        let people = runtime.store.people
        let held = (onBehalfOf ?? post).flatMap { people.seat($0) }?.roles.first
        return try actor(role ?? (held ?? RequestActor.fallback(runtime.node.tier)).rawValue, people, runtime)
    }

    private func actor(_ role: String, _ people: People, _ runtime: NodeRuntime) throws -> Actor {
        switch usualPost(role, people, runtime) {
        case .one(let post): return runtime.actor(post: post, role: role, onBehalfOf: onBehalfOf)
        case .several(let posts): throw APIProblem.ambiguousPost(role, posts)
        case .none(let empty, let deputy): throw APIProblem.noPost(role, empty, deputy)
        }
    }

    /// The usual role; for a known post that does not hold it the first of its own that may do this.
    private func heldRole(_ usual: Role, _ command: TicketCommand, _ people: People) -> String {
        guard let seat = (onBehalfOf ?? post).flatMap({ people.seat($0) }), !seat.roles.contains(usual) else {
            return usual.rawValue
        }
        let may = ActCatalogue.definition(command.act)?.whoMay ?? []
        return (seat.roles.first(where: may.contains) ?? seat.roles.first ?? usual).rawValue
    }

    /// The named post; by the register the only post of the node that holds the role now; without one the post named
    /// after the role.
    private func usualPost(_ role: String, _ people: People, _ runtime: NodeRuntime) -> People.UsualPost {
        if let post { return .one(post) }
        guard people.covers(runtime.node.id), !people.isClosed(runtime.node.id), let role = Role(rawValue: role) else {
            return .one("\(runtime.node.orgCode).\(role)")
        }
        return people.usualPost(of: role, at: runtime.node.id, now: runtime.store.wallMilliseconds())
    }

    private static func fallback(_ tier: Tier) -> Role {
        switch tier {
        case .branch: .branchOfficer
        case .province: .dispatcher
        case .headOffice: .hoDispatcher
        }
    }
}

extension APIProblem {
    private static let shownMax = 10

    fileprivate static let unnamedReader = APIProblem(
        403, "actor.post-required",
        Wording("本节点岗位已登记：列表、检索、导出与统计须注明岗位", "Posts are registered at this node: say which one asks."),
        hint: Wording("用 X-Post 或 --post 填写本人岗位，清单见 people", "Name your own in X-Post or --post; see people."))

    fileprivate static func ambiguousPost(_ role: String, _ posts: [String]) -> APIProblem {
        let some = posts.prefix(shownMax).joined(separator: ", ")
        return APIProblem(
            403, "actor.ambiguous-post",
            Wording(
                "本机构有 \(posts.count) 个\(Enumeration.role.label(of: role).chinese)岗位,须注明由谁办理",
                "\(posts.count) posts of this node hold the role \(role): say which one acts."),
            hint: Wording("X-Post 或 --post 填其一:\(some)", "Name one in X-Post or --post: \(some)."))
    }

    fileprivate static func noPost(_ role: String, _ empty: String?, _ deputy: String?) -> APIProblem {
        var hint = Wording(
            "用 X-Post 或 --post 注明有权岗位,清单见 people", "Name a post that may in X-Post or --post; see people.")
        if let empty, let deputy {
            hint = Wording(
                "由代理人 \(deputy) 代办:--post \(deputy) --on-behalf-of \(empty)",
                "Let the deputy act: --post \(deputy) --on-behalf-of \(empty).")
        }
        return APIProblem(
            403, "actor.no-post",
            Wording(
                "本机构现在没有在岗的\(Enumeration.role.label(of: role).chinese)",
                "No post of this node holds the role \(role) now."),
            hint: hint)
    }
}
