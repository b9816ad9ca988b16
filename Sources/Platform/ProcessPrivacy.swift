import CLinux
import Glibc

/// Keeps what a process holds in memory, and what it writes, from other users of the machine.
public enum ProcessPrivacy {
    /// Called first of all: new files are for their owner alone whatever the shell said, a crash leaves no image of the
    /// memory, neither in a file nor in the log, and no other process of the same user reads it.
    public static func begin() {
        // Swift's own handlers print registers with the bytes they point to, which may be a customer's words. What the
        // program itself says before it stops (`Fatal error: …`) is printed all the same.
        for number in [SIGQUIT, SIGILL, SIGTRAP, SIGABRT, SIGBUS, SIGFPE, SIGSEGV] { signal(number, SIG_DFL) }
        umask(0o077)
        var none = rlimit(rlim_cur: 0, rlim_max: 0)
        let isLimited = setrlimit(__rlimit_resource_t(RLIMIT_CORE.rawValue), &none) == 0
        // Both only give up rights, which the kernel always grants.
        precondition(isLimited && shim_prctl_undumpable() == 0, "the system refuses to keep the memory private")
    }
}
