import HTTPTransport
import SyncProtocol
import TicketModel
import TicketStore

// Lists of tickets.
extension APIRoute {
    static let worklist = APIRoute(
        method: .get, path: "/api/v1/tickets", operation: "listTickets",
        summary: Wording("工单列表", "A worklist: filters, order, pages"),
        parameters: actorHeaders + worklistParameters,
        answers: [Answer(status: 200, summary: Wording("一页", "one page"), schema: "TicketList")],
        readsOwnQuery: true,
        handler: .worker { call in
            var parameters = try WorklistParameters(call.request.target.query, topology: call.runtime.topology)
            parameters.hideMerged()
            return try page(parameters, call)
        })

    /// A search is a worklist of what the words find. It is posted, because addresses stand in logs and histories.
    static let search = APIRoute(
        method: .post, path: "/api/v1/tickets/search", operation: "searchTickets",
        summary: Wording("全文检索", "Search by words, with the filters of a worklist"),
        parameters: actorHeaders,
        body: Body(schema: "SearchBody", isRequired: true, bytesMax: 16 * 1024),
        answers: [Answer(status: 200, summary: Wording("一页", "one page"), schema: "TicketList")],
        problems: [415, 422],
        handler: .worker { call in
            let (words, items): (String, [HTTPQueryItem]) = try RequestBody.read(call) { fields, mistakes in
                let words = fields.text("words", bytesMax: WorklistParameters.wordsBytesMax, &mistakes)
                let others = fields.all().filter { $0.name != "words" && !$0.field.element.isNull }
                for (name, field) in others where !WorklistParameters.isKnown(name) {
                    let near = Suggestion.hint(for: name, among: TicketRowSchema.shown.map(\.name))
                    mistakes.add(
                        "unknown-key", at: field, "this key is not known",
                        hint: near ?? "see /api/v1/fields for the columns")
                }
                let items = others.flatMap { $0.field.queryItems($0.name, &mistakes) }
                return words.map { ($0, items) }
            }
            var parameters = try WorklistParameters(items, words: words, topology: call.runtime.topology)
            let found = try call.runtime.search.search(words, limit: WorklistQuery.rowsMax)
            parameters.limit(to: try call.store.readable(found))
            return try page(parameters, call)
        })

    /// `words`, and the parameters of a worklist as members.
    static let searchBody = APISchema.object(
        [("words", .string(bytesMax: WorklistParameters.wordsBytesMax))]
            + worklistParameters.map {
                ($0.name, .anyOf([.string(), .int, .boolean, .array(.string(), countMax: 50)]))
            },
        required: ["words"])

    private static func page(_ parameters: WorklistParameters, _ call: APICall) throws -> HTTPResponse {
        let listed = try ListedTickets(call)
        let page = try TicketReading.page(parameters.query(at: call.store.wallMilliseconds()), call.store) { row in
            let reference = TicketReference.document(row.document)
            let isShown = parameters.words == nil ? try listed.contains(reference) : try listed.containsWords(reference)
            return isShown ? row : nil
        }
        return .json { writer in
            writer.object { writer in
                writer.named("tickets") { writer in
                    writer.array { writer in
                        for row in page.rows { writer.value(row) }
                    }
                }
                writer.member("next", orNull: parameters.cursor(page.next))
            }
        }
    }

    static let conflicts = APIRoute(
        method: .get, path: "/api/v1/conflicts", operation: "listConflicts",
        summary: Wording("待裁定的冲突", "Fields with several values side by side, for people to resolve"),
        parameters: actorHeaders + [limitParameter(conflictsMax), cursorParameter],
        answers: [Answer(status: 200, summary: Wording("一页", "one page"), schema: "ConflictList")],
        handler: .worker { call in
            let parameters = try WorklistParameters(
                call.request.target.query, rowsMax: conflictsMax, topology: call.runtime.topology)
            var query = parameters.query
            query.onlyConflicts = true
            // A ticket may have been resolved since the page was read; then it lists no field. One that the reader may
            // not open is not listed.
            let reader = try TicketReading(listing: call)
            let page = try TicketReading.page(query, call.store) { row -> (TicketDetail, Disclosure)? in
                let detail = try call.store.ticket(.document(row.document))
                let level = reader.level(of: detail)
                return level > .nothing ? (detail, level) : nil
            }
            return .json { writer in
                writer.object { writer in
                    writer.named("tickets") { writer in
                        writer.array { writer in
                            for (detail, reading) in page.rows { write(detail, reading, to: &writer) }
                        }
                    }
                    writer.member("next", orNull: parameters.cursor(page.next))
                }
            }
        })

    /// Each row of this list is a folded ticket.
    private static let conflictsMax = 100

    private static func write(_ detail: TicketDetail, _ reading: Disclosure, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("number", orNull: detail.view.text(TicketField.ticketNo))
            writer.member("document", detail.document.description)
            writer.member("version", detail.version.description)
            writer.named("conflicts") { TicketJSON.writeConflicts(detail, reading, to: &$0) }
        }
    }

    // MARK: Parameters

    private static let cursorParameter = Parameter(
        name: "cursor", place: .query, summary: Wording("上一页的 next", "the next of the page before"), schema: .text)

    private static let sortPattern: String = {
        let columns = "-?(" + TicketRowSchema.shown.map(\.name).joined(separator: "|") + ")"
        return "^\(columns)(,\(columns))?$"
    }()

    private static func limitParameter(_ most: Int) -> Parameter {
        Parameter(
            name: "limit", place: .query, summary: Wording("每页行数", "rows of a page"),
            schema: .integer(1...most))
    }

    private static let worklistParameters: [Parameter] =
        [
            Parameter(
                name: "sort", place: .query,
                summary: Wording("一列或两列,- 为降序", "one or two columns, - for descending"),
                schema: .string(pattern: sortPattern)),
            limitParameter(WorklistQuery.rowsMax), cursorParameter,
            Parameter(
                name: "conflicts", place: .query, summary: Wording("仅有冲突的", "only tickets with conflicts"),
                schema: .boolean),
            Parameter(
                name: "merged", place: .query,
                summary: Wording(
                    "含已并案的;缺省仅在按 state 过滤时含", "with merged tickets; by default only where state is a filter"),
                schema: .boolean),
            Parameter(
                name: "warned", place: .query, summary: Wording("仅已到预警的", "only tickets at or past a warning"),
                schema: .boolean),
            Parameter(
                name: "interim_due", place: .query,
                summary: Wording("仅须向客户作过程回复的", "only tickets whose customer is owed an interim reply"),
                schema: .boolean),
            Parameter(
                name: "custodian", place: .query, summary: Wording("办理权所在节点", "the node with custody"), schema: .text),
            Parameter(
                name: "offered_to", place: .query, summary: Wording("待其接收的节点", "the node that it is offered to"),
                schema: .text),
        ]
        + TicketRowSchema.shown.flatMap { column in
            let label = column.definition.map { Wording($0.label) } ?? Wording(column.name, column.name)
            let equal = Parameter(name: column.name, place: .query, summary: label, schema: .text)
            guard column.kind == .integer else { return [equal] }
            return [
                equal,
                Parameter(
                    name: "\(column.name).from", place: .query,
                    summary: Wording("\(label.zh) 不早于/不小于", "\(label.en), at least"), schema: .text),
                Parameter(
                    name: "\(column.name).before", place: .query,
                    summary: Wording("\(label.zh) 早于/小于", "\(label.en), below"), schema: .text),
            ]
        }
}

extension JSONField {
    /// A member of a search as the parameter of a worklist that it stands for.
    fileprivate func queryItems(_ name: String, _ mistakes: inout MistakeList) -> [HTTPQueryItem] {
        switch element.value {
        case .string(let text): return [HTTPQueryItem(name: name, value: text)]
        case .integer(let number): return [HTTPQueryItem(name: name, value: String(number))]
        case .bool(let flag): return [HTTPQueryItem(name: name, value: flag ? "true" : "false")]
        case .array:
            let items = list(countMax: 50, &mistakes) ?? []
            return items.compactMap { $0.text(bytesMax: 200, &mistakes) }.map { HTTPQueryItem(name: name, value: $0) }
        default:
            mistakes.add(
                "wrong-type", at: self, "this is no value of a parameter",
                hint: "a string, an integer, true, false or a list of strings")
            return []
        }
    }
}

extension JSONWriter {
    /// One line of a worklist. Columns without a value are left out.
    mutating func value(_ row: TicketRow) {
        object { writer in
            var number: String?
            if case .text(let text)? = row.value("ticket_no") { number = text }
            writer.member("number", orNull: number)
            writer.member("document", row.document.description)
            writer.member("version", row.version)
            writer.member("custodian", orNull: row.custodian)
            writer.member("offered_to", orNull: row.offeredTo)
            writer.member("conflicts", row.conflicts)
            writer.named("fields") { writer in
                writer.object { writer in
                    for (column, value) in zip(TicketRowSchema.columns, row.columns) where !column.isInternal {
                        guard let value else { continue }
                        writer.name(column.name)
                        if let definition = column.definition {
                            writer.value(value, of: definition)
                        } else if column.name == "is_open" {
                            writer.value(value == .integer(1))
                        } else {
                            writer.value(value)
                        }
                    }
                }
            }
        }
    }
}
