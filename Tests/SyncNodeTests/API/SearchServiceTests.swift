import Testing
import TicketStore

@testable import SyncNode

@Suite("The search index follows the store") struct SearchServiceTests {
    /// A stop that fell between the question "must I stop" and the reading of the bell was never heard.
    @Test func `a stop at any moment after the start is heard`() throws {
        let node = try RunningNode()
        for _ in 0..<3_000 {
            let service = try SearchService(node.runtime.store, path: nil)
            try service.start()
            service.stop()
        }
    }
}
