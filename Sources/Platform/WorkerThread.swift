import Glibc

/// A named system thread. The body runs once; `join` waits for its end.
public final class WorkerThread: Sendable {
    private let handle: Locked<pthread_t?>

    /// - Parameters:
    ///   - name: shown by `ps -L` and debuggers; the kernel keeps its first 15 bytes.
    ///   - stackBytes: room for the body's stack, at least 64 KiB.
    /// - Throws: `WorkerThreadError` when the system has no room for another thread.
    public init(
        name: String, stackBytes: Int = 1024 * 1024, body: @escaping @Sendable () -> Void
    ) throws(WorkerThreadError) {
        precondition(stackBytes >= 64 * 1024)
        var attributes = pthread_attr_t()
        var outcome = pthread_attr_init(&attributes)
        precondition(outcome == 0)
        defer { pthread_attr_destroy(&attributes) }
        outcome = pthread_attr_setstacksize(&attributes, stackBytes)
        precondition(outcome == 0)

        let work = Unmanaged.passRetained(Work(name: name, body: body))
        var thread = pthread_t()
        outcome = pthread_create(&thread, &attributes, runWork, work.toOpaque())
        guard outcome == 0 else {
            work.release()
            throw .noRoom(systemError: outcome)
        }
        handle = Locked(thread)
    }

    deinit {
        // Nobody will join any more: let the system clean up when the body ends.
        if let thread = handle.withLock({ $0 }) { pthread_detach(thread) }
    }

    /// Waits until the body has returned. Further calls return at once, so let one owner join.
    public func join() {
        let thread = handle.withLock { handle in
            let thread = handle
            handle = nil
            return thread
        }
        guard let thread else { return }
        precondition(thread != pthread_self(), "a thread cannot wait for its own end")
        let outcome = pthread_join(thread, nil)
        precondition(outcome == 0)
    }
}

/// Why a thread could not be started.
public enum WorkerThreadError: ExplainedError, Equatable {
    case noRoom(systemError: Int32)

    public var code: String { "platform.no-room-for-thread" }

    public var sentence: String {
        switch self {
        case .noRoom(let systemError): "The system refused to start another thread (error \(systemError))."
        }
    }

    public var hint: String { "Raise the limit of threads or memory for this process, then start it again." }
}

private final class Work: Sendable {
    let name: String
    let body: @Sendable () -> Void

    init(name: String, body: @escaping @Sendable () -> Void) {
        self.name = name
        self.body = body
    }
}

private func runWork(_ context: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    guard let context else { preconditionFailure("a thread was started without work") }
    let work = Unmanaged<Work>.fromOpaque(context).takeRetainedValue()
    nameCurrentThread(work.name)
    work.body()
    return nil
}

/// Through the file system, because the C function is hidden from Swift. A name is only for people who look, so a
/// system without `/proc` is no reason not to work.
private func nameCurrentThread(_ name: String) {
    let file = open("/proc/thread-self/comm", O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { return }
    _ = Array(name.utf8.prefix(15)).withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    close(file)
}
