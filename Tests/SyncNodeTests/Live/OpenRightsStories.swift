import Glibc
import Testing

@testable import SyncNode

extension Live {
    /// Whoever else has an account on the machine reads nothing of a node, before, while and after it runs.
    @Suite("file.openRights") struct OpenRightsStories {
        private let bank: LiveBank

        init() throws {
            bank = try LiveBank()
            try bank.start(LiveBank.branch)
            _ = try bank.client(LiveBank.branch).registered("before")
            // Its files are those of a node that was cut off in the middle.
            bank.kill(LiveBank.branch)
        }

        private var data: String { bank.dataPath(LiveBank.branch) }

        /// The node does not start, says why and names what to do; put right, it starts.
        private func expectRefused(_ words: [String], _ mend: () -> Void, _ place: SourceLocation = #_sourceLocation)
            throws
        {
            let before = bank.log(LiveBank.branch).utf8.count
            let process = try bank.spawn(LiveBank.branch)
            // One that starts never ends by itself.
            let ended = try eventually(seconds: 20) { !process.isRunning }
            #expect(ended && process.wait() == 1, "\(words)", sourceLocation: place)
            process.kill()
            let said = String(decoding: Array(bank.log(LiveBank.branch).utf8.dropFirst(before)), as: UTF8.self)
            for word in ["[node.open-permissions]"] + words {
                #expect(said.contains(word), "\(word): \(said)", sourceLocation: place)
            }
            #expect(!said.contains(data), "the answer names a path of the machine", sourceLocation: place)
            mend()
            try bank.start(LiveBank.branch)
            bank.kill(LiveBank.branch)
        }

        @Test(arguments: [0o777, 0o755, 0o710, 0o701] as [mode_t])
        func `a folder that others can enter`(_ mode: mode_t) throws {
            #expect(chmod(data, mode) == 0)
            try expectRefused(["mode 0\(String(mode, radix: 8))", "chmod 700 ."]) { chmod(data, 0o700) }
        }

        @Test func `any file in it that others can read or write`() throws {
            // The node as it was killed, and what it may have beside: notices to fetch, a secret.
            try DataFolder.create(data + "/notices")
            for name in ["notices/1.json", "webhook.secret"] { try SmallFile.write([0x20], to: data + "/" + name) }
            let names = [
                "tickets.sqlite", "tickets.sqlite-wal", "tickets.sqlite-shm", "witness", "lock", "search.sqlite",
                "person.key",
                "notices/1.json", "webhook.secret",
            ]
            for (index, name) in names.enumerated() {
                let path = data + "/" + name
                // A start that was mended has begun the journal anew.
                if access(path, F_OK) != 0 { try SmallFile.write([], to: path) }
                let mode: mode_t = [0o666, 0o640, 0o604, 0o620, 0o602][index % 5]
                #expect(chmod(path, mode) == 0)
                try expectRefused([name, "chmod 600 \(name)"]) { chmod(path, 0o600) }
            }
            #expect(chmod(data + "/notices", 0o755) == 0)
            try expectRefused(["notices in the data folder", "chmod 700 notices"]) { chmod(data + "/notices", 0o700) }
        }

        @Test func `links in the place of the folder or of a file`() throws {
            let aside = bank.folder.path + "/aside"
            #expect(rename(data, aside) == 0 && symlink(aside, data) == 0)
            try expectRefused(["The data folder is a link"]) {
                unlink(data)
                rename(aside, data)
            }
            let file = bank.folder.path + "/elsewhere"
            for name in ["tickets.sqlite", "search.sqlite", "person.key", "lock"] {
                #expect(rename(data + "/" + name, file) == 0 && symlink(file, data + "/" + name) == 0)
                try expectRefused([name, "is a link"]) {
                    unlink(data + "/" + name)
                    rename(file, data + "/" + name)
                }
            }
        }

        @Test(.enabled(if: geteuid() == 0, "only root gives files away"))
        func `what belongs to another user`() throws {
            for name in ["", "/tickets.sqlite", "/person.key"] {
                #expect(chown(data + name, 65_534, gid_t.max) == 0)
                try expectRefused(["belongs to another user (number 65534)"]) {
                    chown(data + name, geteuid(), gid_t.max)
                }
            }
        }

        @Test func `a folder that was there and is open gets no store`() throws {
            let folder = bank.dataPath(LiveBank.province)
            #expect(mkdir(folder, 0o700) == 0 && chmod(folder, 0o777) == 0)
            let log = bank.folder.path + "/init.log"
            let words = ["init", "--topology", bank.topologyPath(LiveBank.province), "--node", LiveBank.province.text]
            #expect(try LiveProcess(words, log: log).wait() == 1)
            #expect(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self).contains("[node.open-permissions]"))
            #expect(access(folder + "/tickets.sqlite", F_OK) != 0 && access(folder + "/person.key", F_OK) != 0)
        }

        @Test func `a node writes for its owner alone and leaves no image of its memory, whatever the shell says`()
            throws
        {
            let node = LiveBank.province
            let run =
                LiveProgram.command() + ["run", "--init", "--topology", bank.topologyPath(node), "--node", node.text]
            let shell = ["/bin/sh", "-c", "umask 000; ulimit -c unlimited; cd \"$0\" && exec \"$@\"", bank.folder.path]
            let process = try LiveProcess(words: shell + run, log: bank.logPath(node))
            try bank.client(node).waitUntilReady(process, bank.log(node))
            let limits = String(decoding: WholeFile.read("/proc/\(process.pid)/limits") ?? [], as: UTF8.self)
            let core = limits.split(separator: "\n").first { $0.hasPrefix("Max core file size") }
            #expect(core?.split(separator: " ").dropFirst(4).prefix(2) == ["0", "0"], "\(limits)")
            let status = String(decoding: WholeFile.read("/proc/\(process.pid)/status") ?? [], as: UTF8.self)
            #expect(status.contains("Umask:\t0077"), "\(status)")
            let names = [
                "tickets.sqlite", "tickets.sqlite-wal", "tickets.sqlite-shm", "witness", "lock", "search.sqlite",
            ]
            for name in names + ["search.sqlite-wal", "person.key"] {
                var found = stat()
                #expect(
                    stat(bank.dataPath(node) + "/" + name, &found) == 0 && found.st_mode & 0o777 == 0o600, "\(name)")
            }
            Glibc.kill(process.pid, SIGSEGV)
            #expect(try eventually(seconds: 20) { !process.isRunning } && process.wait() == 128 + SIGSEGV)
            // Nor does the log show what registers pointed to.
            #expect(!bank.log(node).contains("Registers") && !bank.log(node).contains("Backtrac"), "\(bank.log(node))")
            #expect(access(bank.folder.path + "/core", F_OK) != 0)
            #expect(access(bank.folder.path + "/core.\(process.pid)", F_OK) != 0)
        }

        @Test(.enabled(if: geteuid() == 0, "the owner of a process file tells only where tests are root"))
        func `another process of the same user may not read the memory`() throws {
            let node = LiveBank.province
            #expect(mkdir(bank.dataPath(node), 0o700) == 0 && chown(bank.dataPath(node), 65_534, 65_534) == 0)
            #expect(chmod(bank.folder.path, 0o711) == 0 && chmod(bank.topologyPath(node), 0o644) == 0)
            let run =
                LiveProgram.command() + ["run", "--init", "--topology", bank.topologyPath(node), "--node", node.text]
            let words = ["/usr/bin/setpriv", "--reuid", "65534", "--regid", "65534", "--clear-groups"] + run
            let process = try LiveProcess(words: words, log: bank.logPath(node))
            try bank.client(node).waitUntilReady(process, bank.log(node))
            var found = stat()
            // The kernel gives the files of a process that keeps its memory private to root.
            #expect(stat("/proc/\(process.pid)/mem", &found) == 0 && found.st_uid == 0)
        }
    }
}
