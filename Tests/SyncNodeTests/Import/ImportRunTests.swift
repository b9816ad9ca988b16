import Platform
import SyncProtocol
import Testing

@testable import SyncNode

/// An import that stops, for whatever reason, goes on later: nothing lost, nothing twice, nothing bad forgotten.
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
            if case .fields = row.outcome { keys.append(run.idempotencyKey(row)) }
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
        #expect(run.progress.rowsDone == 6)
        #expect(run.progress.acceptedCount == 3)
        #expect(run.progress.rejectedCount == 3)
        #expect(run.progress.isComplete)
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
        #expect(try folder.mode("in.csv.progress.json") == 0o600)
    }

    @Test func `an import without rejected rows leaves no reject file`() throws {
        let folder = try TemporaryFolder()
        var run = try open(try files(folder, csv: "何事,K\n一,a\n"))
        _ = try work(&run)
        try run.finish()
        #expect(folder.names == ["in.csv", "in.csv.progress.json", "map.json"])
    }

    @Test(arguments: 0...6, 0...6)
    func `wherever it stops and whenever it was last saved, the rest comes once`(saved: Int, crashed: Int) throws {
        guard saved <= crashed else { return }
        let whole = try TemporaryFolder()
        var reference = try open(try files(whole))
        let allKeys = try work(&reference)
        try reference.finish()

        let folder = try TemporaryFolder()
        let files = try files(folder)
        var keys: [String] = []
        do {
            var first = try open(files)
            keys += try work(&first, rows: saved)
            try first.save()
            keys += try work(&first, rows: crashed - saved)
            // The process dies here: what was settled after the last save is on no record.
        }
        var second = try open(files)
        #expect(second.progress.rowsDone == saved)
        keys += try work(&second)
        try second.finish()
        // Rows between save and crash are sent twice, under the same keys.
        #expect(Set(keys) == Set(allKeys))
        #expect(second.progress == reference.progress)
        #expect(try folder.read("in.csv.rejects.csv") == whole.read("in.csv.rejects.csv"))
    }

    @Test func `a second run of a finished import finds nothing to do`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var first = try open(files)
        _ = try work(&first)
        try first.finish()
        var second = try open(files)
        #expect(second.progress.isComplete)
        #expect(try second.next() == nil)
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
        #expect(run.progress.rejectedCount == 1)
        #expect(
            try folder.read("in.csv.rejects.csv").contains(
                "2,refused: the node refused the row: ticket.incomplete,,,一,a"))
    }

    @Test func `progress of another file or another mapping is not taken over`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var run = try open(files)
        _ = try work(&run, rows: 2)
        try run.save()
        _ = try folder.write("in.csv", ImportRunTests.csv.replacing("一", with: "壹"))
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.other-file")
        _ = try folder.write("in.csv", ImportRunTests.csv)
        _ = try folder.write("map.json", ImportRunTests.mapping + " ")
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.other-mapping")
    }

    @Test func `a reject file that nobody has looked at is not overwritten`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        _ = try folder.write("in.csv.rejects.csv", "precious")
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.reject-file-exists")
        #expect(try folder.read("in.csv.rejects.csv") == "precious")
    }

    @Test func `a reject file that was cut short meanwhile is noticed`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var run = try open(files)
        _ = try work(&run, rows: 2)
        try run.save()
        _ = try folder.write("in.csv.rejects.csv", "x")
        #expect(#expect(throws: ImportError.self) { try open(files) }?.code == "import.reject-file-shrank")
    }

    @Test func `a progress file that is damaged is named, not guessed at`() throws {
        let folder = try TemporaryFolder()
        let files = try files(folder)
        var run = try open(files)
        _ = try work(&run, rows: 3)
        try run.save()
        let good = try folder.read("in.csv.progress.json")
        for count in 0..<good.utf8.count - 1 {
            let cut = String(decoding: good.utf8.prefix(count), as: UTF8.self)
            #expect(throws: ConfigurationError.self) { try ImportProgress.parse(Array(cut.utf8), file: "p") }
        }
        let negative = good.replacing("\"rowsDone\": 3", with: "\"rowsDone\": -3")
        let error = #expect(throws: ConfigurationError.self) {
            try ImportProgress.parse(Array(negative.utf8), file: "p.json")
        }
        #expect(error?.code == "progress.out-of-range")
        #expect(try ImportProgress.parse(Array(good.utf8), file: "p") == run.progress)
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
            Array(ImportRunTests.mapping.utf8), file: "m.json", targets: nil, hash: SHA256.function)
        var found: [[ImportRow.Outcome]] = []
        var fingerprints: Set<ImportFingerprint> = []
        for size in [1, 7, 100_000] {
            let source = MemorySource(Array(ImportRunTests.csv.utf8), pieceBytes: size)
            var reader = try ImportReader(source, mapping: mapping, hash: SHA256.function)
            fingerprints.insert(reader.fingerprint)
            var outcomes: [ImportRow.Outcome] = []
            while let row = try reader.next() { outcomes.append(row.outcome) }
            found.append(outcomes)
        }
        #expect(fingerprints.count == 1)
        #expect(found[0].count == 6)
        #expect(found[0] == found[1] && found[0] == found[2])
    }

    @Test func `the key of a row is the same in every run and differs between files`() throws {
        let one = ImportFingerprint(byteCount: 10, head: Array("head".utf8), SHA256.function)
        let other = ImportFingerprint(byteCount: 11, head: Array("head".utf8), SHA256.function)
        let third = ImportFingerprint(byteCount: 10, head: Array("haed".utf8), SHA256.function)
        #expect(one.idempotencyKey(row: 7) == "import-10-\(Hex.encode(one.head.bytes.prefix(16)))-7")
        #expect(Set([one, other, third].map { $0.idempotencyKey(row: 7) }).count == 3)
        #expect(one.idempotencyKey(row: 7) != one.idempotencyKey(row: 8))
        // Only the head counts, so that a large file need not be read twice.
        let head = [UInt8](repeating: 1, count: ImportLimits.fingerprintHeadBytes)
        #expect(
            ImportFingerprint(byteCount: 5, head: head, SHA256.function)
                == ImportFingerprint(byteCount: 5, head: head + [2], SHA256.function))
    }
}
