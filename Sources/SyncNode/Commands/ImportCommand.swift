import Platform
import TicketModel

/// `syncnode import`: registers the rows of a CSV file at a running node; goes on where an earlier run stopped.
enum ImportCommand {
    static let spec = CommandSpec(
        name: "import", summary: Wording("从 CSV 导入投诉", "Register the rows of a CSV file"),
        details: Wording(
            "按映射文件转换各列;中断后用同一命令续传,不会重复登记;不合格的行写入 .rejects.csv 并注明行号与原因。"
                + "映射含 recordAt 时:指定 --node 只登记该机构的行;不指定则按机构分送拓扑中各节点(均须运行)。",
            "Columns are converted as the mapping says. The same command goes on after an interruption, without doubles; "
                + "bad rows go to a .rejects.csv with line and reason. Where the mapping has recordAt: with --node only "
                + "the rows of that unit are registered; without it each row goes to the node of its own unit (all must run)."
        ),
        arguments: [ArgumentSpec("file", help: Wording("CSV 文件,- 为标准输入", "the CSV file, - for standard input"))],
        flags: [
            FlagSpec("mapping", .text(placeholder: "json"), required: true, help: Wording("字段映射文件", "the mapping file"))
        ] + FlagSpec.acting + fileFlags + paceFlags,
        examples: [
            "syncnode import samples/complaints.zh.csv --mapping samples/complaints-mapping.json \(TicketCommands.at)",
            "syncnode import samples/complaints.zh.csv --mapping samples/complaints-mapping.json "
                + "--topology topology.example.json",
        ],
        exitCodes: TicketCommands.exits + [.rejected], reads: true
    ) { invocation in
        let job = ImportJob(
            files: files(invocation), settings: try settings(invocation),
            receipts: invocation.arguments.text("receipts"))
        var display: ProgressDisplay?
        var done: Int64 = 0
        let progress = try job.run { run in
            let now = SystemClock.monotonicMilliseconds()
            done = run.byteCount == nil ? Int64(run.progress.rowsDone) : run.bytesRead
            if display == nil {
                let unit: ProgressBar.Unit = run.byteCount == nil ? .rows : .bytes
                let bar = ProgressBar("导入 import", unit: unit, total: run.byteCount, done: done, now: now)
                display = ProgressDisplay(bar, on: invocation.console)
            }
            display?.show(done: done, total: run.byteCount, now: now)
            return true
        }
        display?.finish(done: done, now: SystemClock.monotonicMilliseconds())
        report(progress, job.files, invocation)
        guard progress.rejectedCount > 0 else { return .success }
        return progress.acceptedCount == 0 ? .failed : .rejected
    }

    private static let fileFlags = [
        FlagSpec(
            "rejects", .text(placeholder: "csv"),
            help: Wording("退回文件(缺省 <file>[.<node>].rejects.csv)", "reject file (default <file>[.<node>].rejects.csv)")),
        FlagSpec(
            "progress", .text(placeholder: "json"),
            help: Wording(
                "进度文件(缺省 <file>[.<node>].progress.json)", "progress file (default <file>[.<node>].progress.json)")),
        FlagSpec(
            "receipts", .text(placeholder: "csv"),
            help: Wording("把每行与工单编号写入此文件", "write row and ticket number of every acknowledged row here")),
    ]

    private static let paceFlags = [
        FlagSpec(
            "connections", .integer(placeholder: "n", 1...64),
            help: Wording("并发连接数(缺省 16)", "connections at once (default 16)")),
        FlagSpec(
            "patience", .integer(placeholder: "seconds", 0...86_400),
            help: Wording(
                "节点忙或无应答时等待的秒数(缺省 30)", "how long to wait for a node that is busy or does not answer (default 30)")),
    ]

    private static func files(_ invocation: Invocation) -> ImportRun.Files {
        let arguments = invocation.arguments
        var files = ImportRun.Files(
            source: arguments.argument("file"), mapping: arguments.text("mapping") ?? "",
            node: arguments.text("url") == nil ? arguments.text("node") : nil)
        if let path = arguments.text("rejects") { files.rejects = path }
        if let path = arguments.text("progress") { files.progress = path }
        return files
    }

    private static func settings(_ invocation: Invocation) throws -> ImportSenders.Settings {
        let arguments = invocation.arguments
        var settings = ImportSenders.Settings(try destination(invocation))
        settings.post = arguments.text("post")
        settings.role = arguments.text("role")
        if let connections = arguments.integer("connections") { settings.connections = connections }
        if let seconds = arguments.integer("patience") { settings.patienceMilliseconds = Int64(seconds) * 1000 }
        return settings
    }

    private static func destination(_ invocation: Invocation) throws -> ImportDestination {
        if invocation.arguments.text("url") != nil { return .node(url: try invocation.nodeURL(), unit: nil) }
        let topology = try Topology.load(invocation.topologyPath)
        guard invocation.arguments.text("node") != nil else { return ImportDestination(topology) }
        let node = try invocation.node(of: topology)
        return .node(url: node.listen.people.url, unit: node.orgCode)
    }

    private static func report(_ progress: ImportProgress, _ files: ImportRun.Files, _ invocation: Invocation) {
        let console = invocation.console
        guard !invocation.wantsJSON else {
            return console.print { writer in
                writer.object { writer in
                    writer.member("rows", progress.rowsDone)
                    writer.member("registered", progress.acceptedCount)
                    writer.member("rejected", progress.rejectedCount)
                    writer.member("of_other_units", progress.elsewhereCount)
                    writer.member("rejects", orNull: progress.rejectedCount > 0 ? files.rejects : nil)
                }
            }
        }
        console.print(
            "行 rows: \(progress.rowsDone)  已登记 registered: \(progress.acceptedCount)  "
                + "拒绝 rejected: \(progress.rejectedCount)")
        if progress.rejectedCount > 0 { console.print("见 see: \(DisplayText.safe(files.rejects))") }
        guard progress.elsewhereCount > 0 else { return }
        console.print("属于其他机构,未登记 of other units, not registered here: \(progress.elsewhereCount)")
        console.note("不指定 --node 时各行送往其所属机构 Without --node each row goes to the node of its own unit.")
    }
}
