import SyncProtocol
import Testing

@testable import SyncNode
@testable import TicketModel

/// Registers of posts with mistakes: each gets its place, and what would be right.
@Suite struct RegisterFileTests {
    private static let text = """
        {"format": 1, "people": "posts", "version": "1", "name": {"zh": "名册", "en": "register"},
         "authority": [{"level": 1, "compensation_max": "500", "business_classes": ["card"], "sureness": "P"}],
         "posts": [{"post": "B1.clerk", "roles": ["clerk"], "node": "b1", "level": 1, "trained": true,
                    "person": "0123456789abcdef"}],
         "absences": [{"post": "B1.clerk", "from": "2026-11-20 08:00", "until": "2026-11-21 08:00", "deputy": "B1.head"}]}
        """

    private func reports(_ text: String) throws -> [String] {
        do throws(ConfigurationError) {
            _ = try PeopleReader.read(try RegisterFileTests.root(text), file: "p.json")
            return []
        } catch {
            return error.englishReports
        }
    }

    private static func root(_ text: String) throws(ConfigurationError) -> JSONElement {
        do {
            return try JSONReader.parse(Array(text.utf8))
        } catch {
            throw ConfigurationError(file: "p.json", area: "people", error)
        }
    }

    @Test func `the good register of these tests is good`() throws {
        #expect(try reports(Self.text) == [])
        let register = try PeopleReader.read(try Self.root(Self.text), file: "p.json")
        #expect(register.authorities[1]?.compensationMax == 50_000)
        #expect(register.seats.first?.personToken == "0123456789abcdef")
        let people = People(registers: [register])
        #expect(people.seat("B1.clerk")?.absences.first?.deputy == "B1.head")
        #expect(people.covers("b1") && !people.covers("b2"))
    }

    @Test(arguments: [
        ("reference/people.json", "topology.example.json"),
        ("samples/three-nodes/people.json", "samples/three-nodes/topology.json"),
    ])
    func `an example register fits its topology as it is, with posts at every node`(_ file: String, _ tree: String)
        throws
    {
        let topology = try Topology.load(Repository.path(tree))
        let item = try #require(try ReferenceFile.items(Repository.path(file)).first)
        let register = try PublishedPeople.register(item)
        try PublishedPeople.check(register, item, topology)
        for node in topology.nodes { #expect(register.seats.contains { $0.node == node.id }, "\(node.id)") }
    }

    @Test(arguments: [
        (#""format": 1"#, #""format": 2"#, "this program reads format 1"),
        (#""people": "posts""#, #""people": "Posts 1""#, "is no code"),
        (#""version": "1","#, "", "the key version is missing"),
        (#""roles": ["clerk"]"#, #""roles": ["clark"]"#, "did you mean clerk?"),
        (#""roles": ["clerk"]"#, #""roles": []"#, "the post holds no role"),
        (#""post": "B1.clerk", "roles""#, #""post": "王经理", "roles""#, "is no code of a post"),
        (#""node": "b1""#, #""node": "B 1""#, "is no node id"),
        (#""trained": true"#, #""trained": 1"#, "not true or false"),
        (#", "trained": true"#, "", "the key trained is missing"),
        (#""level": 1, "trained""#, #""level": 10, "trained""#, "write a number from 0 to 9"),
        (#"{"level": 1,"#, #"{"level": 0,"#, "write a number from 1 to 9"),
        (#""0123456789abcdef""#, #""李明""#, "never write a name here"),
        (#""500""#, #""about 500""#, "is no amount in yuan"),
        (#""500""#, "500", "not a string"),
        (#"["card"]"#, #"["cart"]"#, "did you mean card?"),
        (#""sureness": "P""#, #""sureness": "Q""#, "known: V, S, M, P"),
        (#""2026-11-20 08:00""#, #""tomorrow""#, "is no time"),
        (#""2026-11-21 08:00""#, #""2026-11-19 08:00""#, "ends before it begins"),
        (#""deputy": "B1.head""#, #""deputy": "B1.clerk""#, "cannot stand in for itself"),
        (#""deputy": "B1.head""#, #""deputies": "B1.head""#, "absences[0].deputies: this key is not known"),
    ])
    func `a mistake in a register is named with its place and what would be right`(
        right: String, wrong: String, words: String
    ) throws {
        let text = Self.text.replacingFirst(right, with: wrong)
        #expect(text != Self.text, "the test replaces something")
        let found = try reports(text)
        #expect(found.contains { $0.contains(words) }, "\(found)")
        #expect(found.allSatisfy { $0.contains("p.json") && !$0.contains("李明") })
    }

    @Test func `a post that is there twice, a register without anything, and too many posts are refused`() throws {
        let post = #"{"post": "B1.clerk", "roles": ["clerk"], "node": "b1", "trained": true}"#
        func text(_ lists: String) -> String {
            #"{"format": 1, "people": "p", "version": "1", "name": {"zh": "名", "en": "n"}"# + lists + "}"
        }
        #expect(try reports(text(", \"posts\": [\(post), \(post)]")).contains { $0.contains("is there twice") })
        #expect(try reports(text("")).contains { $0.contains("names no level, no post, no absence and no channel") })
        let many = Array(repeating: "1", count: ReferenceLimits.postsMax + 1).joined(separator: ",")
        #expect(try reports(text(", \"posts\": [\(many)]")).contains { $0.contains("keep it to 2000 items") })
    }

    @Test func `a node that an older version named stays covered, and is closed where no post is left`() {
        func register(_ name: String, _ version: String, _ nodes: [NodeID]) -> PeopleRegister {
            PeopleRegister(
                name: name, version: version, title: Bilingual("", ""),
                seats: nodes.map { People.Seat("\($0.text).x", [.clerk], at: $0) })
        }
        let people = People(registers: [
            register("a", "1", ["b1", "b2"]), register("a", "2", ["b1"]), register("b", "1", ["b3"]),
        ])
        #expect(["b1", "b2", "b3"].allSatisfy { people.covers($0) } && !people.covers("b4"))
        #expect(people.isClosed("b2") && !people.isClosed("b1") && !people.isClosed("b3") && !people.isClosed("b4"))
        #expect(!People(registers: [register("a", "1", ["b2"]), register("b", "1", ["b2"])]).isClosed("b2"))
    }

    @Test func `of two names the first is believed, of one name the newest`() throws {
        func register(_ name: String, _ version: String, _ roles: [Role]) -> PeopleRegister {
            PeopleRegister(
                name: name, version: version, title: Bilingual("", ""), seats: [People.Seat("B1.x", roles, at: "b1")])
        }
        let both = People(registers: [
            register("a", "2", [.branchHead]), register("a", "1", [.clerk]), register("b", "9", [.approver]),
        ])
        #expect(both.seat("B1.x")?.roles == [.branchHead])
        #expect(both.inEffect.map(\.version) == ["2", "9"])
    }
}
