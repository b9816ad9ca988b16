import SyncProtocol
import Testing

@testable import TicketModel

@Suite struct ValueReadingTests {
    private func rule(_ field: String, _ text: String) -> FieldRule? {
        guard let definition = FieldTable.definition(named: field) else { return .unknownField }
        do throws(FieldProblem) {
            _ = try definition.value(from: text)
            return nil
        } catch {
            #expect(error.field == field && !error.hint.chinese.isEmpty && !error.hint.english.isEmpty)
            return error.rule
        }
    }

    private func value(_ field: String, _ text: String) throws -> Value {
        try #require(FieldTable.definition(named: field)).value(from: text)
    }

    @Test(
        arguments: [
            ("kind", "compliant", .notInList), ("kind", "投诉单", .notInList), ("symptom", "吞钞", .notInList),
            ("flags", "media,loud", .notInList), ("flags", ",", .blank),
            ("received_at", "tomorrow", .notAnInstant), ("retention_until", "2026-02-30", .notADate),
            ("waiting_minutes", "10001", .outOfRange), ("waiting_minutes", "-1", .notANumber),
            ("waiting_minutes", "ten", .notANumber),
            ("amount_involved", "2,000", .notAnAmount), ("amount_involved", "20.001", .notAnAmount),
            ("amount_involved", "-5", .notAnAmount),
            ("amount_involved", "100000000001", .outOfRange), ("amount_involved", ".", .notAnAmount),
            ("amount_involved", "1.", .notAnAmount),
            ("purpose_explicit", "maybe", .notAFlag), ("lead_leg", "Branch 1", .notANode),
            ("assist_legs", "a,B", .notANode),
            ("home_org", "省分行", .notAnOrg), ("first_contact_person", "张三", .notAPost),
            ("first_contact_person", "a b", .notAPost),
            ("links", "child_of", .notALink), ("links", "friend_of@00000000000000010000000000000002", .notALink),
            ("links", "child_of@12", .notALink), ("ticket_no", "GD01-1", .notANumberOfATicket),
            ("target_person_token", "XYZ", .notAToken), ("target_person_token", "abc", .notAToken),
            ("complainant_id", "Zhang San", .notACode), ("missing_fields", "nonsense", .notACode),
            ("notices_sent", "ack", .notInList), ("notices_sent", "ack@x", .notInList),
            ("complainant_name", "  \u{3000}", .blank), ("what", "a\u{0}b", .controlCharacter),
            ("what", "a\u{1B}[2J", .controlCharacter),
            ("what", "我的密码是123456", .credential), ("complainant_name", String(repeating: "名", count: 200), .tooLong),
            ("kind", String(repeating: "k", count: 49), .tooLong),
            ("complainant_name", "张\n三", .lineBreak), ("target_person", "三号柜员\r\n李", .lineBreak),
            ("complainant_email", "zhang san", .notAnEmail), ("complainant_email", "zhang@", .notAnEmail),
            ("complainant_email", "@x.cn", .notAnEmail), ("complainant_email", "a@localhost", .notAnEmail),
            ("complainant_email", "a@x..cn", .notAnEmail), ("complainant_email", "a b@x.cn", .notAnEmail),
            ("complainant_email", "a@b@x.cn", .notAnEmail),
            ("complainant_id_number", "110105194912310021", .notAnIdentityNumber),
            ("proxy_id_number", "11010519491231012X", .notAnIdentityNumber),
        ] as [(String, String, FieldRule)])
    func `a value that breaks its type is refused by rule`(_ field: String, _ text: String, _ expected: FieldRule) {
        #expect(rule(field, text) == expected)
    }

    @Test(
        arguments: [
            ("kind", " complaint ", .text("complaint")), ("flags", "mass,media,mass", .text("mass,media")),
            ("amount_involved", "2000.5", .integer(200_050)), ("amount_involved", "0.07", .integer(7)),
            ("amount_involved", "100000000000", .integer(FieldType.moneyMax)), ("purpose_explicit", "是", .integer(1)),
            ("purpose_explicit", "FALSE", .integer(0)), ("home_org", "gd01", .text("GD01")),
            ("assist_legs", "b,a", .text("a,b")), ("retention_until", "2029-12-31", .text("2029-12-31")),
            ("complainant_email", " zhang.san@mail.example.cn ", .text("zhang.san@mail.example.cn")),
            ("complainant_id_number", "11010519491231002x", .text("11010519491231002x")),
            // No date of birth, no resident's number: an old card, a company, a passport, a number that is partly hidden.
            ("complainant_id_number", "110105491231002", .text("110105491231002")),
            ("complainant_id_number", "911100001000013428", .text("911100001000013428")),
            ("complainant_id_number", "E12345678", .text("E12345678")),
            ("complainant_id_number", "110105********0021", .text("110105********0021")),
            (
                "links", "same_event@00000000000000010000000000000002",
                .text("same_event@00000000000000010000000000000002")
            ),
            ("notices_sent", "ack@5", .text("ack@5")), ("what", "第一行\n第二行\t完", .text("第一行\n第二行\t完")),
            ("received_at", "1970-01-01T00:00:01Z", .integer(1000)),
        ] as [(String, String, Value)])
    func `a good value is taken in its canonical form`(_ field: String, _ text: String, _ expected: Value) throws {
        #expect(try value(field, text) == expected)
    }

    @Test func `too many members of a set are refused`() {
        let many = (0...CodeSet.membersMax).map { "n\($0)" }.joined(separator: ",")
        #expect(rule("assist_legs", many) == .tooMany)
    }

    @Test func `what is accepted is never longer than its type says`() throws {
        for field in FieldTable.all {
            let long = String(repeating: "9", count: field.type.bytesMax + 1)
            #expect(rule(field.name, long) != nil, "\(field.name)")
        }
        let story = String(repeating: "字", count: Limits.valueBytesMax / 3)
        #expect(try value("what", story) == .text(story))
    }

    @Test func `a problem never repeats the value`() throws {
        for field in FieldTable.all {
            let secret = "ZQ\u{7}7731\u{7}SECRET"
            guard let definition = FieldTable.definition(named: field.name) else { continue }
            do throws(FieldProblem) {
                _ = try definition.value(from: secret)
                Issue.record("\(field.name) took it")
            } catch {
                let words = "\(error)"
                #expect(!words.contains("7731") && !words.contains("SECRET"), "\(field.name)")
            }
        }
    }

    @Test(arguments: [
        "密码123456", "我的密码是:8888", "口令为 654321", "PIN 1234", "my pin: 0000", "CVV=123", "cvv2 123.", "验证码「998877」",
        "Password 12345678", "动态码９８７６５４", "安全码 是 321", "卡号后的密码号 4321",
    ])
    func `a credential is refused at entry`(_ text: String) {
        #expect(Credentials.areSuspected(in: text))
    }

    @Test(arguments: [
        "密码输错3次被锁", "密码被盗,损失20000元", "忘记密码", "password reset on 2026-03-01", "shopping 2000", "opinion 1234 people",
        "PIN is 4 digits", "没有收到验证码 2 小时", "验证码 30 分钟后才到", "密码 20000元", "pin", "密码", "密", "等了1000分钟", "",
        "口令,2026年改过", "spin 1234", "pins 1234",
    ])
    func `talk about credentials is not one`(_ text: String) {
        #expect(!Credentials.areSuspected(in: text))
    }

    @Test(arguments: ["密码", "口令", "安全码", "验证码", "动态码", "校验码", "PIN", "cvv", "CVC2", "passcode", "OTP"])
    func `a credential is found wherever it stands`(_ mark: String) {
        for before in ["", "a", "客户说:", "é", "🙂 "] {
            for after in ["", "。", " ok", "\n"] {
                let isInsideWord = before == "a" && mark.utf8.allSatisfy { $0 < 0x80 }
                #expect(Credentials.areSuspected(in: "\(before)\(mark): 4711\(after)") != isInsideWord)
            }
        }
    }
}
