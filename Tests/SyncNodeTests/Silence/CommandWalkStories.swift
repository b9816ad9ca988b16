import HTTPTransport
import Platform
import Testing

@testable import SyncNode

/// One walk over every command of the table: each flag is heeded or refused; none is passed over.
@Suite("Nothing is taken in silence: commands") struct CommandWalkStories {
    /// Every command that does something, with the words that name it.
    private static let all: [(words: [String], spec: CommandSpec)] = leaves(CommandTable.syncNode.commands, [])

    private static func leaves(
        _ commands: [CommandSpec], _ path: [String]
    ) -> [(words: [String], spec: CommandSpec)] {
        commands.flatMap { command -> [(words: [String], spec: CommandSpec)] in
            let words = path + [command.name]
            return command.commands.isEmpty
                ? [(words: words, spec: command)] : leaves(command.commands, words)
        }
    }

    private func value(of flag: FlagSpec) -> String? {
        switch flag.value {
        case .none: nil
        case .text: "x=1"
        case .integer(_, let range): "\(range.lowerBound)"
        case .choice(let choices): choices[0]
        }
    }

    private func words(of flag: FlagSpec, _ value: String? = nil) -> [String] {
        ["--\(flag.name)"] + [value ?? self.value(of: flag)].compactMap { $0 }
    }

    @Test func `a flag that stands twice, or has no value, is refused`() throws {
        for (command, spec) in Self.all {
            let arguments = spec.arguments.filter { $0.count != .optional }.map { _ in "x" }
            for flag in spec.flags where flag.name != "help" {
                var wrong: [([String], String)] = []
                if !flag.isRepeatable { wrong.append((words(of: flag) + words(of: flag), "usage.flag-repeated")) }
                if case .none = flag.value {
                    wrong.append((["--\(flag.name)="], "usage.flag-takes-no-value"))
                } else {
                    wrong.append((["--\(flag.name)="], "usage.value-missing"))
                }
                for (more, code) in wrong {
                    let outcome = RunningNode.run(command + arguments + more)
                    #expect(
                        outcome.code == .usage && outcome.error.contains(code), "\(command) \(more): \(outcome.error)")
                }
            }
        }
    }

    @Test func `no command takes an address beside a topology that says which node is meant`() throws {
        let folder = try TemporaryFolder()
        let file = try folder.write("fields.json", "{}")
        for (command, spec) in Self.all where spec.flags.contains(where: { $0.name == "url" }) {
            let arguments = spec.arguments.filter { $0.count != .optional }.map { _ in file }
            let required = spec.flags.filter(\.isRequired).flatMap { words(of: $0) }
            for name in ["node", "topology"] {
                let outcome = RunningNode.run(
                    command + arguments + required + ["--url", "http://127.0.0.1:1", "--\(name)", "x"])
                #expect(outcome.code != .success, "\(command) --\(name)")
                // What reads a file first says what is wrong with the file.
                let isFile = ["reference", "import"].contains(command[0])
                #expect(isFile || outcome.error.contains("usage.contradictory-flags"), "\(command): \(outcome.error)")
            }
        }
    }

    /// Whatever it is asked, this node says yes.
    private final class Agreeable {
        let server: HTTPServer

        init() throws {
            server = try HTTPServer(HTTPServerConfiguration(), bodyLimit: { _, _ in 1 << 20 }) { request, responder in
                let isStream = request.target.segments.last == "events"
                let body = isStream ? "id: 1\nevent: change\ndata: {}\n\n" : #"{"is_sound": true, "published": true}"#
                let type = isStream ? "text/event-stream" : "application/json"
                responder.respond(HTTPResponse(status: 200, type: type, body: Array(body.utf8)))
            }
        }

        var url: String { "http://127.0.0.1:\(server.port)" }
    }

    /// They start nodes, or work on folders of this machine: their flags are tried by their own tests.
    private static let withoutNode = ["demo", "init", "run", "topology", "requirements"]

    @Test func `every flag of every command is heeded where the node agrees to everything`() throws {
        let node = try Agreeable()
        defer { node.server.stop(graceMilliseconds: 0) }
        let folder = try TemporaryFolder()
        let samples = [
            "ticket new": "samples/complaint.json", "reference publish": "reference/alerts.json",
            "reference rehearse": "reference/packs/severity.json",
        ]
        let fields = try folder.write("fields.json", "{}")
        let values = [
            "from": fields, "field": "what=x", "filter": "state=closed", "since": "2026-01-01", "until": "2026-02-01",
            "date": "2026-01-01", "node": "b1",
        ]
        var heeded: [String] = []
        var unproven: [String] = []
        for (command, spec) in Self.all where !Self.withoutNode.contains(command[0]) && command != ["import"] {
            let sample = samples[command.joined(separator: " ")].map { Repository.path($0) }
            let arguments = spec.arguments.filter { $0.count != .optional }.map { _ in sample ?? "x" }
            let required = spec.flags.filter(\.isRequired).flatMap { words(of: $0, values[$0.name]) }
            for (index, flag) in spec.flags.enumerated()
            where !["help", "url", "node", "topology"].contains(flag.name) && !flag.isRequired {
                let value = flag.name == "output" ? folder.file("\(command.joined())-\(index)") : values[flag.name]
                let line = command + arguments + required + words(of: flag, value) + ["--url", node.url]
                let outcome = RunningNode.run(line)
                let name = "\(command.joined(separator: " ")) --\(flag.name)"
                #expect(!outcome.error.contains("usage.flag-without-effect"), "\(name): \(outcome.error)")
                if outcome.code == .success {
                    heeded.append(name)
                } else {
                    unproven.append("\(name): \(outcome.error)")
                }
            }
        }
        #expect(heeded.count > 100, "\(heeded.count), without: \(unproven)")
    }

    @Test func `a flag that has no effect beside the others is said to have none`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let folder = try TemporaryFolder()
        let outcome = node.run(
            "ticket", "print", number, "--form", "FO-01", "--verify", "AAAA", "--output", folder.file("form.html"))
        #expect(outcome.code != .success && folder.names.isEmpty, "\(outcome.output)")
        let similar = node.run("ticket", "similar", number, "--field", "what=x")
        #expect(similar.code == .failed && similar.error.contains("usage.flag-without-effect"), "\(similar.error)")
    }

    @Test func `a file of fields with more beside them is refused`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let file = try folder.write("f.json", #"{"fields": {"what": "x"}, "whta": "y"}"#)
        let outcome = node.run("ticket", "new", "--from", file)
        #expect(outcome.code == .failed && outcome.error.contains("f.json:1:"), "\(outcome.error)")
        #expect(outcome.error.contains("[fields.unknown-key]"), "\(outcome.error)")
        #expect(try node.get("/api/v1/status").json["tickets"]?.integer == 0)
    }
}
