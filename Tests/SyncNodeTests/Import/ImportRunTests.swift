import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// An import that stops, for whatever reason, is begun again: nothing lost, nothing twice, nothing bad forgotten. Nothing
/// about it is remembered beside the nodes: what a row is, its key says.
@Suite struct ImportRunTests {
    private static let mapping =
        #"{"version": 1, "fields": {"what": {"column": "何事", "required": true}, "kind": {"column": "K", "values": {"a": "complaint"}}}}"#
    private static let csv = "何事,K\n一,a\n,a\n\"三\n行\",a\n四,z\n坏\"的,a\n六,a\n"

    private func files(_ folder: TemporaryFolder, csv: String = ImportRunTests.csv) throws -> ImportRun.Files {
        ImportRun.Files(
            source: try folder.write("in.csv", csv), mapping: try folder.write("map.json", ImportRunTests.mapping))
    }

    private func open(_ files: ImportRun.Files) throws -> ImportRun {
        try ImportRun(files, targets: ["what", "kind"], hash: SHA256.function)
    }

    /// Settles up to `count` rows; returns the keys of those that would have been sent.
    private func work(_ run: inout ImportRun, rows count: Int = .max) throws -> [String] {
        var keys: [String] = []
        var done = 0
        while done < count, let row = try run.next() {
            if case .fields = row.outcome { keys.append(row.key) }
            try run.settle(row)
            done += 1
        }
        return keys
    }

    @Test func `a whole file goes through, and what was rejected is written down`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder))
        let keys = try work(&run)
        try run.finish()
        #expect(keys.count == 3 && Set(keys).count == 3)
        #expect(run.count == ImportCount(rows: 6, registered: 3, rejected: 3))
        #expect(run.bytesRead == run.byteCount)
        #expect(
            try folder.read("in.csv.rejects.csv") == #"""
                _line,_reason,_raw,_guarded,何事,K
                3,"missing-value: 缺少必填的值 what is required; column ""何事"" is empty",,,,a
                6,"unknown-value: 映射未列出该值 kind: the mapping does not list the value of column ""K""",,,四,z
                7,quote-in-field: 未加引号的值中有双引号 a double quote stands inside a value that is not quoted,"坏""的,a",,,

                """#)
    }

    @Test func `files that hold personal words are for their owner alone`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder))
        _ = try work(&run)
        try run.finish()
        #expect(try folder.mode("in.csv.rejects.csv") == 0o600)
        #expect(folder.names == ["in.csv", "in.csv.rejects.csv", "map.json"])
    }

    @Test func `an import without rejected rows leaves no reject file`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder, csv: "何事,K\n一,a\n"))
        _ = try work(&run)
        try run.finish()
        #expect(folder.names == ["in.csv", "map.json"])
    }

    @Test(arguments: 0...6)
    func `wherever it stops, the next run sends every row under the same key`(crashed: Int) throws {
        let whole = try TemporaryFolder()
        var reference = try open(try files(whole))
        let allKeys = try work(&reference)
        try reference.finish()

        let folder = try TemporaryFolder()
        let files = try files(folder)
        do {
            // The process dies in the midst of it.
            var first = try open(files)
            _ = try work(&first, rows: crashed)
        }
        var second = try open(files)
        #expect(try work(&second) == allKeys)
        try second.finish()
        #expect(second.count == reference.count)
        #expect(try folder.read("in.csv.rejects.csv") == whole.read("in.csv.rejects.csv"))
    }

    @Test func `a second run of a finished import finds the rejected rows where they are`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var found: [String] = []
        for _ in 0..<2 {
            var run = try open(files)
            _ = try work(&run)
            try run.finish()
            found.append(try folder.read("in.csv.rejects.csv"))
        }
        #expect(found[0] == found[1])
    }

    @Test func `mended rows are imported from the reject file with the same mapping`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder))
        _ = try work(&run)
        try run.finish()
        let mended = try folder.read("in.csv.rejects.csv")
            .replacing(",,a", with: ",二,a").replacing("四,z", with: "四,a")
        let again = ImportRun.Files(source: try folder.write("mended.csv", mended), mapping: folder.file("map.json"))
        var second = try open(again)
        var found: [String] = []
        while let row = try second.next() {
            switch row.outcome {
            case .fields(let fields): found.append(fields["what"] ?? "")
            case .rejected(let reason): found.append(reason.code)
            case .elsewhere: found.append("elsewhere")
            }
            try second.settle(row)
        }
        try second.finish()
        #expect(found == ["二", "四", "still-raw"])
        // The row that nobody mended is in the new reject file as it was, without columns of ours twice.
        #expect(
            try folder.read("mended.csv.rejects.csv") == #"""
                _line,_reason,_raw,_guarded,何事,K
                4,still-raw: 该行格式有误且尚未更正 the row was malformed and has not been mended,"坏""的,a",,,

                """#)
    }

    @Test func `a row that the node refuses joins the rejected ones`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder))
        let row = try #require(try run.next())
        try run.reject(row, RejectReason("refused", "the node refused the row: ticket.incomplete"))
        #expect(run.count.rejected == 1)
        #expect(
            try folder.read("in.csv.rejects.csv").contains(
                "2,refused: the node refused the row: ticket.incomplete,,,一,a"))
    }

    @Test func `a reject file with other rows is neither overwritten nor added to`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        _ = try folder.write("in.csv.rejects.csv", "precious")
        var run = try open(files)
        #expect(#expect(throws: ImportError.self) { try work(&run) }?.code == "import.reject-file-exists")
        #expect(try folder.read("in.csv.rejects.csv") == "precious")
    }

    @Test func `rows that somebody mends in the reject file are not taken for those of this run`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var first = try open(files)
        _ = try work(&first)
        try first.finish()
        for (old, new) in [("四,z", "四,a"), ("\n7,", "\n9,a,,九,a\n7,")] {
            let mended = try folder.read("in.csv.rejects.csv").replacing(old, with: new)
            _ = try folder.write("in.csv.rejects.csv", mended)
            var second = try open(files)
            #expect(#expect(throws: ImportError.self) { try work(&second) }?.code == "import.reject-file-exists")
            #expect(try folder.read("in.csv.rejects.csv") == mended)
        }
        // More rows than this run rejects: they are not its own.
        _ = try folder.write("in.csv.rejects.csv", "")
        var third = try open(files)
        _ = try work(&third)
        try third.finish()
        _ = try folder.write("in.csv.rejects.csv", try folder.read("in.csv.rejects.csv") + "8,x,,八,z\n")
        var fourth = try open(files)
        _ = try work(&fourth)
        #expect(#expect(throws: ImportError.self) { try fourth.finish() }?.code == "import.reject-file-exists")
    }

    @Test func `a file without rows is no import that went well`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder, csv: "何事,K\n"))
        _ = try work(&run)
        #expect(#expect(throws: ImportError.self) { try run.finish() }?.code == "import.no-rows")
        #expect(folder.names == ["in.csv", "map.json"])
    }

    @Test func `a missing file, a folder and a file in no folder are told apart`() throws {
        let folder = try TemporaryFolder()
        var files = try files(folder)
        files.source = folder.file("none.csv")
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.file-missing")
        files.source = folder.path
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.file-unreadable")
        files.source = folder.file("in.csv")
        files.rejects = folder.file("no/such/rejects.csv")
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.unwritable")
    }

    @Test func `a file that comes in single bytes, as from a slow pipe, is the same file`() throws {
        let mapping = try ImportMapping.parse(
            Array(ImportRunTests.mapping.utf8), file: "m.json", targets: nil)
        var found: [[ImportRow.Outcome]] = []
        var keys: Set<[String]> = []
        for size in [1, 7, 100_000] {
            let source = MemorySource(Array(ImportRunTests.csv.utf8), pieceBytes: size)
            var reader = try ImportReader(source, mapping: mapping, hash: SHA256.function)
            var rows: [ImportRow] = []
            while let row = try reader.next() { rows.append(row) }
            found.append(rows.map(\.outcome))
            keys.insert(rows.map(\.key))
        }
        #expect(keys.count == 1)
        #expect(found[0].count == 6)
        #expect(found[0] == found[1] && found[0] == found[2])
    }

    private func keys(_ csv: String) throws -> [String] {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder, csv: csv))
        return try work(&run)
    }

    @Test func `a ledger that grew, or of which a row was corrected, keeps the keys of the other rows`() throws {
        let old = try keys("何事,K\n一,a\n二,a\n三,a\n")
        #expect(try keys("何事,K\n一,a\n二,a\n三,a\n四,a\n").dropLast() == old[...])
        let corrected = try keys("何事,K\n一,a\n贰,a\n三,a\n")
        #expect(corrected[0] == old[0] && corrected[2] == old[2] && corrected[1] != old[1])
    }

    @Test func `equal rows of one file are several complaints, and so are those of another file`() throws {
        let twice = try keys("何事,K\n一,a\n二,a\n二,a\n")
        #expect(Set(twice).count == 3)
        // The same words under another first row, or under other columns.
        let others = try keys("何事,K\n甲,a\n二,a\n") + keys("何事,K,X\n一,a,\n二,a,\n")
        #expect(Set(twice + others).count == 7)
        for key in twice { #expect(key.utf8.count <= 128 && !key.contains("二")) }
    }
}
