import HTTPTransport
import Testing

@testable import SyncNode

@Suite("API: the interface description") struct InterfaceDescriptionTests {
    private func document() throws -> JSONElement { try NodeClient.parse(OpenAPI.document) }

    @Test func `it is served`() throws {
        let node = try RunningNode()
        let answer = try node.get("/api/v1/openapi.json")
        #expect(try answer.json["openapi"]?.string == "3.1.0")
    }

    @Test func `every route is described, and everything described is a route`() throws {
        var described: Set<String> = []
        for path in try #require(try document()["paths"]?.object) {
            for method in path.element.object ?? [] { described.insert("\(method.name.uppercased()) \(path.name)") }
        }
        let routes = APIRoute.all.map { "\($0.method.rawValue) \($0.path)" }
        #expect(Set(routes).count == routes.count, "a route stands twice")
        #expect(described == Set(routes))
        let operations = APIRoute.all.map(\.operation)
        #expect(Set(operations).count == operations.count, "two operations have one name")
    }

    @Test func `every schema that is named exists, and no name is given twice`() throws {
        let names = APISchema.named.map(\.name)
        #expect(Set(names).count == names.count)
        var references: Set<String> = []
        func collect(_ element: JSONElement) {
            if let reference = element["$ref"]?.string {
                references.insert(String(reference.dropFirst("#/components/schemas/".count)))
            }
            for member in element.object ?? [] { collect(member.element) }
            for item in element.array ?? [] { collect(item) }
        }
        collect(try document())
        #expect(references.subtracting(names).isEmpty)
        #expect(Set(names).subtracting(references).isEmpty, "a schema is never used")
    }

    @Test func `every name in a path is a parameter, and every operation says what success looks like`() throws {
        for path in try #require(try document()["paths"]?.object) {
            let names = path.name.split(separator: "/").filter { $0.hasPrefix("{") }.map { $0.dropFirst().dropLast() }
            for method in path.element.object ?? [] {
                let parameters = method.element["parameters"]?.array ?? []
                for name in names {
                    #expect(parameters.contains { $0["in"]?.string == "path" && $0["name"]?.string == String(name) })
                }
                let statuses = (method.element["responses"]?.object ?? []).map(\.name)
                #expect(statuses.contains { $0.hasPrefix("2") })
                #expect(Set(statuses).count == statuses.count)
            }
        }
    }

    @Test func `what the description forbids is refused`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        for path in ["/api/v1/conflicts?limit=101", "/api/v1/conflicts?limit=0", "/api/v1/tickets?sort=nothing"] {
            #expect(try node.get(path).status == 400, "\(path)")
        }
        #expect(try node.get("/api/v1/conflicts?limit=100").status == 200)
        for tag in ["\"a b\"", "\"a\",", "a", "\"a\", \"b\""] {
            #expect(try node.post("/api/v1/tickets/\(number)/submit", "", ["If-Match": tag]).status == 400, "\(tag)")
        }
        #expect(try node.get("/api/v1/tickets/\(number)", ["If-None-Match": "\"a\", W/\"b\",*"]).status == 304)
        #expect(try node.get("/api/v1/events", ["Last-Event-ID": "+1"]).status == 400)
        let search = try node.get("/api/v1/tickets/search")
        #expect(search.status == 405 && search.headers["Allow"] == "POST")
    }

    /// Enough of JSON Schema to hold the answers against their descriptions.
    @Test func `answers are what the description says`() throws {
        let node = try RunningNode("p1")
        let number = try node.register(["flags": "mass"])
        try node.act(number, "note", #"{"text":"备注"}"#)
        let checker = SchemaChecker(try document())
        for (path, schema) in [
            ("/api/v1/tickets/\(number)", "Ticket"), ("/api/v1/tickets/\(number)/history", "History"),
            ("/api/v1/tickets", "TicketList"), ("/api/v1/conflicts", "ConflictList"), ("/api/v1/status", "Status"),
            ("/api/v1/consolidated", "Consolidated"), ("/api/v1/incidents", "IncidentList"),
            ("/api/v1/fields", "FieldList"), ("/api/v1/codes", "CodeLists"), ("/healthz", "Health"),
            ("/api/v1/tickets/none", "Problem"), ("/api/v1/tickets?limit=0", "Problem"),
        ] {
            let faults = checker.faults(try node.get(path).json, schema)
            #expect(faults.isEmpty, "\(path): \(faults)")
        }
        let receipt = try node.act(number, "note", #"{"text":"又一条"}"#)
        #expect(checker.faults(try receipt.json, "Receipt").isEmpty)
        let registration = try NodeClient.parse(Array(Sample.registration().utf8))
        #expect(checker.faults(registration, "RegistrationBody").isEmpty)
        let wrong = try NodeClient.parse(Array(#"{"fields":{"severity":"none"},"x":1}"#.utf8))
        #expect(checker.faults(wrong, "RegistrationBody").count == 2)
    }
}

/// Checks values against the schemas of an interface description; knows what the description uses.
struct SchemaChecker {
    private let schemas: JSONElement?

    init(_ document: JSONElement) { schemas = document["components"]?["schemas"] }

    func faults(_ value: JSONElement, _ name: String) -> [String] {
        guard let schema = schemas?[name] else { return ["no schema \(name)"] }
        return faults(value, schema, name)
    }

    private func faults(_ value: JSONElement, _ schema: JSONElement, _ place: String) -> [String] {
        if let reference = schema["$ref"]?.string {
            return faults(value, String(reference.dropFirst("#/components/schemas/".count)))
        }
        if let choices = schema["anyOf"]?.array {
            return choices.contains { faults(value, $0, place).isEmpty } ? [] : ["\(place): fits none of anyOf"]
        }
        guard let type = schema["type"]?.string else { return [] }
        switch type {
        case "string": return text(value, schema, place)
        case "integer": return number(value, schema, place)
        case "boolean": return value.bool == nil ? ["\(place): no boolean"] : []
        case "null": return value.isNull ? [] : ["\(place): not null"]
        case "array":
            guard let items = value.array, let element = schema["items"] else { return ["\(place): no array"] }
            return items.flatMap { faults($0, element, place + "[]") }
        default: return object(value, schema, place)
        }
    }

    private func text(_ value: JSONElement, _ schema: JSONElement, _ place: String) -> [String] {
        guard let text = value.string else { return ["\(place): no string"] }
        guard let codes = schema["enum"]?.array, !codes.contains(where: { $0.string == text }) else { return [] }
        return ["\(place): not in the list"]
    }

    private func number(_ value: JSONElement, _ schema: JSONElement, _ place: String) -> [String] {
        guard let number = value.integer else { return ["\(place): no integer"] }
        let isBelow = schema["minimum"]?.integer.map { number < $0 } ?? false
        let isAbove = schema["maximum"]?.integer.map { number > $0 } ?? false
        return isBelow || isAbove ? ["\(place): out of range"] : []
    }

    private func object(_ value: JSONElement, _ schema: JSONElement, _ place: String) -> [String] {
        guard let members = value.object else { return ["\(place): no object"] }
        var found: [String] = []
        for name in (schema["required"]?.array ?? []).compactMap(\.string) where value[name] == nil {
            found.append("\(place).\(name) is missing")
        }
        for member in members {
            if let known = schema["properties"]?[member.name] {
                found += faults(member.element, known, "\(place).\(member.name)")
            } else if let others = schema["additionalProperties"] {
                if others.bool == false {
                    found.append("\(place).\(member.name) is not described")
                } else if others.bool == nil {
                    found += faults(member.element, others, "\(place).\(member.name)")
                }
            }
        }
        return found
    }
}
