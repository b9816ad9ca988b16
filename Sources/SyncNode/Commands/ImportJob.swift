import Platform
import TicketModel

/// A whole import into a running node: reads rows, keeps many under way, settles them in order.
struct ImportJob {
    let files: ImportRun.Files
    let settings: ImportSenders.Settings
    /// Where the numbers of the tickets go; nil for nowhere.
    var receipts: String?

    /// Progress is made durable after so many rows.
    private static let saveEveryRows = 500

    /// Runs to the end of the file.
    ///
    /// - Parameter watch: called after each row; false stops here, with everything saved.
    /// - Returns: what was done, rows of earlier runs included.
    /// - Throws: `ConfigurationError`, `ImportError` about files; `NodeUnreachable`, `NodeRefusal`. What was done until
    ///   then is saved, and the next run goes on from there.
    @discardableResult
    func run(_ watch: (ImportRun) -> Bool = { _ in true }) throws -> ImportProgress {
        var run = try ImportRun(files, targets: Registration.enterable.map(\.name), hash: SHA256.function)
        let receipts = try receipts.map { try ReceiptFile($0) }
        let senders = try ImportSenders(settings)
        defer { senders.close() }
        do {
            if try settleAll(&run, senders, receipts, watch) { try run.finish() } else { try run.save() }
        } catch {
            try run.save()
            throw error
        }
        return run.progress
    }

    /// True at the end of the file.
    private func settleAll(
        _ run: inout ImportRun, _ senders: ImportSenders, _ receipts: ReceiptFile?, _ watch: (ImportRun) -> Bool
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
                if case .fields(let fields) = row.outcome {
                    senders.send(fields, number: row.number, key: run.idempotencyKey(row))
                }
                window.append(row)
            }
            guard !window.isEmpty else { return true }
            let row = window.removeFirst()
            try settle(row, &run, senders, receipts)
            if row.number % ImportJob.saveEveryRows == 0 { try run.save() }
            guard watch(run) else { return false }
        }
    }

    private func settle(
        _ row: ImportRow, _ run: inout ImportRun, _ senders: ImportSenders, _ receipts: ReceiptFile?
    ) throws {
        guard case .fields = row.outcome else { return try run.settle(row) }
        switch senders.outcome(of: row.number) {
        case .accepted(let number):
            try receipts?.append(row: row.number, ticket: number)
            try run.settle(row)
        case .refused(let reason): try run.reject(row, reason)
        case .failed(let error): throw error
        }
    }
}
