import Glibc
import HTTPTransport
import Platform
import TicketModel

/// `syncnode export`: every ticket of a worklist as CSV or JSON lines, with everything that the node holds of it.
enum ExportCommand {
    static let spec = CommandSpec(
        name: "export", summary: Wording("导出工单", "Export tickets"),
        details: Wording(
            "含个人信息;新文件仅本人可读。CSV 可直接用电子表格打开:像公式的值前加一个 ',重新导入时去掉;--raw 则各值原样写出。"
                + "CSV 可用 samples/export-mapping.json 重新导入,作为新工单。",
            "Holds personal data; a new file is readable by its owner only. A CSV is safe to open in a spreadsheet: what looks "
                + "like a formula gets a ' in front, which import takes away again; --raw writes each value as it is. import "
                + "takes a CSV back with samples/export-mapping.json, as new tickets."),
        flags: FlagSpec.acting + [
            .purpose, .filter,
            FlagSpec("format", .choice(["csv", "jsonl"]), help: Wording("格式(缺省 csv)", "format (default csv)")),
            FlagSpec("raw", help: Wording("CSV 各值原样写出,供程序读取", "CSV with each value as it is, for programs")),
            FlagSpec(
                "output", .text(placeholder: "file"),
                help: Wording("新文件(缺省标准输出)", "a new file (default: standard output)")),
        ],
        examples: ["syncnode export --format jsonl --filter is_open=true \(TicketCommands.at)"],
        exitCodes: TicketCommands.exits
    ) { invocation in
        let client = try NodeClient(
            invocation, actor: true, purpose: invocation.arguments.text("purpose") ?? "export")
        let format = try ExportFormat(invocation.arguments)
        let filters = try TicketCommands.filters(invocation)
        let output = try ExportOutput(invocation.arguments.text("output"), console: invocation.console)
        try output.write(format.header)
        var bar = ProgressDisplay(
            ProgressBar("导出 export", unit: .rows, total: nil, now: SystemClock.monotonicMilliseconds()),
            on: invocation.console)
        var count: Int64 = 0
        var cursor: String?
        repeat {
            let page = try page(after: cursor, filters, client)
            for row in page["tickets"]?.array ?? [] {
                guard let document = row["document"]?.string else { continue }
                let ticket: NodeAnswer
                do {
                    ticket = try client.get(ClientPath.ticket(document))
                } catch let refusal as NodeRefusal where closed.contains(refusal.code) {
                    continue
                }
                try output.write(format.line(ticket.json))
                count += 1
                bar.show(done: count, now: SystemClock.monotonicMilliseconds())
            }
            cursor = page["next"]?.string
        } while cursor != nil && invocation.console.outputFailure == nil
        try output.finish()
        // The table of commands tells what could not be written; nothing of it is told to be exported.
        guard invocation.console.outputFailure == nil else { return .success }
        bar.finish(done: count, now: SystemClock.monotonicMilliseconds())
        invocation.console.note("已导出 exported \(count)")
        return .success
    }

    /// A ticket that the post may not open since the page was read is one that is not there; every other refusal ends the export.
    private static let closed = [APIProblem.noSuchTicket.code]

    /// In the order of registration, so that tickets that come meanwhile do not move the pages.
    private static func page(
        after cursor: String?, _ filters: [(String, String)], _ client: NodeClient
    ) throws -> JSONElement {
        var items = filters + [("sort", "registered_at"), ("limit", "200"), ("merged", "true")]
        if let cursor { items.append(("cursor", cursor)) }
        return try client.get(ClientPath.query("/api/v1/tickets", items)).json
    }
}

/// How a ticket is written.
enum ExportFormat {
    case csv(isGuarded: Bool)
    case jsonLines

    /// - Throws: `UsageError` for flags that do not go together.
    init(_ arguments: ParsedArguments) throws(UsageError) {
        let isRaw = arguments.isSet("raw")
        guard arguments.text("format") == "jsonl" else {
            self = .csv(isGuarded: !isRaw)
            return
        }
        guard !isRaw else {
            throw UsageError(
                code: "export.raw-is-csv", "--raw is about CSV",
                hint: "leave it out: JSON lines hold each value as it is")
        }
        self = .jsonLines
    }

    private static let ownColumns = ["number", "document", "version", "custodian", "acknowledgement"]
    /// All fields but those of assist legs and the clocks, which share the last two columns.
    private static let fields = FieldTable.all.filter {
        !TicketField.clocks.contains($0.id) && !AssistField.all.contains($0.id)
    }
    private static let assists = FieldTable.all.filter { AssistField.all.contains($0.id) }
    private static let clocks = FieldTable.all.filter { TicketField.clocks.contains($0.id) }

    var header: [UInt8] {
        switch self {
        case .csv(let isGuarded):
            CSVFormat.line(
                ExportFormat.ownColumns + ExportFormat.fields.map(\.name) + ["assists", "clocks"]
                    + (isGuarded ? [SpreadsheetCell.markColumn] : []))
        case .jsonLines: []
        }
    }

    func line(_ ticket: JSONElement) -> [UInt8] {
        switch self {
        case .csv(let isGuarded):
            let cells = ExportFormat.cells(ticket)
            return CSVFormat.line(isGuarded ? cells.map(SpreadsheetCell.guarded) + [""] : cells)
        case .jsonLines:
            var writer = JSONWriter()
            writer.value(ticket.value)
            return writer.bytes + [0x0A]
        }
    }

    private static func cells(_ ticket: JSONElement) -> [String] {
        let own = [
            ticket["number"]?.string, ticket["document"]?.string, ticket["version"]?.string,
            ticket["custody"]?["custodian"]?.string, ticket["acknowledgement"]?["level"]?.string,
        ].map { $0 ?? "" }
        let fields = ticket["fields"]
        let running = clocks.map { text(fields?[$0.name]) }.filter { !$0.isEmpty }
        let legs = assists.compactMap { field in
            let value = text(fields?[field.name])
            return value.isEmpty ? nil : "\(field.name)=\(value)"
        }
        return own + ExportFormat.fields.map { text(fields?[$0.name]) }
            + [legs.joined(separator: "\n"), running.joined(separator: "\n")]
    }

    /// As an import would take it; the members of a growing set on lines of their own.
    private static func text(_ field: JSONElement?) -> String {
        guard let field else { return "" }
        let values = field["values"]?.array.map { $0.map { $0["value"] } } ?? [field["value"]]
        return values.map { value -> String in
            switch value?.value {
            case .string(let text)?: text
            case .integer(let number)?: String(number)
            case .bool(let flag)?: flag ? "true" : "false"
            default: ""
            }
        }.joined(separator: "\n")
    }
}

/// Where an export goes: standard output, or a new file that only its owner may read.
final class ExportOutput {
    private let console: Console
    private let descriptor: Int32?
    private let path: String
    private var buffer: [UInt8] = []
    private static let bufferBytesMax = 256 * 1024

    init(_ path: String?, console: Console) throws {
        self.console = console
        self.path = path ?? "-"
        guard let path, path != "-" else {
            descriptor = nil
            return
        }
        let opened = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard opened >= 0 else {
            throw CommandError(
                code: errno == EEXIST ? "export.file-exists" : "export.unwritable",
                "\(DisplayText.safe(path)): the file cannot be made (errno \(errno))",
                hint: "name a file that does not exist yet, in a folder that you may write")
        }
        descriptor = opened
    }

    deinit { if let descriptor { close(descriptor) } }

    func write(_ bytes: [UInt8]) throws {
        guard descriptor != nil else { return console.write(bytes) }
        buffer += bytes
        if buffer.count >= ExportOutput.bufferBytesMax { try flush() }
    }

    func finish() throws {
        try flush()
        console.flush()
        guard let descriptor, fsync(descriptor) != 0, errno != EINVAL, errno != EROFS else { return }
        throw failure(errno)
    }

    private func flush() throws {
        guard let descriptor else { return }
        var rest = buffer[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(errno) }
            rest = rest.dropFirst(count)
        }
        buffer.removeAll(keepingCapacity: true)
    }

    private func failure(_ code: Int32) -> CommandError {
        CommandError(
            code: "export.unwritable", "\(DisplayText.safe(path)): the file cannot be written (errno \(code))",
            hint: "check free space and rights of the folder")
    }
}
