import Glibc
import Platform
import SyncProtocol
import TicketModel
import TicketStore

/// A session with nothing to say, on a kept-alive connection: the same bytes whatever the number of tickets.
enum W3 {
    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let hierarchy = BenchBank.hierarchy(branches: 1)
        let branch = try BenchBank.store("b1", hierarchy, folder)
        let province = try BenchBank.store("p1", hierarchy, folder)
        let actor = BenchBank.actor("b1", .branch, parent: "p1")
        let line = try LoopbackExchange(answering: province)
        var figures: [Figure] = []
        var held = 0
        for tickets in [0, 10_000, 100_000] {
            _ = try Clients.run(32, jobs: tickets - held) { number in
                _ = try branch.execute(
                    TicketRequest(command: .register(BenchBank.registration(number)), ticket: nil, actor: actor))
            }
            held = tickets
            var session = Session(dialling: "p1", id: SystemRandom.word())
            while let message = try session.nextMessage(branch) { try line.exchange(message, &session, branch) }
            let before = (line.bytesSent + line.bytesReceived, line.roundTrips)
            try line.exchange(session.waitMessage(branch), &session, branch)
            guard try session.nextMessage(branch) == nil else { throw BenchError(what: "something was left to say") }
            let bytes = line.bytesSent + line.bytesReceived - before.0
            figures.append(
                Figure(
                    name: "W3 nothing to say, \(tickets) tickets",
                    value: "\(bytes) B",
                    ratio: "\(Figure.share(Double(bytes), of: 400)), \(line.roundTrips - before.1) round trip",
                    goal: "≤ 400 B, 1 round trip"))
        }
        line.stop()
        branch.close()
        province.close()
        return figures
    }
}
