import SyncProtocol

extension ImportMapping {
    /// Reads a mapping file.
    /// - Parameter targets: the fields that a ticket has; nil accepts every name.
    /// - Throws: every mistake, with its place.
    static func load(
        _ path: String, targets: [String]?, hash: HashFunction
    ) throws(ConfigurationError) -> ImportMapping {
        let bytes = try ConfigurationFile.bytes(path, area: area, bytesMax: ImportLimits.mappingFileBytesMax)
        return try parse(bytes, file: path, targets: targets, hash: hash)
    }

    /// Reads the text of a mapping file.
    static func parse(
        _ bytes: [UInt8], file: String, targets: [String]?, hash: HashFunction
    ) throws(ConfigurationError) -> ImportMapping {
        let root: JSONElement
        do {
            root = try JSONReader.parse(bytes)
        } catch {
            throw ConfigurationError(file: file, area: area, error)
        }
        var reader = ImportMappingReader(targets: targets)
        let rules = reader.read(root)
        guard reader.mistakes.isEmpty else { throw ConfigurationError(file: file, area: area, reader.mistakes) }
        return ImportMapping(file: file, rules: rules, digest: bytes.withUnsafeBytes { hash($0) })
    }

    static let area = "mapping"

    /// Checks that the file has the columns that the rules need.
    func check(columns: [String]) throws(ConfigurationError) {
        var mistakes = MistakeList()
        let known = Set(columns)
        for rule in rules {
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

    init(targets: [String]?) { self.targets = targets }

    mutating func read(_ root: JSONElement) -> [ImportRule] {
        guard var top = ObjectFields(JSONField(root), &mistakes) else { return [] }
        if let version = top.required("version", &mistakes), version.element.integer != 1 {
            mistakes.add("unknown-version", at: version, "this program reads version 1", hint: "write \"version\": 1")
        }
        _ = top.optionalText("about", bytesMax: ImportLimits.templateBytesMax, &mistakes)
        var fields = top.object("fields", &mistakes)
        top.finish(&mistakes)
        let entries = fields?.all() ?? []
        guard entries.count <= ImportLimits.mappingFieldsMax else {
            mistakes.add(
                "too-many", at: JSONPath.root.member("fields"), fields?.place, "there are too many fields",
                hint: "keep it to \(ImportLimits.mappingFieldsMax)")
            return []
        }
        if let fields, entries.isEmpty {
            mistakes.add(
                "no-fields", at: fields.path, fields.place, "no field is mapped", hint: "map at least \"what\"")
        }
        return entries.compactMap { rule($0.name, $0.field) }
    }

    private mutating func rule(_ target: String, _ field: JSONField) -> ImportRule? {
        if let targets, !targets.contains(target) {
            mistakes.add(
                "unknown-target", at: field, "a ticket has no field of that name",
                hint: Suggestion.hint(for: target, among: targets) ?? "see the list of fields in the documentation")
        }
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
        guard var members = ObjectFields(field, &mistakes) else { return (nil, otherwise) }
        let entries = members.all()
        guard entries.count <= ImportLimits.mappingValuesMax else {
            mistakes.add(
                "too-many", at: field, "there are too many values",
                hint: "keep it to \(ImportLimits.mappingValuesMax)")
            return (nil, otherwise)
        }
        var values: [String: String] = [:]
        for entry in entries {
            values[entry.name] = entry.field.text(bytesMax: ImportLimits.templateBytesMax, &mistakes)
        }
        return (values, otherwise)
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
