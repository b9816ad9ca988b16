import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// Forms on paper: what they say, what they keep to themselves, and whether the paper still agrees.
@Suite("Forms on paper") struct FormStories {
    private func page(_ node: RunningNode, _ number: String, _ form: String) throws -> Answer {
        let answer = try node.get("/api/v1/tickets/\(number)/forms/\(form)")
        try #require(answer.status == 200, "\(form): \(answer.text)")
        return answer
    }

    private func code(_ page: Answer) throws -> String {
        let parts = page.text.split(separator: "check code <b>")
        return String(try #require(parts.last?.split(separator: "<").first))
    }

    private func check(_ node: RunningNode, _ number: String, _ form: String, _ code: String) throws -> JSONElement {
        let path = "/api/v1/tickets/\(number)/forms/\(form)/check?code=\(PercentText.encode(code))"
        let answer = try node.get(path)
        try #require(answer.status == 200, "\(answer.text)")
        return try answer.json
    }

    private func closed(_ node: RunningNode) throws -> String {
        let number = try node.register(["complainant_phone": "13812345678"])
        try node.act(number, "dispatch", Sample.body(Sample.dispatch, [("to", "p1")]))
        try node.act(number, "take")
        try node.act(number, "feedback", Sample.body(Sample.feedback))
        try node.act(number, "reply", Sample.body(Sample.reply))
        try node.act(number, "close", Sample.body(Sample.close))
        return number
    }

    @Test(arguments: FormKind.allCases)
    func `FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code`(
        _ form: FormKind
    ) throws {
        let node = try RunningNode("p1")
        let number = try closed(node)
        let answer = try page(node, number, form.rawValue)
        #expect(answer.headers["Content-Type"] == "text/html; charset=utf-8")
        #expect(answer.text.contains(form.title.chinese) && answer.text.contains(form.title.english))
        #expect(answer.text.contains(number))
        #expect(CheckCode(typed: try code(answer)) != nil)
        #expect(try check(node, number, form.rawValue, code(answer))["result"]?.string == "same")
        let expected: [FormKind: [String]] = [
            .registration: ["测试客户", "客户反映账户被重复扣费", "客户签字"], .handling: ["经查属实", "部门负责人"],
            .result: ["退还重复扣费", "满意"], .majorReport: ["上级签收", "2024-03-01 上午"],
            .record: ["13812345678", "被投诉部门主管"], .opinion: ["负责人意见", "长期保存"],
        ]
        for words in expected[form] ?? [] { #expect(answer.text.contains(words), "\(words)") }
    }

    @Test func `FO-07 the disposal log lists every act with room for a receipt signature`() throws {
        let node = try RunningNode("p1")
        let number = try closed(node)
        let text = try page(node, number, "FO-07").text
        for act in ["登记", "派单", "接单", "反馈", "答复客户", "销项结案"] { #expect(text.contains(">\(act) "), "\(act)") }
        #expect(text.contains("签收"))
    }

    @Test func `FO-08 TM-10 TM-11 the case record has the blocks of opening and cancellation`() throws {
        let node = try RunningNode("p1")
        let number = try closed(node)
        let text = try page(node, number, "FO-08").text
        let opening = try #require(text.firstRange(of: "立项时间"))
        let cancellation = try #require(text.firstRange(of: "销项时间"))
        #expect(opening.lowerBound < cancellation.lowerBound)
        for words in ["是否立项", "联系人", "投诉内容", "最终结果", "审批人签字", "记录人签字", "彻底解决"] {
            #expect(text.contains(words), "\(words)")
        }
    }

    @Test func `NO-06 IN-15 the receipt tells number, time, procedure and appeal path, and nothing of the complaint`()
        throws
    {
        let clock = Locked<Int64>(1_794_790_800_000)
        let node = try RunningNode("b1", clock: clock)
        let number = try node.register(["promised_reply_at": "1794877200000", "complainant_phone": "13812345678"])
        let text = try page(node, number, "receipt").text
        for words in [number, "2026-11-17 09:00", "12378", "核查", "受理网点统一向您答复"] {
            #expect(text.contains(words), "\(words)")
        }
        for secret in ["客户反映账户被重复扣费", "测试客户", "13812345678", "200.50"] { #expect(!text.contains(secret)) }
    }

    @Test func `IN-16 the receipt prints the branch's book, box and telephone, wherever it is printed`() throws {
        let topology = try Topology.load(Repository.path("topology.example.json"))
        let (branch, province, head) = (
            try RunningNode("branch-0101", of: topology), try RunningNode("province-01", of: topology),
            try RunningNode("head-office", of: topology)
        )
        let bare = try branch.register()
        let blank = try page(branch, bare, "receipt")
        #expect(blank.text.contains("意见簿") && blank.text.contains("意见箱") && blank.text.contains("受理网点投诉电话"))
        #expect(!blank.text.contains("<td></td>"), "a customer is given no empty cell")
        #expect(blank.text.contains("见受理网点公示") && blank.text.contains("由受理网点告知"))
        let paper = try code(blank)
        let published = head.run("reference", "publish", Repository.path("reference/people.json"))
        #expect(published.code == .success, "\(published.error)")
        try province.exchange(with: head, session: 1)
        try branch.exchange(with: province, session: 2)
        let number = try branch.register()
        try branch.exchange(with: province, session: 3)
        for node in [branch, province] {
            let text = try page(node, number, "receipt").text
            for words in ["大堂引导台意见簿", "营业厅门口意见箱", "0000-8000-0101"] { #expect(text.contains(words), "\(words)") }
        }
        // What is on show is nothing of the ticket's record: an older receipt still agrees.
        #expect(try check(branch, bare, "receipt", paper)["result"]?.string == "same")
        #expect(branch.run("people").output.contains("0000-8000-0101"))
        #expect(try branch.get("/api/v1/people?node=province-01").json["channels"]?.isNull == true)
    }

    @Test func `channels of a unit that does not exist, twice or half are refused`() throws {
        let head = try RunningNode("head")
        let folder = try TemporaryFolder()
        let channel =
            #"{"node": "b1", "book": {"zh": "簿", "en": "book"}, "box": {"zh": "箱", "en": "box"}, "phone": "1"}"#
        for (channels, code) in [
            ("[\(channel.replacing("b1", with: "b9"))]", "people.unknown-node"),
            ("[\(channel), \(channel)]", "people.doubled-node"),
            (#"[{"node": "b1", "phone": "1"}]"#, "people.missing-key"), ("[]", "people.empty-register"),
        ] {
            let path = try folder.write(
                "c.json",
                #"{"format": 1, "people": "c", "version": "1", "name": {"zh": "渠道", "en": "channels"}, "channels": "#
                    + channels + "}")
            let outcome = head.run("reference", "publish", path)
            #expect(outcome.code == .failed && outcome.error.contains("[\(code)]"), "\(outcome.error)")
        }
    }

    @Test func `hostile words are only words: no markup, no script, nothing from elsewhere, no turned direction`()
        throws
    {
        let node = try RunningNode("p1")
        let hostile = "</td><script>alert(1)</script><img src=x onerror=y>&amp;\"'\u{202E}gnp.exe\u{200B}"
        let number = try node.register(["what": hostile, "complainant_name": "<b>某某</b>"])
        for form in ["FO-01", "FO-05", "FO-08"] {
            let answer = try page(node, number, form)
            #expect(!answer.text.contains("<script") && !answer.text.contains("<img") && !answer.text.contains("<b>某"))
            #expect(!answer.text.unicodeScalars.contains("\u{202E}") && !answer.text.utf8.contains(0))
            #expect(answer.text.contains("&lt;script&gt;") && answer.text.contains("&amp;amp;"))
            #expect(
                !answer.text.contains("http://") && !answer.text.contains("https://") && !answer.text.contains("url("))
            let policy = try #require(answer.headers["Content-Security-Policy"])
            #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
            #expect(answer.headers["X-Content-Type-Options"] == "nosniff")
            #expect(answer.headers["Cache-Control"] == "no-store")
        }
    }

    @Test func `a paper tells whether the record is still the same, changed since, or never was so`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let code = try code(try page(node, number, "FO-01"))
        #expect(try check(node, number, "fo-01", " " + code.lowercased() + " ")["result"]?.string == "same")
        // A note is not on the form: the paper still agrees.
        try node.act(number, "note", #"{"text":"与表单无关"}"#)
        #expect(try check(node, number, "FO-01", code)["result"]?.string == "same")
        let amended = try node.send(
            .patch, "/api/v1/tickets/\(number)", Sample.body(["amount_involved": "999.00"]), ["If-Match": "*"])
        try #require(amended.status == 200)
        let changed = try check(node, number, "FO-01", code)
        #expect(changed["result"]?.string == "differs" && changed["act"]?.string == "amend")
        #expect(changed["changes"]?.integer == 1)
        for _ in 0..<3 { try node.act(number, "note", #"{"text":"又一条备注"}"#) }
        let later = try check(node, number, "FO-01", code)
        #expect(later["act"]?.string == "amend" && later["changes"]?.integer == 4)
        // Another form, and another ticket, never had that code.
        #expect(try check(node, number, "FO-05", code)["result"]?.string == "unknown")
        #expect(try check(node, try node.register(), "FO-01", code)["result"]?.string == "unknown")

        let verified = node.run("ticket", "print", number, "--form", "FO-01", "--verify", code)
        #expect(verified.code == .failed && verified.output.contains("已变更"))
    }

    @Test func `a slip of the finger is told from paper that does not agree`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let good = try code(try page(node, number, "FO-01"))
        var symbols = Array(good)
        symbols[1] = symbols[1] == "7" ? "8" : "7"
        for wrong in [String(symbols), "AAAA", good + "1", "*", String(repeating: "A", count: 500)] {
            let answer = try node.get("/api/v1/tickets/\(number)/forms/FO-01/check?code=\(PercentText.encode(wrong))")
            #expect(answer.status == 400)
            #expect(try answer.errors == ["code bad-check-code"])
        }
        #expect(try node.get("/api/v1/tickets/\(number)/forms/FO-99").code == "form.not-found")
        #expect(try node.get("/api/v1/tickets/none/forms/FO-01").status == 404)
    }

    @Test func `head office prints what it holds and says what it does not, and the branch's paper is unknown to it`()
        throws
    {
        let (branch, province, head) = (try RunningNode("b1"), try RunningNode("p1"), try RunningNode("head"))
        let number = try branch.register()
        try branch.exchange(with: province, session: 1)
        try province.exchange(with: head, session: 2)
        let text = try page(head, number, "FO-01").text
        #expect(text.contains("本节点不掌握") && !text.contains("测试客户") && text.contains("银行"))
        let paper = try code(try page(branch, number, "FO-01"))
        #expect(try check(province, number, "FO-01", paper)["result"]?.string == "same")
        #expect(try check(head, number, "FO-01", paper)["result"]?.string == "unknown")
    }

    @Test func `the command writes a file for nobody else's eyes`() throws {
        let node = try RunningNode("p1")
        let number = try node.register()
        let folder = try TemporaryFolder()
        let path = folder.path + "/form.html"
        let outcome = node.run("ticket", "print", number, "--form", "FO-01", "--output", path)
        #expect(outcome.code == .success, "\(outcome.error)")
        let written = String(decoding: try #require(WholeFile.read(path)), as: UTF8.self)
        #expect(written.contains("客户投诉登记表"))
        let verified = node.run(
            "ticket", "print", number, "--form", "FO-01", "--verify",
            String(try #require(written.split(separator: "check code <b>").last?.split(separator: "<").first)))
        #expect(verified.code == .success && verified.output.contains("一致"))
    }
}
