import SyncProtocol

/// Every refusal that is not about the values of fields, in words.
enum Refusals {
    static let unknownActor = Refusal(
        .unknownActor, rule: "G-actor", Bilingual("岗位、角色或机构代码无效", "the post, its role or its unit's code is not valid"),
        hint: Bilingual("检查岗位代码、角色和拓扑文件中的机构代码", "check the post, the role and the unit's code in the topology file"))

    static let readOnlyRole = Refusal(
        .wrongRole, rule: "G-read-only", Bilingual("该角色只读,不能改动工单", "this role reads only"),
        hint: Bilingual("由办理岗位操作", "let a post that handles tickets do it"), whoMay: Draft.writers)

    static let noSuchTicket = Refusal(
        .noSuchTicket, rule: "G-exists", Bilingual("本节点没有此工单", "there is no such ticket at this node"),
        hint: Bilingual("核对编号;若在他处登记,等待同步", "check the number; if it was registered elsewhere, wait for it to arrive"))

    static let alreadyRegistered = Refusal(
        .alreadyRegistered, rule: "T01", Bilingual("此工单已登记", "this ticket is registered already"),
        hint: Bilingual("如需修改请用修改或更正", "amend or correct it instead"))

    static func wrongState(_ transition: Transition, now ticket: TicketView, at tier: Tier) -> Refusal {
        let from = transition.from
        let wanted = Bilingual(
            from.map(\.label.chinese).joined(separator: "、"), from.map(\.label.english).joined(separator: ", "))
        let state = Enumeration.state.label(of: ticket.text(TicketField.state) ?? "?")
        let next = ticket.state.map { TransitionTable.leaving($0) } ?? []
        let acts = next.filter { $0.tiers.contains(tier) }.map(\.act)
        return Refusal(
            .wrongState, rule: transition.id,
            Bilingual(
                "当前状态「\(state.chinese)」不能「\(transition.act.label.chinese)」",
                "not possible in the state \(state.english)"),
            hint: Bilingual(
                "须处于:\(wanted.chinese);现在可以:\(acts.map(\.label.chinese).joined(separator: "、"))",
                "needs one of: \(wanted.english); possible now: \(acts.map(\.name).joined(separator: ", "))"),
            whoMay: transition.roles.map(\.rawValue))
    }

    static func wrongTier(_ transition: Transition) -> Refusal {
        let tiers = transition.tiers.map(\.label)
        return Refusal(
            .wrongTier, rule: transition.id,
            Bilingual("本层级不能「\(transition.act.label.chinese)」", "this tier cannot do that (\(transition.act.name))"),
            hint: Bilingual(
                "由以下层级办理:\(tiers.map(\.chinese).joined(separator: "、"));\(transition.elsewhereHint.chinese)",
                "done at: \(tiers.map(\.english).joined(separator: ", ")); \(transition.elsewhereHint.english)"),
            whoMay: transition.roles.map(\.rawValue))
    }

    static func roleMayNot(_ rule: String, _ act: TicketAct, who: [Role]) -> Refusal {
        let names = who.map(\.label)
        return Refusal(
            .wrongRole, rule: rule, Bilingual("该角色不能「\(act.label.chinese)」", "this role may not do that (\(act.name))"),
            hint: Bilingual(
                "可由:\(names.map(\.chinese).joined(separator: "、"))",
                "may: \(names.map(\.english).joined(separator: ", "))"),
            whoMay: who.map(\.rawValue))
    }

    /// - Parameter rule: a line of the state machine, whose offline column says what can be done here instead; or a
    ///   guard.
    static func notCustodian(_ rule: String) -> Refusal {
        Refusal(
            .notCustodian, rule: rule, Bilingual("办理权不在本节点", "this node does not hold custody of the ticket"),
            hint: TransitionTable.transition(rule)?.elsewhereHint
                ?? Bilingual("可加备注;状态由持有办理权的节点改变", "add a note; the node with custody changes the state"))
    }

    static func inTransit(_ rule: String, isToHere: Bool) -> Refusal {
        let hint =
            isToHere
            ? Bilingual("先接收(take),再办理", "take it first, then go on")
            : Bilingual("等待对方接收,或先收回(recall)", "wait until it is taken, or recall it first")
        return Refusal(.inTransit, rule: rule, Bilingual("工单正在交接", "the ticket is being handed over"), hint: hint)
    }

    static func custodySuspended(_ rule: String) -> Refusal {
        Refusal(
            .custodySuspended, rule: rule,
            Bilingual("本节点出现两个副本,办理权暂停", "two copies of this node are alive: its custody rests"),
            hint: Bilingual(
                "请管理员确认保留哪个副本;此前仍可登记备注", "an administrator must adopt one copy; notes are possible meanwhile"))
    }

    static func noOffer(_ rule: String) -> Refusal {
        Refusal(
            .noOffer, rule: rule, Bilingual("没有可操作的交接", "there is no handover to act on"),
            hint: Bilingual("查看工单的办理权与交接记录", "look at the ticket's custody and history"))
    }

    /// - Parameters:
    ///   - who: the node that gave the last offer back, where that can be told.
    ///   - decline: when and why; nil where nothing was given back.
    static func nothingToRecall(who: NodeID?, _ decline: TimedCode?) -> Refusal {
        guard let decline else {
            return Refusal(
                .noOffer, rule: "G-recall", Bilingual("没有可收回的交接", "there is no offer to recall"),
                hint: Bilingual("工单就在本节点,可直接办理", "the ticket is here: go on with it"))
        }
        let reason = Enumeration.declineReason.label(of: decline.code)
        let name = who.map(\.text)
        let time = CivilTime.chinaText(at: decline.at)
        return Refusal(
            .noOffer, rule: "G-recall",
            Bilingual(
                "没有可收回的交接:\(name ?? "对方")已于 \(time) 退回(\(reason.chinese))",
                "there is no offer to recall: \(name ?? "the other node") gave it back at \(time) (\(reason.english))"),
            hint: Bilingual("工单已回到本节点,可直接办理", "the ticket is back here: go on with it"))
    }

    static func recallAskedFor(_ receiver: NodeID) -> Refusal {
        Refusal(
            .nothingToChange, rule: "G-recall", Bilingual("已请求收回,等待对方答复", "the recall is asked for already"),
            hint: Bilingual("\(receiver) 须退回(decline)或接收(take)", "\(receiver) gives it back (decline) or takes it"))
    }

    static let noTierAbove = Refusal(
        .noTierAbove, rule: "T04", Bilingual("本节点之上没有上级", "there is no tier above this node"),
        hint: Bilingual("检查拓扑文件的上级设置", "check the parent in the topology file"))

    static func unknownUnit(_ rule: String, units: [NodeID]) -> Refusal {
        let names = units.prefix(20).map(\.text).joined(separator: ", ")
        return Refusal(
            .unknownUnit, rule: rule, Bilingual("不是本节点可派的单位", "that is no unit that this node can hand work to"),
            hint: Bilingual("可选:\(names)", "one of: \(names)"))
    }

    static func nothingToChange(_ rule: String) -> Refusal {
        Refusal(
            .nothingToChange, rule: rule, Bilingual("没有任何改动", "nothing would change"),
            hint: Bilingual("填写与现值不同的内容", "give at least one value that differs"))
    }

    /// Resolving chooses; a value of one's own has to be called that.
    static func notAmongValues(_ definition: FieldDefinition) -> Refusal {
        invalidFields(
            "G-resolve",
            [
                .contradiction(
                    definition, "G-resolve", Bilingual("不是并存的值之一", "is none of the values that stand side by side"),
                    hint: Bilingual(
                        "照抄其中一个;确需另填新值时注明 new", "copy one of them, or say that it is a new value (new)"))
            ])
    }

    static let noConflict = Refusal(
        .noConflict, rule: "G-resolve", Bilingual("该字段没有并存的不同值", "that field has no values side by side"),
        hint: Bilingual("直接修改即可", "amend it instead"))

    static func partNotHere(_ rule: String, _ definition: FieldDefinition) -> Refusal {
        Refusal(
            .partNotHere, rule: rule,
            Bilingual("「\(definition.label.chinese)」不属于本节点可见范围", "\(definition.name) is not held by this node"),
            hint: Bilingual("先扩大知悉范围并说明理由", "widen the ticket first, with a reason"))
    }

    static let alreadyWidened = Refusal(
        .alreadyWidened, rule: "G-widen", Bilingual("知悉范围已不小于此", "head office may see that much already"),
        hint: Bilingual("范围只增不减", "what may be seen only ever grows"))

    static func unknownReason(_ rule: String, _ list: Enumeration, codes: [String]? = nil) -> Refusal {
        let codes = (codes ?? list.codes).joined(separator: ", ")
        return Refusal(
            .unknownReason, rule: rule, Bilingual("须选择「\(list.label.chinese)」代码", "a code of \(list.name) is needed"),
            hint: Bilingual("用 reason(命令行 --reason CODE)填写:\(codes)", "give reason (--reason CODE), one of: \(codes)"))
    }

    static func invalidFields(_ rule: String, _ problems: [FieldProblem]) -> Refusal {
        Refusal(
            .invalidFields, rule: rule,
            Bilingual("有 \(problems.count) 项内容需要更正", "\(problems.count) field(s) need attention"),
            hint: Bilingual("逐项更正", "each is listed with what would be right"), problems: problems)
    }
}

extension Tier {
    /// The stable code (`Enumeration.tier`).
    public var code: String {
        switch self {
        case .branch: "branch"
        case .province: "province"
        case .headOffice: "head_office"
        }
    }

    /// The tier's name for people.
    public var label: Bilingual { Enumeration.tier.label(of: code) }
}

// Refusals of acts that are data.
extension Refusals {
    static func unknownAct(_ act: TicketAct) -> Refusal {
        Refusal(
            .unknownAct, rule: "A-\(act.name)", Bilingual("此环节不能单独办理", "this act cannot be asked for like that"),
            hint: Bilingual("环节清单见接口说明;申诉请登记新工单", "see the list of acts; an appeal is registered as a new ticket"))
    }

    static func tierMayNot(_ rule: String, _ act: TicketAct, tiers: [Tier], who: [Role]) -> Refusal {
        let names = tiers.map(\.label)
        return Refusal(
            .wrongTier, rule: rule, Bilingual("本层级不能「\(act.label.chinese)」", "this tier cannot do that (\(act.name))"),
            hint: Bilingual(
                "由以下层级办理:\(names.map(\.chinese).joined(separator: "、"))",
                "done at: \(names.map(\.english).joined(separator: ", "))"),
            whoMay: who.map(\.rawValue))
    }

    static func ended(_ rule: String) -> Refusal {
        Refusal(
            .wrongState, rule: rule, Bilingual("工单已结束", "the ticket has ended"),
            hint: Bilingual("可更正、备注或登记申诉", "correct it, add a note, or register an appeal"))
    }

    static func unknownRequest(_ rule: String) -> Refusal {
        Refusal(
            .unknownRequest, rule: rule, Bilingual("没有待确认的此项请求", "no such request is waiting"),
            hint: Bilingual("查看工单的请求清单", "look at the ticket's requests"))
    }

    /// A key that names nothing open: a promise, an order, a question.
    ///
    /// - Parameter open: the keys that it could have been.
    static func unknownEntry(_ rule: String, _ what: Bilingual, open: [String]) -> Refusal {
        let keys = open.prefix(10).joined(separator: ", ")
        return Refusal(
            .unknownRequest, rule: rule,
            Bilingual("没有这一编号的\(what.chinese)", "there is no \(what.english) under that key"),
            hint: open.isEmpty
                ? Bilingual("此工单现在没有\(what.chinese)", "the ticket has none now")
                : Bilingual("可用编号:\(keys)", "one of: \(keys)"))
    }

    static func noSuchLeg(_ rule: String) -> Refusal {
        Refusal(
            .noOffer, rule: rule, Bilingual("没有可操作的协办", "there is no such assist leg to act on"),
            hint: Bilingual("查看工单的协办清单", "look at the ticket's assist legs"))
    }

    static func notPossible(
        _ rule: String, _ sentence: Bilingual, hint: Bilingual, who: [Role] = []
    ) -> Refusal {
        Refusal(.notPossible, rule: rule, sentence, hint: hint, whoMay: who.map(\.rawValue))
    }
}

extension Transition {
    /// What somebody can do at a node where this line cannot be walked, with or without a connection (model §2.4, the
    /// offline column).
    fileprivate var elsewhereHint: Bilingual {
        switch offline {
        case .yes, .custodian:
            Bilingual(
                "可加备注,或用 request 提请(act=\(act.name)),由持有办理权的节点确认",
                "add a note, or ask for it (request, act=\(act.name)): the node with custody confirms it")
        case .queued:
            Bilingual(
                "可用 request 提请(act=\(act.name));断线时也可提请,线路恢复后待确认",
                "ask for it (request, act=\(act.name)), without a line too: it waits for confirmation until the line is back"
            )
        case .no:
            Bilingual(
                "可用 request 提请(act=\(act.name));须线路连通,由中心办理",
                "ask for it (request, act=\(act.name)): it needs the line and is done at a centre")
        }
    }
}
