import HTTPTransport
import TicketModel

extension FlagSpec {
    /// Which node a command talks to.
    static let reach: [FlagSpec] = [.topology, .anyNode, .url]

    static let post = FlagSpec(
        "post", .text(placeholder: "code"), help: Wording("办理岗位(缺省由节点定)", "the post that acts (default: the node's)"))

    static let role = FlagSpec(
        "role", .text(placeholder: "code"), help: Wording("角色(缺省为通常办理者)", "the role (default: who usually does this)"))

    /// Who acts, and where.
    static let acting: [FlagSpec] = reach + [.post, .role]

    static let field = FlagSpec(
        "field", .text(placeholder: "name=value"), repeatable: true,
        help: Wording("字段值;@文件 读入文字", "a field's value; @file reads the text from a file"))

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
        for pair in arguments.texts("field") {
            let (name, value) = try split(pair, flag: "field")
            fields[name] = .string(try value.hasPrefix("@") ? text(ofFile: String(value.dropFirst())) : value)
        }
        return fields
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
        guard let members = root["fields"]?.object ?? root.object else {
            throw CommandError(
                code: "fields.not-an-object", "the file holds no JSON object with fields",
                hint: #"write {"what": "…", "symptom": "…"}"#)
        }
        return Dictionary(members.map { ($0.name, $0.element.value) }, uniquingKeysWith: { $1 })
    }

    private func text(ofFile path: String) throws -> String {
        let bytes = try ConfigurationFile.bytes(path, area: "fields", bytesMax: JSONLimits.request.stringBytesMax)
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw CommandError(
                code: "fields.bad-utf8", "the file is not UTF-8", hint: "convert it: iconv -f GB18030 -t UTF-8")
        }
        return text
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

    static func query(_ path: String, _ items: [(String, String)]) -> String {
        guard !items.isEmpty else { return path }
        return path + "?" + items.map { "\(piece($0.0))=\(piece($0.1))" }.joined(separator: "&")
    }

    /// Percent-encoded, slashes too.
    private static func piece(_ text: String) -> String {
        PercentText.encode(text).split(separator: "/", omittingEmptySubsequences: false).joined(separator: "%2F")
    }
}
