import Glibc
import Platform
import SyncProtocol
import Testing

@testable import SyncNode

extension Live {
    /// What stands in the way of a start is named, with a stable code and a next step; nothing is harmed.
    @Suite struct RefusedStartStories {
        private let bank: LiveBank
        private let number: String

        init() throws {
            bank = try LiveBank()
            try bank.start(LiveBank.branch)
            number = try bank.client(LiveBank.branch).registered("before")
            #expect(bank.stop(LiveBank.branch) == 0)
        }

        private var data: String { bank.dataPath(LiveBank.branch) }

        /// The node ends with status 1 and names `code`.
        private func expectRefusal(_ code: String, _ node: NodeID = LiveBank.branch, disk: LiveDisk? = nil) throws {
            let before = bank.log(node).utf8.count
            let process = try bank.spawn(node, disk: disk)
            #expect(process.wait() == 1)
            let said = String(decoding: Array(bank.log(node).utf8.dropFirst(before)), as: UTF8.self)
            #expect(said.contains("[\(code)]"), "\(said)")
            #expect(said.contains("hint: "), "\(said)")
        }

        /// Once the way is free, the node starts and has what it had.
        private func expectUnharmed() throws {
            try bank.start(LiveBank.branch)
            #expect(try bank.client(LiveBank.branch).numbers() == [number])
            try bank.requireSound(LiveBank.branch)
        }

        @Test func `a port that another program has is named`() throws {
            let port = try #require(bank.topology.node(LiveBank.branch)?.listen.people.port)
            let (listener, _) = try LineProxy.listen(on: port)
            try expectRefusal("http.port-in-use")
            close(listener)
            try expectUnharmed()
        }

        @Test func `the database of another program is left alone`() throws {
            let own = try #require(WholeFile.read(data + "/tickets.sqlite"))
            // A database as another program would have: the header of SQLite, the application id of somebody else.
            var foreign = own
            foreign.replaceSubrange(68..<72, with: [0x0F, 0x05, 0x51, 0x12])
            try SmallFile.write(foreign, to: data + "/tickets.sqlite")
            try expectRefusal("store.foreign-file")
            #expect(WholeFile.read(data + "/tickets.sqlite") == foreign)
            try SmallFile.write(own, to: data + "/tickets.sqlite")
            try expectUnharmed()
        }

        @Test func `a text file in the place of the database is left alone`() throws {
            let own = try #require(WholeFile.read(data + "/tickets.sqlite"))
            let text = Array(String(repeating: "Dear diary, today nobody complained.\n", count: 40).utf8)
            try SmallFile.write(text, to: data + "/tickets.sqlite")
            try expectRefusal("store.foreign-file")
            #expect(WholeFile.read(data + "/tickets.sqlite") == text)
            try SmallFile.write(own, to: data + "/tickets.sqlite")
            try expectUnharmed()
        }

        @Test(arguments: [true, false])
        func `the folder of another node is not taken over`(hasWitness: Bool) throws {
            try LiveFolder.copy(data, to: bank.dataPath(LiveBank.province))
            if !hasWitness { #expect(unlink(bank.dataPath(LiveBank.province) + "/witness") == 0) }
            try expectRefusal("store.other-node", LiveBank.province)
            try expectUnharmed()
        }

        @Test func `foreign files in a folder without a witness are called what they are`() throws {
            let witness = try #require(WholeFile.read(data + "/witness"))
            let own = try #require(WholeFile.read(data + "/tickets.sqlite"))
            #expect(unlink(data + "/witness") == 0)
            var foreign = own
            foreign.replaceSubrange(68..<72, with: [0x0F, 0x05, 0x51, 0x12])
            let letters = Array("letters".utf8)
            for (bytes, code) in [
                ([], "store.empty-file"), (letters, "store.foreign-file"), (foreign, "store.foreign-file"),
                (own, "store.witness-missing"),
            ] {
                try SmallFile.write(bytes, to: data + "/tickets.sqlite")
                try expectRefusal(code)
                #expect(WholeFile.read(data + "/tickets.sqlite") == bytes)
            }
            try SmallFile.write(witness, to: data + "/witness")
            try expectUnharmed()
        }

        @Test func `a damaged witness is named, and the way out that the hint tells works`() throws {
            try SmallFile.write([UInt8](repeating: 0x20, count: 8192), to: data + "/witness")
            try expectRefusal("store.witness-unreadable")
            let aside = bank.folder.path + "/aside"
            try LiveFolder.copy(data, to: aside)
            for name in ["tickets.sqlite", "tickets.sqlite-wal", "witness"] { unlink(data + "/" + name) }
            let log = bank.folder.path + "/restore.log"
            let restored = try LiveProcess(
                [
                    "init", "--backup", aside + "/tickets.sqlite", "--topology", bank.topologyPath(LiveBank.branch),
                    "--node", LiveBank.branch.text,
                ], log: log)
            #expect(restored.wait() == 0, "\(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self))")
            try expectUnharmed()
        }

        @Test func `a database that is gone is not replaced by an empty one`() throws {
            let own = try #require(WholeFile.read(data + "/tickets.sqlite"))
            for name in ["tickets.sqlite", "tickets.sqlite-wal"] { unlink(data + "/" + name) }
            // The story starts every node with `run --init`.
            try expectRefusal("store.database-missing")
            try SmallFile.write(own, to: data + "/tickets.sqlite")
            try expectUnharmed()
        }

        @Test(
            .enabled(if: LiveDisk.isPermitted, "this machine gives a test no mounts of its own"),
            arguments: [16, 64, 200])
        func `a disk too small to begin on is named`(kilobytes: Int) throws {
            try DataFolder.create(bank.dataPath(LiveBank.province))
            let disk = LiveDisk.small(bank.dataPath(LiveBank.province), kilobytes: kilobytes)
            try expectRefusal("store.disk-full", LiveBank.province, disk: disk)
        }

        @Test func `a file in the place of the data folder is named`() throws {
            try SmallFile.write([0x20], to: bank.dataPath(LiveBank.province))
            try expectRefusal("node.data-folder", LiveBank.province)
        }

        @Test func `a beginning that was interrupted is begun again`() throws {
            let folder = bank.dataPath(LiveBank.province)
            try DataFolder.create(folder)
            for name in ["tickets.sqlite.unfinished", "tickets.sqlite.unfinished-wal"] {
                try SmallFile.write(Array("half a".utf8), to: folder + "/" + name)
            }
            try bank.start(LiveBank.province)
            try bank.requireSound(LiveBank.province)
        }

        @Test func `a second process on the same folder is refused while the first goes on`() throws {
            try bank.start(LiveBank.branch)
            let log = bank.folder.path + "/second.log"
            let second = try LiveProcess(
                ["run", "--topology", bank.topologyPath(LiveBank.branch), "--node", LiveBank.branch.text], log: log)
            #expect(second.wait() == 1)
            #expect(String(decoding: WholeFile.read(log) ?? [], as: UTF8.self).contains("[store.locked]"))
            #expect(try bank.client(LiveBank.branch).numbers() == [number])
        }

        @Test(.enabled(if: LiveDisk.isPermitted, "this machine gives a test no mounts of its own"))
        func `a folder that cannot be written is named`() throws {
            try expectRefusal("store.read-only", disk: .readOnly(data))
            try expectUnharmed()
        }
    }
}
