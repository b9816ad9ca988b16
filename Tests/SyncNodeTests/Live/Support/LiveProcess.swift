import Glibc
import Platform
import Testing

@testable import SyncNode

/// A process of the real program. It never outlives the test: it is killed when this value goes, and by the kernel
/// when the test process dies.
final class LiveProcess {
    let pid: pid_t
    private var outcome: Int32?

    /// - Parameters:
    ///   - arguments: of `syncnode`.
    ///   - environment: added to the test's own, as `NAME=value`.
    ///   - disk: what the process alone sees of the disks; nil for what everybody sees.
    ///   - log: what it prints is added to this file.
    init(_ arguments: [String], environment: [String] = [], disk: LiveDisk? = nil, log: String) throws {
        let words = LiveProgram.command(disk) + arguments
        pid = try LiveSpawner.run { try LiveProcess.spawn(words, environment, log) }.get()
    }

    /// Another program.
    init(words: [String], log: String) throws {
        pid = try LiveSpawner.run { try LiveProcess.spawn(words, [], log) }.get()
    }

    deinit {
        kill()
    }

    private static func spawn(_ words: [String], _ environment: [String], _ log: String) throws -> pid_t {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var arguments: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) } + [nil]
        var variables: [UnsafeMutablePointer<CChar>?] = environment.map { strdup($0) }
        defer { for pointer in arguments + variables { free(pointer) } }
        var inherited = environ
        while let entry = inherited.pointee {
            variables.append(strdup(entry))
            inherited += 1
        }
        variables.append(nil)
        var pid: pid_t = 0
        let status = posix_spawn(&pid, words[0], &actions, nil, &arguments, &variables)
        guard status == 0 else { throw ChildProcessError(systemError: status) }
        return pid
    }

    /// SIGTERM: asks it to end.
    func terminate() {
        if isRunning { Glibc.kill(pid, SIGTERM) }
    }

    /// SIGKILL: ends it at once, and waits until it is gone.
    func kill() {
        guard isRunning else { return }
        Glibc.kill(pid, SIGKILL)
        wait()
    }

    /// Blocks until it has ended; its exit status, or 128 + signal.
    @discardableResult
    func wait() -> Int32 {
        while true {
            if let outcome { return outcome }
            note(options: 0)
        }
    }

    var isRunning: Bool {
        if outcome == nil { note(options: WNOHANG) }
        return outcome == nil
    }

    private func note(options: Int32) {
        var status: Int32 = 0
        guard waitpid(pid, &status, options) == pid else { return }
        outcome = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
    }
}

/// Where the program is, and how it is started so that it dies with the test.
enum LiveProgram {
    /// Beside the test bundle.
    static let path: String = {
        var buffer = [CChar](repeating: 0, count: 4096)
        let count = readlink("/proc/self/exe", &buffer, buffer.count - 1)
        let bundle = String(decoding: buffer.prefix(max(0, count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        return bundle.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/")
            + "/syncnode"
    }()

    /// `setpriv` of util-linux asks the kernel for the signal on the death of the parent thread, then becomes the program.
    static func command(_ disk: LiveDisk? = nil) -> [String] {
        let tool = "/usr/bin/setpriv"
        let dying = access(tool, X_OK) == 0 ? [tool, "--pdeathsig", "KILL"] : []
        return (disk.map { $0.command(before: dying) } ?? dying) + [path]
    }
}

/// Starts processes from a thread that lives as long as the test process: the signal on the parent's death means the
/// parent *thread*, and the threads of a test runner come and go.
enum LiveSpawner {
    private static let jobs = Locked<[@Sendable () -> Void]>([])
    private static let thread: Result<WorkerThread, WorkerThreadError> = .init { () throws(WorkerThreadError) in
        try WorkerThread(name: "spawner") {
            while let job = jobs.wait(for: { $0.isEmpty ? nil : $0.removeFirst() }) { job() }
        }
    }

    static func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) throws -> Result<Value, any Error>
    {
        _ = try thread.get()
        let result = Locked<Result<Value, any Error>?>(nil)
        jobs.change { $0.append { result.change { $0 = Result { try body() } } } }
        return try #require(result.wait { $0 })
    }
}
