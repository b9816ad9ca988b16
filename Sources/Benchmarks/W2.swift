import Glibc
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// A node that was away while 50,000 single-field updates were made on 10,000 tickets catches up over loopback HTTP;
/// and before that, the first copy of the 10,000 tickets to an empty node.
enum W2 {
    private static let tickets = 10_000
    private static let updates = 50_000

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let hierarchy = BenchBank.hierarchy(branches: 1)
        let branch = try BenchBank.store("b1", hierarchy, folder)
        let province = try BenchBank.store("p1", hierarchy, folder)
        let documents = try create(branch)
        let line = try LoopbackExchange(answering: branch)
        let (firstCopy, _) = try seconds { try line.run(province, with: "b1") }
        let firstBytes = line.bytesSent + line.bytesReceived
        var figures = [
            Figure(
                name: "first copy of 10,000 tickets to an empty node", value: "\(String.number(firstCopy)) s",
                ratio: "\(Figure.share(firstCopy, of: 2)), \(String.number(Double(firstBytes) / 1e6)) MB", goal: "< 2 s"
            )
        ]
        figures += try catchUp("core fields", folder, branch, province, documents, isBody: false, megabytes: 0.45)
        figures += try catchUp("body fields", folder, branch, province, documents, isBody: true, megabytes: 1.2)
        line.stop()
        branch.close()
        province.close()
        return figures
    }

    private static func create(_ store: ReplicaStore) throws -> [DocumentID] {
        let actor = BenchBank.actor("b1", .branch, parent: "p1")
        let documents: Locked<[DocumentID]> = Locked([])
        _ = try Clients.run(32, jobs: tickets) { number in
            let receipt = try store.execute(
                TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor))
            documents.withLock { $0.append(receipt.document) }
        }
        return documents.withLock { $0.sorted() }
    }

    private static func catchUp(
        _ name: String, _ folder: String, _ branch: ReplicaStore, _ province: ReplicaStore, _ documents: [DocumentID],
        isBody: Bool, megabytes: Double
    ) throws -> [Figure] {
        let codes = ["general", "provincial", "national", "ordinary", "important", "urgent", "vip", "protected"]
        var generator = SystemRandom()
        var plan: [(ticket: Int, value: String)] = []
        for _ in 0..<updates {
            plan.append((Int(generator.next() % UInt64(documents.count)), codes[Int(generator.next() % 8)]))
        }
        let work = plan
        _ = try Clients.run(32, jobs: updates) { index in
            let update = work[index]
            let id = documents[update.ticket]
            let value = Value.text(update.value)
            let draft =
                isBody
                ? Draft(
                    document: id, kind: TicketAct.amend.rawValue, post: "clerk-1", core: [],
                    personal: [.write(TicketField.causeTold, value)])
                : Draft(
                    document: id, kind: TicketAct.amend.rawValue, post: "clerk-1",
                    claim: .held(CustodyClaim(leg: 0, version: id.creator)),
                    core: [.assign(TicketField.severity, value)])
            _ = try branch.author(draft)
        }
        let line = try LoopbackExchange(answering: branch)
        let (ours, _) = try seconds { try line.run(province, with: "b1") }
        let shared = (try branch.shared(with: "p1").fingerprint, try province.shared(with: "b1").fingerprint)
        guard shared.0 == shared.1 else { throw BenchError(what: "the nodes differ after catching up") }
        line.stop()
        let raw = try RawSQLite(folder + "/raw-\(isBody).sqlite")
        try raw.fill(tickets, body: [UInt8](repeating: 0x61, count: 1024), record: [UInt8](repeating: 0x62, count: 300))
        let record = [UInt8](repeating: 0x62, count: 180)
        let (rawSeconds, _) = try seconds {
            try raw.update(work.map { ($0.ticket + 1, $0.value) }, record: record, perTransaction: 1_000)
        }
        raw.close()
        let bytes = Double(line.bytesSent + line.bytesReceived) / 1e6
        return [
            Figure(
                name: "W2 50,000 updates of \(name)", value: "\(String.number(ours)) s",
                ratio: "\(String.number(ours / rawSeconds)) × raw (\(String.number(rawSeconds)) s)", goal: "≤ 2 × raw"),
            Figure(
                name: "W2 bytes both ways, \(name)", value: "\(String.number(bytes, 3)) MB",
                ratio: "\(Figure.share(bytes, of: megabytes)), \(line.roundTrips) round trips",
                goal: "≤ \(megabytes) MB"),
        ]
    }
}
