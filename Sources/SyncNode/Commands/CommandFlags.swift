import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

extension FlagSpec {
    /// Which node a command talks to.
    static let reach: [FlagSpec] = [.topology, .anyNode, .url]

    static let post = FlagSpec(
        "post", .text(placeholder: "code"), help: Wording("办理岗位(缺省由节点定)", "the post that acts (default: the node's)"))

    static let `operator` = FlagSpec(
        "post", .text(placeholder: "code"),
        help: Wording("操作岗位（缺省按拓扑）", "the post that operates (default: by the topology)"))

    static let role = FlagSpec(
        "role", .text(placeholder: "code"), help: Wording("角色(缺省为通常办理者)", "the role (default: who usually does this)"))

    static let onBehalfOf = FlagSpec(
        "on-behalf-of", .text(placeholder: "code"),
        help: Wording("代理办理:缺勤岗位;--post 为代理人", "the empty post for which --post, its deputy, stands in"))

    /// Who acts, and where.
    static let acting: [FlagSpec] = reach + [.post, .role, .onBehalfOf]

    static let purpose = FlagSpec(
        "purpose", .text(placeholder: "code"),
        help: Wording("查阅目的代码,随查阅记录保存", "why it is read: a code that is kept with the reading"))

    static let field = FlagSpec(
        "field", .text(placeholder: "name=value"), repeatable: true,
        help: Wording(
            "字段值;@文件 读入文字(去掉末尾换行),@@ 表示以 @ 开头的值",
            "a field's value; @file reads it from a file, without the line break at its end; @@ begins a value with @"))

    static let key = FlagSpec(
        "key", .text(placeholder: "text"),
        help: Wording("防重复的键(缺省随机)", "key against doubles (default: random)"))

    static let from = FlagSpec(
        "from", .text(placeholder: "file"),
        help: Wording("含字段的 JSON 文件;- 为标准输入", "a JSON file with the fields; - for standard input"))

    static let filter = FlagSpec(
        "filter", .text(placeholder: "column=value"), repeatable: true,
        help: Wording(
            "过滤:列=值[,值];列.from=、列.before= 为范围", "column=value[,value]; column.from= and column.before= for ranges"))
}

extension Invocation {
    /// The fields of `--from` and `--field`, the latter winning.
    func ticketFields() throws -> [String: JSONValue] {
        var fields: [String: JSONValue] = [:]
        if let file = arguments.text("from") { fields = try fieldsOfFile(file) }
        var typed: Set<String> = []
        for pair in arguments.texts("field") {
            let (name, value) = try split(pair, flag: "field")
            guard typed.insert(name).inserted else {
                throw UsageError(
                    code: "usage.field-repeated", "the field \(DisplayText.safe(name)) is given more than once",
                    hint: "give it once; several codes or links of one field are divided by commas")
            }
            fields[name] = .string(try literal(value))
        }
        return fields
    }

    /// A value as typed, or read from the file that it names.
    func literal(_ value: String) throws -> String {
        guard value.hasPrefix("@") else { return value }
        let rest = String(value.dropFirst())
        return try rest.hasPrefix("@") ? rest : text(ofFile: rest)
    }

    /// `name=value`.
    func split(_ pair: String, flag: String) throws -> (name: String, value: String) {
        let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        guard parts.count == 2, !parts[0].isEmpty else {
            throw UsageError(
                code: "usage.not-a-pair", "--\(flag) needs a name, an equals sign and a value",
                hint: "for example --\(flag) severity=important")
        }
        return (String(parts[0]), String(parts[1]))
    }

    private func fieldsOfFile(_ file: String) throws -> [String: JSONValue] {
        let path = file == "-" ? "/dev/stdin" : file
        let root = try ConfigurationFile.read(path, area: "fields", limits: .request)
        guard let whole = root.object, let members = root["fields"].map(\.object) ?? whole else {
            throw CommandError(
                code: "fields.not-an-object", "the file holds no JSON object with fields",
                hint: #"write {"what": "…", "symptom": "…"}"#)
        }
        if root["fields"] != nil, let other = whole.first(where: { $0.name != "fields" }) {
            throw ConfigurationError(
                file: file, area: "fields", code: "unknown-key", place: other.namePlace,
                "beside \"fields\" the file holds what nobody would read", hint: "move it into \"fields\", or remove it"
            )
        }
        return Dictionary(members.map { ($0.name, $0.element.value) }, uniquingKeysWith: { $1 })
    }

    private func text(ofFile path: String) throws -> String {
        let bytes: [UInt8]
        do throws(ConfigurationError) {
            bytes = try ConfigurationFile.bytes(path, area: "fields", bytesMax: JSONLimits.request.stringBytesMax)
        } catch {
            guard error.code == "fields.file-missing" else { throw error }
            throw CommandError(
                code: error.code, error.sentence, hint: "check the name; a value that begins with @ is written @@")
        }
        // Editors end the last line; nobody means that as part of the value.
        var words = bytes[...]
        if words.last == 0x0A { words.removeLast() }
        if words.last == 0x0D { words.removeLast() }
        guard let text = String(validating: words, as: UTF8.self) else {
            throw CommandError(
                code: "fields.bad-utf8", "the file is not UTF-8", hint: "convert it: iconv -f GB18030 -t UTF-8")
        }
        return text
    }
}

extension Invocation {
    /// The key under which a repetition of this command does nothing again.
    var idempotencyKey: HTTPHeaders {
        ["Idempotency-Key": arguments.text("key") ?? "cli-" + Hex.encode(SystemRandom.bytes(16))]
    }

    /// Shows the answer to an act: one line, or the node's JSON.
    func show(receipt: NodeAnswer) -> ExitCode {
        if wantsJSON {
            receipt.print(on: console)
        } else {
            TicketText.print(receipt: receipt.json, on: console)
        }
        return .success
    }
}

/// Bodies of requests.
enum ClientBody {
    static func fields(_ fields: [String: JSONValue], _ more: [(String, String)] = []) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, text) in more { writer.member(name, text) }
            writer.named("fields") { writer in
                writer.object { writer in
                    for (name, value) in fields.sorted(by: { $0.key < $1.key }) {
                        writer.name(name)
                        writer.value(value)
                    }
                }
            }
        }
        return writer.bytes
    }

    static func resolve(_ field: String, _ value: String, isNew: Bool) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("field", field)
            writer.member("value", value)
            if isNew { writer.member("new", true) }
        }
        return writer.bytes
    }

    /// Words to search for, and the parameters of a worklist; a parameter that stands several times becomes a list.
    static func search(_ words: String, _ items: [(String, String)]) -> [UInt8] {
        var values: [String: [String]] = [:]
        for (name, value) in items { values[name, default: []].append(value) }
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("words", words)
            for (name, texts) in values.sorted(by: { $0.key < $1.key }) where name != "words" {
                writer.member(name, texts: texts)
            }
        }
        return writer.bytes
    }

    static func members(_ members: [(String, String)]) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            for (name, text) in members { writer.member(name, text) }
        }
        return writer.bytes
    }
}

/// Addresses of the interface.
enum ClientPath {
    static func ticket(_ reference: String, _ rest: String = "") -> String {
        "/api/v1/tickets/\(piece(reference))\(rest.isEmpty ? "" : "/" + rest)"
    }

    static func act(_ reference: String, _ act: String) -> String {
        "/api/v1/tickets/\(piece(reference))/acts/\(piece(act))"
    }

    static func notice(_ id: String, _ rest: String) -> String { "/api/v1/notices/\(piece(id))/\(rest)" }

    static func text(_ id: String, _ rest: String = "") -> String { "/api/v1/texts/\(piece(id))\(rest)" }

    static func query(_ path: String, _ items: [(String, String)]) -> String {
        guard !items.isEmpty else { return path }
        return path + "?" + items.map { "\(piece($0.0))=\(piece($0.1))" }.joined(separator: "&")
    }

    /// Percent-encoded, slashes too.
    private static func piece(_ text: String) -> String {
        PercentText.encode(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "%2F")
    }
}
