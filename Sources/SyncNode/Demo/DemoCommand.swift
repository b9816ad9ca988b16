import Glibc
import Platform

/// `syncnode demo`: nine real nodes on loopback live through a bad day and prove what they promise.
enum DemoCommand {
    static let spec = CommandSpec(
        name: "demo",
        summary: Wording("演示:三级节点断线、断电、恢复、一致", "Three tiers lose their lines and power, come back and agree"),
        details: Wording(
            "启动拓扑中的全部节点(各自的进程、目录与库),切断线路,两侧登记与修改,断电重启,恢复线路,最后出具报告。全部成立时退出码为 0。",
            "Starts every node of the topology as a process with its own folder, cuts the lines, records and amends on both "
                + "sides, kills a branch and a province, brings the lines back and reports. Exits with 0 only if all is true."
        ),
        flags: [
            .topology,
            FlagSpec(
                "source", .text(placeholder: "csv"),
                help: Wording("投诉数据", "the complaints (default: the invented sample)")),
            FlagSpec(
                "mapping", .text(placeholder: "json"), help: Wording("字段映射", "the mapping of the source's columns")),
            FlagSpec(
                "folder", .text(placeholder: "folder"), help: Wording("工作目录,会被清空", "where to work; emptied first")),
            FlagSpec("keep", help: Wording("结束后节点继续运行并列出地址", "leave the nodes running and print their URLs")),
        ],
        examples: ["syncnode demo --topology topology.example.json"], exitCodes: [.damage], reads: true
    ) { invocation in
        let arguments = invocation.arguments
        let folder = absolute(arguments.text("folder") ?? "demo-data")
        try empty(folder)
        let stop = StopSignals()
        let bank = try DemoBank(Topology.load(arguments.text("topology") ?? "topology.example.json"), folder: folder)
        let work = try DemoWork(
            source: arguments.text("source") ?? "samples/complaints.zh.csv",
            mapping: arguments.text("mapping") ?? "samples/complaints-mapping.json", bank: bank)
        let report: DemoReport
        do {
            report = try DemoScript(bank, work, rules: published, invocation.console, stop).play()
        } catch {
            _ = bank.stop()
            throw error
        }
        if invocation.wantsJSON {
            report.printJSON(to: invocation.console)
        } else {
            report.print(to: invocation.console)
        }
        if arguments.isSet("keep") {
            for node in bank.topology.nodes { invocation.console.print("\(node.name.zh)  \(bank.url(node.id))") }
            invocation.console.print("Ctrl-C 结束 ends them")
            invocation.console.flush()
            stop.wait()
        }
        let endedWell = bank.stop()
        return report.isAllTrue && endedWell ? .success : .damage
    }

    /// What head office publishes before the short day.
    private static let published = ["reference/rules.json", "reference/people.json"]

    private static func absolute(_ path: String) -> String {
        guard !path.hasPrefix("/"), let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return String(cString: current) + "/" + path
    }

    /// Empties the folder of an earlier demonstration. Anything else in the way is left alone.
    private static func empty(_ folder: String) throws {
        let marker = folder + "/.syncnode-demo"
        if access(folder, F_OK) == 0 {
            guard access(marker, F_OK) == 0 else { throw DemoFolderInUse(folder: folder) }
            try FolderTree.remove(folder)
        }
        try DataFolder.create(folder)
        try SmallFile.write([], to: marker)
    }
}

struct DemoFolderInUse: ExplainedError {
    let folder: String

    var code: String { "demo.folder-in-use" }
    var sentence: String { "\(folder) exists and is not the folder of an earlier demonstration." }
    var hint: String { "Name another one with --folder." }
}

/// Removes a folder with all that is in it.
enum FolderTree {
    /// - Throws: `SmallFileError`.
    static func remove(_ path: String) throws {
        guard let folder = opendir(path) else { throw SmallFileError(path: path, systemError: errno) }
        defer { closedir(folder) }
        while let entry = readdir(folder) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            let child = path + "/" + name
            if entry.pointee.d_type == UInt8(DT_DIR) {
                try remove(child)
            } else if unlink(child) != 0 {
                throw SmallFileError(path: child, systemError: errno)
            }
        }
        guard rmdir(path) == 0 else { throw SmallFileError(path: path, systemError: errno) }
    }
}
