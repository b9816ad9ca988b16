// What each guard says when it refuses: sentence, next step, who may.
extension Refusals {
    static func broken(_ rule: Guard) -> Refusal {
        let words = words(rule)
        return Refusal(
            words.code, rule: rule.rawValue, words.sentence, hint: words.hint, whoMay: words.whoMay.map(\.rawValue))
    }

    private struct GuardWords {
        let code: RefusalCode
        let sentence: Bilingual
        let hint: Bilingual
        let whoMay: [Role]
    }

    private static func say(
        _ code: RefusalCode, _ chinese: String, _ english: String, _ next: String, _ nextEnglish: String,
        _ whoMay: [Role] = []
    ) -> GuardWords {
        GuardWords(
            code: code, sentence: Bilingual(chinese, english), hint: Bilingual(next, nextEnglish), whoMay: whoMay)
    }

    private static func words(_ rule: Guard) -> GuardWords {
        personWords(rule) ?? processWords(rule) ?? endingWords(rule)
    }

    private static func personWords(_ rule: Guard) -> GuardWords? {
        switch rule {
        case .recusal:
            say(
                .recused, "被投诉人不得经办本工单", "the person complained about may not touch this ticket", "由本单位其他人员办理(回避)",
                "let another person of the unit do it")
        case .recusalLift:
            say(
                .recused, "变更被投诉人须另一人会签", "changing the person complained about takes a second person",
                "先由另一有权岗位会签(countersign)", "let another entitled post countersign it first (countersign)",
                CountersignMatter.recusal.roles)
        case .followUpNotHandler:
            say(
                .samePerson, "回访人不得是经办人", "the follow-up agent may not be the handler", "由另一岗位回访并结案",
                "let another post follow up and close", [.followUpAgent])
        case .approverNotHandler:
            say(
                .samePerson, "审核人不得是经办人", "the one who approves may not be the handler", "由另一岗位审核答复",
                "let another post approve and reply", [.dispatcher, .hoAuditor])
        case .approverNotRequester:
            say(
                .samePerson, "审批人不得是申请人", "the approver may not be the requester", "填写另一审批岗位",
                "name another approving post", [.approver])
        case .secondPerson:
            say(
                .samePerson, "须两人共同签字", "two persons have to sign", "先由另一有权岗位会签(countersign)",
                "let another entitled post countersign it first (countersign)", [.branchHead, .deptHead, .approver])
        case .seat:
            say(
                .wrongRole, "该岗位未登记此角色", "this post does not hold that role", "用本人岗位办理,或请管理员登记岗位角色",
                "act with a post of your own, or have the role recorded")
        case .deputy:
            say(
                .wrongRole, "不是该岗位当前的代理人", "not the deputy of that post now", "由其指定代理人在其缺勤期间办理",
                "its named deputy acts while the post is empty")
        case .training:
            say(
                .wrongRole, "该岗位人员未完成培训", "this post is not trained yet", "完成培训并登记后再办理", "train and record it first")
        case .department:
            say(
                .wrongRole, "工单派给了另一部门", "the work order is another department's", "由主办部门的岗位办理,或先转办",
                "let a post of the lead department do it, or transfer it first", [.deptHandler, .deptHead])
        case .independent:
            say(
                .samePerson, "复查人不得是原经办人", "who re-examines may not have handled it", "由另一岗位复查",
                "let another post re-examine it", [.hoAuditor, .approver])
        case .authority:
            say(
                .overAuthority, "补偿超出本岗位授权", "the compensation is beyond the authority of this post",
                "先由有足够授权的岗位会签(countersign)", "let a post with enough authority countersign it first (countersign)",
                [.branchHead, .deptHead, .approver])
        default: nil
        }
    }

    private static func processWords(_ rule: Guard) -> GuardWords? {
        switch rule {
        case .sealed:
            say(
                .sealed, "本工单对该单位密封", "the ticket is sealed from that unit", "另选与被投诉人无关的单位",
                "choose a unit that has nothing to do with the target", [.dispatcher, .hoDispatcher])
        case .assistsClosed:
            say(
                .legsOpen, "仍有协办未完成", "an assist leg is still open", "等待协办完成,或取消协办(assist_cancel)",
                "wait for it, or cancel it (assist_cancel)")
        case .bounceOnce:
            say(
                .notPossible, "已退单一次,派单员的决定为最终", "bounced once already: the dispatcher's word is final",
                "接单办理;回避情形可用 recusal", "take it; only recusal is still a reason")
        case .otherHandler:
            say(
                .samePerson, "再处理须由另一处理人", "a further round needs another handler", "由另一岗位接单",
                "let another post take it")
        case .approved:
            say(
                .notApproved, "尚未经有权人批准", "not approved by the one who may", "先提出请求(request),批准后再办理",
                "ask for it first (request), and wait for the approval", [.approver, .deptHead])
        case .conversion:
            say(
                .notPossible, "工单种类不能如此转换", "the kind cannot be changed like this", "按转换表选择种类(convert)",
                "choose a kind of the table (convert)", [.dispatcher, .hoDispatcher])
        case .malicious:
            say(
                .safeguard, "认定恶意缺少保障条件", "the safeguards of a malicious finding are not met",
                "填写恶意类型、依据(证据或关联),并由另一岗位会签(countersign)",
                "give the kind and the ground (evidence or link), and let another post countersign it (countersign)",
                [.branchOfficer, .dispatcher, .hoAuditor])
        case .verifiedContact:
            say(
                .safeguard, "联系方式未核实,不得自动通知", "no automatic notice before the contact is verified",
                "先核实联系方式(verify_contact)", "verify the contact first (verify_contact)")
        case .homeReplies:
            say(
                .wrongTier, "跨省投诉由归属省答复", "in a cross-province case the home province replies", "移交归属省中心答复",
                "hand it to the home province", [.dispatcher, .replier])
        case .mergeEarliest:
            say(
                .notPossible, "须并入最早受理的工单", "the earliest complaint survives", "反向并案", "merge the other way round")
        case .mergeTier:
            say(
                .wrongTier, "由能看到两单的最低层级并案", "the lowest tier that sees both merges", "由其省中心办理",
                "let their province do it", [.dispatcher])
        case .extensionInTime:
            say(
                .notPossible, "延期须在原时限之前且向后", "a promise is moved before it is due, and forward", "重新承诺并说明逾期",
                "make a new promise and account for the breach")
        case .extensionPermitted:
            say(
                .notPossible, "规则包不允许如此延期", "the packs permit no such extension", "查看时限推导(explain)中的延期上限",
                "explain shows how far each clock may be extended", [.approver])
        case .pausePermitted:
            say(
                .notPossible, "没有时限可因此中止", "no clock of the ticket may rest for that reason", "改用规则包列明的理由",
                "use a reason that the pack lists")
        case .appealAfterEnd:
            say(
                .notPossible, "原工单未结束,不能申诉", "the ticket has not ended yet", "先催办或补充意见", "urge it, or add a note")
        default: nil
        }
    }

    private static func endingWords(_ rule: Guard) -> GuardWords {
        switch rule {
        case .majorAtBranch:
            say(
                .majorAtBranch, "重大投诉不得在网点结案", "a major ticket is never closed at a branch", "提交省中心,由单位负责人审批",
                "submit it to the province; the unit head approves", [.approver])
        case .conclusion:
            say(
                .safeguard, "结论缺少所需依据", "the conclusion does not show what it rests on", "补齐结论依据和证据",
                "give its grounds and evidence", [.hoAuditor])
        case .reported:
            say(
                .safeguard, "未定性或未完成上报", "no conclusion, or the report is not done",
                "先定性(conclude_appeal)并上报(report_up)",
                "conclude it (conclude_appeal) and report (report_up)", [.liaison, .hoAuditor])
        case .reportOrder:
            say(
                .notPossible, "上报环节次序不符", "the hops of the report follow each other", "省报总行审核通过后,再报监管",
                "head office accepts the province's report first", [.liaison, .hoAuditor])
        case .linkedProblem:
            say(
                .notPossible, "连带问题未单独立单", "a linked problem has no ticket of its own", "先为连带问题立单并关联",
                "register it and link it first")
        case .promises:
            say(
                .safeguard, "尚有承诺未了结", "a promise to the customer is still open", "兑现后用 settle_promise 了结",
                "carry it out, then settle it (settle_promise)")
        case .attempts:
            say(
                .safeguard, "未联系上须有三天三次失败记录", "without an answer, three failed calls on three days are needed",
                "继续回访并记录(attempt_follow_up)", "go on calling and record it (attempt_follow_up)", [.followUpAgent])
        case .quarter:
            say(
                .notPossible, "不在该季度审批轮次内", "not in that quarter's round", "在申报后的季度轮次中审批",
                "approve in the round of the quarter")
        default:
            say(
                .notPossible, "归档材料不全", "the archive set is not complete", "补齐投诉内容、调查、方案、反馈",
                "complaint, investigation, solution and feedback are needed", [.archivist])
        }
    }
}
