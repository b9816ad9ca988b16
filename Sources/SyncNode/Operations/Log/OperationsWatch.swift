import Platform
import SyncProtocol
import TicketStore

/// Looks once a second at what nobody announces: the clock, the search index.
final class OperationsWatch: Sendable {
    private static let intervalMilliseconds = 1_000
    fileprivate let runtime: NodeRuntime
    private let bell = Signal()
    private let thread: Locked<WorkerThread?> = Locked(nil)

    init(_ runtime: NodeRuntime) { self.runtime = runtime }

    /// - Throws: `WorkerThreadError`.
    func start() throws {
        let worker = try WorkerThread(name: "watch", body: { [self] in watch() })
        thread.withLock { $0 = worker }
    }

    func stop() {
        bell.raise()
        thread.withLock { thread in
            thread?.join()
            thread = nil
        }
    }

    private func watch() {
        var clock = ClockWatch(wall: SystemClock.wallMilliseconds(), monotonic: SystemClock.monotonicMilliseconds())
        var searchFailure: String?
        var areFilesThere = true
        while bell.wait(
            after: 0,
            untilNanoseconds: SystemClock.deadlineNanoseconds(inMilliseconds: OperationsWatch.intervalMilliseconds))
            == nil
        {
            let jump = clock.look(
                wall: SystemClock.wallMilliseconds(), monotonic: SystemClock.monotonicMilliseconds())
            if let jump { runtime.log.say(.clockJumped(milliseconds: jump)) }
            lookAtFiles(&areFilesThere)
            let failure = runtime.search.failure.withLock { $0 }
            if failure != searchFailure { runtime.log.say(failure.map { .searchTrouble(code: $0) } ?? .searchBack) }
            searchFailure = failure
        }
    }
}

extension OperationsWatch {
    /// Also where nobody writes: the operator should know at once.
    fileprivate func lookAtFiles(_ wereThere: inout Bool) {
        do {
            try runtime.store.checkFiles()
            if !wereThere { runtime.log.say(.filesBack) }
            wereThere = true
        } catch let error as any ExplainedError {
            if wereThere { runtime.log.say(.storeTrouble(error)) }
            wereThere = false
        } catch {
            wereThere = false
        }
    }
}

/// Compares the wall clock with the monotonic one.
struct ClockWatch {
    /// Time servers correct less than this without a jump.
    static let jumpMilliseconds: Int64 = 2_000

    private var offset: Int64

    init(wall: Int64, monotonic: Int64) { offset = wall - monotonic }

    /// How far the wall clock jumped since the last look; nil where it did not.
    mutating func look(wall: Int64, monotonic: Int64) -> Int64? {
        let jump = wall - monotonic - offset
        offset += jump
        return abs(jump) >= ClockWatch.jumpMilliseconds ? jump : nil
    }
}

/// Tells when the store stops saving and when it saves again, once each.
final class StoreHealth: Sendable {
    private struct Trouble {
        var code: String
        var began: Int64
    }

    private let log: OperationsLog
    private let trouble = Locked<Trouble?>(nil)

    init(_ log: OperationsLog) { self.log = log }

    /// The store's observer: incidents and failed or successful commits.
    var observer: StoreObserver {
        StoreObserver(
            noted: { [log] note in log.say(.incident(note)) },
            failed: { [self] in failed($0) },
            saved: { [self] in saved() })
    }

    private func failed(_ error: any Error) {
        guard let error = StoreHealth.trouble(in: error) else { return }
        let isNew = trouble.withLock { trouble in
            guard trouble?.code != error.code else { return false }
            trouble = Trouble(code: error.code, began: trouble?.began ?? SystemClock.monotonicMilliseconds())
            return true
        }
        if isNew { log.say(.storeTrouble(error)) }
    }

    private func saved() {
        let ended = trouble.withLock { trouble in
            defer { trouble = nil }
            return trouble
        }
        guard let ended else { return }
        log.say(.storeBack(after: SystemClock.monotonicMilliseconds() - ended.began))
    }

    /// What is wrong with the disk or the database; nil for refusals of the business, which are no trouble of the store.
    private static func trouble(in error: any Error) -> (any ExplainedError)? {
        switch error {
        case let error as DatabaseError: error
        case let error as FileError: error
        case let error as WitnessError: error
        case StoreError.filesReplaced(let path): StoreError.filesReplaced(path: path)
        case WriterError.notAcknowledged(let cause): trouble(in: cause)
        case WriterError.halted(let cause): WriterError.halted(cause: cause)
        case let error as WriterError:
            if case .overloaded = error { error } else { nil }
        default: nil
        }
    }
}
