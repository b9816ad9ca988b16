import SyncProtocol

/// How the columns of somebody's file become the fields of a ticket.
struct ImportMapping: Sendable {
    /// The file that it came from, for errors.
    let file: String
    let rules: [ImportRule]
    /// Where a row belongs, as the organisation code of a node: the first of these that has a value says so. A node
    /// takes its own rows only. Empty where every row belongs to the node that imports the file.
    let recordAt: [ImportRule]

    /// The rules of the fields and of the place.
    var allRules: [ImportRule] { rules + recordAt }
}

/// How one field of the ticket is found in a row.
struct ImportRule: Sendable {
    enum Source: Hashable, Sendable {
        case column(String)
        case constant(String)
        case template(ImportTemplate)
    }

    /// The field of the ticket.
    let target: String
    let source: Source
    /// What stands in the file, and what it means; nil where values are taken as they are.
    let values: [String: String]?
    /// For values that `values` does not list; nil rejects them.
    let otherwise: String?
    /// For rows where the source is empty; nil leaves the field out.
    let whenEmpty: String?
    /// Alternatives, tried in order; empty where the value is no date.
    let dates: [DatePattern]
    /// A row without this field is rejected.
    let isRequired: Bool
    /// Where it stands in the mapping file.
    let path: JSONPath
    let place: JSONPlace

    /// The names of the columns that it needs.
    var columns: [String] {
        switch source {
        case .column(let name): [name]
        case .constant: []
        case .template(let template): template.columns
        }
    }
}

/// Why a row was not imported: which rule it broke, never what stood in it.
struct RejectReason: Hashable, Sendable {
    /// Stable: `missing-value`.
    let code: String
    let sentence: String

    init(_ code: String, _ sentence: String) {
        self.code = code
        self.sentence = sentence
    }
}

extension RejectReason: Error {}

extension ImportRule {
    /// The field's value in one row; nil where the row has none.
    func value(_ column: (String) -> String) throws(RejectReason) -> String? {
        let found = trimmed(raw(column))
        let filled = found.isEmpty ? values?[""] ?? whenEmpty ?? "" : try converted(found)
        guard !filled.isEmpty else {
            guard !isRequired else { throw RejectReason("missing-value", "\(target) is required; \(origin) is empty") }
            return nil
        }
        guard filled.utf8.count <= ImportLimits.valueBytesMax else {
            throw RejectReason("value-too-long", "\(target) is longer than \(ImportLimits.valueBytesMax) bytes")
        }
        return filled
    }

    private func raw(_ column: (String) -> String) -> String {
        switch source {
        case .column(let name): column(name)
        case .constant(let text): text
        case .template(let template): template.fill(column)
        }
    }

    private func converted(_ text: String) throws(RejectReason) -> String {
        if let values {
            guard let meaning = values[text] ?? otherwise else {
                throw RejectReason("unknown-value", "\(target): the mapping does not list the value of \(origin)")
            }
            return meaning
        }
        guard !dates.isEmpty else { return text }
        guard let date = dates.lazy.compactMap({ $0.iso8601(text) }).first else {
            throw RejectReason("bad-date", "\(target): \(origin) is no date as the mapping describes it")
        }
        return date
    }

    private func trimmed(_ text: String) -> String {
        guard let first = text.firstIndex(where: { !$0.isWhitespace }),
            let last = text.lastIndex(where: { !$0.isWhitespace })
        else { return "" }
        return String(text[first...last])
    }

    private var origin: String {
        switch source {
        case .column(let name): "column \"\(DisplayText.safe(name))\""
        case .constant: "the constant"
        case .template: "the template"
        }
    }
}
