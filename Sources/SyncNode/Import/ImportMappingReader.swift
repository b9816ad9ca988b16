import SyncProtocol

extension ImportMapping {
    /// Reads a mapping file.
    /// - Parameter targets: the fields that a ticket has; nil accepts every name.
    /// - Throws: every mistake, with its place.
    static func load(_ path: String, targets: [String]?) throws(ConfigurationError) -> ImportMapping {
        let bytes = try ConfigurationFile.bytes(path, area: area, bytesMax: ImportLimits.mappingFileBytesMax)
        return try parse(bytes, file: path, targets: targets)
    }

    /// Reads the text of a mapping file.
    static func parse(
        _ bytes: [UInt8], file: String, targets: [String]?
    ) throws(ConfigurationError) -> ImportMapping {
        let root: JSONElement
        do {
            root = try JSONReader.parse(bytes)
        } catch {
            throw ConfigurationError(file: file, area: area, error)
        }
        var reader = ImportMappingReader(targets: targets)
        let (rules, recordAt) = reader.read(root)
        guard reader.mistakes.isEmpty else { throw ConfigurationError(file: file, area: area, reader.mistakes) }
        return ImportMapping(file: file, rules: rules, recordAt: recordAt)
    }

    static let area = "mapping"

    /// Checks that the file has the columns that the rules need.
    func check(columns: [String]) throws(ConfigurationError) {
        var mistakes = MistakeList()
        let known = Set(columns)
        for rule in allRules {
            for column in rule.columns where !known.contains(column) {
                mistakes.add(
                    "unknown-column", at: rule.path, rule.place,
                    "the imported file has no column \"\(DisplayText.safe(column))\"",
                    hint: Suggestion.hint(for: column, among: columns)
                        ?? "its columns are \(DisplayText.fit(columns.joined(separator: ", "), columns: 400))")
            }
        }
        guard mistakes.isEmpty else { throw ConfigurationError(file: file, area: ImportMapping.area, mistakes) }
    }
}

/// Reads the JSON of a mapping field by field.
struct ImportMappingReader {
    private(set) var mistakes = MistakeList()
    private let targets: [String]?
    /// Value tables that several rules share.
    private var tables: [String: [String: String]] = [:]

    init(targets: [String]?) { self.targets = targets }

    /// The rules of the fields, and those that say where a row belongs.
    mutating func read(_ root: JSONElement) -> (rules: [ImportRule], recordAt: [ImportRule]) {
        guard var top = ObjectFields(JSONField(root), &mistakes) else { return ([], []) }
        if let version = top.required("version", &mistakes), version.element.integer != 1 {
            mistakes.add("unknown-version", at: version, "this program reads version 1", hint: "write \"version\": 1")
        }
        _ = top.optionalText("about", bytesMax: ImportLimits.templateBytesMax, &mistakes)
        if let field = top.optional("tables") { readTables(field) }
        let places = top.optional("recordAt")?.list(countMax: 10, &mistakes) ?? []
        let recordAt = places.compactMap { rule("recordAt", $0) }
        let rules = top.required("fields", &mistakes).map { readFields($0) } ?? []
        top.finish(&mistakes)
        return (rules, recordAt)
    }

    private mutating func readTables(_ field: JSONField) {
        guard var members = ObjectFields(field, &mistakes) else { return }
        for entry in members.all() { tables[entry.name] = valueTable(entry.field) }
    }

    private mutating func readFields(_ field: JSONField) -> [ImportRule] {
        guard var members = ObjectFields(field, &mistakes) else { return [] }
        let entries = members.all()
        guard (1...ImportLimits.mappingFieldsMax).contains(entries.count) else {
            mistakes.add(
                "no-fields", at: field, "there are \(entries.count) fields",
                hint: "map from 1 to \(ImportLimits.mappingFieldsMax) fields, \"what\" among them")
            return []
        }
        return entries.compactMap { entry in
            if let targets, !targets.contains(entry.name) { addUnknownTarget(entry.name, entry.field, targets) }
            return rule(entry.name, entry.field)
        }
    }

    private mutating func addUnknownTarget(_ name: String, _ field: JSONField, _ targets: [String]) {
        mistakes.add(
            "unknown-target", at: field, "a ticket has no such field that can be imported",
            hint: Suggestion.hint(for: name, among: targets)
                ?? "fields are \(DisplayText.fit(targets.joined(separator: ", "), columns: 400))")
    }

    private mutating func rule(_ target: String, _ field: JSONField) -> ImportRule? {
        guard var fields = ObjectFields(field, &mistakes) else { return nil }
        let source = source(&fields)
        let (values, otherwise) = values(&fields)
        let rule = source.map { source in
            ImportRule(
                target: target, source: source, values: values, otherwise: otherwise,
                whenEmpty: fields.optionalText("whenEmpty", bytesMax: ImportLimits.templateBytesMax, &mistakes),
                dates: dates(&fields, hasValues: values != nil),
                isRequired: fields.optionalFlag("required", &mistakes) ?? false, path: field.path,
                place: field.element.place)
        }
        if rule != nil { fields.finish(&mistakes) }
        return rule
    }

    // MARK: Where the value comes from

    private mutating func source(_ fields: inout ObjectFields) -> ImportRule.Source? {
        let column = fields.optional("column")
        let constant = fields.optional("constant")
        let template = fields.optional("template")
        let separator = fields.optionalText("join", bytesMax: 100, &mistakes)
        guard [column, constant, template].compactMap({ $0 }).count == 1 else {
            mistakes.add(
                "one-source", at: fields.path, fields.place, "a field needs exactly one source",
                hint: "give one of column, constant, template")
            return nil
        }
        if let column, let name = column.text(bytesMax: 1000, &mistakes) { return .column(name) }
        if let constant, let text = constant.text(bytesMax: ImportLimits.templateBytesMax, &mistakes) {
            return .constant(text)
        }
        return template.flatMap { self.template($0, separator ?? "\n") }
    }

    private mutating func template(_ field: JSONField, _ separator: String) -> ImportRule.Source? {
        let isOneLine = field.element.string != nil
        guard let items = isOneLine ? [field] : field.list(countMax: ImportLimits.templateLinesMax, &mistakes) else {
            return nil
        }
        let lines = items.compactMap { templateLine($0) }
        guard lines.count == items.count else { return nil }
        return .template(ImportTemplate(lines: lines, separator: separator))
    }

    private mutating func templateLine(_ field: JSONField) -> [ImportTemplate.Piece]? {
        guard let text = field.text(bytesMax: ImportLimits.templateBytesMax, &mistakes) else { return nil }
        do {
            return try ImportTemplate.parse(line: text)
        } catch {
            let what =
                switch error {
                case .unclosedBrace: "a { is never closed"
                case .strayBrace: "a } closes nothing"
                case .emptyName: "{} names no column"
                }
            mistakes.add(
                "bad-template", at: field, what, hint: "write {Column name}; double a brace that stands for itself")
            return nil
        }
    }

    // MARK: What becomes of it

    private mutating func values(_ fields: inout ObjectFields) -> (values: [String: String]?, otherwise: String?) {
        let otherwise = fields.optionalText("otherwise", bytesMax: ImportLimits.templateBytesMax, &mistakes)
        guard let field = fields.optional("values") else {
            if otherwise != nil {
                mistakes.add(
                    "otherwise-alone", at: fields.path, fields.place, "otherwise has a meaning only beside values",
                    hint: "add values, or use whenEmpty")
            }
            return (nil, nil)
        }
        return (namedTable(field) ?? valueTable(field), otherwise)
    }

    /// The table whose name stands in place of a table.
    private mutating func namedTable(_ field: JSONField) -> [String: String]? {
        guard let name = field.element.string else { return nil }
        guard let table = tables[name] else {
            mistakes.add(
                "unknown-table", at: field, "there is no such table",
                hint: Suggestion.hint(for: name, among: tables.keys.sorted()) ?? "add it under tables")
            return [:]
        }
        return table
    }

    private mutating func valueTable(_ field: JSONField) -> [String: String] {
        guard var members = ObjectFields(field, &mistakes) else { return [:] }
        let entries = members.all()
        guard entries.count <= ImportLimits.mappingValuesMax else {
            mistakes.add(
                "too-many", at: field, "there are too many values",
                hint: "keep it to \(ImportLimits.mappingValuesMax)")
            return [:]
        }
        var values: [String: String] = [:]
        for entry in entries {
            values[entry.name] = entry.field.text(bytesMax: ImportLimits.templateBytesMax, &mistakes)
        }
        return values
    }

    private mutating func dates(_ fields: inout ObjectFields, hasValues: Bool) -> [DatePattern] {
        let date = fields.optional("date")
        let offset = fields.optional("offset")
        guard let date else {
            if let offset {
                mistakes.add("offset-alone", at: offset, "offset has a meaning only beside date", hint: "add date")
            }
            return []
        }
        if hasValues {
            mistakes.add("date-and-values", at: date, "a field has either date or values", hint: "remove one of them")
        }
        let minutes = offset.map { offsetMinutes($0) } ?? 8 * 60
        let isOne = date.element.string != nil
        guard let items = isOne ? [date] : date.list(countMax: 20, &mistakes), let minutes else { return [] }
        return items.compactMap { pattern($0, minutes) }
    }

    private mutating func pattern(_ field: JSONField, _ offsetMinutes: Int) -> DatePattern? {
        guard let text = field.text(bytesMax: 100, &mistakes) else { return nil }
        guard let pattern = DatePattern(text, offsetMinutes: offsetMinutes) else {
            mistakes.add(
                "bad-date-pattern", at: field, "the pattern lacks yyyy, MM or dd, or names a part twice",
                hint: "write for example yyyy-MM-dd HH:mm")
            return nil
        }
        return pattern
    }

    private mutating func offsetMinutes(_ field: JSONField) -> Int? {
        guard let text = field.text(bytesMax: 10, &mistakes) else { return nil }
        guard let minutes = DatePattern.offsetMinutes(text) else {
            mistakes.add("bad-offset", at: field, "this is no offset from UTC", hint: "write for example +08:00 or Z")
            return nil
        }
        return minutes
    }
}
