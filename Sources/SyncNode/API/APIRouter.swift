import HTTPTransport
import Platform

/// Answers what the table of routes says: `/api/v1/…` for people's clients, health and metrics for monitors.
///
/// Never blocks the thread that calls it: reads go to a few workers, changes to the store's writer.
final class APIRouter: Sendable {
    /// No more threads than the store has read connections, less one for the engine.
    private static let workersCount = 3
    private static let jobsMax = 512
    private static let healthJobsMax = 64

    private let services: APIServices
    private let ownsEvents: Bool

    /// The addresses of people. Those of operation share its counters, and have a worker of their own, so that no flood
    /// of questions keeps a monitor waiting.
    /// - Throws: `WorkerThreadError` where the system has no room for the threads.
    init(runtime: NodeRuntime) throws {
        let workers = try WorkerPool(name: "api", threads: APIRouter.workersCount, jobsMax: APIRouter.jobsMax)
        do {
            services = APIServices(
                runtime: runtime, workers: workers, events: try EventStreams(store: runtime.store),
                counters: RequestCounters())
        } catch {
            workers.close()
            throw error
        }
        ownsEvents = true
    }

    /// The addresses of operation.
    /// - Throws: `WorkerThreadError`.
    init(operationBeside people: APIRouter) throws {
        var services = people.services
        services.workers = try WorkerPool(name: "health", threads: 1, jobsMax: APIRouter.healthJobsMax)
        self.services = services
        ownsEvents = false
    }

    /// The most bytes that a request's body may have; for the server's configuration.
    static func bodyLimit(_ method: HTTPMethod, _ target: HTTPTarget) -> Int {
        find(method, target)?.route.bodyBytesMax ?? APIRoute.strayBodyBytesMax
    }

    /// Answers a request now or later.
    func handle(_ request: HTTPRequest, _ responder: HTTPResponder) {
        let reply = APIReply(responder, services.counters)
        do {
            let (route, values) = try APIRouter.route(request)
            if route.changes { try RequestBody.checkType(request) }
            try route.check(request)
            try run(
                route, APICall(request: request, values: values, services: services, operation: route.operation), reply)
        } catch {
            reply.fail(error)
        }
    }

    /// Ends the event streams; call before the server stops, so that it need not wait for them.
    func releaseWaiters() { services.events.endStreams() }

    /// Ends the threads, and the event streams once their own router closes. The server must have stopped calling
    /// `handle`.
    func close() {
        services.workers.close()
        if ownsEvents { services.events.close() }
    }

    private func run(_ route: APIRoute, _ call: APICall, _ reply: APIReply) throws {
        switch route.handler {
        case .inline(let body): reply.respond(try body(call))
        case .deferred(let body): try body(call, reply)
        case .worker(let body):
            let isTaken = services.workers.submit {
                do {
                    reply.respond(try body(call))
                } catch {
                    reply.fail(error)
                }
            }
            guard isTaken else { throw APIProblem.busy }
        }
    }

    // MARK: Finding the route

    private static func route(_ request: HTTPRequest) throws -> (APIRoute, [String: String]) {
        if let found = find(request.method, request.target) { return found }
        let allowed = methods(at: request.target)
        guard !allowed.isEmpty else { throw APIProblem.noSuchPath }
        throw APIProblem.wrongMethod(allowed: allowed)
    }

    private static func find(
        _ method: HTTPMethod, _ target: HTTPTarget
    ) -> (route: APIRoute, values: [String: String])? {
        // A HEAD request is answered like GET; the transport leaves the body out.
        let method = method == .head ? .get : method
        for route in routes(at: target) where route.method == method {
            if let values = route.match(target.segments) { return (route, values) }
        }
        return nil
    }

    /// The routes of an address. Where one is written out (`/tickets/search`), one with a name (`/tickets/{ref}`) is
    /// another address.
    static func routes(at target: HTTPTarget) -> [APIRoute] {
        let matching = APIRoute.all.filter { $0.match(target.segments) != nil }
        let namesLeast = matching.map(\.nameCount).min()
        return matching.filter { $0.nameCount == namesLeast }
    }

    /// What an address takes; empty where there is nothing.
    static func methods(at target: HTTPTarget) -> [HTTPMethod] {
        let found = Set(routes(at: target).map(\.method))
        let all: Set<HTTPMethod> = found.contains(.get) ? found.union([.head]) : found
        return HTTPMethod.allCases.filter(all.contains)
    }
}
