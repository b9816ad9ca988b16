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
        /// Strings of personal text that must not be found at head office.
        var markers: [String] = []
    }

    private(set) var shares: [NodeID: Share] = [:]
    private(set) var order: [NodeID] = []
    let mapping: String
    private(set) var rows = 0

    /// Every n-th row is recorded early.
    private static let earlyEvery = 12
    private static let markerFields = ["course", "what", "demand_words", "cause_told"]

    /// Reads the source once and writes one file a node.
    ///
    /// - Throws: `ImportError`, `ConfigurationError`, `SmallFileError`.
    init(source: String, mapping path: String, bank: DemoBank) throws {
        mapping = path
        let mapping = try ImportMapping.load(path, targets: nil, hash: SHA256.function)
        var reader = try ImportReader(try FileSource(source), mapping: mapping, hash: SHA256.function)
        var early: [NodeID: [UInt8]] = [:]
        var late: [NodeID: [UInt8]] = [:]
        while let row = try reader.next() {
            guard case .fields(let fields) = row.outcome, let org = row.recordAt, let node = bank.topology.node(orgCode: org)
            else { continue }
            rows += 1
            var share = shares[node.id] ?? Share(
                node: node.id, early: "\(bank.folder)/\(node.id).early.csv", late: "\(bank.folder)/\(node.id).late.csv")
            if rows % DemoWork.earlyEvery == 0 {
                early[node.id, default: []] += row.record.raw + [0x0A]
                share.earlyRows += 1
            } else {
                late[node.id, default: []] += row.record.raw + [0x0A]
                share.lateRows += 1
            }
            // Head office may hold what it recorded itself.
            if node.tier != .headOffice, let marker = DemoWork.marker(fields) { share.markers.append(marker) }
            shares[node.id] = share
        }
        order = bank.topology.nodes.map(\.id).filter { shares[$0] != nil }
        let header = CSVFormat.line(reader.columns)
        for id in order {
            guard let share = shares[id] else { continue }
            try SmallFile.write(header + (early[id] ?? []), to: share.early)
            try SmallFile.write(header + (late[id] ?? []), to: share.late)
        }
    }

    /// A piece of the customer's own words that is long enough to be unmistakable.
    private static func marker(_ fields: [String: String]) -> String? {
        for name in markerFields {
            guard let text = fields[name], text.utf8.count >= 3 * MarkerSearch.windowBytes else { continue }
            // From the middle: openings repeat from complaint to complaint.
            let bytes = Array(text.utf8)
            let start = bytes.count / 2
            guard let boundary = bytes[start...].firstIndex(where: { $0 & 0xc0 != 0x80 }) else { continue }
            let piece = bytes[boundary...].prefix(MarkerSearch.windowBytes + 4)
            guard piece.count >= MarkerSearch.windowBytes else { continue }
            return String(decoding: piece, as: UTF8.self)
        }
        return nil
    }
}
