import Testing
import TicketModel

@testable import SyncNode

/// One walk over every kind of file that an operator writes: a member that nobody reads is refused at its place, at
/// whatever depth it stands.
@Suite("Nothing is taken in silence: files") struct FileWalkStories {
    private typealias Reader = @Sendable (_ text: [UInt8], _ file: String) throws -> Void

    private static func json(_ bytes: [UInt8]) throws -> JSONElement { try JSONReader.parse(bytes) }

    private static let kinds: [(files: [String], read: Reader)] = [
        (["topology.example.json"], { _ = try Topology.parse($0, file: $1) }),
        (
            ["samples/complaints-mapping.json", "samples/export-mapping.json", "samples/cfpb-mapping.json"],
            { _ = try ImportMapping.parse($0, file: $1, targets: nil) }
        ),
        (
            ["bank-service", "severity", "village-bank"].map { "reference/packs/\($0).json" },
            { _ = try PackReader.read(try json($0), file: $1) }
        ),
        (["reference/people.json", "reference/absences.json"], { _ = try PeopleReader.read(try json($0), file: $1) }),
        (["reference/alerts.json"], { _ = try AlertRules.read(try json($0), file: $1) }),
        (["reference/texts/card-retained.json"], { _ = try KnowledgeReader.read(try json($0), file: $1) }),
        (
            ["reference/calendars/2026.json"],
            { _ = try YearReader.read(JSONField(try json($0)), file: $1, calendar: "cn", year: 2026) }
        ),
    ]

    /// Objects whose names are data: a new name is a new value, which has its effect.
    private static let dataObjects = ["values", "tables"]

    @Test func `a member too many is refused in every object of every kind of file`() throws {
        var walked = 0
        for (files, read) in Self.kinds {
            for name in files {
                let bytes = try #require(WholeFile.read(Repository.path(name)))
                try read(bytes, name)
                let root = try Self.json(bytes)
                var shapes: Set<String> = []
                FileWalk.objects(in: root, at: []) { path in
                    // Of the objects in a list one stands for all.
                    shapes.insert(path.map { Int($0) == nil ? $0 : "0" }.joined(separator: "/"))
                }
                for shape in shapes.sorted() {
                    let path = shape.split(separator: "/").map(String.init)
                    guard !path.contains(where: Self.dataObjects.contains) else { continue }
                    var writer = JSONWriter()
                    writer.value(FileWalk.adding("no_such_member", to: root, at: path[...]).value)
                    let error = #expect(throws: ConfigurationError.self, "\(name) /\(shape)") {
                        try read(writer.bytes, name)
                    }
                    guard let error else { continue }
                    let told = error.reports.map { "\($0.sentence) \($0.hint)" }.joined(separator: "\n")
                    #expect(told.contains("no_such_member"), "\(name) /\(shape): \(told)")
                    #expect(error.reports.allSatisfy { !$0.hint.isEmpty }, "\(name) /\(shape)")
                    walked += 1
                }
            }
        }
        #expect(walked > 40, "\(walked)")
    }

    @Test func `a name in a file that leads nowhere is refused, with the one that was meant`() throws {
        let pack = "reference/packs/bank-service.json"
        let read = Self.kinds[2].read
        let text = String(decoding: try #require(WholeFile.read(Repository.path(pack))), as: UTF8.self)
        for (old, new, names) in [
            (#""inside": "dept""#, #""inside": "dpet""#, "no policy of this pack is of that family"),
            ("\"T07\"", "\"T77\"", "there is no transition T77"),
        ] {
            #expect(text.contains(old), "\(old)")
            let error = #expect(throws: ConfigurationError.self) {
                try read(Array(text.replacing(old, with: new).utf8), pack)
            }
            #expect(error?.reports.contains { $0.sentence.contains(names) } == true, "\(String(describing: error))")
        }
        let severity = "reference/packs/severity.json"
        let other = String(decoding: try #require(WholeFile.read(Repository.path(severity))), as: UTF8.self)
        let trigger = other.replacing("\"applies\"", with: "\"acceptance=acepted\"")
        let error = #expect(throws: ConfigurationError.self) { try read(Array(trigger.utf8), severity) }
        #expect(error?.reports.contains { $0.sentence.contains("there is no code acepted") } == true)
    }

    @Test func `a list of packs names the calendar that a pack counts by`() throws {
        let folder = try TemporaryFolder()
        let pack = Repository.path("reference/packs/bank-service.json")
        let calendar = Repository.path("reference/calendars/cn.json")
        func list(_ calendars: String) throws -> String {
            try folder.write(
                "rules.json",
                #"{"format": 1, "in_force": ["bank-service"], "packs": ["\#(pack)"], "calendars": [\#(calendars)]}"#)
        }
        let error = #expect(throws: ConfigurationError.self) { try RuleBookReader.load(try list("")) }
        #expect(error?.code == "rules.unknown-calendar", "\(String(describing: error))")
        _ = try RuleBookReader.load(try list("\"\(calendar)\""))
    }
}

enum FileWalk {
    /// Every object, by the names and indexes that lead to it.
    static func objects(in element: JSONElement, at path: [String], _ visit: ([String]) -> Void) {
        switch element.value {
        case .object(let members):
            visit(path)
            for member in members { objects(in: member.element, at: path + [member.name], visit) }
        case .array(let items):
            for (index, item) in items.enumerated() { objects(in: item, at: path + ["\(index)"], visit) }
        default: return
        }
    }

    /// The same with one more member in the first object of that shape.
    static func adding(_ name: String, to element: JSONElement, at path: ArraySlice<String>) -> JSONElement {
        guard let next = path.first else {
            return JSONElement(.object((element.object ?? []) + [JSONMember(name, JSONElement(.integer(1)))]))
        }
        let rest = path.dropFirst()
        if let items = element.array {
            var changed = items
            let index = items.firstIndex { has(rest, $0) } ?? 0
            changed[index] = adding(name, to: items[index], at: rest)
            return JSONElement(.array(changed))
        }
        let members = (element.object ?? []).map { member in
            member.name == next ? JSONMember(member.name, adding(name, to: member.element, at: rest)) : member
        }
        return JSONElement(.object(members))
    }

    /// True where the path leads to an object.
    private static func has(_ path: ArraySlice<String>, _ element: JSONElement) -> Bool {
        guard let next = path.first else { return element.object != nil }
        if let items = element.array { return items.contains { has(path.dropFirst(), $0) } }
        return element[next].map { has(path.dropFirst(), $0) } ?? false
    }
}
