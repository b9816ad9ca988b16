import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// What an operator reads on standard error while things go wrong.
    @Suite struct LogStories {
        private let bank: LiveBank
        private let branch: LiveClient

        init() throws {
            bank = try LiveBank()
            branch = bank.client(LiveBank.branch)
        }

        private func lines(_ node: NodeID, _ event: String) -> [Substring] {
            bank.log(node).split(separator: "\n").filter { $0.contains(" \(event): ") }
        }

        private func waitFor(_ event: String, at node: NodeID, _ words: String = "") throws {
            let isSaid = try eventually(seconds: 30) { lines(node, event).contains { $0.contains(words) } }
            try #require(isSaid, "no \(event) \(words):\n\(bank.log(node))")
        }

        @Test func `lines, operations and the end are told, with no word of a customer`() throws {
            try bank.start(LiveBank.province, LiveBank.branch)
            try waitFor("line-up", at: LiveBank.branch, "peer=province-01")
            _ = try branch.registered("word-of-a-customer")
            // The branch may have started before its province: the first word may be of a line that is down.
            let downs = lines(LiveBank.branch, "line-down").count
            let ups = lines(LiveBank.branch, "line-up").count
            bank.lines[LiveBank.branch]?.cut()
            let isDown = try eventually(seconds: 30) { lines(LiveBank.branch, "line-down").count > downs }
            #expect(isDown && lines(LiveBank.branch, "line-down").last?.contains("next_attempt=") == true)
            bank.lines[LiveBank.branch]?.restore()
            try branch.syncNow()
            let isBack = try eventually(seconds: 30) { lines(LiveBank.branch, "line-up").count > ups }
            #expect(isBack, "\(bank.log(LiveBank.branch))")
            let backup = bank.folder.path + "/backup.sqlite"
            #expect(try branch.send(.post, "/control/backup?to=\(backup)").status == 200)
            let again = try branch.send(.post, "/control/backup?to=\(backup)")
            #expect(again.status == 409 && again.code == "store.file-exists", "\(again.refusal)")
            let nowhere = try branch.send(.post, "/control/backup?to=\(bank.folder.path)/none/b.sqlite")
            #expect(nowhere.status == 422 && nowhere.code == "store.missing-file", "\(nowhere.refusal)")
            _ = try branch.verify()
            #expect(bank.stop(LiveBank.branch) == 0)
            for event in [
                "node-started", "sync", "backup", "backup-failed", "verify", "node-stopping", "node-stopped",
            ] {
                #expect(!lines(LiveBank.branch, event).isEmpty, "no \(event):\n\(bank.log(LiveBank.branch))")
            }
            for node in [LiveBank.branch, LiveBank.province] {
                #expect(!bank.log(node).contains("word-of-a-customer"))
            }
        }

        @Test func `a line that flaps does not flood the log`() throws {
            try bank.start(LiveBank.province, LiveBank.branch)
            for _ in 1...30 {
                bank.lines[LiveBank.branch]?.restore()
                let isUp = try eventually(seconds: 30) {
                    if try branch.neighbour(LiveBank.province).phase == "connected" { return true }
                    try branch.syncNow()
                    return false
                }
                try #require(isUp)
                bank.lines[LiveBank.branch]?.cut()
                let isDown = try eventually(seconds: 30) {
                    try branch.neighbour(LiveBank.province).phase != "connected"
                }
                try #require(isDown)
            }
            #expect(bank.stop(LiveBank.branch) == 0)
            let said = lines(LiveBank.branch, "line-up").count + lines(LiveBank.branch, "line-down").count
            #expect((4...24).contains(said), "\(said) lines:\n\(bank.log(LiveBank.branch))")
            #expect(bank.log(LiveBank.branch).contains("more_of_these="))
        }

        @Test func `a stranger and a stale copy are told as JSON lines that programs read`() throws {
            try bank.start(LiveBank.province, arguments: ["--log", "json"])
            let province = bank.client(LiveBank.province)
            var message = Message(session: 7)
            message.hello = Hello(
                node: "nobody-here", topology: .zero, incarnation: nil, clock: 1,
                tokens: TokenPair(confirmed: 1, fresh: 2))
            let answer = try province.send(
                .post, "/sync/v1/exchange", ["Content-Type": ExchangeService.mediaType],
                body: Frame.encode(message, .production()))
            #expect(answer.status == 403)
            #expect(bank.stop(LiveBank.province) == 0)
            let events = try bank.log(LiveBank.province).split(separator: "\n").filter { $0.hasPrefix("{") }
                .map { try JSONReader.parse(Array($0.utf8)) }
            let refused = events.first { $0["event"]?.string == "session-refused" }
            #expect(refused?["peer"]?.string == "nobody-here")
            #expect(refused?["code"]?.string == "peer-other-topology")
            #expect(events.last?["event"]?.string == "node-stopped")
        }

        @Test(.enabled(if: LiveDisk.isPermitted, "this machine gives a test no mounts of its own"))
        func `a full disk is told once, and that it is over`() throws {
            let disk = LiveDisk.small(bank.dataPath(LiveBank.branch), megabytes: 4)
            try DataFolder.create(disk.folder)
            try bank.start(LiveBank.branch, disk: disk)
            let process = try #require(bank.processes[LiveBank.branch])
            let ballast = disk.path(seenBy: process) + "/ballast"
            try Ballast.fill(ballast)
            var refusals = 0
            for number in 1...3_000 where refusals < 5 {
                if try branch.register("full-\(number)").status == 507 { refusals += 1 }
            }
            #expect(refusals == 5)
            try waitFor("store-trouble", at: LiveBank.branch, "store.disk-full")
            Ballast.remove(ballast)
            _ = try branch.registered("space-again")
            try waitFor("store-back", at: LiveBank.branch)
            #expect(lines(LiveBank.branch, "store-trouble").count <= 5)
        }

        @Test(.enabled(if: LiveDisk.isPermitted, "this machine gives a test no mounts of its own"))
        func `RO-15 a full disk tells nobody whether a ticket about him is here`() throws {
            let disk = LiveDisk.small(bank.dataPath(LiveBank.branch), megabytes: 4)
            try DataFolder.create(disk.folder)
            try bank.start(LiveBank.branch, disk: disk)
            let registered = try branch.send(
                .post, "/api/v1/tickets", ["Content-Type": "application/json"],
                body: Array(Sample.registration(["target_person": "010101.teller"]).utf8))
            let hidden = try #require(registered.json["document"]?.string)
            let process = try #require(bank.processes[LiveBank.branch])
            try Ballast.fill(disk.path(seenBy: process) + "/ballast")
            let isFull = try (1...3_000).contains { try branch.register("full-\($0)").status == 507 }
            #expect(isFull)
            // The attempt cannot be written into the ticket; that there is one is not told for it.
            for document in [hidden, String(hidden.reversed())] {
                let answer = try branch.send(.get, "/api/v1/tickets/\(document)", ["X-Post": "010101.teller"])
                #expect(answer.status == 404 && answer.code == "ticket.not-found", "\(answer.refusal)")
            }
        }
    }
}
