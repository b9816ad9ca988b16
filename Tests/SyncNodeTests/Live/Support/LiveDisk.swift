import Glibc

@testable import SyncNode

/// A disk that only one process sees: mounted in a namespace of its own, gone with the process.
struct LiveDisk {
    /// Where the process finds the folder.
    let folder: String
    private let script: String

    /// An empty disk of this size.
    static func small(_ folder: String, megabytes: Int) -> LiveDisk {
        LiveDisk(folder: folder, script: "mount -t tmpfs -o size=\(megabytes)m,mode=700 tmpfs \"$0\"")
    }

    /// The folder as it is, but nothing in it can be written.
    static func readOnly(_ folder: String) -> LiveDisk {
        LiveDisk(folder: folder, script: "mount --bind \"$0\" \"$0\" && mount -o remount,ro,bind \"$0\"")
    }

    /// Runs what follows with the disk in place.
    func command(before words: [String]) -> [String] {
        LiveDisk.namespace + words + ["/bin/sh", "-c", script + " && exec \"$@\"", folder]
    }

    /// The same folder as the process sees it.
    func path(seenBy process: LiveProcess) -> String { "/proc/\(process.pid)/root\(folder)" }

    private static let namespace =
        ["/usr/bin/unshare", "--mount"] + (geteuid() == 0 ? [] : ["--map-root-user"])

    /// False where this machine gives a test no disks, as some containers do.
    static let isPermitted: Bool = {
        do {
            let folder = try LiveFolder()
            let words = small(folder.path, megabytes: 1).command(before: []) + ["/bin/true"]
            return try LiveProcess(words: words, log: "/dev/null").wait() == 0
        } catch {
            return false
        }
    }()
}
