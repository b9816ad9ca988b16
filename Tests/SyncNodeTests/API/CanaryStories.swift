import Glibc
import HTTPTransport
import SyncProtocol
import Testing
import TicketModel
import TicketStore

@testable import SyncNode

/// `api.canaryInCore`: what a person types into a core record names something known, or it is refused. Every field and every
/// parameter is walked from the tables, so that a new one is walked by itself.
@Suite("Canaries in core records") struct CanaryStories {
    private static let canaries = ["WangJimi-13912345678", "wangjimi-13912345678", "客户赵机密说柜员骂人", "1391234567801"]
    /// Pieces of them that no file of any node may hold.
    private static let traces = ["WangJimi", "wangjimi", "13912345678", "1391234567801", "赵机密"]
    private static let officer: HTTPHeaders = ["X-Post": "010101.branch_officer"]

    /// What a place of this type has to refuse: an instant may be written as thirteen digits, words go elsewhere.
    private static func canaries(_ type: FieldType) -> [String] {
        switch type {
        case .text, .line: []
        case .instant: Array(canaries.dropLast())
        default: canaries
        }
    }

    @Test func `nothing typed into a core field or an act's parameter reaches a store, here or at head office`() throws
    {
        let bank = try PeopleBank.registered()
        let number = try bank.branch.register()
        let before = try bank.branch.runtime.store.currentSequence()
        var walked = 0
        for field in Registration.enterable where field.part == .core {
            for canary in Self.canaries(field.type) {
                let body = Sample.registration([field.name: canary])
                expectRefused(
                    try bank.branch.send(.post, "/api/v1/tickets", body, ["X-Post": "010101.clerk"]), field.name)
                walked += 1
            }
        }
        for definition in ActCatalogue.all {
            let fields = (definition.form?.fields ?? []).map { FieldTable.definition($0) }.compactMap { $0 }
            let places =
                definition.parameters.map { ($0.name, $0.type) }
                + fields.filter { $0.part == .core }.map { ($0.name, $0.type) }
            let path = "/api/v1/tickets/\(number)/acts/\(definition.act.name)"
            for (name, type) in places {
                for canary in Self.canaries(type) {
                    let answer = try bank.branch.send(.post, path, Sample.body([name: canary]), Self.officer)
                    expectRefused(answer, name)
                    walked += 1
                }
            }
        }
        for field in FieldTable.all where field.part == .core && field.source == .person {
            for canary in Self.canaries(field.type) {
                let body = Sample.body([field.name: canary], [("reason", "typing_mistake")])
                var headers = Self.officer
                headers["If-Match"] = "*"
                expectRefused(try bank.branch.send(.patch, "/api/v1/tickets/\(number)", body, headers), field.name)
                walked += 1
            }
        }
        #expect(walked > 900)
        #expect(try bank.branch.runtime.store.currentSequence() == before)
        try bank.connect()
        for node in [bank.branch, bank.province, bank.head] { try expectNoTrace(in: node.folder) }
    }

    @Test func `a post that is a name with a number is no post, before a register is here and after`() throws {
        for bank in [try PeopleBank(), try PeopleBank.registered()] {
            for post in Self.canaries.filter({ $0.utf8.allSatisfy { $0 < 0x80 } }) {
                let answer = try bank.branch.send(
                    .post, "/api/v1/tickets", Sample.registration(), ["X-Post": post, "X-Role": "clerk"])
                #expect((400..<500).contains(answer.status), "\(answer.text)")
                #expect(!Self.traces.contains { answer.text.contains($0) })
            }
            try bank.connect()
            for node in [bank.branch, bank.province, bank.head] { try expectNoTrace(in: node.folder) }
        }
    }

    private func expectRefused(_ answer: Answer, _ name: String) {
        do {
            #expect(answer.status == 422, "\(name): \(answer.text)")
            #expect(try answer.errors.contains { $0.hasPrefix("\(name) ") }, "\(name): \(answer.text)")
            #expect(!Self.traces.contains { answer.text.contains($0) }, "\(name) is repeated")
        } catch {
            Issue.record(error)
        }
    }

    private func expectNoTrace(in folder: TemporaryFolder) throws {
        for name in folder.names {
            let bytes = try Self.bytes(folder.file(name))
            for trace in Self.traces {
                #expect(!Self.holds(bytes, Array(trace.utf8)), "\(name) holds \(trace)")
            }
        }
    }

    private static func holds(_ bytes: [UInt8], _ trace: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var rest = bytes[...]
            while let start = rest.firstIndex(of: trace[0]), rest.endIndex - start >= trace.count {
                if rest[start...].starts(with: trace) { return true }
                rest = rest[(start + 1)...]
            }
            return false
        }
    }

    private static func bytes(_ path: String) throws -> [UInt8] {
        let stream = try #require(fopen(path, "r"))
        defer { fclose(stream) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = fread(&chunk, 1, chunk.count, stream), count > 0 { bytes += chunk.prefix(count) }
        return bytes
    }
}
