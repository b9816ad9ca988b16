import TicketModel

/// `people`: who sits where at a node, by way of the running node.
enum PeopleCommands {
    static let specs = [list, token]

    private static let list = CommandSpec(
        name: "people", summary: Wording("岗位、角色、授权与代理", "Posts, roles, authority and deputies at a node"),
        details: Wording(
            "岗位名册由总行以 reference publish 发布;未到达本节点时,岗位与角色不作核对。",
            "The register of posts is published by head office with reference publish. Where none has arrived, posts and roles are taken at their word."
        ),
        flags: FlagSpec.reach + [
            FlagSpec("of", .text(placeholder: "id"), help: Wording("另一节点的岗位", "the posts of another node"))
        ],
        examples: ["syncnode people --topology topology.example.json --node branch-0101"],
        exitCodes: TicketCommands.exits, reads: true
    ) { invocation in
        let items = invocation.arguments.text("of").map { [("node", $0)] } ?? []
        let answer = try NodeClient(invocation).get(ClientPath.query("/api/v1/people", items))
        if invocation.wantsJSON {
            answer.print(on: invocation.console)
        } else {
            print(answer.json, invocation.console)
        }
        return .success
    }

    private static func print(_ json: JSONElement, _ console: Console) {
        console.print(PeopleText.register(json))
        if let channels = json["channels"], !channels.isNull {
            console.print(
                DisplayText.safe(
                    "公示渠道 on show: 意见簿 book \(TicketText.both(channels["book"]))  意见箱 box "
                        + "\(TicketText.both(channels["box"]))  投诉电话 phone \(channels["phone"]?.string ?? "")"))
        }
        var levels = TextTable([
            .init("级别 LEVEL", .right), .init("补偿上限 COMPENSATION", .right), .init("业务 BUSINESS"), .init("客户 CUSTOMERS"),
            .init("依据 SURENESS"),
        ])
        for level in json["authority"]?.array ?? [] {
            levels.add([
                "\(level["level"]?.integer ?? 0)", level["compensation_max"]?.string ?? "",
                texts(level["business_classes"]), texts(level["customer_tiers"]),
                "[\(level["sureness"]?.string ?? "?")] \(TicketText.both(level["sureness_label"]))",
            ])
        }
        levels.show(on: console)
        var posts = TextTable([
            .init("岗位 POST"), .init("角色 ROLES"), .init("部门 DEPARTMENT"), .init("授权 LEVEL", .right), .init("培训 TRAINED"),
            .init("缺勤至 ABSENT UNTIL"), .init("代理 DEPUTY"),
        ])
        for post in json["posts"]?.array ?? [] {
            let absence = post["absence"]
            posts.add([
                post["post"]?.string ?? "?",
                (post["labels"]?.array ?? []).compactMap { $0["zh"]?.string }.joined(separator: "、"),
                post["department"]?.string ?? "", "\(post["level"]?.integer ?? 0)",
                post["trained"]?.bool == true ? "是 yes" : "否 no",
                absence?["until"]?.integer.map { TicketText.time($0) } ?? "", absence?["deputy"]?.string ?? "",
            ])
        }
        posts.show(on: console)
    }

    /// What no list names is not limited.
    private static func texts(_ list: JSONElement?) -> String {
        let codes = (list?.array ?? []).compactMap(\.string)
        return codes.isEmpty ? "全部 all" : codes.joined(separator: ", ")
    }
}

enum PeopleText {
    /// One line: which registers are in force, or that none is here.
    static func register(_ json: JSONElement?) -> String {
        let names = (json?["registers"]?.array ?? []).compactMap(\.string).joined(separator: ", ")
        guard json?["is_registered"]?.bool != true else { return DisplayText.safe("岗位名册 register: \(names)") }
        return "岗位名册 register: 本节点没有,岗位与角色未核对 none here, posts and roles are not checked"
            + (names.isEmpty ? "" : DisplayText.safe("(\(names))"))
    }
}
