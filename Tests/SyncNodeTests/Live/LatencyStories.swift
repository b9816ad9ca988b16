import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// How soon a connected branch knows.
    @Suite struct LatencyStories {
        @Test func `a dispatch reaches a connected branch within two hundred milliseconds`() throws {
            let bank = try LiveBank()
            try bank.start(LiveBank.province, LiveBank.branch)
            let (province, branch) = (bank.client(LiveBank.province), bank.client(LiveBank.branch))
            let isConnected = try eventually(seconds: 30) {
                try branch.neighbour(LiveBank.province).phase == "connected"
            }
            try #require(isConnected)
            let order = """
                {"to":"\(LiveBank.branch)","fields":{"nature":"transaction_error","cause_class":"facility_system",\
                "handling_channel":"self_service","validity":"valid"}}
                """
            var milliseconds: [Double] = []
            for number in 1...20 {
                let ticket = try province.registered("dispatch-\(number)")
                let answer = try province.act("dispatch", on: ticket, order)
                try #require(answer.status == 200, "\(answer.refusal)")
                let began = SystemClock.monotonicNanoseconds()
                let hasArrived = try eventually(seconds: 20) { try branch.ticket(ticket).status == 200 }
                try #require(hasArrived)
                milliseconds.append(Double(SystemClock.monotonicNanoseconds() - began) / 1e6)
            }
            milliseconds.sort()
            let (median, most) = (milliseconds[10], milliseconds[19])
            print("dispatch to a connected branch: median \(Int(median)) ms, most \(Int(most)) ms")
            #expect(median < 200, "\(milliseconds)")
            #expect(most < 1_000, "\(milliseconds)")
        }
    }
}
