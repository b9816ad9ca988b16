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

    @Test func `a register older than the one in force is refused, and one that was published stays`() throws {
        let head = try RunningNode("head")
        let folder = try TemporaryFolder()
        let new = try folder.write("new.json", register("2026-02", PublishStories.post))
        let old = try folder.write("old.json", register("2026-01", PublishStories.post))
        let first = try folder.write("first.json", register("2025-12", PublishStories.post))
        for file in [first, new] {
            let outcome = head.run("reference", "publish", file)
            #expect(outcome.code == .success && !outcome.output.contains("superseded"), "\(outcome.error)")
        }
        let outcome = head.run("reference", "publish", old)
        #expect(outcome.code == .failed && outcome.error.contains("[reference.no-effect]"), "\(outcome.error)")
        #expect(outcome.error.contains("version 2026-02 is in force"), "\(outcome.error)")
        #expect(try head.runtime.store.references().map(\.version) == ["2025-12", "2026-02"])
        // The same item again: it is there, and what counts in its place is named.
        let again = head.run("reference", "publish", first)
        #expect(again.code == .success, "\(again.error)")
        #expect(again.output.contains("此前已发布 published before,现行版本为 2026-02 superseded by 2026-02"), "\(again.output)")
    }

    @Test func `a pack that begins before the one in force is refused`() throws {
        let head = try RunningNode("head")
        #expect(head.run("reference", "publish", Repository.path("reference/rules.json")).code == .success)
        let folder = try TemporaryFolder()
        let shipped = Repository.path("reference/packs/bank-service.json")
        let text = String(decoding: try #require(WholeFile.read(shipped)), as: UTF8.self)
        let pack = try PackReader.load(shipped)
        let older = text.replacing("\"\(pack.version)\"", with: "\"2019.1\"")
            .replacing("\"effective_from\": \"\(pack.effectiveFrom.text)\"", with: "\"effective_from\": \"2019-01-01\"")
        let outcome = head.run("reference", "publish", try folder.write("older.json", older))
        #expect(outcome.code == .failed && outcome.error.contains("[reference.no-effect]"), "\(outcome.error)")
        #expect(outcome.error.contains("version \(pack.version) is in force"), "\(outcome.error)")
    }

    @Test func `alert rules of another name that would not count are refused, whatever they are called`() throws {
        let head = try RunningNode("head")
        #expect(head.run("reference", "publish", Repository.path("reference/alerts.json")).code == .success)
        let folder = try TemporaryFolder()
        let rules = """
            {"format": 1, "alerts": "another", "version": "1", "rules": [{"id": "one", "colour": "blue", "within": "branch",
            "sureness": "P", "days": 7, "tickets": 3}]}
            """
        let outcome = head.run("reference", "publish", try folder.write("alerts.json", rules))
        #expect(outcome.code == .failed && outcome.error.contains("[reference.no-effect]"), "\(outcome.error)")
    }

    @Test func `a post that is passed over, because a register that sorts first says it, is named`() throws {
        let head = try RunningNode("head")
        let folder = try TemporaryFolder()
        let posts = try folder.write("posts.json", register("1", PublishStories.post))
        #expect(head.run("reference", "publish", posts).code == .success)
        let other = register("1", PublishStories.post).replacing(#""people": "posts""#, with: #""people": "others""#)
        let outcome = head.run("reference", "publish", try folder.write("others.json", other))
        #expect(outcome.code == .success && !outcome.error.contains("passed over"), "\(outcome.error)")
        let again = head.run(
            "reference", "publish", try folder.write("posts2.json", register("2", PublishStories.post)))
        #expect(again.error.contains("p1.clerk 以另一份名册为准 is passed over"), "\(again.error)")
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
