import SyncProtocol

// What the register says about somebody who wants to act or read.
extension People {
    /// The person behind an actor: as the register has it, else as the interface knows it.
    func personToken(of actor: Actor) -> String? { seat(actor.post)?.personToken ?? actor.personToken }

    /// Why a post may not act in a role at a node (RO-16); nil where it may. Of an empty post its deputy is judged by
    /// the guard of deputies.
    func seatProblem(of actor: Actor, at instant: Int64) -> Refusal? {
        guard !isClosed(actor.node) else { return Refusals.nodeWithoutPosts }
        guard let own = seat(actor.post) else { return Refusals.unknownPost }
        let code = actor.onBehalfOf ?? actor.post
        guard let seat = seat(code) else { return Refusals.unknownPost }
        guard seat.node == actor.node, own.node == actor.node else { return Refusals.postElsewhere }
        guard seat.roles.contains(where: { $0.rawValue == actor.role }) else {
            return Refusals.roleNotHeld(code, seat.roles)
        }
        guard let absence = own.absence(at: instant) else { return nil }
        return Refusals.postIsEmpty(deputy: absence.deputy)
    }

    /// The post of a node that stands for a role where nobody named one.
    public enum UsualPost: Sendable {
        case one(String)
        /// The codes of all that hold the role now.
        case several([String])
        /// Nobody holds the role now; who stands in for an empty post that does, if anybody.
        case none(emptyPost: String?, deputy: String?)
    }

    public func usualPost(of role: Role, at node: NodeID, now: Int64) -> UsualPost {
        let holders = seats(at: node).filter { $0.roles.contains(role) && $0.isTrained }
        let present = holders.filter { $0.absence(at: now) == nil }
        if let only = present.first { return present.count == 1 ? .one(only.post) : .several(present.map(\.post)) }
        let empty = holders.first { $0.absence(at: now)?.deputy != nil } ?? holders.first
        return .none(emptyPost: empty?.post, deputy: empty?.absence(at: now)?.deputy)
    }
}

extension Refusals {
    static let unknownPost = seat(
        "本机构没有这个岗位", "the register knows no such post", "岗位清单见 people 命令或 /api/v1/people",
        "the posts are listed by the command people and by /api/v1/people")

    static let postElsewhere = seat(
        "该岗位属于另一机构", "that post is at another node", "用本机构的岗位办理", "act with a post of this node")

    static let nodeWithoutPosts = seat(
        "现行岗位名册中本机构没有任何岗位", "the register in force has no posts for this node",
        "请总行发布列有本机构岗位的新版名册;已撤销的机构由上级办理",
        "have head office publish a version that lists this node's posts; a retired node's work goes to the node above")

    /// The post exists and does not hold the role.
    static func roleNotHeld(_ post: String, _ roles: [Role]) -> Refusal {
        let codes = roles.map(\.rawValue)
        let names = roles.map { Enumeration.role.label(of: $0.rawValue).chinese }.joined(separator: "、")
        return seat(
            "该岗位没有这个角色,只有:\(names)", "the post does not hold that role but: \(codes.joined(separator: ", "))",
            "由有此角色的岗位办理,或请总行登记岗位角色", "let a post with that role do it, or have the role recorded")
    }

    /// The post is empty now.
    static func postIsEmpty(deputy: String?) -> Refusal {
        guard let deputy else {
            return seat(
                "该岗位现在缺勤,未指定代理人", "the post is empty now, and nobody stands in", "请总行登记代理人,或由其他岗位办理",
                "have a deputy recorded, or let another post do it")
        }
        return seat(
            "该岗位现在缺勤", "the post is empty now", "由代理人 \(deputy) 以本人岗位代办(X-On-Behalf-Of / --on-behalf-of)",
            "its deputy \(deputy) acts with a post of its own, on behalf of it (X-On-Behalf-Of / --on-behalf-of)")
    }

    /// RO-09…RO-12. Limits are the bank's own figures; how sure they are stands beside them.
    ///
    /// - Parameter words: the same refusal without the limit.
    static func beyondAuthority(_ own: People.Authority?, _ words: Refusal) -> Refusal {
        let limit = own.map { "\(Money.text(fen: $0.compensationMax)) [\($0.sureness.rawValue)]" } ?? "0"
        return Refusal(
            words.code, rule: words.rule,
            Bilingual(
                "\(words.sentence.chinese)(本岗位上限 \(limit) 元,并限所列业务和客户)",
                "\(words.sentence.english) (its limit is \(limit) yuan, for the businesses and customers of its level)"),
            hint: words.hint, whoMay: words.whoMay)
    }

    private static func seat(_ chinese: String, _ english: String, _ next: String, _ nextEnglish: String) -> Refusal {
        Refusal(
            .wrongRole, rule: Guard.seat.rawValue, Bilingual(chinese, english), hint: Bilingual(next, nextEnglish))
    }
}
