import Testing

@testable import SyncNode

@Suite struct DisplayTests {
    @Test(arguments: [
        ("abc", 3), ("投诉", 4), ("a投b", 4), ("，。（）", 8), ("\u{FF21}\u{FF22}", 4), ("ｱｲｳ", 3), ("한국", 4), ("ひらカナ", 8),
        ("é", 1),
        ("e\u{301}", 1), ("😀", 2), ("👨‍👩‍👧", 2), ("🇨🇳", 2), ("…—·", 3), ("𠮷", 2), ("", 0), ("\u{200B}", 0),
    ])
    func `a character takes the columns that a terminal gives it`(text: String, columns: Int) {
        #expect(DisplayText.width(text) == columns)
    }

    @Test func `a text is cut to fit, never in the middle of a wide character`() {
        #expect(DisplayText.fit("投诉工单", columns: 8) == "投诉工单")
        #expect(DisplayText.fit("投诉工单", columns: 7) == "投诉工…")
        #expect(DisplayText.fit("投诉工单", columns: 6) == "投诉…")
        #expect(DisplayText.fit("abc", columns: 1) == "…")
        #expect(DisplayText.fit("abc", columns: 0) == "")
    }

    @Test func `a list that both languages end with is said once, and a time is no list`() {
        #expect(Wording("可用:a, b", "One of: a, b.").both == "可用 One of: a, b")
        #expect(Wording("例如 15:00", "for example 15:00").both == "例如 15:00 for example 15:00")
        #expect(Wording("可用:a", "One of: b.").both == "可用:a One of: b.")
        #expect(Wording("原因:", "reason:").both == "原因: reason:")
    }

    @Test func `text from outside cannot command the terminal or hide itself`() {
        #expect(DisplayText.safe("a\u{1B}[31mb\u{7}\u{9B}c\u{202E}d\r\ne") == "a�[31mb��c�d��e")
        #expect(DisplayText.safe("投诉 é") == "投诉 é")
    }

    @Test func `columns of a table line up under wide characters`() {
        var table = TextTable([.init("工单 TICKET", columnsMax: 12), .init("件 N", .right), .init("机构 ORG")])
        table.add(["青石县支行", "3", "a"])
        table.add(["b", "12345", "线\n上"])
        table.add(["a very long name indeed", "1", ""])
        #expect(
            table.lines == [
                "工单 TICKET    件 N  机构 ORG", "青石县支行        3  a", "b             12345  线�上", "a very long…      1",
            ])
        let widths = Set(
            table.lines.dropLast().map { line in
                DisplayText.width(String(line.prefix { !"机a线".contains($0) || line.first == $0 }))
            })
        #expect(widths.count == 1)
    }

    @Test func `the nearest name is suggested, and a far one is not`() {
        let names = ["--mapping", "--node", "--json", "--limit"]
        #expect(Suggestion.nearest(to: "--maping", among: names) == "--mapping")
        #expect(Suggestion.nearest(to: "--NODE", among: names) == "--node")
        #expect(Suggestion.nearest(to: "--ndoe", among: names) == "--node")
        #expect(Suggestion.nearest(to: "--zzzzzz", among: names) == nil)
        #expect(Suggestion.nearest(to: "", among: names) == nil)
        #expect(Suggestion.nearest(to: String(repeating: "x", count: 100_000), among: names) == nil)
    }
}

@Suite struct ProgressBarTests {
    @Test func `the line shows share, amounts, rate and time left`() {
        var bar = ProgressBar("导入 import", unit: .rows, total: 1000, now: 10_000)
        #expect(bar.line(done: 0, now: 10_000, columns: 120) == "导入 import  [........................]   0%  0/1000")
        #expect(
            bar.line(done: 250, now: 12_000, columns: 120)
                == "导入 import  [######..................]  25%  250/1000  125/s  剩余 6s left")
        #expect(
            bar.line(done: 1000, now: 14_000, columns: 120)
                == "导入 import  [########################] 100%  1000/1000  250/s")
    }

    @Test func `the rate is that of the last seconds, not of the whole time`() {
        var bar = ProgressBar("x", unit: .rows, total: nil, now: 0)
        for second in 1...20 { _ = bar.line(done: Int64(second) * 10, now: Int64(second) * 1000, columns: 80) }
        for second in 21...30 {
            _ = bar.line(done: 200 + Int64(second - 20) * 100, now: Int64(second) * 1000, columns: 80)
        }
        #expect(bar.line(done: 1300, now: 31_000, columns: 80) == "x  1300  100/s")
    }

    @Test func `bytes and times are written for people`() {
        #expect(Quantity.bytes(912) == "912 B")
        #expect(Quantity.bytes(1_440_000) == "1.4 MB")
        #expect(Quantity.bytes(5e15) == "5000.0 TB")
        #expect(Quantity.duration(seconds: 8) == "8s")
        #expect(Quantity.duration(seconds: 65) == "1:05")
        #expect(Quantity.duration(seconds: 7384) == "2:03:04")
    }

    @Test func `a job that stands still, ends early or runs over never traps`() {
        var bar = ProgressBar("x", unit: .bytes, total: 0, now: 0)
        _ = bar.line(done: 10, now: 0, columns: 3)
        _ = bar.line(done: 5, now: -100, columns: 80)
        _ = bar.line(done: Int64.max, total: 1, now: 100, columns: 80)
        #expect(bar.line(done: 5, total: 1 << 62, now: 200, columns: 80).contains("5 B/"))
    }

    @Test func `the line is redrawn ten times a second at most`() {
        var bar = ProgressBar("x", unit: .rows, total: 10, now: 0)
        #expect(bar.update(done: 1, now: 0, columns: 80) != nil)
        #expect(bar.update(done: 2, now: 99, columns: 80) == nil)
        #expect(bar.update(done: 3, now: 100, columns: 80) != nil)
    }

    @Test func `a pipe gets no progress at all, a terminal one line`() {
        let pipe = CapturedConsole()
        let terminal = CapturedConsole(isErrorTerminal: true)
        for captured in [pipe, terminal] {
            var display = ProgressDisplay(ProgressBar("x", unit: .rows, total: 2, now: 0), on: captured.console)
            display.show(done: 1, now: 0)
            display.finish(done: 2, now: 10)
        }
        #expect(pipe.error.isEmpty && pipe.output.isEmpty)
        #expect(terminal.error.split(separator: "\r").count == 2)
        #expect(terminal.error.hasSuffix("2/2  200/s\n"))
    }
}
