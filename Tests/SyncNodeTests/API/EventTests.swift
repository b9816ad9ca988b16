import HTTPTransport
import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

@Suite("API: server-sent events") struct EventTests {
    /// Listens on a thread of its own and keeps what comes.
    private final class Listener: Sendable {
        private let events = Locked<[EventReader.Event]>([])
        private let isOver = Locked(false)
        private let abort = HTTPAbort()
        private let thread: WorkerThread

        init(_ url: String, after last: String? = nil) throws {
            let (events, isOver, abort) = (events, isOver, abort)
            thread = try WorkerThread(name: "listener") {
                var headers: HTTPHeaders = [:]
                headers["Last-Event-ID"] = last
                let reader = Locked(EventReader())
                let request = HTTPClientRequest(.get, url + "/api/v1/events", headers: headers)
                do throws(HTTPClientError) {
                    _ = try HTTPClient().perform(request, abort: abort) { chunk in
                        let found = reader.withLock { $0.add(chunk) }
                        events.change { $0 += found }
                        return true
                    }
                    isOver.change { $0 = true }
                } catch {
                    isOver.change { $0 = error != .aborted }
                }
            }
        }

        deinit {
            abort.raise()
            thread.join()
        }

        /// Waits for an event that fits, and takes it and those before it.
        func next(_ fits: @escaping (EventReader.Event) -> Bool) -> EventReader.Event? {
            events.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)) { events in
                guard let index = events.firstIndex(where: fits) else { return nil }
                let found = events[index]
                events.removeFirst(index + 1)
                return found
            }
        }

        func ends() -> Bool {
            isOver.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 10_000)) { $0 ? true : nil }
                ?? false
        }
    }

    @Test func `a commit is told with its sequence to everyone who listens`() throws {
        let node = try RunningNode()
        let listeners = [try Listener(node.url), try Listener(node.url)]
        for listener in listeners { #expect(listener.next { $0.name == "change" } != nil) }
        _ = try node.register()
        let sequence = String(try node.runtime.store.currentSequence())
        for listener in listeners {
            let event = listener.next { $0.name == "change" && $0.id == sequence }
            #expect(event?.data == "{\"apply_sequence\":\(sequence)}")
        }
    }

    @Test func `who comes back is told at once what came meanwhile, and nothing where nothing came`() throws {
        let node = try RunningNode()
        _ = try node.register()
        let sequence = try node.runtime.store.currentSequence()
        let behind = try Listener(node.url, after: "1")
        #expect(behind.next { _ in true }?.id == String(sequence))
        let current = try Listener(node.url, after: String(sequence))
        _ = try node.register()
        #expect(current.next { $0.name == "change" }?.id == String(sequence + 1))
    }

    @Test func `a node that stops ends its streams`() throws {
        let node = try RunningNode()
        let listener = try Listener(node.url)
        #expect(listener.next { _ in true } != nil)
        node.stop()
        #expect(listener.ends())
    }

    @Test func `a client that has gone is forgotten by the time of the next heartbeats`() throws {
        let node = try RunningNode()
        let streams = try EventStreams(store: node.runtime.store, heartbeatMilliseconds: 10)
        defer { streams.close() }
        let server = try HTTPServer(HTTPServerConfiguration(), bodyLimit: { _, _ in 0 }) { _, responder in
            if let stream = responder.stream(headers: [:]) { streams.add(stream) }
        }
        defer { server.stop(graceMilliseconds: 0) { streams.endStreams() } }
        _ = try? HTTPClient().perform(HTTPClientRequest(.get, "http://127.0.0.1:\(server.port)/")) { _ in false }
        let never = Locked(())
        let end = SystemClock.monotonicMilliseconds() + 10_000
        while streams.count > 0 {
            try #require(SystemClock.monotonicMilliseconds() < end, "a dead stream is kept")
            _ = never.wait(untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: 5)) { _ in nil as Bool? }
        }
    }

    @Test func `events are put together from any pieces`() {
        let text = Array(": hello\n\nevent: change\nid: 7\ndata: {\"a\":1}\n\nretry: 5\n\ndata: x\ndata: y\n\n".utf8)
        for size in 1...text.count {
            var reader = EventReader()
            var events: [EventReader.Event] = []
            for start in stride(from: 0, to: text.count, by: size) {
                Array(text[start..<min(start + size, text.count)]).withUnsafeBytes { events += reader.add($0) }
            }
            #expect(events.map(\.name) == ["change", "message"])
            #expect(events.map(\.data) == ["{\"a\":1}", "x\ny"])
            #expect(events[0].id == "7")
        }
    }
}
