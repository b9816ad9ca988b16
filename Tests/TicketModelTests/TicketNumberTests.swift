import Testing

@testable import TicketModel

@Suite struct TicketNumberTests {
    private func issued(_ randomness: UInt64, org: String = "GD01", at: Int64 = TestBank.morning) throws -> TicketNumber
    {
        try #require(TicketNumber(org: org, at: at, randomness: randomness))
    }

    /// What a text is read as, or why not.
    private func read(_ text: String) -> Result<TicketNumber, TicketNumberError> {
        do throws(TicketNumberError) { return .success(try TicketNumber(text)) } catch { return .failure(error) }
    }

    /// True where a damaged text is refused, or is only another way to write the same number.
    private func isHarmless(_ damaged: String, _ number: TicketNumber) -> Bool {
        if case .success(let other) = read(damaged) { other == number } else { true }
    }

    @Test func `a number has the unit, China's date, four characters and a check`() throws {
        let number = try issued(0)
        #expect(number.description.hasPrefix("GD01-20260301-"))
        #expect(number.random.utf8.count == 4 && number.check.utf8.count == 1)
        #expect(try TicketNumber(number.description) == number)
    }

    @Test func `the worked example of the documentation holds`() throws {
        #expect(try issued(0).description == "GD01-20260301-0000-P")
        let hint = TicketNumberError.wrongShape.hint.english
        #expect(hint.hasSuffix("GD01-20260301-7K4M-Q"))
        _ = try TicketNumber("GD01-20260301-7K4M-Q")
    }

    @Test func `the date turns at midnight in China, not in Greenwich`() throws {
        // 2026-02-28 15:59:59.999 and 16:00 UTC.
        let midnight: Int64 = 1_772_294_400_000
        #expect(try issued(1, at: midnight - 1).date.text == "2026-02-28")
        #expect(try issued(1, at: midnight).date.text == "2026-03-01")
    }

    @Test func `every single wrong character is noticed`() throws {
        for randomness: UInt64 in [0, 1, 77, 0xABCDE, 0xFFFFF] {
            for org in ["GD01", "HQ", "0000", "ZZ", "A1B2C3D4E5F6G7H8"] {
                let number = try issued(randomness, org: org)
                let text = Array(number.description.utf8)
                for position in text.indices {
                    for replacement in UInt8(0x20)...0x7E where replacement != text[position] {
                        var damaged = text
                        damaged[position] = replacement
                        let harmless = isHarmless(String(decoding: damaged, as: UTF8.self), number)
                        #expect(harmless, "\(number) with \(replacement) at \(position)")
                    }
                }
            }
        }
    }

    @Test func `every swap of two different characters is noticed`() throws {
        for randomness in UInt64(0)..<150 {
            let number = try issued(randomness &* 0x9E37_79B9, org: ["GD01", "10", "HQ0H0Q"][Int(randomness % 3)])
            let text = Array(number.description.utf8)
            for first in text.indices {
                for second in text.indices where second > first && text[first] != text[second] {
                    var damaged = text
                    damaged.swapAt(first, second)
                    let harmless = isHarmless(String(decoding: damaged, as: UTF8.self), number)
                    #expect(harmless, "\(number) \(first)⇄\(second)")
                }
            }
        }
    }

    @Test func `all random parts of a unit and day can be read back`() throws {
        var seen: Set<String> = []
        for randomness in stride(from: UInt64(0), to: TicketNumber.randomValues, by: 211) {
            let number = try issued(randomness)
            #expect(try TicketNumber(number.description) == number)
            seen.insert(number.description)
        }
        // Some draws share a number with their neighbour: those whose own check character is never issued.
        #expect(seen.count > 4_000)
    }

    @Test func `a number is read as people write it`() throws {
        let number = try issued(0x108C7)
        let sloppy = " " + AsciiText.lowerCased(number.description) + "\n"
        #expect(try TicketNumber(sloppy) == number)
        let zeros = try issued(0)
        #expect(try TicketNumber("GD01-20260301-OOoo-\(zeros.check)") == zeros)
    }

    @Test(
        arguments: [
            ("", .wrongShape), ("GD01-20260301-7K3M", .wrongShape), ("GD01-20260301-7K3M-9-", .wrongShape),
            ("G-20260301-7K3M-9", .badOrg), ("G_01-20260301-7K3M-9", .badOrg), ("省-20260301-7K3M-9", .badOrg),
            ("GD01-20260230-7K3M-9", .badDate), ("GD01-2026031-7K3M-9", .badDate), ("GD01-00000101-7K3M-9", .badDate),
            ("GD01-20260301-7K3-9", .badRandomPart), ("GD01-20260301-7K3U-9", .badRandomPart),
            ("GD01-20260301-7K3M-", .badCheckCharacter), ("GD01-20260301-7K3M-99", .badCheckCharacter),
            ("GD01-20260301-7K3M-*", .badCheckCharacter), ("GD01-20260301-0000-Y", .wrongCheckCharacter),
            (String(repeating: "9", count: 200), .tooLong),
        ] as [(String, TicketNumberError)])
    func `what is wrong with a number is named`(_ text: String, _ expected: TicketNumberError) {
        #expect(read(text) == .failure(expected))
        #expect(!expected.sentence.chinese.isEmpty && !expected.hint.english.isEmpty)
    }

    @Test(arguments: ["", "g1", "GD-01", "G", "ABCDEFGHIJKLMNOPQ", "中国"])
    func `no number is issued for what is no unit's code`(_ org: String) {
        #expect(TicketNumber(org: org, at: 0, randomness: 0) == nil)
    }

    @Test func `a clock far off still gives a number`() throws {
        #expect(try issued(5, at: .min).date.text == "1970-01-01")
        #expect(try issued(5, at: .max).date.text == "9999-12-31")
    }
}

extension Result where Success == TicketNumber, Failure == TicketNumberError {
    static func == (left: Self, right: Self) -> Bool {
        switch (left, right) {
        case (.success(let a), .success(let b)): a == b
        case (.failure(let a), .failure(let b)): a == b
        default: false
        }
    }
}
