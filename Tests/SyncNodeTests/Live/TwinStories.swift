import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// Two copies of one node at work on lines that never break: nobody's misfortune helps to find them.
    @Suite struct TwinStories {
        private let bank: LiveBank
        private let branch: LiveClient
        private let province: LiveClient
        private let oracle = LiveOracle()

        init() throws {
            bank = try LiveBank()
            branch = bank.client(LiveBank.branch)
            province = bank.client(LiveBank.province)
            try bank.start(LiveBank.province, LiveBank.branch)
        }

        private func record(_ name: String, at client: LiveClient, count: Int = 3) throws {
            for number in 1...count {
                try #require(oracle.register("\(name)-\(number)", at: client), "\(oracle.mistakes)")
            }
        }

        /// Both are told that custody rests, the province names the incident, and what either recorded is kept.
        private func expectFound(_ copy: LiveCopy) throws {
            let began = SystemClock.monotonicMilliseconds()
            let isNamed = try eventually(seconds: 60) { try province.incidents().contains("two-copies-alive") }
            try #require(isNamed)
            for client in [branch, copy.client] {
                let isTold = try eventually(seconds: 60) { try client.status()["is_suspended"]?.bool == true }
                try #require(isTold)
                let number = try client.registered("rests-\(client.url)")
                oracle.acknowledge("rests-\(client.url)", number, isNew: true)
                #expect(try client.act("submit", on: number).code == "refused.custody_suspended")
            }
            let seconds = Double(SystemClock.monotonicMilliseconds() - began) / 1000
            print("two live copies: named and both told within \(seconds) s")
            #expect(seconds < 30, "seconds, not minutes")
            let isHeld = try eventually(seconds: 60) { oracle.numbers.isSubset(of: try province.numbers()) }
            #expect(isHeld, "\(oracle.mistakes)")
            try bank.requireSound(LiveBank.province)
        }

        @Test func `two copies of one folder on steady lines are found within seconds, and one is adopted`() throws {
            try record("before", at: branch)
            try bank.waitUntilAgreed(LiveBank.branch)
            #expect(bank.stop(LiveBank.branch) == 0)
            let copy = try LiveCopy(of: LiveBank.branch, in: bank)
            try bank.start(LiveBank.branch)
            try copy.start()
            // One act each, then silence: only the long polls are left to find them by.
            try record("original", at: branch, count: 1)
            try record("copy", at: copy.client, count: 1)
            try expectFound(copy)

            copy.stop()
            let life = try #require(try branch.status()["incarnation"]?.string)
            let adopted = try province.send(.post, "/control/adopt?child=\(LiveBank.branch)&life=\(life)")
            #expect(adopted.status == 200, "\(adopted.refusal)")
            let isBack = try eventually(seconds: 60) { try branch.status()["is_suspended"]?.bool == false }
            #expect(isBack, "the adopted copy still rests")
        }

        @Test func `a backup of a running node started beside it is found within seconds`() throws {
            try record("before", at: branch)
            try bank.waitUntilAgreed(LiveBank.branch)
            let backup = bank.folder.path + "/backup.sqlite"
            try #require(try branch.send(.post, "/control/backup?to=\(backup)").status == 200)
            try record("original", at: branch)
            let copy = try LiveCopy(of: LiveBank.branch, in: bank, from: backup)
            try copy.start()
            try record("copy", at: copy.client)
            try expectFound(copy)
        }

        @Test func `one node that starts again and again is never taken for two`() throws {
            for round in 1...4 {
                try record("round-\(round)", at: branch)
                try bank.waitUntilAgreed(LiveBank.branch)
                if round.isMultiple(of: 2) { bank.kill(LiveBank.branch) } else { _ = bank.stop(LiveBank.branch) }
                try bank.start(LiveBank.branch)
            }
            try record("last", at: branch)
            try bank.waitUntilAgreed(LiveBank.branch)
            let named = try province.incidents()
            #expect(named.isDisjoint(with: ["two-copies-alive", "child-was-stale"]), "\(named)")
            #expect(try branch.incidents().isEmpty)
        }
    }
}
