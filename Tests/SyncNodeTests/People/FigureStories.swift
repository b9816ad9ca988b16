import HTTPTransport
import Testing
import TicketModel

@testable import SyncNode

/// Two banks live the same day; in one of them there are also tickets about a post. Whatever that post is shown is the same
/// in both: no figure, no length of a page and no cursor tells of them.
@Suite("api.oracle: figures and pages") struct FigureStories {
    private static let post = "010101.branch_head"
    private static let above = "010000.dispatcher"

    /// The two banks, and the numbers of the tickets that are only in the one.
    private struct Pair {
        let with: PeopleBank
        let without: PeopleBank
        let hidden: [String]
        let post: String

        init(about post: String) throws {
            (with, without, self.post) = (try PeopleBank.registered(), try PeopleBank.registered(), post)
            hidden = try Pair.day(in: with, about: post)
            _ = try Pair.day(in: without, about: nil)
            for bank in [with, without] { try bank.branch.waitForIndex() }
        }

        /// Where the post works.
        func node(_ bank: PeopleBank) -> RunningNode { post == FigureStories.post ? bank.branch : bank.province }

        /// Some tickets of everybody, and behind each one about the post, which goes the same way.
        private static func day(in bank: PeopleBank, about post: String?) throws -> [String] {
            var secret: [String] = []
            for round in 0..<3 {
                bank.pass(60_000)
                let plain = try bank.branch.register(["demand": round == 0 ? "apology" : "refund"])
                let own = try post.map { [try bank.branch.register(["target_person": $0])] } ?? []
                secret += own
                guard round > 0 else { continue }
                for number in [plain] + own {
                    try bank.branch.act(number, "submit", "", ["X-Post": "010101.branch_officer"])
                }
                // What comes last waits for the line.
                if round == 1 { try bank.connect() }
            }
            return secret
        }
    }

    /// Names of things, what counts acts, and when something was.
    private static let left: Set<String> = [
        "number", "document", "version", "as_of", "apply_sequence", "incarnation", "id", "dot", "neighbours",
        "waiting_acts", "waiting", "ticket", "contact", "now", "ticket_no", "read",
    ]

    /// All that is said, by its place; of a cursor only that it is there.
    private static func said(_ element: JSONElement, at place: String = "") -> [String] {
        switch element.value {
        case .object:
            (element.object ?? []).filter { !left.contains($0.name) }.flatMap {
                $0.name == "next"
                    ? ["\(place).next \($0.element.isNull)"] : said($0.element, at: "\(place).\($0.name)")
            }
        case .array:
            ["\(place) count \(element.array?.count ?? 0)"]
                + (element.array ?? []).enumerated().flatMap { said($1, at: "\(place)[\($0)]") }
        default:
            ["\(place) = \(element.value)".replacing(/[0-9]{6}-[0-9]{8}-[0-9A-Z]{4}-[0-9A-Z]/, with: "NUMBER")]
        }
    }

    private static let figures =
        ["status", "board", "board?limit=1", "board?limit=2", "consolidated", "incidents", "conflicts"]
        + ["notices", "notices?limit=1", "notices?limit=3", "texts/kb-card-retained/tickets"]
        + ReportName.allCases.map { "reports/\($0.rawValue)" } + ["reports/indicators?rows=KP-01"]

    private func expectAlike(
        _ pair: Pair, _ what: String, _ ask: (RunningNode) throws -> Answer
    ) throws {
        let (one, two) = (try ask(pair.node(pair.with)), try ask(pair.node(pair.without)))
        #expect(one.status == 200 && two.status == 200, "\(what): \(one.text)")
        for number in pair.hidden { #expect(!one.text.contains(number), "\(what) names \(number)") }
        let (shown, plain) = (FigureStories.said(try one.json), FigureStories.said(try two.json))
        let more = shown.filter { !plain.contains($0) } + plain.filter { !shown.contains($0) }
        #expect(more.isEmpty && shown.count == plain.count, "\(what): \(more)")
    }

    @Test(arguments: [FigureStories.post, FigureStories.above])
    func `RO-15 no figure, no page and no cursor tells a post of the tickets about it`(post: String) throws {
        let pair = try Pair(about: post)
        for path in FigureStories.figures {
            try expectAlike(pair, path) { try $0.get("/api/v1/\(path)", ["X-Post": post]) }
        }
        for limit in 1...4 {
            for order in ["received_at", "-received_at"] {
                try expectAlike(pair, "tickets \(limit) \(order)") {
                    try FigureStories.pages("/api/v1/tickets?sort=\(order)&limit=\(limit)", $0, post)
                }
            }
        }
        for (path, body) in [
            ("search", #"{"words":"重复扣费","limit":2}"#), ("similar", Sample.registration()),
            ("preview", Sample.registration()),
        ] {
            try expectAlike(pair, path) { try $0.post("/api/v1/tickets/\(path)", body, ["X-Post": post]) }
        }
    }

    /// Page after page to the end; the last one, after every one was as long as the next one says.
    private static func pages(_ path: String, _ node: RunningNode, _ post: String) throws -> Answer {
        var lengths: [String] = []
        var cursor = ""
        while true {
            let answer = try node.get(path + cursor, ["X-Post": post])
            lengths.append("\(try answer.json["tickets"]?.array?.count ?? 0)")
            guard let next = try answer.json["next"]?.string else {
                let all = #"{"lengths": "\#(lengths.joined(separator: " "))"}"#
                return Answer(status: answer.status, headers: answer.headers, body: Array(all.utf8))
            }
            cursor = "&cursor=\(PercentText.encode(next))"
        }
    }

    @Test func `others count them, and nobody is told how many there are without a post`() throws {
        let bank = try Pair(about: FigureStories.post).with
        for (node, post, count) in [
            (bank.branch, "010101.branch_officer", Int64(6)), (bank.province, "010000.dispatcher", 4),
        ] {
            let status = try node.get("/api/v1/status", ["X-Post": post]).json
            #expect(status["tickets"]?.integer == count)
        }
        let nobody = try bank.branch.get("/api/v1/status", ["X-Post": "none"]).json
        for name in ["tickets", "open_tickets", "conflicts", "undetermined"] { #expect(nobody[name]?.isNull == true) }
        #expect(bank.branch.run("status", "--post", "none").output.contains("须注明岗位"))
    }

    @Test func `what is sent again is nothing about who asks`() throws {
        let pair = try Pair(about: FigureStories.above)
        func retry(_ bank: PeopleBank, _ post: String) throws -> Answer {
            try bank.province.post("/api/v1/notices/all/retry", "", ["X-Post": post])
        }
        let (all, plain) = (try retry(pair.with, FigureStories.above), try retry(pair.without, FigureStories.above))
        #expect(all.status == plain.status && all.text == plain.text, "\(all.text) \(plain.text)")
        #expect(try retry(pair.with, "none").code == "actor.post-required")
    }
}
