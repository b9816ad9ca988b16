import Platform
import SyncProtocol

/// The complaints of the demonstration, shared out among the nodes as the mapping says.
struct DemoWork {
    /// What one node records.
    struct Share {
        var node: NodeID
        /// Recorded while all lines are up, so that both sides hold these tickets when the lines are cut.
        var early: String
        /// Recorded while the lines are down.
        var late: String
        var earlyRows = 0
        var lateRows = 0
        /// Pieces of personal text that must not be found at head office.
        var markers: [[UInt8]] = []
    }

    private(set) var shares: [NodeID: Share] = [:]
    private(set) var order: [NodeID] = []
    let mapping: String
    private(set) var rows = 0

    /// Every n-th row is recorded early.
    private static let earlyEvery = 12
    private static let markerFields = ["what", "course", "demand_words", "cause_told"]

    /// Reads the source once and writes one file a node.
    ///
    /// - Throws: `ImportError`, `ConfigurationError`, `SmallFileError`.
    init(source: String, mapping path: String, bank: DemoBank) throws {
        mapping = path
        let mapping = try ImportMapping.load(path, targets: nil)
        var reader = try ImportReader(try FileSource(source), mapping: mapping, hash: SHA256.function)
        var early: [NodeID: [UInt8]] = [:]
        var late: [NodeID: [UInt8]] = [:]
        var widened: [UInt8] = []
        while let row = try reader.next() {
            guard case .fields(let fields) = row.outcome, let org = row.recordAt,
                let node = bank.topology.node(orgCode: org)
            else { continue }
            rows += 1
            var share =
                shares[node.id]
                ?? Share(
                    node: node.id, early: "\(bank.folder)/\(node.id).early.csv",
                    late: "\(bank.folder)/\(node.id).late.csv")
            if rows % DemoWork.earlyEvery == 0 {
                early[node.id, default: []] += row.record.raw + [0x0A]
                share.earlyRows += 1
            } else {
                late[node.id, default: []] += row.record.raw + [0x0A]
                share.lateRows += 1
            }
            if node.tier != .headOffice, DemoWork.isLocal(fields) {
                if let marker = DemoWork.marker(fields) { share.markers.append(marker) }
            } else {
                for text in fields.values { widened += text.utf8 }
            }
            shares[node.id] = share
        }
        order = bank.topology.nodes.map(\.id).filter { shares[$0] != nil }
        leaveOut(foundIn: widened)
        let header = CSVFormat.line(reader.columns)
        for id in order {
            guard let share = shares[id] else { continue }
            try SmallFile.write(header + (early[id] ?? []), to: share.early)
            try SmallFile.write(header + (late[id] ?? []), to: share.late)
        }
    }

    /// Words that also stand in a ticket that head office may read prove nothing.
    private mutating func leaveOut(foundIn text: [UInt8]) {
        let shared = MarkerSearch(shares.values.flatMap(\.markers)).found(in: text)
        for id in order {
            shares[id]?.markers.removeAll { shared.contains($0) }
        }
    }

    /// Certainly no business of head office: what routing rules R01–R04 widen is left out of the search.
    private static func isLocal(_ fields: [String: String]) -> Bool {
        let widened = ["escalated", "internal_appeal", "regulator_referral", "regulator_appeal"]
        return !widened.contains(fields["kind"] ?? "") && fields["severity"] != "major"
            && fields["nature"] != "misconduct" && (fields["flags"] ?? "").isEmpty
    }

    /// The end of the customer's own words: openings repeat from complaint to complaint, endings hardly do.
    private static func marker(_ fields: [String: String]) -> [UInt8]? {
        for name in markerFields {
            guard let text = fields[name], text.utf8.count >= 2 * MarkerSearch.windowBytes else { continue }
            return Array(text.utf8.suffix(MarkerSearch.windowBytes))
        }
        return nil
    }
}
