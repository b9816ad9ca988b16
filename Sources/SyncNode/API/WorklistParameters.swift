import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

/// The query of a worklist as it stands in an address:
/// `state=handling&severity=important,major&received_at.from=2024-01-01&sort=-received_at,priority&limit=50`.
struct WorklistParameters {
    private(set) var query = WorklistQuery()
    /// The words to search for; nil where nobody searches.
    private(set) var words: String?
    /// Only tickets at or past a warning.
    private(set) var onlyWarned = false
    /// Only tickets whose customer is owed an interim reply (EX-06).
    private(set) var onlyInterim = false
    private let rowsMax: Int
    private var sort: String?
    private var cursor: String?
    /// What somebody said about merged tickets; nil where nobody did.
    private var showsMerged: Bool?

    static let sortDefault = "-received_at"
    private static let valuesMax = 50
    static let wordsBytesMax = 200
    private static let own = [
        "sort", "limit", "cursor", "conflicts", "merged", "warned", "interim_due", "custodian", "offered_to",
    ]

    /// - Parameters:
    ///   - words: what to search for. Words are a customer's business: they come in bodies, never in addresses, which
    ///     stand in logs.
    ///   - rowsMax: the most rows of a page.
    init(
        _ items: [HTTPQueryItem], words: String? = nil, rowsMax: Int = WorklistQuery.rowsMax, topology: Topology
    ) throws {
        self.rowsMax = rowsMax
        self.words = try words.map(WorklistParameters.checked)
        var tests: [(name: String, values: [String])] = []
        var taken: Set<String> = []
        for item in items {
            if WorklistParameters.own.contains(item.name) {
                guard taken.insert(item.name).inserted else {
                    throw APIProblem.badParameter(
                        item.name, "repeated", Wording("参数出现多次", "The parameter stands more than once."),
                        hint: Wording("只写一次", "Give it once."))
                }
                try take(item, topology)
            } else if let index = tests.firstIndex(where: { $0.name == item.name }) {
                tests[index].values.append(item.value)
            } else {
                tests.append((item.name, [item.value]))
            }
        }
        for test in tests { query.filters.append(try WorklistParameters.filter(test.name, test.values)) }
        try order()
    }

    /// The cursor of the next page: the order that it belongs to, then where it goes on.
    func cursor(_ next: String?) -> String? {
        next.map { "\(sort ?? WorklistParameters.sortDefault)~\($0)" }
    }

    /// The query as of a moment.
    func query(at now: Int64) -> WorklistQuery {
        var query = query
        for (isAsked, column) in [(onlyWarned, "warn_at"), (onlyInterim, "interim_from")] where isAsked {
            query.filters += [.init("is_open", .equals(.integer(1))), .init(column, .below(.integer(now + 1)))]
        }
        return query
    }

    mutating func limit(to keys: [Int64]) { query.keys = keys }

    /// A merged ticket counts with the one that it went into. Who asks for a state, or for merged ones, gets them.
    mutating func hideMerged() {
        query.hidesMerged = !(showsMerged ?? query.filters.contains { $0.column == "state" })
    }

    // MARK: The parameters with a meaning of their own

    private mutating func take(_ item: HTTPQueryItem, _ topology: Topology) throws {
        switch item.name {
        case "sort": sort = item.value
        case "cursor": cursor = item.value
        case "limit": query.rows = try WorklistParameters.rows(item.value, rowsMax)
        case "conflicts": query.onlyConflicts = try WorklistParameters.flag(item)
        case "merged": showsMerged = try WorklistParameters.flag(item)
        case "warned": onlyWarned = try WorklistParameters.flag(item)
        case "interim_due": onlyInterim = try WorklistParameters.flag(item)
        case "custodian": query.custodian = try WorklistParameters.node(item, topology)
        default: query.offeredTo = try WorklistParameters.node(item, topology)
        }
    }

    private static func checked(_ words: String) throws -> String {
        guard (1...wordsBytesMax).contains(words.utf8.count) else {
            throw APIProblem.badParameter(
                "words", "out-of-range", Wording("检索词为空或过长", "The search words are empty or too long."),
                hint: Wording("不超过 \(wordsBytesMax) 字节", "Keep them to \(wordsBytesMax) bytes."))
        }
        return words
    }

    private static func rows(_ text: String, _ most: Int) throws -> Int {
        guard let rows = Int(text), (1...most).contains(rows) else {
            throw APIProblem.badParameter(
                "limit", "out-of-range",
                Wording("不是 1 到 \(most) 的整数", "It is no number from 1 to \(most)."),
                hint: Wording("例如 limit=50", "For example limit=50."))
        }
        return rows
    }

    private static func flag(_ item: HTTPQueryItem) throws -> Bool {
        switch item.value {
        case "true", "1": return true
        case "false", "0": return false
        default:
            throw APIProblem.badParameter(
                item.name, "not-a-flag", Wording("须为 true 或 false", "It must be true or false."),
                hint: Wording("例如 \(item.name)=true", "For example \(item.name)=true."))
        }
    }

    private static func node(_ item: HTTPQueryItem, _ topology: Topology) throws -> String {
        if let node = NodeID(item.value), topology.node(node) != nil { return item.value }
        let near = topology.suggestion(for: item.value)
        throw APIProblem.badParameter(
            item.name, "unknown-node", Wording("没有这个节点", "There is no such node."),
            hint: near.map { Wording("是否指 \($0)?", "Did you mean \($0)?") }
                ?? Wording("节点见 /api/v1/status", "See /api/v1/status for the nodes."))
    }

    // MARK: Filters by column

    /// `column=value`, `column=one,other`, `column.from=value` (at least), `column.before=value` (below).
    private static func filter(_ name: String, _ values: [String]) throws -> WorklistQuery.Filter {
        let parts = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)
        let column = try column(String(parts[0]))
        guard parts.count == 1 else { return try range(column, String(parts[1]), values) }
        let isSet = isSet(column)
        let pieces = isSet ? values : values.flatMap { $0.split(separator: ",").map(String.init) }
        guard (1...valuesMax).contains(pieces.count) else {
            throw APIProblem.badParameter(
                column.name, "out-of-range", Wording("没有值或值过多", "There is no value, or too many."),
                hint: Wording("不超过 \(valuesMax) 个值", "Keep it to \(valuesMax) values."))
        }
        let found = try pieces.map { try value($0, of: column) }
        return WorklistQuery.Filter(column.name, found.count == 1 ? .equals(found[0]) : .oneOf(found))
    }

    private static func range(_ column: TicketColumn, _ end: String, _ values: [String]) throws -> WorklistQuery.Filter
    {
        guard ["from", "before"].contains(end), values.count == 1 else {
            throw APIProblem.badParameter(
                column.name, "bad-range", Wording("范围写法有误", "The range is not written well."),
                hint: Wording(
                    "用 \(column.name).from 与 \(column.name).before",
                    "Use \(column.name).from and \(column.name).before."))
        }
        let value = try value(values[0], of: column)
        return WorklistQuery.Filter(column.name, end == "from" ? .atLeast(value) : .below(value))
    }

    /// True for a parameter of its own, a column, or the range of one.
    static func isKnown(_ name: String) -> Bool {
        let column = name.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).first.map(String.init)
        return own.contains(name) || TicketRowSchema.shown.contains { $0.name == column }
    }

    static func column(_ name: String) throws -> TicketColumn {
        let columns = TicketRowSchema.shown
        if let column = columns.first(where: { $0.name == name }) { return column }
        guard name != "q" else {
            throw APIProblem.badParameter(
                "q", "unknown-parameter", Wording("检索词不写在地址中", "Search words do not stand in addresses."),
                hint: Wording("POST /api/v1/tickets/search,检索词放入 words", "POST /api/v1/tickets/search with words."))
        }
        let near = Suggestion.nearest(to: name, among: columns.map(\.name) + own)
        throw APIProblem.badParameter(
            name, "unknown-parameter", Wording("没有这个参数或列", "There is no such parameter or column."),
            hint: near.map { Wording("是否指 \($0)?", "Did you mean \($0)?") }
                ?? Wording("列名见 /api/v1/fields", "See /api/v1/fields for the columns."))
    }

    private static func isSet(_ column: TicketColumn) -> Bool {
        guard let definition = column.definition, case .codeSet = definition.type else { return false }
        return true
    }

    private static func value(_ text: String, of column: TicketColumn) throws -> Value {
        do {
            if let definition = column.definition { return try definition.value(from: text) }
        } catch {
            throw APIProblem.badParameter(
                column.name, error.rule.rawValue, Wording(error.sentence), hint: Wording(error.hint))
        }
        switch text {
        case "true": return .integer(1)
        case "false": return .integer(0)
        default:
            guard let number = Int64(text) else {
                throw APIProblem.badParameter(
                    column.name, "not_a_number", Wording("不是整数", "It is no whole number."),
                    hint: Wording("例如 \(column.name)=1", "For example \(column.name)=1."))
            }
            return .integer(number)
        }
    }

    // MARK: Order and place

    /// A cursor brings its own order; another one beside it would skip rows in silence.
    private mutating func order() throws {
        if let cursor {
            let parts = cursor.split(separator: "~", maxSplits: 1, omittingEmptySubsequences: false)
            guard parts.count == 2, sort == nil || sort == String(parts[0]) else { throw WorklistError.badCursor }
            sort = String(parts[0])
            query.after = String(parts[1])
        }
        query.order = try WorklistParameters.order(sort ?? WorklistParameters.sortDefault)
    }

    private static func order(_ text: String) throws -> [(column: String, descending: Bool)] {
        let names = text.split(separator: ",", omittingEmptySubsequences: false)
        guard (1...2).contains(names.count) else {
            throw APIProblem.badParameter(
                "sort", "out-of-range", Wording("须为一列或两列", "It takes one or two columns."),
                hint: Wording("例如 sort=-received_at,priority", "For example sort=-received_at,priority."))
        }
        return try names.map { name in
            let isDescending = name.hasPrefix("-")
            let column = try column(String(isDescending ? name.dropFirst() : name))
            // Where nothing is due a ticket comes last.
            let isUpward = column.name == "due_at" && !isDescending
            return (isUpward ? "due_order" : column.name, isDescending)
        }
    }
}

extension TicketColumn {
    /// The field that it shows; nil for a computed one.
    var definition: FieldDefinition? {
        guard case .field(let id) = source else { return nil }
        return FieldTable.definition(id)
    }
}
