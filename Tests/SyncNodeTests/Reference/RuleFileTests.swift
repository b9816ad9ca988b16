import Testing

@testable import SyncNode
@testable import TicketModel

/// Packs and calendars with mistakes: each gets its file, its place, and what would be right.
@Suite struct RuleFileTests {
    private static let policy = """
        {"id": "total", "name": {"zh": "总", "en": "total"}, "start": ["applies"], "from": "received_at",
         "stop": ["T18"], "limit": {"hours": 24}, "warn": "9/10", "warned": ["handler"], "ladder": ["dept_head"],
         "sureness": "V", "source": "DL-01"}
        """

    private func packText(_ policy: String = RuleFileTests.policy, _ head: String = "") -> String {
        """
        {"format": 1, "pack": "p", "version": "1", "name": {"zh": "包", "en": "pack"}, "zone": "+08:00",
         "calendar": "cn", "effective_from": "2026-01-01",\(head)
        "policies": [\(policy)]}
        """
    }

    private func packReports(_ text: String) -> [String] {
        do throws(ConfigurationError) {
            do {
                _ = try PackReader.read(try JSONReader.parse(Array(text.utf8)), file: "p.json")
            } catch let error as JSONError {
                throw ConfigurationError(file: "p.json", area: "pack", error)
            } catch let error as ConfigurationError {
                throw error
            } catch {
                return ["another error"]
            }
            return []
        } catch {
            return error.englishReports
        }
    }

    @Test func `the good pack of these tests is good`() { #expect(packReports(packText()) == []) }

    @Test(arguments: [
        (#""hours": 24"#, #""hours": 0"#, "pack.out-of-range p.json:4:"),
        (#""hours": 24"#, #""hours": 24, "working_days": 1"#, "the limit has 2 amounts"),
        (#""hours": 24"#, #""hour": 24"#, "limit.hour: this key is not known / did you mean hours?"),
        (#"["applies"]"#, #"["T31"]"#, "there is no transition T31 / T01 to T30"),
        (#"["applies"]"#, #"["t07"]"#, "\"t07\" is no event"),
        (#"["applies"]"#, "[]", "nothing starts the clock"),
        (#"["T18"]"#, #"["applies"]"#, "events that stop it"),
        (#""9/10""#, #""90 %""#, #"write "9/10" or "none""#),
        (#"["handler"]"#, #"["boss"]"#, "policies[0].warned: somebody here is no role"),
        (#""sureness": "V""#, #""sureness": "X""#, "there is no sureness \"X\" / known: V, S, M, P"),
        (#""source": "DL-01""#, #""source": """#, "the text is empty"),
        (#""from": "received_at""#, #""from": "scope""#, "the field to count from is no core instant"),
        (#""from": "received_at""#, #""from": "complainant_name""#, #"there is no field "complainant_name""#),
        (
            #""source": "DL-01""#, #""source": "DL-01", "when": [{"field": "scope", "any": ["nationl"]}]"#,
            "did you mean national?"
        ),
        (#""source": "DL-01""#, #""source": "DL-01", "when": [{"field": "what", "any": ["x"]}]"#, "there is no field"),
        (#""source": "DL-01""#, #""source": "DL-01", "when": [{"field": "scope"}]"#, "give either"),
        (
            #""source": "DL-01""#, #""source": "DL-01", "at_breach": {"field": "state", "code": "nowhere"}"#,
            "cannot be set at breach"
        ),
        (
            #""source": "DL-01""#, #""source": "DL-01", "pause": [{"reason": "tired", "sureness": "V"}]"#,
            "a pause reason is not known"
        ),
        (
            #""source": "DL-01""#,
            #""source": "DL-01", "extension": [{"id": "x", "limit": {"hours": 12}, "reasons": ["complex"], "approvers": ["approver"], "sureness": "V"}]"#,
            "each extension must be longer"
        ),
        (
            #""source": "DL-01""#,
            #""source": "DL-01", "extension": [{"id": "x", "limit": {"working_days": 12}, "reasons": ["complex"], "approvers": ["approver"], "sureness": "V"}]"#,
            "give both in the same unit"
        ),
        (#""zone": "+08:00""#, #""zone": "Asia/Shanghai""#, "write it like +08:00"),
        (#""effective_from": "2026-01-01""#, #""effective_from": "2026-02-30""#, "is no date"),
        (#""pack": "p""#, #""pack": "P 1""#, "is no code"),
        (#""format": 1"#, #""format": 2"#, "this program reads format 1"),
        (#""version": "1","#, "", "the key version is missing"),
        (#""calendar": "cn""#, #""calendar": "cn", "calendar": "uk""#, "duplicate"),
    ])
    func `a mistake in a pack is named with its place and what would be right`(
        right: String, wrong: String, words: String
    ) {
        let text = packText().replacingFirst(right, with: wrong)
        #expect(text != packText(), "the test replaces something")
        let reports = packReports(text)
        #expect(reports.contains { $0.contains(words) }, "\(reports)")
        #expect(reports.allSatisfy { $0.contains("p.json") })
    }

    @Test func `working days without a calendar, and policies of one name, are refused`() {
        let days = Self.policy.replacingFirst(#""hours": 24"#, with: #""working_days": 2"#)
        let none = packText(days).replacingFirst(#""calendar": "cn""#, with: #""calendar": null"#)
        #expect(packReports(none).contains { $0.contains("counting working days needs a calendar") })
        #expect(
            packReports(packText(Self.policy + "," + Self.policy)).contains { $0.contains("two policies have this id") }
        )
    }

    // MARK: Calendars

    private func yearReports(_ off: String, _ working: String = "", year: Int = 2026, wanted: Int? = nil) -> [String] {
        let text = """
            {"format": 1, "calendar": "cn", "year": \(year),
             "source": {"zh": "通知", "en": "notice", "url": "https://example.test"},
             "off": [\(off)],
             "working": [\(working)]}
            """
        do {
            let root = try JSONReader.parse(Array(text.utf8))
            _ = try YearReader.read(JSONField(root), file: "2026.json", calendar: "cn", year: wanted)
            return []
        } catch let error as ConfigurationError {
            return error.englishReports
        } catch {
            return ["another error"]
        }
    }

    private func run(_ from: String, _ to: String) -> String {
        #"{"from": "\#(from)", "to": "\#(to)", "zh": "元旦", "en": "New Year"}"#
    }

    @Test func `an empty year is refused, with what to do`() {
        let reports = yearReports("")
        #expect(reports.first?.contains("calendar.empty-year 2026.json") == true)
        #expect(reports.first?.contains("leave the year out until the official list is published") == true)
    }

    @Test func `a bad date is named with its line`() {
        #expect(yearReports(run("2026-01-01", "2026-01-03")).isEmpty)
        #expect(yearReports(run("2026-01-01", "2026-01-32")).first?.contains("2026.json:3:") == true)
        #expect(yearReports(run("2025-12-31", "2026-01-02")).first?.contains("calendar.outside-year") == true)
        #expect(yearReports(run("2026-01-03", "2026-01-01")).first?.contains("ends before it begins") == true)
        let weekday = yearReports(run("2026-01-01", "2026-01-03"), #""2026-01-05""#)
        #expect(weekday.first?.contains("calendar.not-a-moved-day 2026.json:4:") == true)
        let doubled = yearReports(run("2026-01-01", "2026-01-03"), #""2026-01-04", "2026-01-04""#)
        #expect(doubled.first?.contains("2026-01-04 stands twice") == true)
        #expect(
            yearReports(run("2026-01-01", "2026-01-03"), year: 2026, wanted: 2027).first?.contains("other-year") == true
        )
    }

    @Test
    func `next year's days are one file and one command`()
        throws
    {
        let folder = try TemporaryFolder()
        _ = try folder.write(
            "cn.json",
            #"{"format": 1, "calendar": "cn", "version": "2026.1", "name": {"zh": "历", "en": "days"}, "years": []}"#
        )
        func year(_ number: Int) throws -> String {
            try folder.write(
                "\(number).json",
                """
                {"format": 1, "calendar": "cn", "year": \(number),
                 "source": {"zh": "虚构", "en": "invented", "url": "https://example.org/"},
                 "off": [\(run("\(number)-01-01", "\(number)-01-03"))], "working": []}
                """)
        }
        let item = try #require(try ReferenceFile.items(try year(2027)).first)
        #expect(item.kind == .workCalendar && item.name == "cn" && item.version == "2027.1")
        #expect(try PublishedRules.calendar(item).years.map(\.year) == [2027])
        // A year that is no later would hide behind the calendar that is out already.
        let late = try year(2025)
        let error = #expect(throws: ConfigurationError.self) { try ReferenceFile.items(late) }
        #expect(error?.code == "calendar.version-not-later" && error?.hint.contains("raise its version") == true)
    }

    // MARK: Published items

    private func item(_ kind: ReferenceKind, _ name: String, _ version: String, _ text: String) -> ReferenceItem {
        ReferenceItem(kind: kind, name: name, version: version, content: text)
    }

    @Test func `what head office publishes makes the same book as the files`() throws {
        let shipped = try RuleBookReader.load(Repository.path("reference/rules.json"))
        var items: [ReferenceItem] = []
        for pack in shipped.packs where shipped.inForce.contains(pack.id) {
            let bytes = try ConfigurationFile.bytes(
                Repository.path("reference/packs/\(pack.id).json"), area: "pack", bytesMax: 65_536)
            items.append(item(.policyPack, pack.id, pack.version, String(decoding: bytes, as: UTF8.self)))
        }
        let calendar = try #require(shipped.calendars.first)
        let text = String(decoding: CalendarWriter.json(calendar), as: UTF8.self)
        items.append(item(.workCalendar, "cn", "2026.1", text))
        #expect(items.allSatisfy { $0.content.utf8.count <= ReferenceItem.contentBytesMax })

        let (book, unread) = PublishedRules.book(of: items)
        #expect(unread.isEmpty)
        #expect(book.inForce == shipped.inForce)
        #expect(book.calendars == shipped.calendars)
        #expect(book.packs == shipped.packs.filter { shipped.inForce.contains($0.id) })
    }

    @Test func `a damaged publication is named and stops no other`() {
        let good = item(.policyPack, "p", "1", packText())
        let (book, unread) = PublishedRules.book(of: [
            item(.policyPack, "p", "2", "{"), item(.policyPack, "q", "1", packText()), good,
            item(
                .workCalendar, "cn", "1",
                #"{"format": 1, "calendar": "cn", "version": "1", "name": {"zh": "历", "en": "c"}, "years": [2026]}"#),
            item(.knowledgeText, "k", "1", "words"),
        ])
        #expect(book.packs.map(\.reference) == ["p@1"])
        #expect(
            unread.map(\.code) == ["pack.truncated", "pack.other-name", "calendar.bad-year", "knowledge.unexpected"])
    }

    // MARK: Explanations as JSON

    @Test func `an explanation is JSON with facts and words in both languages`() throws {
        let book = try RuleBookReader.load(Repository.path("reference/rules.json"))
        let pack = try #require(book.packs.first { $0.id == "village-bank" })
        let clock = book.clock(
            pack.policies[0], of: pack, key: ClockKey(pack: pack.id, policy: "bank_internal", leg: 0, round: 1),
            startedAt: try #require(CivilTime.instant(from: "2021-09-30 10:00")))
        var writer = JSONWriter()
        ExplanationJSON(book.explain(clock, at: clock.startedAt)).write(to: &writer)
        let root = try JSONReader.parse(writer.bytes)
        #expect(root["due_at"]?.integer == CivilTime.instant(from: "2021-10-13 23:59:59.999"))
        #expect(root["agrees"]?.bool == true)
        let steps = try #require(root["steps"]?.array)
        #expect(steps.count { $0["step"]?.string == "day" && $0["counts"]?.bool == true } == 5)
        #expect(root["text"]?["zh"]?.array?.count == root["text"]?["en"]?.array?.count)
    }
}

extension String {
    func replacingFirst(_ old: String, with new: String) -> String {
        guard let range = utf8Range(of: old) else { return self }
        return self[..<range.lowerBound] + new + self[range.upperBound...]
    }

    private func utf8Range(of text: String) -> Range<Index>? {
        var index = startIndex
        while index < endIndex {
            if self[index...].hasPrefix(text) { return index..<self.index(index, offsetBy: text.count) }
            index = self.index(after: index)
        }
        return nil
    }
}
