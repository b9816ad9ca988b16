import SyncProtocol

/// Something that is wrong with one policy of a pack, or with the pack as a whole.
public struct PackMistake: Hashable, Sendable {
    /// The place in the list of policies; nil for the pack as a whole.
    public let policy: Int?
    /// The member of the policy's JSON that is meant.
    public let key: String
    public let sentence: Bilingual
    public let hint: Bilingual
}

/// All that is wrong with a pack.
public struct PackMistakes: Error, Hashable, Sendable {
    public let mistakes: [PackMistake]
}

/// What must hold of a pack before any clock may follow it.
enum PackCheck {
    static func mistakes(of pack: PolicyPack) -> [PackMistake] {
        var check = Check(pack: pack)
        check.run()
        return check.mistakes
    }

    private struct Check {
        let pack: PolicyPack
        var mistakes: [PackMistake] = []
        var index: Int?

        mutating func run() {
            identifier(pack.id, "pack")
            identifier(pack.version, "version")
            if let calendar = pack.calendarID { identifier(calendar, "calendar") }
            condition(pack.applies)
            if pack.policies.isEmpty || pack.policies.count > PolicyPack.policiesMax {
                add(
                    "policies", Bilingual("规则数目不合适", "a pack holds 1 to \(PolicyPack.policiesMax) policies"),
                    Bilingual("拆成几个规则包", "split it into several packs"))
            }
            var seen: Set<String> = []
            for (index, policy) in pack.policies.enumerated() {
                self.index = index
                if !seen.insert(policy.id).inserted {
                    add(
                        "id", Bilingual("规则编号重复", "two policies have this id"), Bilingual("换一个编号", "name one otherwise")
                    )
                }
                check(policy)
            }
        }

        private mutating func check(_ policy: Policy) {
            identifier(policy.id, "id")
            identifier(policy.family, "family")
            condition(policy.applies)
            triggers(policy)
            limits(policy)
            people(policy)
            effect(policy)
        }

        private mutating func triggers(_ policy: Policy) {
            if policy.starts.isEmpty || policy.starts.count > ClockTrigger.codesMax {
                add(
                    "start", Bilingual("没有起算事件", "nothing starts the clock"),
                    Bilingual("如 applies 或 T07", "for example applies or T07"))
            }
            if policy.stops.isEmpty || policy.stops.count > ClockTrigger.codesMax || policy.stops.contains(.applies) {
                add(
                    "stop", Bilingual("停止事件无效", "the clock needs 1 to \(ClockTrigger.codesMax) events that stop it"),
                    Bilingual("如 T18;applies 只能用于起算", "for example T18; applies only starts clocks"))
            }
            if policy.stops.reduce(0, { $0 + $1.text.utf8.count + 1 }) > ClockTrigger.bytesMax {
                add("stop", Bilingual("停止事件过长", "what stops it is too long"), Bilingual("减少代码", "name fewer codes"))
            }
            for case .transition(let id) in policy.starts + policy.stops where TransitionTable.transition(id) == nil {
                add(
                    "stop", Bilingual("没有环节 \(id)", "there is no transition \(id)"),
                    Bilingual("T01 至 T30", "T01 to T30"))
            }
            for case .event(let name) in policy.starts + policy.stops where ClockEvents.all[name] == nil {
                add(
                    "stop", Bilingual("没有事件 !\(name)", "nothing is called !\(name)"),
                    Bilingual("事件清单见 reference/README.md", "reference/README.md lists the events"))
            }
            for case .becomes(let field, let codes) in policy.starts + policy.stops {
                guard let list = FieldTable.definition(field)?.type.enumeration else { continue }
                for code in codes where !list.accepts(code) {
                    let known = list.codes.joined(separator: ", ")
                    add(
                        "stop", Bilingual("没有代码 \(code)", "there is no code \(code)"),
                        Bilingual("可用:\(known)", "one of: \(known)"))
                }
            }
            if let field = policy.startsFrom {
                guard let definition = FieldTable.definition(field), definition.part == .core,
                    case .instant = definition.type
                else {
                    add(
                        "from", Bilingual("起算字段不是核心时间字段", "the field to count from is no core instant"),
                        Bilingual("如 received_at", "for example received_at"))
                    return
                }
            }
        }

        private mutating func limits(_ policy: Policy) {
            if !policy.limit.isInRange {
                add(
                    "limit", Bilingual("时限超出范围", "the limit is out of range"),
                    Bilingual(
                        "分钟 1…\(ClockLimit.minutesMax),天数 0…\(ClockLimit.daysMax)",
                        "1…\(ClockLimit.minutesMax) minutes or 0…\(ClockLimit.daysMax) days"))
            }
            if policy.limit.needsCalendar, pack.calendarID == nil {
                add(
                    "limit", Bilingual("按工作日计算须指定日历", "counting working days needs a calendar"),
                    Bilingual("在规则包写 calendar", "give the pack a \"calendar\""))
            }
            if policy.inside != nil, !policy.extensions.isEmpty {
                add(
                    "extension", Bilingual("协办时限随主办,不得单独延期", "a time inside another's is not extended by itself"),
                    Bilingual("延长主办时限", "extend the one that it runs inside"))
            }
            if let inside = policy.inside, !pack.policies.contains(where: { $0.family == inside }) {
                add(
                    "inside", Bilingual("本规则包没有这一类规则", "no policy of this pack is of that family"),
                    Bilingual("写本规则包中某条规则的 family", "name the family of a policy of this pack"))
            }
            var longest = policy.limit.amount
            for rule in policy.extensions {
                if rule.amountMax <= longest || !policy.limit.with(amount: rule.amountMax).isInRange {
                    add(
                        "extension", Bilingual("延期上限须逐级增大", "each extension must be longer than what is before it"),
                        Bilingual("上限自起算点起计,单位同时限", "it counts from the start, in the limit's own unit"))
                }
                longest = rule.amountMax
                let unknown =
                    rule.reasons.contains { !Enumeration.extensionReason.contains($0) }
                    || rule.approvers.contains { !Enumeration.role.contains($0) } || rule.reasons.isEmpty
                    || rule.approvers.isEmpty
                if unknown {
                    add(
                        "extension", Bilingual("延期理由或审批角色无效", "its reasons or approvers are not known"),
                        Bilingual(
                            "理由:\(Enumeration.extensionReason.codes.joined(separator: ", "))",
                            "reasons: \(Enumeration.extensionReason.codes.joined(separator: ", ")); approvers are roles"
                        ))
                }
                identifier(rule.id, "extension")
            }
            for pause in policy.pauses where !Enumeration.pauseReason.contains(pause.reason) {
                let codes = Enumeration.pauseReason.codes.joined(separator: ", ")
                add(
                    "pause", Bilingual("中止理由无效", "a pause reason is not known"),
                    Bilingual("可用:\(codes)", "one of: \(codes)"))
            }
        }

        private mutating func people(_ policy: Policy) {
            for (key, list) in [("warned", policy.warned), ("ladder", policy.ladder)]
            where list.contains(where: { !ClockRecipient.isKnown($0) }) {
                add(key, Bilingual("不认识的角色", "somebody here is no role"), Bilingual("用角色代码", "use codes of roles"))
            }
            if let stage = policy.stage, !Enumeration.stage.contains(stage) {
                add("stage", Bilingual("没有此环节", "there is no such stage"), Bilingual("用环节代码", "use codes of stages"))
            }
        }

        /// Only a single code of the custodian's can be set by time alone.
        private mutating func effect(_ policy: Policy) {
            guard let effect = policy.atBreach else { return }
            guard let definition = FieldTable.definition(effect.field), definition.part == .core,
                definition.merge == .custodian, case .code(let list) = definition.type, list.contains(effect.code)
            else {
                add(
                    "at_breach", Bilingual("超时后不能这样改", "that cannot be set at breach"),
                    Bilingual("如 severity 与 major", "for example severity and major"))
                return
            }
        }

        private mutating func condition(_ condition: PolicyCondition) {
            for clause in condition.clauses where FieldTable.definition(clause.field)?.part != .core {
                add(
                    "when", Bilingual("条件只能用核心字段", "conditions look at core fields only"),
                    Bilingual("各级须得出同一结论", "every tier must come to the same answer"))
            }
        }

        private mutating func identifier(_ text: String, _ key: String) {
            guard !Code.isWellFormed(text) else { return }
            add(
                key, Bilingual("编号无效", "this is no code"),
                Bilingual("小写字母、数字、. _ -", "use lower-case letters, digits, . _ -"))
        }

        private mutating func add(_ key: String, _ sentence: Bilingual, _ hint: Bilingual) {
            mistakes.append(PackMistake(policy: index, key: key, sentence: sentence, hint: hint))
        }
    }
}
