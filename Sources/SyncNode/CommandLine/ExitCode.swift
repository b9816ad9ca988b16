/// What a command's exit status means. This is the one table: help, tests and documents read it.
enum ExitCode: Int32, Sendable, CaseIterable {
    case success = 0
    case failed = 1
    /// Something is wrong with the data, not with the command: for `cron` to act upon.
    case damage = 2
    /// The command did its work; some rows of the input were not good enough.
    case rejected = 3
    /// `EX_USAGE` of sysexits.h.
    case usage = 64
    /// `EX_UNAVAILABLE`.
    case unavailable = 69
    /// `EX_TEMPFAIL`.
    case tryAgain = 75

    var meaning: Wording {
        switch self {
        case .success: Wording("成功", "done")
        case .failed: Wording("失败", "failed; the error line says why")
        case .damage: Wording("发现损坏或不一致", "found damage or divergence")
        case .rejected: Wording("已完成,但有被拒绝的行", "done, but some rows were rejected; the reject file says why")
        case .usage: Wording("用法错误", "the command was not understood; nothing was done")
        case .unavailable: Wording("节点未运行", "the node is not running or cannot be reached")
        case .tryAgain: Wording("请稍后重试", "busy or out of a resource for now; try again later")
        }
    }
}
