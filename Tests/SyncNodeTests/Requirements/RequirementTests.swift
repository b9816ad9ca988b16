import Glibc
import Testing

@testable import SyncNode

@Suite("Requirements") struct RequirementTests {
    /// Sentences of the source documents, by group. An id that disappears changes a number here.
    private static let sizes: [String: Int] = [
        "A": 18, "B": 18, "C": 26, "D": 21, "E": 25, "F": 26, "G": 22, "H": 12, "I": 25, "J": 5, "K": 6, "L": 8,
        "M": 19,
        "N": 14, "O": 18, "P": 13, "Q": 12, "R": 7, "S": 15, "T": 13,
    ]

    @Test func `no requirement disappears or stands twice`() {
        let ids = RequirementTable.all.map(\.id)
        #expect(ids.count == 323)
        #expect(Set(ids).count == ids.count)
        for group in RequirementTable.groups {
            #expect(group.requirements.count == RequirementTests.sizes[group.letter], "group \(group.letter)")
        }
    }

    @Test func `what is met names a test, and every named test exists`() throws {
        let tests = try RequirementTests.testNames()
        try #require(tests.count > 500)
        for requirement in RequirementTable.all {
            if case .met(let names) = requirement.standing { #expect(!names.isEmpty, "\(requirement.id)") }
            if case .partly(let names, _) = requirement.standing { #expect(!names.isEmpty, "\(requirement.id)") }
            for name in requirement.tests { #expect(tests.contains(name), "\(requirement.id) names \(name)") }
        }
    }

    @Test func `every step of the three days names a test that exists`() throws {
        let tests = try RequirementTests.testNames()
        let page = try RequirementTests.text(of: Repository.path("docs/days.md"))
        let steps = page.split(separator: "\n").filter { $0.hasPrefix("| ") && $0.contains("`") }
        #expect(steps.count == 34)
        for step in steps {
            let name = step.dropLast(3).split(separator: "`").last.map(String.init) ?? ""
            #expect(tests.contains(name), "\(name)")
        }
    }

    /// Every test function of the project: names between back quotes, titles of `@Test`, plain names. A table of refusals
    /// is named with the case that shows the requirement: without that case the requirement is not met.
    private static func testNames() throws -> Set<String> {
        var names: Set<String> = []
        for file in swiftFiles(in: Repository.path("Tests")) {
            var isTest = false
            let isTableOfRefusals = try text(of: file).contains("func `is refused`(")
            for line in try text(of: file).split(separator: "\n") {
                if isTableOfRefusals, line.contains(" name: "), let name = between("\"", in: line) {
                    names.insert("is refused: " + name)
                }
                if line.contains("@Test") {
                    isTest = true
                    if let title = between("\"", in: line), line.contains("@Test(\"") { names.insert(title) }
                }
                guard isTest else { continue }
                // A long name stands on a line of its own.
                if let raw = between("`", in: line) {
                    if !isTableOfRefusals || raw != "is refused" { names.insert(raw) }
                } else if !line.contains("func ") {
                    continue
                }
                isTest = false
            }
        }
        return names
    }

    private static func between(_ mark: Character, in line: Substring) -> String? {
        guard let open = line.firstIndex(of: mark) else { return nil }
        let rest = line[line.index(after: open)...]
        guard let close = rest.firstIndex(of: mark) else { return nil }
        return String(rest[..<close])
    }

    private static func swiftFiles(in folder: String) -> [String] {
        guard let handle = opendir(folder) else { return [] }
        defer { closedir(handle) }
        var files: [String] = []
        while let entry = readdir(handle) {
            let isFolder = entry.pointee.d_type == UInt8(DT_DIR)
            let name = withUnsafePointer(to: &entry.pointee.d_name) { pointer in
                pointer.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name.hasPrefix(".") { continue }
            if isFolder { files += swiftFiles(in: folder + "/" + name) }
            if name.hasSuffix(".swift") { files.append(folder + "/" + name) }
        }
        return files
    }

    private static func text(of file: String) throws -> String {
        let stream = try #require(fopen(file, "r"))
        defer { fclose(stream) }
        var bytes = [UInt8](repeating: 0, count: 1 << 20)
        let count = fread(&bytes, 1, bytes.count, stream)
        try #require(count < bytes.count)
        return String(decoding: bytes.prefix(count), as: UTF8.self)
    }
}
