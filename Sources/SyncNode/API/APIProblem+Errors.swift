import Platform
import TicketModel
import TicketStore

// What the layers below throw, as problems.
extension APIProblem {
    /// The problem for any error. An error that nobody foresaw says nothing of itself: its words could hold a value.
    static func of(_ error: any Error) -> APIProblem {
        switch error {
        case let problem as APIProblem: problem
        case let refusal as Refusal: APIProblem(refusal)
        case let problem as FieldProblem: APIProblem(invalid: [problem])
        case let error as StoreError: store(error)
        case let error as DatabaseError: database(error.code, error.resultCode)
        case let error as WriterError: writer(error)
        case let error as WorklistError: worklist(error)
        case let error as JSONError: APIProblem(error)
        case let error as any ExplainedError: unforeseen(error.code)
        default: unforeseen("node.internal-error")
        }
    }

    private static func unforeseen(_ code: String) -> APIProblem {
        let isFull = code == "store.disk-full"
        return isFull
            ? diskFull(code)
            : APIProblem(
                500, code, Wording("节点未能完成请求", "The node could not carry out the request."),
                hint: Wording("查看节点日志", "Look at the node's log."))
    }

    // MARK: Rules

    init(_ refusal: Refusal) {
        if refusal.code == .noSuchTicket || refusal.hidesTicket {
            self = .noSuchTicket
            return
        }
        self.init(
            APIProblem.status(of: refusal.code), "refused.\(refusal.code.rawValue)", Wording(refusal.sentence),
            hint: Wording(refusal.hint), items: refusal.problems.map(Item.init))
        rule = refusal.rule
        whoMay = refusal.whoMay
    }

    init(invalid problems: [FieldProblem]) {
        self.init(
            422, "refused.invalid_fields",
            Wording("有 \(problems.count) 项内容需要更正", "\(problems.count) value(s) need attention."),
            hint: Wording("逐项见 errors", "See errors, one by one."), items: problems.map(Item.init))
    }

    private static func status(of code: RefusalCode) -> Int {
        switch code {
        case .invalidFields, .unknownUnit, .unknownReason, .noTierAbove, .unknownAct: 422
        case .noSuchTicket: 404
        case .unknownActor, .wrongRole, .wrongTier, .recused, .samePerson, .majorAtBranch, .partNotHere,
            .overAuthority, .sealed:
            403
        case .alreadyRegistered, .wrongState, .notCustodian, .inTransit, .custodySuspended, .noOffer, .nothingToChange,
            .noConflict, .alreadyWidened, .unknownRequest, .notApproved, .notPossible, .safeguard, .legsOpen:
            409
        }
    }

    static let noSuchTicket = APIProblem(
        404, "ticket.not-found", Wording("本节点没有此工单", "There is no such ticket at this node."),
        hint: Wording("核对编号;若在他处登记,等待同步", "Check the number; if it was registered elsewhere, wait for it to arrive."))

    // MARK: Store

    private static func store(_ error: StoreError) -> APIProblem {
        switch error {
        case .noSuchTicket: noSuchTicket
        case .changedMeanwhile:
            APIProblem(
                412, error.code, Wording("工单已被他人修改", "The ticket was changed meanwhile."),
                hint: Wording("重新读取后再修改", "Read it again, then repeat the change."))
        case .keyUsedDifferently:
            APIProblem(
                422, error.code,
                Wording("该 Idempotency-Key 已用于另一请求", "The Idempotency-Key was used for another request."),
                hint: Wording("新请求请用新的键", "Use a new key for a new request."))
        case .beyondLimits:
            APIProblem(
                422, error.code, Wording("内容超出一次办理的上限", "The act is larger than nodes may exchange."),
                hint: Wording("请分几次填写", "Divide it: fewer values or shorter texts at once."))
        case .readLogFull:
            APIProblem(
                503, error.code, Wording("查阅无法记录,暂不显示工单", "Readings cannot be recorded, so nothing more is shown."),
                hint: Wording("清理磁盘空间后自动恢复", "Free some space on the disk; the node goes on by itself."))
        case .filesReplaced:
            APIProblem(
                503, error.code,
                Wording("运行中的数据文件被移走或替换,暂不保存", "A data file was removed or replaced under the node; nothing is saved."),
                hint: Wording("把原来的文件放回,或重启节点", "Put the file back that was there, or restart the node."))
        default:
            APIProblem(
                500, error.code, Wording("数据存储有误", "Something is wrong with the store."),
                hint: Wording("在节点上运行 syncnode verify", "Run syncnode verify at the node."))
        }
    }

    private static func database(_ code: String, _ result: ResultCode) -> APIProblem {
        switch result {
        case .full, .ioErrorSharedMemorySize: diskFull(code)
        case .readOnly:
            APIProblem(
                503, code, Wording("数据目录只读,暂不能写入", "The data folder is read-only."),
                hint: Wording("检查数据目录权限与挂载方式", "Check the folder's rights and how its disk is mounted."))
        case .busy, .locked:
            APIProblem(
                503, code, Wording("数据库被占用", "The database is held by another process."),
                hint: Wording("稍后重试", "Try again in a moment."))
        case .ioError, .cannotOpen, .noMemory, .permission, .interrupt:
            APIProblem(
                503, code, Wording("磁盘或内存拒绝了请求", "The disk or the memory refused the request."),
                hint: Wording("检查磁盘与节点日志", "Check the disk and the node's log."))
        default:
            APIProblem(
                500, code, Wording("数据库报告错误", "The database reports an error."),
                hint: Wording("在节点上运行 syncnode verify", "Run syncnode verify at the node."))
        }
    }

    private static func diskFull(_ code: String) -> APIProblem {
        APIProblem(
            507, code, Wording("磁盘已满,未保存", "The disk is full; nothing was saved."),
            hint: Wording("清理空间后节点自动恢复,再重试", "Free some space; the node goes on by itself. Then try again."))
    }

    private static func writer(_ error: WriterError) -> APIProblem {
        switch error {
        case .closed: stopping
        case .overloaded:
            APIProblem(
                503, error.code, Wording("等待写入的请求过多", "Too many changes are waiting."),
                hint: Wording("稍后重试", "Try again in a moment."))
        case .notAcknowledged(let cause):
            if let cause = cause as? any ExplainedError, cause.code == "store.disk-full" {
                diskFull(cause.code)
            } else {
                APIProblem(
                    503, error.code, Wording("已写入但未能确认", "The change was written but could not be acknowledged."),
                    hint: Wording(
                        "先查看是否已保存,再用同一 Idempotency-Key 重试", "Look whether it is there; repeat it with the same key."))
            }
        case .halted:
            APIProblem(
                503, error.code, Wording("落盘失败后已停止写入", "The store stopped accepting changes after a failed sync."),
                hint: Wording("检查磁盘后重启节点", "Check the disk, then start the node again."))
        }
    }

    private static func worklist(_ error: WorklistError) -> APIProblem {
        switch error {
        case .unknownColumn(let name):
            badParameter(
                name, "unknown-column", Wording("没有这一列", "There is no such column."),
                hint: Wording("列名见 /api/v1/fields", "See /api/v1/fields for the columns."))
        case .badCursor:
            badParameter(
                "cursor", "bad-cursor", Wording("翻页标记无效", "The cursor is not one of this list."),
                hint: Wording("用上一页返回的 next", "Pass the next of the page before."))
        }
    }
}

extension APIProblem.Item {
    init(_ problem: FieldProblem) {
        self.init(
            field: problem.field, rule: problem.rule.rawValue, source: problem.source,
            detail: Wording(problem.sentence).both,
            hint: APIProblem.Item.meant(problem) ?? Wording(problem.hint).both)
    }

    /// The field that was probably meant by a name that is none.
    private static func meant(_ problem: FieldProblem) -> String? {
        guard problem.rule == .unknownField else { return nil }
        return Suggestion.nearest(to: problem.field, among: FieldTable.all.map(\.name)).map {
            Wording("是否指 \($0)?", "Did you mean \($0)?").both
        }
    }
}

extension Wording {
    init(_ text: Bilingual) { self.init(text.chinese, text.english) }
}
