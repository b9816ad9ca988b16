import Platform
import Testing
import TicketModel

@testable import SyncNode

/// What head office publishes says what comes of it.
@Suite("Publishing says what counts") struct PublishStories {
    private func register(_ version: String, _ more: String) -> String {
        """
        {"format": 1, "people": "posts", "version": "\(version)", "name": {"zh": "名册", "en": "posts"}, \(more)}
        """
    }

    private static let post = #""posts": [{"post": "p1.clerk", "roles": ["clerk"], "node": "p1", "trained": true}]"#

    @Test func `a register older than the one in force is published without effect, and says so`() throws {
        let head = try RunningNode("head")
        let folder = try TemporaryFolder()
        let new = try folder.write("new.json", register("2026-02", PublishStories.post))
        let old = try folder.write("old.json", register("2026-01", PublishStories.post))
        #expect(!head.run("reference", "publish", new).output.contains("no effect"))
        let outcome = head.run("reference", "publish", old)
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(outcome.output.contains("不生效:现行版本为 2026-02 no effect: 2026-02 is in force"), "\(outcome.output)")
        #expect(head.run("reference", "publish", old).output.contains("此前已发布"))
        #expect(!head.run("reference", "publish", new).output.contains("no effect"))
    }

    @Test func `a pack that begins before the one in force has no effect, and says so`() throws {
        let head = try RunningNode("head")
        #expect(head.run("reference", "publish", Repository.path("reference/rules.json")).code == .success)
        let folder = try TemporaryFolder()
        let shipped = Repository.path("reference/packs/bank-service.json")
        let text = String(decoding: try #require(WholeFile.read(shipped)), as: UTF8.self)
        let pack = try PackReader.load(shipped)
        let older = text.replacing("\"\(pack.version)\"", with: "\"2019.1\"")
            .replacing("\"effective_from\": \"\(pack.effectiveFrom.text)\"", with: "\"effective_from\": \"2019-01-01\"")
        let outcome = head.run("reference", "publish", try folder.write("older.json", older))
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(outcome.output.contains("no effect: \(pack.version) is in force"), "\(outcome.output)")
    }

    @Test func `an absence or a deputy of a post that nobody knows is refused with the post`() throws {
        let head = try RunningNode("head")
        let folder = try TemporaryFolder()
        func publish(_ version: String, _ post: String, _ deputy: String) throws -> CommandOutcome {
            let text = """
                {"format": 1, "people": "away", "version": "\(version)", "name": {"zh": "缺勤", "en": "away"}, "absences": [
                {"post": "\(post)", "from": "2026-11-20 08:00", "until": "2026-11-24 08:00", "deputy": "\(deputy)"}]}
                """
            return head.run("reference", "publish", try folder.write("away.json", text))
        }
        let early = try publish("1", "p1.clerk", "p1.clerk2")
        #expect(early.code == .failed && early.error.contains("[people.unknown-post]"), "\(early.error)")
        let second = #", {"post": "p1.clerk2", "roles": ["clerk"], "node": "p1", "trained": true}]"#
        let two = try folder.write("posts.json", register("1", String(PublishStories.post.dropLast()) + second))
        #expect(head.run("reference", "publish", two).code == .success)
        for (post, deputy) in [("p1.nobody", "p1.clerk"), ("p1.clerk", "p1.nobody")] {
            let outcome = try publish("1", post, deputy)
            #expect(outcome.code == .failed)
            #expect(outcome.error.contains("p1.nobody stands in no register"), "\(outcome.error)")
            #expect(outcome.error.contains("缺勤或代理所指的岗位未登记"))
        }
        #expect(try publish("1", "p1.clerk", "p1.clerk2").code == .success)
    }

    @Test func `a rehearsal names head office where tickets are its own`() throws {
        let head = try RunningNode("head", clock: Locked(ThreeTiers.morning))
        _ = try head.register()
        let outcome = head.run(
            "reference", "rehearse", Repository.path("reference/packs/village-bank.json"), "--since", "2026-01-01",
            "--until", "2026-12-31")
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(outcome.output.contains("总行 head_office"), "\(outcome.output)")
    }
}
