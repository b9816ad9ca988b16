import Testing
import TicketModel

@testable import SyncNode

@Suite("Commands on tickets, by way of a running node") struct TicketCommandTests {
    private var fields: [String] { Sample.fields.flatMap { ["--field", "\($0.key)=\($0.value)"] } }

    @Test func `a ticket is registered, shown, amended, noted and its history told`() throws {
        let node = try RunningNode()
        let new = RunningNode.run(["ticket", "new"] + fields + ["--url", node.url])
        #expect(new.code == .success, "\(new.error)")
        let number = try #require(new.output.split(separator: " ").first.map(String.init))
        let show = node.run("ticket", "show", number)
        #expect(show.output.contains("何事"))
        #expect(show.output.contains("重复扣费"))
        #expect(show.output.contains("L1"))
        #expect(try node.run("ticket", "show", number, "--json").json["number"]?.string == number)
        #expect(node.run("ticket", "amend", number, "--field", "severity=important").code == .success)
        #expect(node.run("ticket", "note", number, "客户来电").code == .success)
        let history = node.run("ticket", "history", number)
        #expect(history.output.contains("备注 + 客户来电"))
        #expect(try node.run("ticket", "history", number, "--json").json["acts"]?.array?.count == 3)
    }

    @Test func `fields come from a file, from standard text files and from flags, the flags winning`() throws {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let json = try folder.write("ticket.json", Sample.registration())
        let words = try folder.write("course.txt", "经过写在文件里")
        let new = node.run(
            "ticket", "new", "--from", json, "--field", "severity=urgent", "--field", "course=@\(words)")
        #expect(new.code == .success, "\(new.error)")
        let number = try #require(new.output.split(separator: " ").first.map(String.init))
        let ticket = try node.run("ticket", "show", number, "--json").json
        #expect(ticket["fields"]?["severity"]?["value"]?.string == "urgent")
        #expect(ticket["fields"]?["course"]?["value"]?.string == "经过写在文件里")
        let none = try folder.write("list.json", "[1]")
        #expect(node.run("ticket", "new", "--from", none).error.contains("fields.not-an-object"))
        #expect(node.run("ticket", "new", "--field", "nonsense").code == .usage)
    }

    @Test func `the same key registers once`() throws {
        let node = try RunningNode()
        let first = RunningNode.run(["ticket", "new", "--key", "k"] + fields + ["--url", node.url])
        let second = RunningNode.run(["ticket", "new", "--key", "k"] + fields + ["--url", node.url])
        #expect(second.output.contains("done before"))
        #expect(first.output.prefix(20) == second.output.prefix(20))
    }

    @Test func `the acts of a ticket walk it to its end`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        func flags(_ fields: [String: String]) -> [String] { fields.flatMap { ["--field", "\($0.key)=\($0.value)"] } }
        for words in [
            ["dispatch", number, "--to", "p1"] + flags(Sample.dispatch), ["take", number],
            ["feedback", number] + flags(Sample.feedback), ["reply", number] + flags(Sample.reply),
            ["close", number] + flags(Sample.close),
        ] {
            let outcome = RunningNode.run(["ticket"] + words + ["--url", node.url])
            #expect(outcome.code == .success, "\(words[0]): \(outcome.error)")
        }
        #expect(try node.ticket(number).json["fields"]?["state"]?["value"]?.string == "closed")
    }

    @Test func `the other acts reach the node`() throws {
        let node = try RunningNode("b1")
        let number = try node.register()
        #expect(node.run("ticket", "widen", number, "--to", "full", "--reason", "regulator").code == .success)
        #expect(
            node.run("ticket", "submit", number, "--post", "officer-1", "--role", "branch_officer").code == .success)
        #expect(node.run("ticket", "recall", number).code == .success)
        #expect(node.run("ticket", "decline", number, "--reason", "recusal").error.contains("refused.no_offer"))
        #expect(node.run("ticket", "return", number, "when_happened").error.contains("refused."))
        #expect(node.run("ticket", "resolve", number, "demand", "refund").error.contains("refused.no_conflict"))
        let answer = node.run(
            "ticket", "answer", number, "--field", "proposed_solution=当场退费", "--field", "attitude=accepted")
        #expect(answer.code == .success, "\(answer.error)")
        #expect(node.run("ticket", "conflicts").output.contains("字段 FIELD"))
    }

    @Test func `a refusal is shown with code, hint and every mistake, and fails the command`() throws {
        let node = try RunningNode()
        let outcome = node.run("ticket", "new", "--field", "severity=none")
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("[refused.invalid_fields]"))
        #expect(outcome.error.contains("[severity: not_in_list]"))
        #expect(outcome.error.contains("[what: mandatory TM-05]"))
        #expect(outcome.output.isEmpty)
    }

    @Test func `lists are filtered and turned page by page`() throws {
        let node = try RunningNode()
        let numbers = try (0..<3).map { try node.register(["received_at": "2024-01-0\($0 + 1)"]) }
        let first = node.run("ticket", "list", "--limit", "2", "--filter", "state=registered")
        #expect(first.output.contains(numbers[2]) && first.output.contains(numbers[1]))
        #expect(!first.output.contains(numbers[0]))
        let cursor = try #require(first.error.split(separator: "'").dropFirst().first.map(String.init))
        let second = node.run("ticket", "list", "--limit", "2", "--cursor", cursor)
        #expect(second.output.contains(numbers[0]) && !second.output.contains(numbers[1]))
        #expect(try node.run("ticket", "list", "--json", "--sort", "received_at").json["tickets"]?.array?.count == 3)
        let wrong = node.run("ticket", "list", "--filter", "stat=closed")
        #expect(wrong.code == .failed)
        #expect(wrong.error.contains("state"))
    }

    @Test func `text from a node cannot command the terminal`() throws {
        let node = try RunningNode()
        let number = try node.register(["course": "\u{202E}逆序"])
        #expect(!node.run("ticket", "show", number).output.contains("\u{202E}"))
        #expect(!node.run("ticket", "history", number).output.contains("\u{202E}"))
    }

    @Test func `a node that does not run is told apart from one that refuses`() throws {
        let node = try RunningNode()
        let url = node.url
        node.stop()
        let outcome = RunningNode.run(["ticket", "list", "--url", url])
        #expect(outcome.code == .unavailable)
        #expect(outcome.error.contains("syncnode run"))
    }

    @Test func `what answers but is no node is reported`() throws {
        let node = try RunningNode()
        let outcome = RunningNode.run(["ticket", "list", "--url", node.url + "/nothing"])
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("request.unknown-path"))
    }

    @Test func `acts speak JSON when asked, and one key does one thing`() throws {
        let node = try RunningNode()
        let new = RunningNode.run(["ticket", "new", "--json"] + fields + ["--url", node.url])
        let number = try #require(try new.json["number"]?.string)
        let note = node.run("ticket", "note", number, "客户来电", "--json", "--key", "k")
        #expect(try note.json["act"]?.string == "note")
        let again = node.run("ticket", "note", number, "客户来电", "--key", "k")
        #expect(again.output.contains("此前已办理 done before"))
        #expect(
            try node.run("ticket", "amend", number, "--field", "severity=urgent", "--json").json["act"]?.string
                == "amend")
        #expect(try node.run("ticket", "history", number, "--json").json["acts"]?.array?.count == 3)
    }

    @Test func `a text from a file comes without the line break that editors add, and @@ begins a value with @`() throws
    {
        let node = try RunningNode()
        let folder = try TemporaryFolder()
        let words = try folder.write("course.txt", "第一行\n第二行\r\n")
        let new = RunningNode.run(
            ["ticket", "new", "--field", "course=@\(words)", "--field", "demand_words=@@退费", "--json"] + fields
                + ["--url", node.url])
        let number = try #require(try new.json["number"]?.string, "\(new.error)")
        let ticket = try node.ticket(number).json["fields"]
        #expect(ticket?["course"]?["value"]?.string == "第一行\n第二行")
        #expect(ticket?["demand_words"]?["value"]?.string == "@退费")
    }

    @Test func `a telephone number that is none is refused by name`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let outcome = node.run("ticket", "amend", number, "--field", "complainant_phone=李先生")
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("[complainant_phone: not_a_phone]"))
        #expect(!outcome.error.contains("李先生"))
    }

    @Test func `a field that is given twice contradicts itself, and a correction asks for its reason by the flag`()
        throws
    {
        let node = try RunningNode()
        let number = try node.register()
        let twice = node.run("ticket", "amend", number, "--field", "severity=urgent", "--field", "severity=major")
        #expect(twice.code == .usage && twice.error.contains("the field severity is given more than once"))
        let correction = node.run("ticket", "amend", number, "--field", "intake_channel=letter")
        #expect(correction.code == .failed && correction.error.contains("--reason CODE"), "\(correction.error)")
        let link = node.run("ticket", "amend", number, "--field", "links=foo")
        #expect(link.error.contains("[links: not_a_link]") && link.error.contains("same_event@NUMBER"))
        let one = node.run("ticket", "amend", number, "--field", "complainant_name=张\n三")
        #expect(one.error.contains("[complainant_name: line_break]") && !one.error.contains("张"))
    }

    @Test func `a number is read as people type it, and a slip of the finger is told apart`() throws {
        let node = try RunningNode()
        let number = try node.register()
        for typed in [number.lowercased(), " \(number) "] {
            #expect(node.run("ticket", "show", typed).output.contains(number))
        }
        // The last character is checked: another one means that some character is wrong.
        let wrong = String(number.dropLast()) + (number.hasSuffix("0") ? "1" : "0")
        let outcome = node.run("ticket", "show", wrong)
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("check character") && outcome.error.contains("[ticket.not-found]"))
    }

    @Test func `a newcomer's slips are met with what was meant`() throws {
        let node = try RunningNode()
        let number = try node.register()
        let field = node.run("ticket", "amend", number, "--field", "sverity=urgent")
        #expect(field.error.contains("Did you mean severity?"))
        let file = node.run("ticket", "new", "--field", "what=@nofile")
        #expect(file.error.contains("there is no such file [fields.file-missing]") && file.error.contains("@@"))
        let state = node.run("ticket", "close", number)
        #expect(state.error.contains("submit_up") && !state.error.contains("dispatch ("))
        // Every refusal says which rule and who may (AU-14).
        let role = node.run("ticket", "answer", number, "--role", "follow_up_agent")
        #expect(role.error.contains("规则 rule T02") && role.error.contains("受理员"))
        // One hint is said once.
        let post = node.run("ticket", "note", number, "x", "--post", "no post")
        #expect(post.error.components(of: "hint:") == 1)
        for empty in [node.run("ticket", "conflicts"), node.run("incidents")] {
            #expect(empty.output.hasSuffix("无 none\n") && empty.error.isEmpty)
        }
    }
}

extension String {
    fileprivate func components(of part: String) -> Int { ranges(of: part).count }
}
