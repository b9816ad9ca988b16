import Platform
import Testing

@testable import SyncNode

/// The mapping decides what becomes of a column; a mistake in it is named before the first row is read.
@Suite struct ImportMappingTests {
    private func mapping(_ text: String, targets: [String]? = nil) throws(ConfigurationError) -> ImportMapping {
        try ImportMapping.parse(Array(text.utf8), file: "m.json", targets: targets)
    }

    private func rows(_ csv: String, _ fields: String, more: String = "") throws -> [ImportRow] {
        let mapping = try mapping(#"{"version": 1, \#(more) "fields": {\#(fields)}}"#)
        var reader = try ImportReader(MemorySource(Array(csv.utf8)), mapping: mapping, hash: SHA256.function)
        var rows: [ImportRow] = []
        while let row = try reader.next() { rows.append(row) }
        return rows
    }

    /// What became of each row: its fields, or the code of the reason.
    private func outcomes(_ csv: String, _ fields: String) throws -> [String] {
        try rows(csv, fields).map { row in
            switch row.outcome {
            case .fields(let fields):
                fields.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: ";")
            case .rejected(let reason): "\(row.line)! \(reason.code)"
            case .elsewhere: "\(row.line)! elsewhere"
            }
        }
    }

    @Test func `a column is taken as it is, without blanks around it`() throws {
        #expect(
            try outcomes("A,B\n x y ,\n\u{3000}中\u{3000},z", #""what": {"column": "A"}, "course": {"column": "B"}"#)
                == ["what=x y", "course=z;what=中"])
    }

    @Test func `a constant stands in every row`() throws {
        #expect(try outcomes("A\n1\n2", #""kind": {"constant": "complaint"}"#) == ["kind=complaint", "kind=complaint"])
    }

    @Test func `values are translated, and one that is not listed rejects the row`() throws {
        let rule = #""channel": {"column": "A", "values": {"Web": "website", "Phone": "hotline"}}"#
        #expect(
            try outcomes("A\nWeb\nFax\nPhone\n\"\"", rule) == [
                "channel=website", "3! unknown-value", "channel=hotline", "",
            ])
    }

    @Test func `otherwise, whenEmpty and the empty value fill the gaps`() throws {
        let rule = #""c": {"column": "A", "values": {"x": "y"}, "otherwise": "other", "whenEmpty": "none"}"#
        #expect(try outcomes("A\nx\nq\n\"\"", rule) == ["c=y", "c=other", "c=none"])
        #expect(try outcomes("A\n\"\"", #""c": {"column": "A", "values": {"": "unknown"}}"#) == ["c=unknown"])
        #expect(
            try outcomes(
                "A,B\nq,1", #""c": {"column": "A", "values": {"x": "y"}, "otherwise": ""}, "d": {"column": "B"}"#)
                == ["d=1"])
    }

    @Test func `a required field that is empty rejects the row`() throws {
        #expect(
            try outcomes("A,B\n,1\n2,", #""what": {"column": "A", "required": true}"#) == [
                "2! missing-value", "what=2",
            ])
    }

    @Test func `dates are read by the first pattern that fits`() throws {
        let rule = #""at": {"column": "A", "date": ["yyyy-MM-dd", "dd.MM.yyyy HH:mm"], "offset": "Z"}"#
        #expect(
            try outcomes("A\n2026-01-02\n02.01.2026 03:04\nsoon\n2026-02-30", rule) == [
                "at=2026-01-02T00:00:00+00:00", "at=2026-01-02T03:04:00+00:00", "4! bad-date", "5! bad-date",
            ])
    }

    @Test func `a template leaves out the lines that have nothing to say`() throws {
        let rule = #""what": {"template": ["{P} - {I}", "sub: {S}", "{{fixed}}", "{N}"], "join": "/"}"#
        #expect(
            try outcomes("P,I,S,N\np,i,,n\n,i,s,", rule) == [
                "what=p - i/{fixed}/n", "what= - i/sub: s/{fixed}".replacing("= -", with: "=-"),
            ])
    }

    @Test func `a value beyond the limit of a field rejects the row`() throws {
        let long = String(repeating: "字", count: ImportLimits.valueBytesMax / 3 + 1)
        #expect(try outcomes("A\n\(long)", #""what": {"column": "A"}"#) == ["2! value-too-long"])
    }

    @Test func `a row with too few or too many columns is rejected`() throws {
        #expect(
            try outcomes("A,B\n1\n1,2,3\n1,2", #""what": {"column": "A"}"#) == [
                "2! column-count", "3! column-count", "what=1",
            ])
    }

    @Test func `the place of a row is the first rule that has an answer`() throws {
        let places =
            #""tables": {"t": {"FL": "010101"}}, "recordAt": [{"column": "V", "values": {"R": "000000"}, "otherwise": ""}, {"column": "S", "values": "t", "otherwise": "020101"}],"#
        let found = try rows("V,S\nR,FL\nW,FL\nW,TX\nW,", #""what": {"column": "V"}"#, more: places)
        #expect(found.map(\.recordAt) == ["000000", "010101", "020101", nil])
    }

    @Test func `no reason for a rejection repeats what stood in the row`() throws {
        let found =
            try rows(
                "A,B,C\n张虚构,13900000000,x", #""a": {"column": "A", "values": {"x": "y"}}"#)
            + rows("A,B,C\n张虚构,,", #""a": {"column": "A", "date": "yyyy-MM-dd"}"#)
        for row in found {
            guard case .rejected(let reason) = row.outcome else {
                Issue.record("row \(row.number) was not rejected")
                continue
            }
            #expect(!reason.sentence.contains("张虚构") && !reason.sentence.contains("139"))
        }
    }

    // MARK: Mistakes in the mapping itself

    private func codes(_ fields: String, targets: [String]? = nil, more: String = "") -> [String] {
        do throws(ConfigurationError) {
            _ = try mapping(#"{"version": 1, \#(more) "fields": {\#(fields)}}"#, targets: targets)
            return []
        } catch {
            return error.mistakes.map { "\($0.path) \($0.code) / \($0.hint)" }
        }
    }

    @Test func `every mistake is named with its place and what would be right`() {
        #expect(
            codes(#""wat": {"column": "A"}"#, targets: ["what", "kind"]) == [
                "fields.wat unknown-target / did you mean what?"
            ])
        #expect(codes(#""what": {}"#) == ["fields.what one-source / give one of column, constant, template"])
        #expect(codes(#""what": {"column": "A", "constant": "b"}"#).first?.hasPrefix("fields.what one-source") == true)
        #expect(
            codes(#""what": {"column": "A", "requird": true}"#) == [
                "fields.what.requird unknown-key / did you mean required?"
            ])
        #expect(codes(#""what": {"column": 7}"#).first == "fields.what.column wrong-type / write a string")
        #expect(codes(#""what": {"template": "{A"}"#).first?.hasPrefix("fields.what.template bad-template") == true)
        #expect(
            codes(#""what": {"template": ["ok", "{}"]}"#).first?.hasPrefix("fields.what.template[1] bad-template")
                == true)
        #expect(codes(#""what": {"template": "A}"}"#).first?.hasPrefix("fields.what.template bad-template") == true)
        #expect(
            codes(#""at": {"column": "A", "date": "yyyy-mm-dd"}"#).first?.hasPrefix("fields.at.date bad-date-pattern")
                == true)
        #expect(
            codes(#""at": {"column": "A", "date": "yyyy-MM-dd", "offset": "8"}"#).first?.hasPrefix(
                "fields.at.offset bad-offset") == true)
        #expect(
            codes(#""at": {"column": "A", "offset": "Z"}"#).first?.hasPrefix("fields.at.offset offset-alone") == true)
        #expect(
            codes(#""at": {"column": "A", "otherwise": "Z"}"#).first?.hasPrefix("fields.at otherwise-alone") == true)
        #expect(
            codes(#""at": {"column": "A", "values": {"a": 1}}"#).first
                == "fields.at.values.a wrong-type / write a string")
        #expect(
            codes(#""at": {"column": "A", "values": {"a": "b"}, "date": "yyyy-MM-dd"}"#).first?.contains(
                "date-and-values") == true)
        #expect(
            codes(#""at": {"column": "A", "values": "tabel"}"#, more: #""tables": {"table": {}},"#).first
                == "fields.at.values unknown-table / did you mean table?")
        #expect(codes("") == ["fields no-fields / map from 1 to 200 fields, \"what\" among them"])
        #expect(
            codes(#""what": {"column": "A"}"#, more: #""recordAt": [{}],"#).first?.hasPrefix("recordAt[0] one-source")
                == true)
    }

    @Test func `a mapping that is no JSON names the line`() {
        let error = #expect(throws: ConfigurationError.self) { try mapping("{\n\"version\": 1,\n}") }
        #expect(error?.code == "mapping.trailing-comma")
        #expect(error?.sentence == "m.json:2:13: not valid JSON: there is a comma but nothing follows it")
    }

    @Test func `a column that the file does not have is named before the first row`() {
        let error = #expect(throws: ConfigurationError.self) {
            try rows("Isue,B\n1,2", #""what": {"template": "{Issue}"}, "kind": {"column": "Z"}"#)
        }
        #expect(
            error?.mistakes.map { "\($0.path) \($0.code) / \($0.hint)" } == [
                "fields.what unknown-column / did you mean Isue?",
                "fields.kind unknown-column / its columns are Isue, B",
            ])
        #expect(error?.file == "m.json")
    }

    @Test func `columns that no rule uses are listed`() throws {
        let mapping = try mapping(#"{"version": 1, "fields": {"what": {"template": "{A}{B}"}}}"#)
        let reader = try ImportReader(MemorySource(Array("A,B,C,_line".utf8)), mapping: mapping, hash: SHA256.function)
        #expect(reader.unusedColumns == ["C"])
    }

    @Test(arguments: [
        ("", "import.no-header"), ("A,\"B\nx", "import.bad-header"), ("A,B,A", "import.duplicate-column"),
        ("A,,B", "import.unnamed-column"),
    ])
    func `a file without a usable first line is refused`(text: String, code: String) {
        let error = #expect(throws: ImportError.self) { try rows(text, #""what": {"column": "A"}"#) }
        #expect(error?.code == code)
    }
}
