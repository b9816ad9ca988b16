import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

/// The markup of the printed forms, with the worst that a field can hold in every line.
@Suite("Markup of forms") struct FormMarkupTests {
    private static let hostile = "</td></table><script>alert('1')</script><img src=x onerror=\"y\">&#x3c;\u{0}\u{202E}"

    /// A ticket that holds the same hostile words in every field, whatever its type.
    private static func ticket() -> TicketView {
        var fields: [FieldID: [Value]] = [:]
        for definition in FieldTable.all { fields[definition.id] = [.text(hostile), .text(hostile + "2")] }
        return TicketView(document: DocumentID(space: 70_000, number: 1), disclosure: .full, fields: fields)
    }

    private static func html(_ form: FormKind) -> String {
        let life = Incarnation(rawValue: 0x0123_4567_89AB_CDEF)
        let acts = (1...3).map { number in
            FormAct(
                dot: Dot(life, UInt64(number)), at: 1_794_790_800_000, node: "b1", post: hostile,
                kind: number == 3 ? 65_000 : TicketAct.register.rawValue)
        }
        let channels = PublishedChannels(
            book: Bilingual(hostile, hostile), box: Bilingual(hostile, hostile), phone: hostile)
        let filled = FilledForm(form, of: ticket(), acts: acts, isAwaitingBodies: false, channels: channels)
        return FormPage(
            form: filled, code: CheckCode(filled, SHA256.function), bank: Wording(hostile, hostile),
            unit: Wording(hostile, hostile), at: 1_794_790_800_000
        ).html
    }

    @Test(arguments: FormKind.allCases)
    func `every form is well formed and escapes whatever stands in every field`(_ form: FormKind) throws {
        let html = FormMarkupTests.html(form)
        #expect(MarkupCheck.fault(in: html) == nil, "\(MarkupCheck.fault(in: html) ?? "")")
        for tag in ["<script", "<img", "onerror=\"", "<!--"] { #expect(!html.contains(tag), "\(tag)") }
        #expect(html.contains("&lt;script&gt;") && !html.unicodeScalars.contains("\u{202E}"))
        #expect(!html.utf8.contains(0))
    }

    @Test(arguments: FormKind.allCases)
    func `every form is laid out for A4 and breaks what is too long for a line`(_ form: FormKind) {
        let html = FormMarkupTests.html(form)
        for rule in [
            "@page{size:A4;margin:14mm}", "max-width:180mm", "table-layout:fixed", "overflow-wrap:anywhere",
            "tr{break-inside:avoid}",
        ] { #expect(html.contains(rule), "\(rule)") }
        // Nothing says how wide it is but the labels, whose 38 mm leave 144 mm of A4's 182.
        #expect(html.matches(of: /width:(\d+)mm/).allSatisfy { (Int($0.1) ?? 0) <= 182 })
        #expect(!html.contains("width=") && !html.contains("nowrap"))
    }

    @Test(arguments: FormKind.allCases)
    func `every form says each thing in Chinese first`(_ form: FormKind) throws {
        let html = FormMarkupTests.html(form)
        #expect(html.contains("<html lang=\"zh-CN\">"))
        #expect(html.contains("<h1>\(form.title.chinese)<small lang=\"en\">"))
        for match in html.matches(of: /<t[hd]>([^<]*)<small lang="en">([^<]+)<\/small>/) where !match.1.isEmpty {
            let isChinese = match.1.unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) }
            #expect(isChinese, "\(match.0)")
        }
    }

    @Test func `the checker itself finds what is wrong`() {
        for (text, isGood) in [
            ("<!DOCTYPE html><p>a<br>b</p>", true), ("<p>a", false), ("<p><b>a</p></b>", false),
            ("<p>a < b</p>", false),
            ("<p class=x>a</p>", false), ("<p class=\"x\">a &amp; b</p>", true), ("<p>a & b</p>", false),
        ] { #expect((MarkupCheck.fault(in: text) == nil) == isGood, "\(text)") }
    }
}

/// Looks whether tags open and close in order, attributes are quoted and nothing stands unescaped.
enum MarkupCheck {
    private static let void: Set<String> = ["meta", "br", "hr"]

    /// The first fault; nil for well-formed markup.
    static func fault(in html: String) -> String? {
        var open: [String] = []
        var rest = html[...]
        if rest.hasPrefix("<!DOCTYPE html>") { rest = rest.dropFirst(15) }
        while let start = rest.firstIndex(where: { $0 == "<" || $0 == "&" || $0 == ">" }) {
            let isStyle = open.last == "style"
            switch rest[start] {
            case ">" where !isStyle: return "a > stands alone before \(rest[start...].prefix(20))"
            case "&" where !isStyle:
                guard let entity = rest[start...].prefixMatch(of: /&(amp|lt|gt|quot|#39);/) else {
                    return "an & stands alone: \(rest[start...].prefix(20))"
                }
                rest = rest[entity.range.upperBound...]
            case "<":
                let tag = /<(\/?)([a-z][a-z0-9]*)((?: [a-z-]+="[^"<>]*")*)>/
                guard let match = rest[start...].prefixMatch(of: tag) else {
                    return "no tag: \(rest[start...].prefix(40))"
                }
                let name = String(match.2)
                if match.1.isEmpty {
                    if !void.contains(name) { open.append(name) }
                } else if open.popLast() != name {
                    return "</\(name)> closes nothing"
                }
                rest = rest[match.range.upperBound...]
            default: rest = rest[rest.index(after: start)...]
            }
        }
        return open.isEmpty ? nil : "not closed: \(open)"
    }
}
