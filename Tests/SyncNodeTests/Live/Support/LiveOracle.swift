import HTTPTransport
import Platform
import Testing

@testable import SyncNode

/// What the nodes acknowledged, written down outside of them: the memory against which they are judged.
final class LiveOracle: Sendable {
    struct Note: Sendable {
        var number: String
        var words: String
    }

    private struct State {
        /// Ticket numbers by idempotency key.
        var numbers: [String: String] = [:]
        /// Keys whose request got no answer: the ticket is there or not, and a repetition tells.
        var unanswered: Set<String> = []
        var notes: [Note] = []
        var mistakes: [String] = []
    }

    private let state = Locked(State())

    var numbers: Set<String> { state.withLock { Set($0.numbers.values) } }
    var keys: [String] { state.withLock { $0.numbers.keys.sorted() } }
    var count: Int { state.withLock { $0.numbers.count } }
    var unanswered: [String] { state.withLock { $0.unanswered.sorted() } }
    var notes: [Note] { state.withLock { $0.notes } }
    var mistakes: [String] { state.withLock { $0.mistakes } }

    /// Numbers that were acknowledged since there were `earlier`.
    func numbers(since earlier: Set<String>) -> Set<String> { numbers.subtracting(earlier) }

    func acknowledge(_ key: String, _ number: String, isNew: Bool) {
        state.withLock { state in
            state.unanswered.remove(key)
            if let known = state.numbers[key] {
                if known != number { state.mistakes.append("key \(key) gave \(known), then \(number)") }
                if isNew { state.mistakes.append("key \(key) was registered twice") }
            } else if state.numbers.values.contains(number) {
                state.mistakes.append("number \(number) was given twice")
            }
            state.numbers[key] = number
        }
    }

    func acknowledge(_ note: Note) { state.withLock { $0.notes.append(note) } }

    func noAnswer(_ key: String) {
        state.withLock { if $0.numbers[key] == nil { _ = $0.unanswered.insert(key) } }
    }

    func mistake(_ text: String) { state.withLock { $0.mistakes.append(text) } }

    /// Registers under the key and writes down what the node said. False where the node is gone or stopping.
    func register(_ key: String, at client: LiveClient) -> Bool {
        do {
            let answer = try client.register(key)
            if let number = answer.json["number"]?.string, answer.status == 201 || answer.status == 200 {
                acknowledge(key, number, isNew: answer.status == 201)
                return true
            }
            if answer.status != 503 { mistake("registration answered \(answer.refusal)") }
        } catch is HTTPClientError {
            // Killed under way: whether it happened is what a repetition tells.
        } catch {
            mistake("registration: \(error)")
        }
        noAnswer(key)
        return false
    }

    /// Adds a note to a ticket of that key and writes down that it was acknowledged.
    func note(_ key: String, at client: LiveClient) {
        guard let number = state.withLock({ $0.numbers[key] }) else { return }
        let words = "note on \(key)"
        do {
            let answer = try client.act("note", on: number, "{\"text\":\"\(words)\"}")
            if answer.status == 200 { return acknowledge(Note(number: number, words: words)) }
            if answer.status != 503 { mistake("note answered \(answer.refusal)") }
        } catch is HTTPClientError {
            // Not acknowledged: nothing is promised.
        } catch {
            mistake("note: \(error)")
        }
    }

    /// Starts clients that record at a node until it goes, or until each has recorded `ticketsMax`.
    func record(at listen: ListenAddresses, clients: Int, ticketsMax: Int, name: String) throws -> [WorkerThread] {
        try (1...clients).map { number in
            try WorkerThread(name: "client-\(number)") { [self] in
                let client = LiveClient(listen)
                for ticket in 1...ticketsMax {
                    let key = "\(name)-\(number)-\(ticket)"
                    guard register(key, at: client) else { return }
                    if ticket % 4 == 0 { note(key, at: client) }
                }
            }
        }
    }

    /// Sends every request again that got no answer, and some that did: each key has one ticket.
    func repeatRequests(at client: LiveClient, prefix: String, known: Int, _ random: inout LiveSeed) {
        for key in unanswered where key.hasPrefix(prefix) { _ = register(key, at: client) }
        for key in keys.filter({ $0.hasPrefix(prefix) }).shuffled(using: &random).prefix(known) {
            _ = register(key, at: client)
        }
    }
}
