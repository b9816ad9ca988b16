import Glibc
import Testing

@testable import SyncNode

/// A disk that only one process sees: mounted in a namespace of its own, gone with the process.
struct LiveDisk {
    /// Where the process finds the folder.
    let folder: String
    private let script: String

    /// An empty disk of this size.
    static func small(_ folder: String, megabytes: Int) -> LiveDisk { small(folder, kilobytes: 1024 * megabytes) }

    static func small(_ folder: String, kilobytes: Int) -> LiveDisk {
        LiveDisk(folder: folder, script: "mount -t tmpfs -o size=\(kilobytes)k,mode=700 tmpfs \"$0\"")
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

/// A file that takes all the space there is.
enum Ballast {
    static func fill(_ path: String) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        try #require(descriptor >= 0)
        defer { close(descriptor) }
        let block = [UInt8](repeating: 0, count: 4096)
        while write(descriptor, block, block.count) > 0 {}
        #expect(errno == ENOSPC)
    }

    static func remove(_ path: String) { #expect(unlink(path) == 0) }
}
