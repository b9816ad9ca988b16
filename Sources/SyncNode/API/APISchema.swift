/// A piece of JSON Schema (draft 2020-12), as far as the interface description needs it.
indirect enum APISchema: Sendable {
    case string(pattern: String? = nil, bytesMax: Int? = nil)
    case choice([String])
    case integer(ClosedRange<Int>? = nil)
    case boolean
    case array(APISchema, countMax: Int? = nil)
    /// Members, which of them are always there, and whether others may stand beside them.
    case object([(name: String, schema: APISchema)], required: [String] = [], isOpen: Bool = false)
    /// An object whose names are data.
    case map(APISchema)
    case anyOf([APISchema])
    case null
    case any
    case reference(String)
    /// With a text for people.
    case described(APISchema, Wording)

    static func nullable(_ schema: APISchema) -> APISchema { .anyOf([schema, .null]) }
    static var text: APISchema { .string() }
    static var int: APISchema { .integer() }

    func write(to writer: inout JSONWriter) { writer.object { writeMembers(to: &$0) } }

    private func writeMembers(to writer: inout JSONWriter) {
        switch self {
        case .string(let pattern, let bytesMax):
            writer.member("type", "string")
            if let pattern { writer.member("pattern", pattern) }
            if let bytesMax { writer.member("maxLength", bytesMax) }
        case .choice(let codes):
            writer.member("type", "string")
            writer.member("enum", texts: codes)
        case .integer(let range):
            writer.member("type", "integer")
            if let range {
                writer.member("minimum", range.lowerBound)
                writer.member("maximum", range.upperBound)
            }
        case .boolean: writer.member("type", "boolean")
        case .null: writer.member("type", "null")
        case .any: break
        case .array(let element, let countMax):
            writer.member("type", "array")
            writer.name("items")
            element.write(to: &writer)
            if let countMax { writer.member("maxItems", countMax) }
        case .object(let members, let required, let isOpen): writeObject(members, required, isOpen, &writer)
        case .map(let element):
            writer.member("type", "object")
            writer.name("additionalProperties")
            element.write(to: &writer)
        case .anyOf(let schemas):
            writer.name("anyOf")
            writer.array { writer in for schema in schemas { schema.write(to: &writer) } }
        case .reference(let name): writer.member("$ref", "#/components/schemas/\(name)")
        case .described(let schema, let text):
            schema.writeMembers(to: &writer)
            writer.member("description", text.both)
        }
    }

    private func writeObject(
        _ members: [(name: String, schema: APISchema)], _ required: [String], _ isOpen: Bool,
        _ writer: inout JSONWriter
    ) {
        writer.member("type", "object")
        writer.name("properties")
        writer.object { writer in
            for (name, schema) in members {
                writer.name(name)
                schema.write(to: &writer)
            }
        }
        if !required.isEmpty { writer.member("required", texts: required) }
        if !isOpen { writer.member("additionalProperties", false) }
    }
}
