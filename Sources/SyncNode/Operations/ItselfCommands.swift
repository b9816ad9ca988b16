/// `adopt-self`, `restored`, `readmit`: what an operator decides about the node itself or about a neighbour that was silenced.
enum ItselfCommands {
    static let specs = [adoptSelf, restored, readmit]

    private static let reach = FlagSpec.reach + [.operator]

    private static let adoptSelf = CommandSpec(
        name: "adopt-self", summary: Wording("双人认定本副本继续", "Two persons decide that this copy goes on"),
        details: Wording(
            "用于总行等上级无法裁定的节点:办理权被暂停时,由本节点两个岗位共同恢复,记入本节点记录。",
            "For head office, above which nobody decides: two posts of the node end a suspension; the act stands in its record."
        ),
        flags: FlagSpec.reach + [
            FlagSpec("post", .text(placeholder: "POST"), required: true, help: Wording("经办岗位", "who decides")),
            FlagSpec(
                "approver", .text(placeholder: "POST"), required: true, help: Wording("复核岗位", "the second person")),
        ],
        examples: [
            "syncnode adopt-self --post 000000.ho_supervisor --approver 000000.approver --topology topology.example.json --node head-office"
        ], exitCodes: [.unavailable]
    ) { invocation in
        let approver = invocation.arguments.text("approver") ?? ""
        _ = try invocation.operate("/control/adopt-self?approver=\(PercentText.encode(approver))")
        invocation.console.print("本副本继续办理  This copy goes on.")
        return .success
    }

    private static let restored = CommandSpec(
        name: "restored", summary: Wording("声明本节点数据是放回的旧副本", "Say that this node's folder was put back or replaced"),
        details: Wording(
            "放回旧数据目录或更换机器后执行:此后接受相邻节点交回的本节点过去的办理,直到各方一致。init --backup 恢复的节点不需要。",
            "After an older folder was put back, or a machine replaced: from now on, until all agree, neighbours may give this "
                + "node's past back. A node restored with init --backup knows it by itself."),
        flags: reach, examples: ["syncnode restored --topology topology.example.json --node head-office"],
        exitCodes: [.unavailable]
    ) { invocation in
        _ = try invocation.operate("/control/restored")
        invocation.console.print("已声明,过去的办理从相邻节点取回  Its past is taken back from its neighbours.")
        return .success
    }

    private static let readmit = CommandSpec(
        name: "readmit", summary: Wording("恢复因被拒动作过多而暂停的线路", "Let a neighbour speak again whose acts were refused"),
        flags: reach + [
            FlagSpec("child", .text(placeholder: "ID"), required: true, help: Wording("相邻节点", "the neighbour"))
        ],
        examples: ["syncnode readmit --child branch-0101 --topology topology.example.json --node province-01"],
        exitCodes: [.unavailable]
    ) { invocation in
        let child = PercentText.encode(invocation.arguments.text("child") ?? "")
        _ = try invocation.operate("/control/readmit?child=\(child)")
        invocation.console.print("线路恢复  The line goes on.")
        return .success
    }
}
