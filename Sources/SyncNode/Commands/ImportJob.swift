import Platform
import TicketModel

/// A whole import into a running node: reads rows, keeps many under way, settles them in order.
struct ImportJob {
    let files: ImportRun.Files
    let settings: ImportSenders.Settings
    /// Where the numbers of the tickets go; nil for nowhere.
    var receipts: String?

    /// Runs to the end of the file.
    ///
    /// - Parameter watch: called after each row; false stops here.
    /// - Returns: what came of the rows, as the nodes said it.
    /// - Throws: `ConfigurationError`, `ImportError` about files; `NodeUnreachable`, `NodeRefusal`. The nodes hold what was
    ///   done until then, and the next run brings in the rest.
    @discardableResult
    func run(_ watch: (ImportRun) -> Bool = { _ in true }) throws -> ImportCount {
        var run = try ImportRun(files, targets: Registration.enterable.map(\.name), hash: SHA256.function)
        let destination = try destination(of: run)
        let receipts = try receipts.map { try ReceiptFile($0) }
        let senders = try ImportSenders(settings)
        defer { senders.close() }
        do {
            if try settleAll(&run, destination, senders, receipts, watch) { try run.finish() } else { try run.save() }
        } catch {
            try run.save()
            throw error
        }
        return run.count
    }

    /// Where the rows go. Which unit a node is, where only its address was named, the node itself says.
    private func destination(of run: ImportRun) throws -> ImportDestination {
        guard run.namesUnits else {
            if case .units = settings.destination { throw ImportJob.namesNoUnits }
            return settings.destination
        }
        guard case .node(let place, nil) = settings.destination else { return settings.destination }
        return .node(place, unit: try ImportSenders.unit(of: place, settings))
    }

    private static let namesNoUnits = UsageError(
        code: "import.names-no-units", "the mapping does not say which unit a row belongs to (recordAt)",
        hint: "name the node that the rows go to: --node")

    /// True at the end of the file.
    private func settleAll(
        _ run: inout ImportRun, _ destination: ImportDestination, _ senders: ImportSenders, _ receipts: ReceiptFile?,
        _ watch: (ImportRun) -> Bool
    ) throws -> Bool {
        // Twice as many as are under way, so that no connection waits for the file.
        let windowMax = settings.connections * 2
        var window: [ImportRow] = []
        var isAtEnd = false
        while true {
            while !isAtEnd, window.count < windowMax {
                guard let row = try run.next() else {
                    isAtEnd = true
                    break
                }
                window.append(send(row, to: destination, senders, key: row.key))
            }
            guard !window.isEmpty else { return true }
            let row = window.removeFirst()
            try settle(row, &run, senders, receipts)
            guard watch(run) else { return false }
        }
    }

    /// Sends a good row on its way, unless it belongs elsewhere.
    private func send(
        _ row: ImportRow, to destination: ImportDestination, _ senders: ImportSenders, key: String
    ) -> ImportRow {
        guard case .fields(let fields) = row.outcome else { return row }
        switch destination.choice(unit: row.recordAt) {
        case .send(let place): senders.send(fields, to: place, number: row.number, key: key)
        case .elsewhere: return row.with(.elsewhere)
        case .reject(let reason): return row.with(.rejected(reason))
        }
        return row
    }

    private func settle(
        _ row: ImportRow, _ run: inout ImportRun, _ senders: ImportSenders, _ receipts: ReceiptFile?
    ) throws {
        guard case .fields = row.outcome else { return try run.settle(row) }
        switch senders.outcome(of: row.number) {
        case .held(let number, let isNew):
            try receipts?.append(row: row.number, ticket: number)
            try run.settle(row, isNew: isNew)
        case .refused(let reason): try run.reject(row, reason)
        case .failed(let error): throw error
        }
    }
}
