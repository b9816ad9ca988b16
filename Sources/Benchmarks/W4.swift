import Glibc
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// 500 branches push 100 changes each into one province over loopback HTTP.
enum W4 {
    private static let branches = 500
    private static let changes = 100

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let hierarchy = BenchBank.hierarchy(branches: branches)
        let province = try BenchBank.store("p1", hierarchy, folder)
        let line = try LoopbackExchange(answering: province)
        var stores: [ReplicaStore] = []
        for number in 1...branches {
            let store = try ReplicaStore.inMemory(BenchBank.context(BenchBank.branch(number), hierarchy))
            let actor = BenchBank.actor(store.node, .branch, parent: "p1")
            let receipt = try store.execute(
                TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor))
            try line.run(store, with: "p1")
            for change in 0..<changes {
                _ = try store.author(
                    Draft(
                        document: receipt.document, kind: TicketAct.amend.rawValue, post: "clerk-1",
                        claim: .held(CustodyClaim(leg: 0, version: receipt.document.creator)),
                        core: [.assign(TicketField.severity, .text(change % 2 == 0 ? "ordinary" : "important"))]))
            }
            stores.append(store)
        }
        let pushed = stores
        let (ours, _) = try seconds { for store in pushed { try line.run(store, with: "p1") } }
        line.stop()
        let raw = try RawSQLite(folder + "/raw.sqlite")
        try raw.fill(
            branches, body: [UInt8](repeating: 0x61, count: 1024), record: [UInt8](repeating: 0x62, count: 300))
        let record = [UInt8](repeating: 0x62, count: 180)
        let (rawSeconds, _) = try seconds {
            for branch in 1...branches {
                try raw.update((0..<changes).map { (branch, "value\($0)") }, record: record, perTransaction: changes)
            }
        }
        raw.close()
        province.close()
        return [
            Figure(
                name: "W4 500 branches push 100 changes each", value: "\(String.number(ours)) s",
                ratio: "\(String.number(ours / rawSeconds)) × raw (\(String.number(rawSeconds)) s)", goal: "≤ 2.5 × raw"
            )
        ]
    }
}
