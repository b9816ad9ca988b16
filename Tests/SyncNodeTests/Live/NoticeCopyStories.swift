import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// The outbox of a node that is restored from a backup, and of one that is alive twice.
    @Suite struct NoticeCopyStories {
        private let bank: LiveBank
        private let gateway: Gateway
        private let secret: String

        init() throws {
            bank = try LiveBank()
            gateway = try Gateway()
            secret = try Gateway.secretFile(in: bank.folder.path)
            try send(from: bank.topologyPath(LiveBank.province))
        }

        /// Lets the province of a topology file send its notices.
        private func send(from path: String) throws {
            let settings = NoticeSettings.webhook(url: gateway.url, secretFile: secret)
            try SmallFile.write(try Topology.load(path).sending(settings, from: LiveBank.province).encoded, to: path)
        }

        /// A complaint whose customer may be told.
        private func registered(_ name: String, at client: LiveClient) throws -> String {
            let number = try client.registered(name)
            let verified = try client.act("acts/verify_contact", on: number, #"{"fields":{"medium":"phone"}}"#)
            try #require(verified.status == 200, "\(verified.refusal)")
            return number
        }

        private func registered(grave name: String, at client: LiveClient) throws -> String {
            let body = """
                {"fields":{"kind":"complaint","intake_channel":"hotline","intake_form":"telephone","severity":"major",\
                "symptom":"machine_retained_cash","business_class":"card","demand":"explanation","what":"\(name)",\
                "who_involved":"the customer","when_happened":"today","where_happened":"hall","complainant_name":"x"}}
                """
            let answer = try client.send(
                .post, "/api/v1/tickets", ["Content-Type": "application/json"], body: Array(body.utf8))
            try #require(answer.status == 201, "\(answer.refusal)")
            return try #require(answer.json["number"]?.string)
        }

        private func isShown(_ number: String) throws -> Bool {
            try eventually(seconds: 60) { gateway.shown.contains { $0.event["subject"]?.string == number } }
        }

        @Test func `an outbox that goes back to a backup loses no notice and shows none twice`() throws {
            try bank.start(LiveBank.province, LiveBank.branch)
            let (branch, province) = (bank.client(LiveBank.branch), bank.client(LiveBank.province))
            let before = try registered("before", at: branch)
            #expect(try isShown(before))
            try bank.waitUntilAgreed(LiveBank.branch)
            let backup = bank.folder.path + "/province-backup.sqlite"
            try #require(try province.send(.post, "/control/backup?to=\(backup)").status == 200)
            let after = try registered("after", at: branch)
            #expect(try isShown(after))
            try bank.waitUntilAgreed(LiveBank.branch)
            // One that the gateway would not have before the end.
            gateway.behave(Array(repeating: .answer(503), count: 1_000))
            let late = try registered("late", at: branch)
            try bank.waitUntilAgreed(LiveBank.branch)
            bank.kill(LiveBank.province)
            gateway.behave([])

            try FolderTree.remove(bank.dataPath(LiveBank.province))
            let log = bank.folder.path + "/init.log"
            let made = try LiveProcess(
                [
                    "init", "--backup", backup, "--topology", bank.topologyPath(LiveBank.province), "--node",
                    LiveBank.province.text,
                ], log: log)
            try #require(made.wait() == 0, "\(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self))")
            try bank.start(LiveBank.province)
            try bank.waitUntilAgreed(LiveBank.branch)
            let last = try registered("last", at: branch)
            for number in [before, after, late, last] { #expect(try isShown(number), "\(number) is lost") }
            let isQuiet = try eventually(seconds: 60) {
                try province.send(.get, "/api/v1/notices?state=waiting").json["notices"]?.array?.isEmpty == true
            }
            #expect(isQuiet)
            // One id for each notice, whatever life of the node sent it: a receiver that keeps ids shows it once.
            for number in [before, after, late, last] {
                let ids = gateway.arrived.filter { $0.event["subject"]?.string == number }.map(\.id)
                #expect(Set(ids).count == 1, "\(number): \(ids)")
                #expect(gateway.shown.count { $0.event["subject"]?.string == number } == 1)
            }
            let sentBefore = gateway.arrived.filter { $0.event["subject"]?.string == before }
            #expect(sentBefore.count == 1, "what the backup knows of is not even sent again")
            gateway.stop()
        }

        @Test func `a copy that is suspended sends nothing until a person has chosen`() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province)
            let (head, province) = (bank.client(LiveBank.headOffice), bank.client(LiveBank.province))
            #expect(try isShown(try registered("before", at: province)))
            try bank.waitUntilAgreed(LiveBank.province)
            #expect(bank.stop(LiveBank.province) == 0)
            let copy = try LiveCopy(of: LiveBank.province, in: bank)
            try send(from: copy.topologyFile)
            try bank.start(LiveBank.province)
            try copy.start()
            _ = try province.registered("original")
            _ = try copy.client.registered("copy")
            let areTold = try eventually(seconds: 60) {
                try [province, copy.client].allSatisfy { try $0.status()["is_suspended"]?.bool == true }
            }
            try #require(areTold)
            let known = gateway.arrived.count
            var waiting: [String] = []
            for (name, client) in [("original", province), ("copy", copy.client)] {
                // A grave one is told to staff at once; a suspended copy verifies no contact.
                waiting.append(try registered(grave: "suspended-\(name)", at: client))
                let outbox = try client.send(.get, "/api/v1/notices?state=waiting").json
                #expect(outbox["sender"]?["state"]?.string == "suspended")
                #expect(outbox["notices"]?.array?.contains { $0["held"]?.string == "notice.suspended" } == true)
            }
            // Several rounds of either sender: it looks once a second.
            pass(milliseconds: 2_500)
            #expect(gateway.arrived.count == known, "a suspended copy has sent")

            copy.stop()
            let life = try #require(try province.status()["incarnation"]?.string)
            let adopted = try head.send(.post, "/control/adopt?child=\(LiveBank.province)&life=\(life)")
            #expect(adopted.status == 200, "\(adopted.refusal)")
            #expect(try isShown(waiting[0]), "the adopted copy goes on")
            gateway.stop()
        }
    }
}
