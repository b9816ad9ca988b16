import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import TicketStore

@Suite struct UnreadItemTests {
    private static func context(_ unread: [String]) -> StoreContext {
        StoreContext(
            node: "ho", hierarchy: .init(["ho": .init(tier: .headOffice, parent: nil)]), topologyDigest: .zero,
            hash: SHA256.function, world: World(wallMilliseconds: { 1_700_000_000_000 }, random: { 7 }),
            readPublished: { _ in Published(unread: unread) })
    }

    @Test func `a store that is opened with an item it cannot read says so once, however often it is opened`() throws {
        let folder = TemporaryFolder()
        let paths = StorePaths(folder: folder.path)
        try ReplicaStore.create(paths, Self.context([]))
        for unread in [[], ["people posts 9"], ["people posts 9"], ["people posts 9", "policy_pack p 2"], []] {
            let store = try ReplicaStore.open(paths, Self.context(unread))
            defer { store.close() }
            let found = try store.incidents().map { "\($0.code) \($0.subject ?? "-") \($0.count)" }
            #expect(unread.allSatisfy { found.contains("reference-unread \($0) 1") }, "\(found)")
            #expect(found.count <= 2)
        }
    }
}
