import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// SIGKILL between the commit of an act and the answer of the gateway.
    @Suite struct NoticeKillStories {
        @Test func `a node that is killed while it sends comes back with the same notice under the same id`() throws {
            let bank = try LiveBank()
            let gateway = try Gateway([.hang])
            let secret = try Gateway.secretFile(in: bank.folder.path)
            let path = bank.topologyPath(LiveBank.province)
            let sending = try Topology.load(path).sending(
                .webhook(url: gateway.url, secretFile: secret), from: LiveBank.province)
            try SmallFile.write(sending.encoded, to: path)

            try bank.start(LiveBank.province)
            let client = bank.client(LiveBank.province)
            let number = try client.registered("notice")
            #expect(try client.act("acts/verify_contact", on: number, #"{"fields":{"medium":"phone"}}"#).status == 200)
            let isUnderWay = try eventually(seconds: 30) { gateway.arrived.count == 1 }
            try #require(isUnderWay, "the notice was never tried")
            bank.kill(LiveBank.province)
            #expect(gateway.shown.isEmpty)

            try bank.start(LiveBank.province)
            let isShown = try eventually(seconds: 30) { gateway.shown.count == 1 }
            try #require(isShown, "the notice is lost")
            #expect(Set(gateway.arrived.map(\.id)).count == 1)
            let isSent = try eventually(seconds: 30) {
                try client.send(.get, "/api/v1/notices?state=sent").json["notices"]?.array?.count == 1
            }
            #expect(isSent)

            // A second death after the end sends nothing again.
            bank.kill(LiveBank.province)
            try bank.start(LiveBank.province)
            pass(milliseconds: 1_500)
            #expect(gateway.arrived.count == 2 && gateway.shown.count == 1)
            gateway.stop()
        }
    }
}
