import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// `syncnode import`: registers the rows of a CSV file at a running node; goes on where an earlier run stopped.
enum ImportCommand {
    /// Rows under way at once.
    private static let window = 128

    static let spec = CommandSpec(
        name: "import",
        summary: Wording("从 CSV 导入投诉", "Register the rows of a CSV file"),
        details: Wording(
            "按映射文件转换各列;中断后用同一命令续传,不会重复登记;不合格的行写入 .rejects.csv 并注明行号与原因。",
            "Columns are converted as the mapping says. The same command goes on after an interruption, without doubles; "
                + "bad rows go to a .rejects.csv with line and reason."),
        arguments: [ArgumentSpec("file", help: Wording("CSV 文件,- 为标准输入", "the CSV file, - for standard input"))],
        flags: [
            FlagSpec("mapping", .text(placeholder: "json"), required: true, help: Wording("字段映射文件", "the mapping file")),
            .topology, .anyNode, .url,
            FlagSpec("post", .text(placeholder: "code"), help: Wording("岗位", "the post that records")),
            FlagSpec("role", .text(placeholder: "code"), help: Wording("角色", "its role")),
            FlagSpec(
                "receipts", .text(placeholder: "csv"),
                help: Wording("把每行与工单编号写入此文件", "write row and ticket number of every acknowledged row here")),
            FlagSpec("connections", .integer(placeholder: "n", 1...64), help: Wording("并发连接数(缺省 8)", "connections at once (default 8)")),
        ],
        examples: [
            "syncnode import samples/complaints.zh.csv --mapping samples/complaints-mapping.json --topology topology.example.json --node branch-0101"
        ],
        exitCodes: [.unavailable]
    ) { invocation in
        try run(invocation)
    }

    private static func run(_ invocation: Invocation) throws -> ExitCode {
        let arguments = invocation.arguments
        let files = ImportRun.Files(source: arguments.argument("file"), mapping: arguments.text("mapping") ?? "")
        var importing = try ImportRun(files, targets: FieldTable.all.map(\.name), hash: SHA256.function)
        let sender = try RowSender(
            url: try invocation.nodeURL(), post: arguments.text("post"), role: arguments.text("role"),
            connections: arguments.integer("connections") ?? 8)
        defer { sender.close() }
        let receipts = try arguments.text("receipts").map { try ReceiptFile($0) }
        var counts = Counts()
        var display = ProgressDisplay(
            ProgressBar("导入 import", unit: .rows, total: nil, now: SystemClock.monotonicMilliseconds()), on: invocation.console)
        var pending: [ImportRow] = []
        var isAtEnd = false
        while !isAtEnd || !pending.isEmpty {
            while !isAtEnd, pending.count < window {
                guard let row = try importing.next() else {
                    isAtEnd = true
                    break
                }
                if case .fields(let fields) = row.outcome {
                    sender.send(fields, index: row.number, key: importing.idempotencyKey(row))
                }
                pending.append(row)
            }
            guard !pending.isEmpty else { break }
            let row = pending.removeFirst()
            if let gone = try settle(row, &importing, sender, receipts, &counts) {
                try importing.save()
                throw NodeUnreachable(cause: gone)
            }
            display.show(done: Int64(counts.accepted), now: SystemClock.monotonicMilliseconds())
        }
        try importing.finish()
        display.finish(done: Int64(counts.accepted), now: SystemClock.monotonicMilliseconds())
        invocation.console.print("已登记 registered: \(counts.accepted)  拒绝 rejected: \(counts.rejected)")
        if counts.rejected > 0 { invocation.console.print("见 see: \(files.rejects)") }
        return .success
    }

    private struct Counts {
        var accepted = 0
        var rejected = 0
    }

    /// Returns why the node did not answer; then the row is not settled and comes again.
    private static func settle(
        _ row: ImportRow, _ importing: inout ImportRun, _ sender: RowSender, _ receipts: ReceiptFile?, _ counts: inout Counts
    ) throws -> HTTPClientError? {
        guard case .fields = row.outcome else {
            counts.rejected += 1
            try importing.settle(row)
            return nil
        }
        switch sender.answer(to: row.number) {
        case .accepted(let number):
            counts.accepted += 1
            try receipts?.append("\(row.number),\(number)\n")
            try importing.settle(row)
        case .refused(let code):
            counts.rejected += 1
            try importing.reject(row, RejectReason(code, "the node refused the row (\(code))"))
        case .unreachable(let error): return error
        }
        if row.number % 200 == 0 { try importing.save() }
        return nil
    }
}

/// Row and ticket number of every acknowledged row, appended as they come.
final class ReceiptFile {
    private let descriptor: Int32
    private let path: String

    /// - Throws: `SmallFileError`.
    init(_ path: String) throws {
        descriptor = open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        self.path = path
        guard descriptor >= 0 else { throw SmallFileError(path: path, systemError: errno) }
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    func append(_ line: String) throws {
        var line = line
        let written = line.withUTF8 { write(descriptor, $0.baseAddress, $0.count) }
        guard written == line.utf8.count else { throw SmallFileError(path: path, systemError: errno) }
    }
}
