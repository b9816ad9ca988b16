import Glibc
import Platform

/// A process of this same program.
final class ChildProcess: Sendable {
    let pid: pid_t
    private let outcome: Locked<Int32?> = Locked(nil)

    /// Starts the program with these arguments; what it prints goes to `log`.
    ///
    /// - Throws: `ChildProcessError`.
    init(_ arguments: [String], log: String) throws {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        posix_spawn_file_actions_addopen(&actions, 1, log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        posix_spawn_file_actions_adddup2(&actions, 1, 2)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        // A group of its own: Ctrl-C reaches the demonstration, which ends its nodes in order.
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETPGROUP))
        let words = ["syncnode"] + arguments
        var pointers: [UnsafeMutablePointer<CChar>?] = words.map { strdup($0) }
        pointers.append(nil)
        defer { for pointer in pointers { free(pointer) } }
        var pid: pid_t = 0
        let status = posix_spawn(&pid, "/proc/self/exe", &actions, &attributes, pointers, environ)
        guard status == 0 else { throw ChildProcessError(systemError: status) }
        self.pid = pid
    }

    /// Asks it to end.
    func terminate() { kill(pid, SIGTERM) }

    /// Ends it at once, as a power cut would.
    func killNow() { kill(pid, SIGKILL) }

    /// Blocks until it has ended; its exit status, or 128 + signal.
    @discardableResult
    func wait() -> Int32 {
        if let known = outcome.withLock({ $0 }) { return known }
        var status: Int32 = 0
        while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        let code = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f)
        outcome.withLock { $0 = code }
        return code
    }

    /// True while it runs; notes its end.
    var isRunning: Bool {
        if outcome.withLock({ $0 }) != nil { return false }
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return true }
        outcome.withLock { $0 = status & 0x7f == 0 ? (status >> 8) & 0xff : 128 + (status & 0x7f) }
        return false
    }
}

/// A process could not be started.
struct ChildProcessError: ExplainedError {
    let systemError: Int32

    var code: String { "demo.no-process" }
    var sentence: String { "A node could not be started (\(String(cString: strerror(systemError))))." }
    var hint: String { "Check the limits of processes and memory." }
}
