import HTTPTransport
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// Small frames that ask for much, from nobody and from a neighbour.
    @Suite struct BombStories {
        private static let other: NodeID = "branch-0199"
        /// The debug build of a test is an order of magnitude slower than what is shipped, which takes 5 ms at most.
        private static let cpuMillisecondsMax = 60
        private static let residentKibibytesMax = 8 * 1024

        private let bank: LiveBank
        private let province: LiveProcess

        init() throws {
            bank = try LiveBank { try LiveBank.topology(in: $0, extra: [BombStories.other]) }
            try bank.start(LiveBank.province)
            province = try #require(bank.processes[LiveBank.province])
        }

        private func post(_ frame: [UInt8], _ client: HTTPClient = HTTPClient()) throws -> HTTPClientResponse {
            try client.perform(
                HTTPClientRequest(
                    .post, bank.url(LiveBank.province) + "/sync/v1/exchange",
                    headers: ["Content-Type": ExchangeService.mediaType], body: frame))
        }

        private func hello() -> Hello {
            Hello(
                node: BombStories.other,
                topology: Digest(bank.topology.digest(SHA256.function).bytes + [UInt8](repeating: 0, count: 16)),
                incarnation: nil, clock: SystemClock.wallMilliseconds(), tokens: TokenPair(confirmed: 0, fresh: 1))
        }

        /// A session of the other branch.
        private func greet(_ session: UInt64) throws {
            var message = Message(session: session)
            message.hello = hello()
            let answer = try post(Frame.encode(message, .production()))
            try #require(answer.status == 200)
            #expect(try Frame.decode(answer.body, .production()).hello?.node == LiveBank.province)
        }

        /// Posts the frame many times, one after the other.
        private func expectCheap(_ frame: [UInt8], _ name: String, _ check: (HTTPClientResponse) throws -> Void) throws
        {
            let client = HTTPClient()
            // Contexts and caches of the first one stay for the others.
            try check(post(frame, client))
            let before = try LiveUse(province)
            for _ in 0..<30 { try check(post(frame, client)) }
            let after = try LiveUse(province)
            let cpu = (after.cpuMilliseconds - before.cpuMilliseconds) / 30
            let resident = after.residentKibibytes - before.residentKibibytes
            print("\(name): \(frame.count) bytes, \(cpu) ms each, \(resident) KiB more in the end")
            #expect(cpu <= BombStories.cpuMillisecondsMax, "\(name)")
            #expect(resident <= BombStories.residentKibibytesMax, "\(name)")
        }

        @Test func `peer bombBeforeHello: a small frame from nobody costs next to nothing`() throws {
            let frame = LiveBomb.dependencies(session: 77)
            #expect(frame.count < 1_000)
            try expectCheap(frame, "no hello") { answer in
                try #require(answer.status == 200)
                let message = try Frame.decode(answer.body, .production())
                #expect(message.needsHello && message.session == 77)
            }
            try expectCheap(LiveBomb.dependencies(session: 78, hello: hello()), "in a hello") { answer in
                try #require(answer.status == 200)
                let message = try Frame.decode(answer.body, .production())
                #expect(message.needsHello && message.hello == nil)
            }
            let large = Frame.encode(LargeMessage.make(session: 79), .production())
            #expect(large.count > Limits.greetingBytesMax)
            #expect(try Frame.decode(try post(large).body, .production()).needsHello)
        }

        @Test func `peer bombAfterHello: a small frame of a neighbour is refused before it costs more`() throws {
            try greet(91)
            try expectCheap(LiveBomb.dependencies(session: 91), "after a hello") { answer in
                #expect(answer.status == 400 && ProblemCode.read(answer.body) == "sync.frame-too-large")
            }
        }

        @Test func `questions about everything run out, and the neighbour is told when to come back`() throws {
            try greet(92)
            let client = HTTPClient()
            var asked = Message(session: 92)
            let whole = RangeFingerprint(lower: .lowest, upper: .highest, fingerprint: .empty)
            asked.question = NumberedQuestion(number: 1, question: .compare([whole]))
            let frame = Frame.encode(asked, .production())
            var answers: [HTTPClientResponse] = []
            for _ in 0..<15 { answers.append(try post(frame, client)) }
            #expect(answers.prefix(10).allSatisfy { $0.status == 200 })
            let refused = try #require(answers.last)
            #expect(refused.status == 429 && ProblemCode.read(refused.body) == "sync.too-much")
            #expect(refused.headers["Retry-After"].flatMap { Int($0) }.map { (1...60).contains($0) } == true)
            // Everything else of it goes on.
            var idle = Message(session: 92)
            idle.hasMore = true
            #expect(try post(Frame.encode(idle, .production()), client).status == 200)
        }

        @Test func `eight at once do not hold up another branch`() throws {
            try bank.start(LiveBank.branch)
            try bank.waitUntilAgreed(LiveBank.branch)
            let quiet = try arrivals(20, "quiet")
            try greet(93)
            let frames = [LiveBomb.dependencies(session: 93), LiveBomb.dependencies(session: 94)]
            let isOver = Locked(false)
            let sent = Locked(0)
            let before = try LiveUse(province)
            let url = bank.url(LiveBank.province) + "/sync/v1/exchange"
            let threads = try (0..<8).map { number in
                try WorkerThread(name: "bomber-\(number)") {
                    let client = HTTPClient()
                    while !isOver.withLock({ $0 }) {
                        do {
                            _ = try client.perform(
                                HTTPClientRequest(
                                    .post, url, headers: ["Content-Type": ExchangeService.mediaType],
                                    body: frames[number % 2]))
                        } catch {
                            return
                        }
                        sent.withLock { $0 += 1 }
                    }
                }
            }
            let noisy = try arrivals(20, "noisy")
            let after = try LiveUse(province)
            isOver.withLock { $0 = true }
            for thread in threads { thread.join() }
            let resident = after.residentKibibytes - before.residentKibibytes
            print("8 at once: \(sent.withLock { $0 }) frames, quiet \(quiet), noisy \(noisy), \(resident) KiB more")
            // The bombers share the machine's cores with all of it: what may not happen is that a frame, or a queue of
            // them, stands in the way for seconds, as before.
            #expect(noisy.median <= 5 * quiet.median + 200)
            #expect(noisy.worst <= 5 * quiet.worst + 1_500)
            #expect(resident <= 8 * BombStories.residentKibibytesMax)
        }

        private struct Arrivals: CustomStringConvertible {
            let median: Int
            let worst: Int

            var description: String { "median \(median) ms, worst \(worst) ms" }
        }

        /// How long an act of the branch takes to its province.
        private func arrivals(_ count: Int, _ key: String) throws -> Arrivals {
            let (here, above) = (bank.client(LiveBank.branch), bank.client(LiveBank.province))
            var times: [Int64] = []
            for number in 0..<count {
                let began = SystemClock.monotonicMilliseconds()
                let ticket = try here.registered("\(key)-\(number)")
                try #require(try eventually(seconds: 30) { try above.ticket(ticket).status == 200 })
                times.append(SystemClock.monotonicMilliseconds() - began)
            }
            times.sort()
            return Arrivals(median: Int(times[count / 2]), worst: Int(times[count - 1]))
        }
    }
}

/// More than anybody may send before a hello.
private enum LargeMessage {
    static func make(session: UInt64) -> Message {
        var message = Message(session: session)
        var random = LiveSeed("large")
        let dots = (1...UInt64(900)).map { Dot(Incarnation(rawValue: random.next() | 1 << 40), $0) }
        message.question = NumberedQuestion(number: 1, question: .fetch(dots))
        return message
    }
}
