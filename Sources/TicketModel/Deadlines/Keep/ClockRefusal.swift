/// Why a clock cannot be paused, extended or counted again.
public struct ClockRefusal: Error, Hashable, Sendable {
    /// The stable code.
    public let code: String
    public let sentence: Bilingual
    public let hint: Bilingual
    /// The roles that may; empty where it is not a matter of the role.
    public let whoMay: [String]

    private init(_ code: String, _ sentence: Bilingual, _ hint: Bilingual, whoMay: [String] = []) {
        self.code = code
        self.sentence = sentence
        self.hint = hint
        self.whoMay = whoMay
    }

    /// True where another approver might do.
    var isAboutApprover: Bool { ["approver_may_not", "approver_is_requester"].contains(code) }

    static func packUnknown(_ key: ClockKey, version: String) -> ClockRefusal {
        ClockRefusal(
            "pack_unknown",
            Bilingual("本节点没有规则包 \(key.pack) \(version)", "this node does not hold the pack \(key.pack) \(version)"),
            Bilingual("等待总行下发,或重新钉定时限", "wait for it to arrive from head office, or repin the clock"))
    }

    static func pauseNotPermitted(_ policy: Policy) -> ClockRefusal {
        let codes = policy.pauses.map(\.reason).joined(separator: ", ")
        return ClockRefusal(
            "pause_not_permitted",
            Bilingual("「\(policy.name.chinese)」不得以此理由中止", "\(policy.name.english) cannot be paused for that reason"),
            codes.isEmpty
                ? Bilingual("该时限不允许中止", "this limit permits no pause")
                : Bilingual("允许的理由:\(codes)", "permitted: \(codes)"))
    }

    static func extensionNotPermitted(_ policy: Policy) -> ClockRefusal {
        ClockRefusal(
            "extension_not_permitted",
            Bilingual("「\(policy.name.chinese)」不得延期", "\(policy.name.english) cannot be extended"),
            Bilingual("向客户说明进度并另行承诺", "tell the customer how things stand and promise anew"))
    }

    static func beyondMaximum(_ policy: Policy, _ rule: ExtensionRule) -> ClockRefusal {
        let limit = policy.limit.with(amount: rule.amountMax).label
        return ClockRefusal(
            "beyond_maximum",
            Bilingual("超过延期上限", "that is beyond the longest extension"),
            Bilingual("自起算至多\(limit.chinese)", "at most \(limit.english) from the start"))
    }

    static func extensionReason(_ policy: Policy, _ reasons: [String]) -> ClockRefusal {
        let codes = reasons.joined(separator: ", ")
        return ClockRefusal(
            "extension_reason", Bilingual("延期理由不适用", "that reason does not permit so long an extension"),
            Bilingual("可用理由:\(codes)", "one of: \(codes)"))
    }

    static func approverMayNot(_ policy: Policy, _ roles: [String]) -> ClockRefusal {
        let labels = roles.map { Enumeration.role.label(of: $0) }
        return ClockRefusal(
            "approver_may_not", Bilingual("该角色无权批准此延期", "that role may not approve so long an extension"),
            Bilingual(
                "可由:\(labels.map(\.chinese).joined(separator: "、"))",
                "may: \(labels.map(\.english).joined(separator: ", "))"), whoMay: roles)
    }

    static let approverIsRequester = ClockRefusal(
        "approver_is_requester", Bilingual("审批人不得是申请人", "the approver may not be the requester"),
        Bilingual("填写另一审批岗位", "name another approving post"))

    static let tooLate = ClockRefusal(
        "too_late", Bilingual("时限已过,不得追溯", "the limit is over, and nothing is changed after the fact"),
        Bilingual("记录超时原因并答复客户", "record why it is late and answer the customer"))

    static let notLonger = ClockRefusal(
        "not_longer", Bilingual("并不晚于现时限", "that is no later than the limit that stands"),
        Bilingual("填写自起算点起的总时长", "give the whole time counted from the start"))

    static let notRunning = ClockRefusal(
        "not_running", Bilingual("该时限已结束", "that clock has ended"), Bilingual("核对时限列表", "look at the list of clocks"))

    static let alreadyPaused = ClockRefusal(
        "already_paused", Bilingual("该时限正在中止", "that clock rests"), Bilingual("先恢复计时", "resume it first"))

    static let notPaused = ClockRefusal(
        "not_paused", Bilingual("该时限未中止", "that clock does not rest"), Bilingual("无需恢复", "there is nothing to resume"))

    static let undetermined = ClockRefusal(
        "undetermined", Bilingual("日历未知,无法计算", "the calendar is not known, so nothing can be counted"),
        Bilingual("添加该年日历后重新钉定", "add that year's calendar and repin the clock"))

    static let nothingToRepin = ClockRefusal(
        "nothing_to_repin", Bilingual("重新计算结果相同", "counting again changes nothing"),
        Bilingual("等规则或日历更新后再试", "try again when the rules or the calendar are newer"))

    static let notInherited = ClockRefusal(
        "not_inherited", Bilingual("改类后未能保留已准的延期或中止", "an extension or pause was lost with the classification"),
        Bilingual("核对新时限,必要时重新申请", "look at the new limit, and ask again where it is needed"))

    static let noSuchClock = ClockRefusal(
        "no_such_clock", Bilingual("没有这个运行中的时限", "no such clock is running"),
        Bilingual("编号见时限推导(explain)", "explain names the clocks"))

    static let tooManyChanges = ClockRefusal(
        "too_many_changes", Bilingual("该时限变更次数过多", "that clock was changed too often"),
        Bilingual("提请上级处理", "take it to the tier above"))
}
