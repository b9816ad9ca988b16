import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketStore

/// Durable creation of one ticket with a body of 1 KB over HTTP, at a real node process.
enum W1HTTP {
    private static let tickets = 3_000

    @Sendable static func run(_ folder: String) throws -> [Figure] {
        mkdir(folder, 0o700)
        let port = try freePort()
        let topology = try TopologyFile(branches: 1, folder: folder, provincePort: 1, branchPort: port)
        let node = try NodeUnderTest("b1", topology: topology.path, port: port)
        defer { node.stop() }
        let raw = try RawSQLite(folder + "/raw.sqlite")
        let (rawSeconds, _) = try seconds {
            for _ in 0..<tickets {
                try raw.create(
                    body: [UInt8](repeating: 0x61, count: 1024), record: [UInt8](repeating: 0x62, count: 400))
            }
        }
        raw.close()
        let url = node.url
        let clients = Locked<[HTTPClientBox]>([])
        let create: @Sendable (Int) throws -> Void = { number in
            let box = clients.withLock { $0.popLast() } ?? HTTPClientBox()
            try box.post(url + "/api/v1/tickets", body(number))
            clients.withLock { $0.append(box) }
        }
        let one = try Clients.run(1, jobs: tickets, create)
        let many = try Clients.run(32, jobs: tickets * 3, create)
        let rawRate = Double(tickets) / rawSeconds
        let rates = (Double(tickets) / one, Double(tickets * 3) / many)
        return [
            Figure(
                name: "W1 over HTTP, 1 client", value: "\(Int(rates.0))/s",
                ratio: "\(String.number(rates.0 / rawRate)) of raw (\(Int(rawRate))/s)", goal: "-"),
            Figure(
                name: "W1 over HTTP, 32 clients", value: "\(Int(rates.1))/s",
                ratio: "\(String.number(rates.1 / rawRate)) of raw", goal: "well above 1 client"),
        ]
    }

    @Sendable private static func body(_ number: Int) -> [UInt8] {
        let fields = BenchBank.registration(number).fields.sorted { $0.key < $1.key }
            .map { "\"\($0.key)\":\"\($0.value)\"" }.joined(separator: ",")
        return Array("{\"fields\":{\(fields)}}".utf8)
    }
}

/// A client that moves from thread to thread, used by one at a time.
final class HTTPClientBox: Sendable {
    private let client = Locked(HTTPClient())

    func post(_ url: String, _ body: [UInt8]) throws {
        let request = HTTPClientRequest(.post, url, headers: ["Content-Type": "application/json"], body: body)
        let response = try client.withLock { try $0.perform(request) }
        guard response.status == 201 else {
            throw BenchError(what: "status \(response.status): \(String(decoding: response.body, as: UTF8.self))")
        }
    }
}
