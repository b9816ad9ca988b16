import Glibc
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// Durable creation of one ticket with a body of 1 KB, in process: the witness is included in ours.
enum W1 {
    private static let tickets = 3_000

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let hierarchy = BenchBank.hierarchy(branches: 1)
        let store = try BenchBank.store("b1", hierarchy, folder)
        let actor = BenchBank.actor("b1", .branch, parent: "p1")
        let create: @Sendable (Int) throws -> Void = { number in
            _ = try store.execute(
                TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor))
        }
        try create(0)
        let raw = try RawSQLite(folder + "/raw.sqlite")
        let body = [UInt8](repeating: 0x61, count: 1024)
        let record = [UInt8](repeating: 0x62, count: 400)
        // In turns, so that both meet the same disk.
        var rawSeconds = 0.0
        var ourSeconds = 0.0
        for round in 0..<6 {
            let slice = tickets / 6
            rawSeconds += try seconds { for _ in 0..<slice { try raw.create(body: body, record: record) } }.0
            ourSeconds += try seconds { for number in 0..<slice { try create(round * slice + number) } }.0
        }
        let many = try Clients.run(32, jobs: tickets * 2, create)
        store.close()
        raw.close()
        let rawRate = Double(tickets) / rawSeconds
        let ourRate = Double(tickets) / ourSeconds
        let manyRate = Double(tickets * 2) / many
        return [
            Figure(
                name: "W1 raw SQLite, ticket row + event row, 1 client", value: "\(Int(rawRate))/s", ratio: nil,
                goal: "-"),
            Figure(
                name: "W1 in process, 1 client", value: "\(Int(ourRate))/s",
                ratio: "\(String.number(ourRate / rawRate)) of raw", goal: "≥ 0.5 of raw"),
            Figure(
                name: "W1 in process, 32 clients", value: "\(Int(manyRate))/s",
                ratio: "\(String.number(manyRate / rawRate)) of raw", goal: "well above 1 client"),
        ]
    }
}
