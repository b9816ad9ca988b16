import Glibc
import Testing

@testable import SyncNode

@Suite("Commands of an operator") struct OperatorCommandTests {
    @Test func `a check is told in words, and as one JSON value when asked`() throws {
        let node = try RunningNode("b1")
        _ = try node.register()
        for command in ["verify", "repair"] {
            let words = node.run(command)
            #expect(words.code == .success, "\(words.error)")
            #expect(words.output.contains("完好 sound"))
            #expect(!words.output.contains("{"))
            #expect(try node.run(command, "--json").json["is_sound"]?.bool == true)
        }
    }

    @Test func `a pull tells of each child, as one JSON value when asked`() throws {
        let node = try RunningNode("p1")
        let words = node.run("pull")
        #expect(words.code == .failed)
        #expect(words.output.split(separator: "\n").count == 2)
        #expect(words.output.contains("b1  往返 round trips: 0") && words.output.contains("失败 failed ["))
        let children = try #require(try node.run("pull", "--json").json["children"]?.array)
        #expect(children.compactMap { $0["node"]?.string } == ["b1", "b2"])
        #expect(children.allSatisfy { $0["error"]?.string?.isEmpty == false })
    }

    @Test func `who has nobody to exchange with is told so, and what to do instead`() throws {
        let sync = try RunningNode("head").run("sync")
        #expect(sync.code == .failed)
        #expect(sync.error.contains("[control.no-parent]") && sync.error.contains("syncnode pull"))
        let branch = try RunningNode("b1")
        let pull = branch.run("pull")
        #expect(pull.code == .failed)
        #expect(pull.error.contains("[control.no-children]") && pull.error.contains("syncnode sync"))
        #expect(branch.run("sync").code == .success)
    }

    @Test func `a child that is none is refused by name`() throws {
        let outcome = try RunningNode("p1").run("pull", "--child", "b3")
        #expect(outcome.code == .failed)
        #expect(outcome.error.contains("[control.unknown-child]") && outcome.error.contains("b1, b2"))
    }

    @Test func `the lives of a child are listed to choose from`() throws {
        let node = try RunningNode("p1")
        #expect(node.run("adopt", "--child", "b3").error.contains("[control.unknown-child]"))
        #expect(node.run("adopt", "--child", "b1").output.contains("nothing heard of it yet"))
        let branch = try RunningNode("b1")
        _ = try branch.register()
        try branch.exchange(with: node, session: 1)
        let outcome = node.run("adopt", "--child", "b1")
        #expect(outcome.output.contains("--life "), "\(outcome.error)")
        #expect(try node.run("adopt", "--child", "b1", "--json").json["lives"]?.array?.count == 1)
    }

    @Test func `a backup goes where the person stands, not where the node does`() throws {
        let node = try RunningNode()
        let path = FolderPath.absolute("backup.db")
        #expect(path.hasPrefix("/") && path.hasSuffix("/backup.db"))
        let folder = try TemporaryFolder()
        let outcome = node.run("backup", folder.file("copy.db"))
        #expect(outcome.code == .success, "\(outcome.error)")
        #expect(folder.names == ["copy.db"])
        #expect(node.run("backup", folder.file("copy.db")).error.contains("store.file-exists"))
    }

    @Test func `a backup never goes into the data folder, by no name of it`() throws {
        let node = try RunningNode()
        let aside = try TemporaryFolder()
        let (own, link) = (node.folder.path, aside.file("link"))
        try #require(symlink(own, link) == 0 && mkdir(own + "/deeper", 0o700) == 0)
        let before = node.folder.names
        let name = own.split(separator: "/").last ?? ""
        for path in [
            "\(own)/tickets.sqlite-journal", "\(own)/new.db", "\(own)/./new.db", "\(own)/deeper/new.db",
            "\(link)/new.db",
            "\(link)/deeper/../new.db", "\(aside.path)/../\(name)/new.db", "/tmp/..//\(own)/new.db",
        ] {
            let said = node.run("backup", path)
            #expect(said.code == .failed && said.error.contains("[control.backup-inside]"), "\(path): \(said.error)")
            // The command makes paths plain; the address takes them as they come.
            let asked = try node.post("/control/backup?to=\(PercentText.encode(path))")
            #expect(asked.status == 422, "\(path): \(asked.text)")
        }
        #expect(node.folder.names == before)
        for path in ["", "new.db", "/", "\(aside.path)/", "\(aside.path)/.."] {
            let asked = try node.post("/control/backup?to=\(PercentText.encode(path))")
            #expect(asked.status == 422, "\(path)")
            #expect(try asked.code == "control.backup-path")
        }
        #expect(node.run("backup", aside.file("nowhere/new.db")).error.contains("[store.missing-file]"))
        // A link that leads out of the folder leads out.
        try #require(symlink(aside.path, own + "/out") == 0)
        #expect(node.run("backup", own + "/out/new.db").code == .success)
        #expect(aside.names == ["link", "new.db"])
    }
}
