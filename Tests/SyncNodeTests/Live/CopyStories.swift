import Glibc
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// T16: what people do with folders: old copies put back, and two copies started.
    @Suite struct CopyStories {
        private let bank: LiveBank
        private let branch: LiveClient
        private let province: LiveClient
        private let headOffice: LiveClient
        private let oracle = LiveOracle()

        init() throws {
            bank = try LiveBank()
            branch = bank.client(LiveBank.branch)
            province = bank.client(LiveBank.province)
            headOffice = bank.client(LiveBank.headOffice)
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
        }

        private var backup: String { bank.folder.path + "/backup" }

        /// Records tickets under keys of their own and writes down what was acknowledged.
        private func record(_ name: String, at client: LiveClient, count: Int = 5) throws {
            for number in 1...count {
                try #require(oracle.register("\(name)-\(number)", at: client), "\(oracle.mistakes)")
            }
        }

        /// What the branch recorded is held above it.
        private func waitForLevelTwo() throws {
            try bank.waitUntilAgreed(LiveBank.branch)
        }

        private func expectEverywhere(_ numbers: Set<String>) throws {
            for (name, client) in [("branch", branch), ("province", province), ("head office", headOffice)] {
                var missing: Set<String> = []
                let isHeld = try eventually(seconds: 60) {
                    missing = numbers.subtracting(try client.numbers())
                    return missing.isEmpty
                }
                #expect(isHeld, "\(name) lacks \(missing)")
            }
            #expect(oracle.mistakes.isEmpty)
        }

        private func waitUntilAllAgree() throws {
            try bank.waitUntilAgreed(LiveBank.branch)
            try bank.waitUntilAgreed(LiveBank.province)
        }

        /// `hellos`: how many times the branch spoke to its province since the backup.
        @Test(arguments: [1, 2])
        func `an old backup that goes on recording offline heals itself and loses nothing`(hellos: Int) throws {
            try record("before", at: branch)
            try waitForLevelTwo()
            #expect(bank.stop(LiveBank.branch) == 0)
            try LiveFolder.copy(bank.dataPath(LiveBank.branch), to: backup)
            for hello in 1...hellos {
                try bank.start(LiveBank.branch)
                try record("after-\(hello)", at: branch)
                try waitForLevelTwo()
                #expect(bank.stop(LiveBank.branch) == 0)
            }

            try LiveFolder.copy(backup, to: bank.dataPath(LiveBank.branch))
            bank.lines[LiveBank.branch]?.cut()
            try bank.start(LiveBank.branch)
            #expect(try branch.numbers().count == 5, "the old copy is not what runs")
            try record("offline", at: branch)
            bank.lines[LiveBank.branch]?.restore()
            try branch.syncNow()

            try expectEverywhere(oracle.numbers)
            try waitUntilAllAgree()
            #expect(try branch.incidents().contains("stale-copy"))
            #expect(try province.incidents().contains("child-was-stale"))
            #expect(try !province.incidents().contains("two-copies-alive"), "one copy is not two")
            try bank.requireSound(LiveBank.branch, LiveBank.province, LiveBank.headOffice)
        }

        @Test func `a database older than its witness says so, and gets its past back from the province`() throws {
            try record("before", at: branch)
            try waitForLevelTwo()
            #expect(bank.stop(LiveBank.branch) == 0)
            try LiveFolder.copy(bank.dataPath(LiveBank.branch), to: backup)
            try bank.start(LiveBank.branch)
            try record("after", at: branch)
            try waitForLevelTwo()
            #expect(bank.stop(LiveBank.branch) == 0)

            try putBackDatabaseAlone()
            bank.lines[LiveBank.branch]?.cut()
            try bank.start(LiveBank.branch)
            #expect(try branch.incidents().contains("acknowledged-tail-lost"), "it must know before anybody tells it")
            try record("offline", at: branch)
            bank.lines[LiveBank.branch]?.restore()
            try branch.syncNow()

            try expectEverywhere(oracle.numbers)
            try waitUntilAllAgree()
            try bank.requireSound(LiveBank.branch, LiveBank.province, LiveBank.headOffice)
        }

        @Test func `what only the lost tail held is named by number and nobody waits for it`() throws {
            try record("before", at: branch)
            try waitForLevelTwo()
            #expect(bank.stop(LiveBank.branch) == 0)
            try LiveFolder.copy(bank.dataPath(LiveBank.branch), to: backup)
            bank.lines[LiveBank.branch]?.cut()
            try bank.start(LiveBank.branch)
            // Acknowledged at level one only: nobody else ever had them.
            for number in 1...3 { _ = try branch.registered("alone-\(number)") }
            #expect(bank.stop(LiveBank.branch) == 0)

            try putBackDatabaseAlone()
            try bank.start(LiveBank.branch)
            try record("offline", at: branch)
            bank.lines[LiveBank.branch]?.restore()
            try branch.syncNow()

            try expectEverywhere(oracle.numbers)
            // The next birth declares the numbers (rule R4); nobody waits for what cannot come.
            let loss = try branch.incident("acknowledged-tail-lost")
            #expect(loss?["subject"]?.string?.hasSuffix(" acts") == true)
            for client in [branch, province, headOffice] {
                #expect(try client.status()["parked_actions"]?.integer == 0)
            }
            try waitUntilAllAgree()
            try bank.requireSound(LiveBank.branch, LiveBank.province, LiveBank.headOffice)
        }

        /// The database of the backup beside the newest witness, as where a WAL was lost.
        private func putBackDatabaseAlone() throws {
            let data = bank.dataPath(LiveBank.branch)
            let witness = try #require(WholeFile.read(data + "/witness"))
            try LiveFolder.copy(backup, to: data)
            try SmallFile.write(witness, to: data + "/witness")
        }

        @Test func `two copies of one folder at work are noticed, custody rests, and no ticket of either is lost`()
            throws
        {
            try record("before", at: branch)
            try waitForLevelTwo()
            #expect(bank.stop(LiveBank.branch) == 0)
            let copy = try LiveCopy(of: LiveBank.branch, in: bank)
            try bank.start(LiveBank.branch)
            try copy.start()
            // Both are at work before anybody can know.
            try record("original", at: branch)
            try record("copy", at: copy.client)
            var hellos = 0
            let isNoticed = try eventually(seconds: 60) {
                hellos += 1
                bank.lines[LiveBank.branch]?.interrupt()
                try branch.syncNow()
                copy.line.interrupt()
                try copy.client.syncNow()
                return try province.incidents().contains("two-copies-alive")
            }
            try #require(isNoticed, "not after \(hellos) hellos of each")
            for client in [branch, copy.client] { try expectCustodyRests(client) }
            try record("original-later", at: branch)
            try record("copy-later", at: copy.client)
            try expectHeld(by: headOffice)
            try expectHeld(by: province)
            #expect(oracle.mistakes.isEmpty, "\(oracle.mistakes)")
            try bank.requireSound(LiveBank.province, LiveBank.headOffice)
        }

        private func expectHeld(by client: LiveClient) throws {
            var missing: Set<String> = []
            // Two copies that are known take turns, some ten seconds each, and may fail to get theirs a few times.
            let isHeld = try eventually(seconds: 240) {
                missing = oracle.numbers.subtracting(try client.numbers())
                return missing.isEmpty
            }
            #expect(isHeld, "lacks \(missing.count) of \(oracle.count)")
        }

        /// Acts of custody are refused by name; words may be added and tickets registered.
        private func expectCustodyRests(_ client: LiveClient) throws {
            let isTold = try eventually(seconds: 60) { try client.status()["is_suspended"]?.bool == true }
            try #require(isTold, "a copy was not told")
            let number = try client.registered("rests-\(client.url)")
            oracle.acknowledge("rests-\(client.url)", number, isNew: true)
            let refusal = try client.act("submit", on: number)
            #expect(refusal.status == 409 && refusal.code == "refused.custody_suspended", "\(refusal.refusal)")
            let note = try client.act("note", on: number, "{\"text\":\"words are free\"}")
            #expect(note.status == 200, "\(note.refusal)")
        }
    }
}

extension LineProxy {
    /// Ends what is connected; the next attempt gets through.
    func interrupt() {
        cut()
        restore()
    }
}
