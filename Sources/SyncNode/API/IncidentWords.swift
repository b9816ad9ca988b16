import TicketStore

// What a person does about an incident, for lists and the log. docs/operations.md says more.
extension IncidentCode {
    var hint: Wording {
        switch self {
        case .twoCopiesAlive:
            Wording(
                "停掉其中一个副本,再由上级用 adopt --child 认定一个",
                "Stop one of the copies; then adopt one life at the node above: adopt --child.")
        case .acknowledgedTailLost:
            Wording("线路正常时自动从相邻节点取回;检查磁盘", "Neighbours give it back while the line is up; look at the disk.")
        case .lossDeclared:
            Wording("通知业务:这些办理只存于本节点,已丢失", "Tell the business: these acts were at this node alone.")
        case .forkedDot, .bodyRefused, .entryHeldBack:
            Wording("请报告总行运维", "Report it to head office's operations.")
        case .actForged, .actWithheld, .actWithoutAuthority:
            Wording(
                "核查该节点的程序版本与运行环境:syncnode incidents 列出原因",
                "Look at that node's program and machine; the subject says why.")
        case .lifeUnknown:
            Wording(
                "如更换过机器或放回过旧数据属正常;否则请报告",
                "Usual after a machine was replaced or an old folder put back; else report it.")
        case .tooMuchWaits:
            Wording("查明缺失的前项在哪个节点;到达后自动继续", "Find which node has what they wait for; the line goes on by itself then.")
        case .quarantined:
            Wording(
                "停用并检查该节点;确认后用 readmit 恢复", "Stop and examine that node; then let it speak again with readmit.")
        case .bodyDamaged, .repaired: Wording("运行 verify 与 repair;检查磁盘", "Run verify and repair; look at the disk.")
        case .staleCopy, .childWasStale:
            Wording("恢复备份后属正常;否则查明谁复制了数据目录", "Usual after a restore; otherwise find who copied the data folder.")
        case .receiptWithdrawn, .cursorMismatch: Wording("无需处理", "Nothing needs to be done.")
        case .differenceFound: Wording("反复出现时在两端运行 verify", "If it comes again and again, run verify at both ends.")
        case .clockBeyondBound: Wording("校准该机器的时钟", "Set that machine's clock.")
        case .clockWithoutRoom:
            Wording("用 ticket explain 查看该工单,规则包启动的时限过多", "See ticket explain: a pack starts too many deadlines.")
        case .clockNotChanged:
            Wording("重新发布该规则包,再办理 repin", "Publish the pack again; then use the act repin.")
        case .referenceUnread:
            Wording("升级本节点程序;仍不能读时请总行重新发布", "Update the program here; if that does not help, publish it again.")
        }
    }
}
