import Glibc

/// How many files this process may have open, connections among them.
public enum OpenFiles {
    /// Raises the limit in force towards what is wanted, as far as the system lets this process go.
    ///
    /// A session usually begins with 1,024, which idle connections alone could use up: then nothing is accepted any more at
    /// any port, and no file can be opened.
    /// - Returns: how many there may be now.
    public static func allow(_ wanted: Int) -> Int {
        let kind = __rlimit_resource_t(RLIMIT_NOFILE.rawValue)
        var limit = rlimit()
        guard getrlimit(kind, &limit) == 0 else { return 0 }
        guard limit.rlim_cur < rlim_t(wanted) else { return Int(clamping: limit.rlim_cur) }
        let raised = rlimit(rlim_cur: min(rlim_t(wanted), limit.rlim_max), rlim_max: limit.rlim_max)
        let isRaised = withUnsafePointer(to: raised) { setrlimit(kind, $0) == 0 }
        return Int(clamping: isRaised ? raised.rlim_cur : limit.rlim_cur)
    }
}
