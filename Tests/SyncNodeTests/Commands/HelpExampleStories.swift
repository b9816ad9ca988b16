import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// An example that does not work is worse than none: each one of the ticket commands is run as it stands in the help,
/// at the node that it names, at its place in the life of a ticket.
@Suite("Help examples") struct HelpExampleStories {
    @Test func `every example of the ticket commands works in the life of a ticket`() throws {
        let life = try ExampleLife()
        try life.fromRegistrationToClosing()
        try life.answeredOnTheSpot()
        try life.takenBackAtOnce()
        try life.askedBack()
        try life.returnedForCompletion()
        try life.amendedOnBothSides()
        #expect(life.remaining.isEmpty, "examples that no life ran: \(life.remaining.sorted())")
    }

    @Test func `the help of an act names the fields that it needs`() throws {
        let help = RunningNode.run(["ticket", "reply", "--help"]).output
        for name in ["solution 或 explanation_text_id", "reply_medium", "attitude", "identity_check"] {
            #expect(help.contains(name), "\(name)")
        }
    }
}

/// Four nodes of the example topology, and the examples that are still to be run.
private final class ExampleLife {
    private(set) var remaining: Set<String>
    private let examples: [String: String]
    private var nodes: [NodeID: RunningNode] = [:]
    private var sessions: UInt64 = 0

    private static let branch: NodeID = "branch-0101"
    private static let other: NodeID = "branch-0102"
    private static let province: NodeID = "province-01"
    private static let number = "010101-20240301-1234-A"

    init() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        for id in [ExampleLife.province, ExampleLife.branch, ExampleLife.other] {
            nodes[id] = try RunningNode(id, of: topology)
        }
        let commands = TicketCommands.spec.commands
        examples = Dictionary(uniqueKeysWithValues: commands.map { ($0.name, $0.examples[0]) })
        remaining = Set(commands.map(\.name))
    }

    func fromRegistrationToClosing() throws {
        try run("preview", nil)
        let number = try #require(try run("new", nil).output.split(separator: " ").first.map(String.init))
        try node(ExampleLife.branch).waitForIndex()
        for name in ["show", "list", "history", "explain", "note", "amend", "act", "print", "readers"] {
            try run(name, number)
        }
        #expect(try run("search", number).output.contains(number))
        try run("similar", nil)
        try run("submit", number)
        try exchange(ExampleLife.branch)
        try run("dispatch", number)
        try exchange(ExampleLife.other)
        for name in ["take", "feedback"] { try run(name, number) }
        try exchange(ExampleLife.other)
        for name in ["reply", "close"] { try run(name, number) }
        try exchange(ExampleLife.branch)
        try run("appeal", number)
        let state = try node(ExampleLife.province).ticket(number).json["fields"]?["state"]?["value"]?.string
        #expect(state == "closed")
    }

    func answeredOnTheSpot() throws {
        let number = try node(ExampleLife.branch).register()
        for name in ["widen", "answer"] { try run(name, number) }
        try exchange(ExampleLife.branch)
        try run("seal", number)
    }

    func takenBackAtOnce() throws {
        let number = try node(ExampleLife.branch).register()
        try run("submit", number)
        #expect(try run("recall", number).output.contains("handover recalled"))
    }

    func askedBack() throws {
        let number = try node(ExampleLife.branch).register()
        try run("submit", number)
        try exchange(ExampleLife.branch)
        #expect(try run("recall", number).output.contains("recall asked for"))
        try exchange(ExampleLife.branch)
        try run("decline", number)
    }

    func returnedForCompletion() throws {
        let number = try node(ExampleLife.branch).register()
        try run("submit", number)
        try exchange(ExampleLife.branch)
        try run("return", number)
    }

    func amendedOnBothSides() throws {
        let number = try node(ExampleLife.branch).register(["demand": "apology"])
        try exchange(ExampleLife.branch)
        for (id, demand) in [(ExampleLife.branch, "refund"), (ExampleLife.province, "correction")] {
            let path = "/api/v1/tickets/\(number)"
            let answer = try node(id).send(.patch, path, Sample.body(["demand": demand]), ["If-Match": "*"])
            try #require(answer.status == 200)
        }
        try exchange(ExampleLife.branch)
        try exchange(ExampleLife.branch)
        #expect(try run("conflicts", number).output.contains(number))
        try run("resolve", number)
        #expect(try node(ExampleLife.branch).ticket(number).json["conflicts"]?.array?.isEmpty == true)
    }

    private func node(_ id: NodeID) throws -> RunningNode { try #require(nodes[id]) }

    private func exchange(_ branch: NodeID) throws {
        sessions += 1
        try node(branch).exchange(with: try node(ExampleLife.province), session: sessions)
    }

    /// Runs the example of a command, with this ticket's number, at the node that it names.
    @discardableResult
    private func run(_ name: String, _ number: String?) throws -> CommandOutcome {
        var words = ShellWords.split(try #require(examples[name]))
        #expect(words.removeFirst() == "syncnode")
        let flag = try #require(words.firstIndex(of: "--node"))
        let url = try node(try #require(NodeID(words[flag + 1]))).url
        let topology = try #require(words.firstIndex(of: "--topology"))
        #expect(words[topology + 1] == "topology.example.json")
        words.removeSubrange(min(flag, topology)...(max(flag, topology) + 1))
        words = words.map { $0.hasPrefix("samples/") ? Repository.path($0) : $0 }
        if let number { words = words.map { $0 == ExampleLife.number ? number : $0 } }
        let outcome = RunningNode.run(words + ["--url", url])
        #expect(outcome.code == .success, "\(name): \(outcome.error)")
        remaining.remove(name)
        return outcome
    }
}

/// The words of a command line as a shell would see them: blanks divide, single quotes hold together.
private enum ShellWords {
    static func split(_ line: String) -> [String] {
        var words: [String] = []
        var word = ""
        var isQuoted = false
        for character in line {
            if character == "'" {
                isQuoted.toggle()
            } else if character == " ", !isQuoted {
                words.append(word)
                word = ""
            } else {
                word.append(character)
            }
        }
        return words + [word]
    }
}
