import Testing

@testable import SyncProtocol

@Suite("PROTOCOL.md is complete and true") struct ProtocolDocumentTests {
    private func table(_ heading: String) throws -> [[String]] {
        let document = try #require(ProtocolDocument(), "PROTOCOL.md is missing")
        let section = try #require(document.section(heading), "no section \(heading)")
        let rows = section.split(separator: "\n").filter { $0.hasPrefix("|") }.dropFirst(2)
        return rows.map { row in
            row.split(separator: "|").map { cell in
                String(cell.filter { $0 != "`" }.trimmingBlanks)
            }
        }
    }

    @Test func `every part of a message is described, in the order of its bit`() throws {
        let rows = try table("### Parts of a message")
        #expect(rows.map { $0[0] } == Message.Field.allCases.map { "\($0.rawValue)" })
        #expect(rows.map { $0[1] } == Message.Field.allCases.map { "\($0)" })
    }

    @Test func `every operation is described, with its tag`() throws {
        let rows = try table("### Operations")
        #expect(rows.map { $0[0] } == Operation.Tag.allCases.map { "\($0.rawValue)" })
        #expect(rows.map { $0[1] } == Operation.Tag.allCases.map { "\($0)" })
    }

    @Test func `every column is described, in the order of the batch`() throws {
        let rows = try table("### Columns")
        #expect(rows.map { $0[0] } == Column.allCases.map { "\($0.rawValue)" })
        #expect(rows.map { $0[1] } == Column.allCases.map { "\($0)" })
    }

    @Test func `every limit is listed with its value`() throws {
        let limits: [(String, UInt64)] = [
            ("nodeIDBytesMax", UInt64(Limits.nodeIDBytesMax)), ("postBytesMax", UInt64(Limits.postBytesMax)),
            ("valueBytesMax", UInt64(Limits.valueBytesMax)),
            ("operationsPerPartMax", UInt64(Limits.operationsPerPartMax)),
            ("vectorEntriesMax", UInt64(Limits.vectorEntriesMax)), ("dotsPerListMax", UInt64(Limits.dotsPerListMax)),
            ("rangesPerListMax", UInt64(Limits.rangesPerListMax)),
            ("withheldPerActMax", UInt64(Limits.withheldPerActMax)), ("markBytes", UInt64(Limits.markBytes)),
            ("sequenceMax", Limits.sequenceMax), ("coreRecordBytesMax", UInt64(Limits.coreRecordBytesMax)),
            ("bodyBytesMax", UInt64(Limits.bodyBytesMax)), ("batchEntriesMax", UInt64(Limits.batchEntriesMax)),
            ("batchBytesTarget", UInt64(Limits.batchBytesTarget)), ("frameBytesMax", UInt64(Limits.frameBytesMax)),
            ("batchRecordBytesMax", UInt64(Limits.batchRecordBytesMax)),
            ("echoEntriesMax", UInt64(Limits.echoEntriesMax)),
            ("greetingBytesMax", UInt64(Limits.greetingBytesMax)),
            ("greetingEntriesMax", Limits.greetingEntriesMax),
            ("workBytesFree", UInt64(Limits.workBytesFree)),
            ("workBytesPerFrameByte", UInt64(Limits.workBytesPerFrameByte)),
            ("workBytesPerItem", UInt64(Limits.workBytesPerItem)),
            ("workBytesPerName", UInt64(Limits.workBytesPerName)),
            ("payloadBytesPerFrameByte", UInt64(Limits.payloadBytesPerFrameByte)),
            ("batchIncarnationsMax", UInt64(Limits.batchIncarnationsMax)),
            ("clockSkewMillisecondsMax", UInt64(Limits.clockSkewMillisecondsMax)),
            ("clockMillisecondsMax", UInt64(Limits.clockMillisecondsMax)),
            ("lineageDepthMax", UInt64(Limits.lineageDepthMax)),
            ("parkedPerNodeMax", UInt64(Limits.parkedPerNodeMax)),
            ("parkedBytesPerNodeMax", UInt64(Limits.parkedBytesPerNodeMax)),
            ("parkedDocumentsPerNodeMax", UInt64(Limits.parkedDocumentsPerNodeMax)),
            ("evidencePerNeighbourMax", UInt64(Limits.evidencePerNeighbourMax)),
            ("evidenceBytesPerNeighbourMax", UInt64(Limits.evidenceBytesPerNeighbourMax)),
            ("refusedPerDayMax", UInt64(Limits.refusedPerDayMax)),
            ("parkedPerDocumentMax", UInt64(Limits.parkedPerDocumentMax)),
            ("reconcileRangesMax", UInt64(Limits.reconcileRangesMax)),
            ("reconcileRangesPerQuestion", UInt64(Limits.reconcileRangesPerQuestion)),
            ("reconcileIDsMax", UInt64(Limits.reconcileIDsMax)),
            ("reconcileIDsPerReply", UInt64(Limits.reconcileIDsPerReply)),
            ("fetchDotsMax", UInt64(Limits.fetchDotsMax)),
            ("reconcileDepthMax", UInt64(Limits.reconcileDepthMax)),
            ("stateListMax", UInt64(Limits.stateListMax)),
        ]
        let rows = try table("## Limits")
        #expect(rows.map { $0[0] } == limits.map(\.0))
        #expect(rows.map { UInt64($0[1].filter { $0 != "," }) } == limits.map(\.1))
    }

    @Test func `no limit of the source is missing from the table`() throws {
        let root = ProtocolDocument.path.split(separator: "/", omittingEmptySubsequences: false).dropLast()
        let source = try #require(readText(root.joined(separator: "/") + "/Sources/SyncProtocol/Limits.swift"))
        let names = source.split(separator: "\n").compactMap { line -> String? in
            let words = line.split(separator: " ")
            guard words.count > 3, words[..<3] == ["public", "static", "let"] else { return nil }
            return String(words[3].prefix { $0.isLetter })
        }
        #expect(try table("## Limits").map { $0[0] } == names)
    }

    @Test func `every error code is named`() throws {
        let rows = try table("### Errors").map { $0[0] }
        let codes: [WireError] = [
            .truncated, .trailingBytes, .unsupported, .tooLarge, .malformed, .hashMismatch, .compression,
        ]
        #expect(rows == codes.map(\.code))
    }
}

extension StringProtocol {
    fileprivate var trimmingBlanks: SubSequence {
        guard let first = firstIndex(where: { $0 != " " }), let last = lastIndex(where: { $0 != " " }) else {
            return self[..<startIndex]
        }
        return self[first...last]
    }
}
