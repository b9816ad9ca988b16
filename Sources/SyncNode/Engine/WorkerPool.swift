import Platform

/// A few threads that do what may block, so that no HTTP handler ever waits.
final class WorkerPool: Sendable {
    private struct Queue {
        var jobs: [@Sendable () -> Void] = []
        var isClosed = false
    }

    private let queue = Locked(Queue())
    private let threads: Locked<[WorkerThread]>
    private let jobsMax: Int

    /// - Throws: `WorkerThreadError`.
    init(name: String, threads count: Int, jobsMax: Int) throws {
        self.jobsMax = jobsMax
        threads = Locked([])
        for number in 1...count {
            let thread = try WorkerThread(name: "\(name)-\(number)", body: { [self] in work() })
            threads.withLock { $0.append(thread) }
        }
    }

    /// False where too much waits already, or the pool is closed: the job was not taken.
    func submit(_ job: @escaping @Sendable () -> Void) -> Bool {
        queue.change { queue in
            guard !queue.isClosed, queue.jobs.count < jobsMax else { return false }
            queue.jobs.append(job)
            return true
        }
    }

    /// Finishes what was taken and ends the threads.
    func close() {
        queue.change { $0.isClosed = true }
        let running = threads.withLock { threads in
            defer { threads = [] }
            return threads
        }
        for thread in running { thread.join() }
    }

    private func work() {
        while let job = queue.wait(for: { WorkerPool.next(&$0) })?.job { job() }
    }

    private struct Step { var job: (@Sendable () -> Void)? }

    private static func next(_ queue: inout Queue) -> Step? {
        if !queue.jobs.isEmpty { return Step(job: queue.jobs.removeFirst()) }
        return queue.isClosed ? Step(job: nil) : nil
    }
}
