import Glibc
import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

extension Live {
    /// A neighbour says what it may not say, to running nodes.
    @Suite struct PeerAttacks {
        private static let liar: NodeID = "branch-0199"
        /// Words of every complaint that `LiveClient.register` makes.
        private static let words = ["the machine kept the cash", "Customer victim", "199-0000-0000"]

        private let bank: LiveBank
        private let province: LiveClient
        private let head: LiveClient

        init() throws {
            bank = try LiveBank { try LiveBank.topology(in: $0, extra: [PeerAttacks.liar]) }
            province = bank.client(LiveBank.province)
            head = bank.client(LiveBank.headOffice)
        }

        /// The document of a complaint that the honest branch recorded, and that its province holds.
        private func victim() throws -> DocumentID {
            let number = try bank.client(LiveBank.branch).registered("victim")
            try bank.waitUntilAgreed(LiveBank.branch)
            let document = try #require(try province.ticket(number).json["document"]?.string)
            return try #require(DocumentID(document))
        }

        private func isSuspended(_ client: LiveClient) throws -> Bool? { try client.status()["is_suspended"]?.bool }

        @Test("peer.verdictFromChild: a child that judges its parent changes nothing, now or after a start")
        func verdictFromChild() throws {
            try bank.start(LiveBank.headOffice)
            let liar = try LyingPeer(LiveBank.province, in: bank)
            try liar.greet()
            for token in [0, 1, SystemRandom.word()] {
                try liar.say { $0.verdict = TokenVerdict(token: token, isStaleCopy: true, isSuspended: true) }
                try liar.say { $0.headOfficeHolds = 1 << 40 }
            }
            #expect(try isSuspended(head) == false)
            #expect(try head.incident("stale-copy") == nil)
            #expect(try !head.incidents().isEmpty, "nobody is told")
            bank.kill(LiveBank.headOffice)
            try bank.start(LiveBank.headOffice)
            #expect(try isSuspended(head) == false)
        }

        @Test("peer.involveSelf: a branch that lets itself into a ticket of its neighbour is sent no word of it")
        func involveSelf() throws {
            try bank.start(LiveBank.province, LiveBank.branch)
            let document = try victim()
            let liar = try LyingPeer(PeerAttacks.liar, in: bank)
            try liar.greet()
            let claim = CustodyClaim(leg: 0, version: document.creator)
            try liar.send([
                liar.born(), liar.act(on: document, [.involve(PeerAttacks.liar)]),
                liar.act(
                    on: document, [.involve(PeerAttacks.liar)], claim: claim,
                    dependencies: VersionVector(document.creator)),
            ])
            // The next ones are found by counting.
            try liar.send(
                (1...20 as ClosedRange<UInt64>).map { offset in
                    let guess = DocumentID(createdBy: Dot(document.creator.incarnation, offset))
                    return liar.act(on: guess, [.create(home: PeerAttacks.liar), .involve(PeerAttacks.liar)])
                })
            try liar.listen()
            try liar.say {
                $0.question = NumberedQuestion(number: 1, question: .fetch([document.creator]))
            }
            #expect(!liar.wasTold(PeerAttacks.words))
            #expect(try !province.incidents().isEmpty, "nobody is told")
            try bank.requireSound(LiveBank.province)
        }

        @Test("peer.widenForeign: a branch that opens a ticket of its neighbour opens nothing")
        func widenForeign() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
            let document = try victim()
            let liar = try LyingPeer(PeerAttacks.liar, in: bank)
            try liar.greet()
            let claim = CustodyClaim(leg: 0, version: document.creator)
            let entry = "needs_head_office@full@lead@\(PeerAttacks.liar)@\(SystemClock.wallMilliseconds())@-"
            try liar.send([
                liar.born(), liar.act(on: document, [.widen(.full)]),
                liar.act(on: document, [.involve(PeerAttacks.liar), .widen(.full)]),
                liar.act(
                    on: document, [.widen(.full), .add(TicketField.widenings, .text(entry))], claim: claim,
                    dependencies: VersionVector(document.creator)),
            ])
            // What the lies would carry up is up once the province's later act is.
            _ = try province.registered("marker")
            try bank.waitUntilAgreed(LiveBank.province)
            #expect(PlantedText.found(PeerAttacks.words, at: LiveBank.headOffice, in: bank).isEmpty)
            #expect(!PlantedText.found(PeerAttacks.words, at: LiveBank.province, in: bank).isEmpty, "control")
            let seen = try head.ticket(document.description)
            #expect(seen.json["disclosure"]?.string == "core")
        }

        @Test("peer.birthOfHeadOffice: a forged birth publishes nothing to anybody")
        func birthOfHeadOffice() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
            let clients = [head, province, bank.client(LiveBank.branch)]
            let before = try clients.map { try $0.text("/api/v1/people") }
            let liar = try LyingPeer(PeerAttacks.liar, in: bank)
            try liar.greet()
            let stranger = Incarnation(random: SystemRandom.word())
            let birth = LyingPeer.record(
                Dot(stranger, 1), on: DocumentID(recordOf: LiveBank.headOffice), kind: 1001,
                [.birth(Birth(node: LiveBank.headOffice, tier: .headOffice, predecessor: nil, lost: []))])
            let content = try #require(WholeFile.read(Repository.path("reference/people.json")))
            let dot = Dot(stranger, 2)
            let register = LyingPeer.record(
                dot, on: DocumentID(createdBy: dot), kind: ReferenceField.publishAct, post: "policy-desk",
                [
                    .create(home: PeerAttacks.liar), .publish, .write(ReferenceField.kind, .text("people")),
                    .write(ReferenceField.name, .text("posts-example")),
                    .write(ReferenceField.version, .text("2026-12-01.66")),
                    .write(ReferenceField.content, .text(String(decoding: content, as: UTF8.self))),
                ], previous: birth.hash)
            try liar.send([liar.born(), .action(birth, bodies: []), .action(register, bodies: [])])
            _ = try province.registered("marker")
            try bank.waitUntilAgreed(LiveBank.province)
            try bank.waitUntilAgreed(LiveBank.branch)
            #expect(try clients.map { try $0.text("/api/v1/people") } == before)
            #expect(try !province.incidents().isEmpty, "nobody is told")
        }

        @Test("peer.suspendParent: nobody rests, and nothing is lost, because a branch says so")
        func suspendParent() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
            let document = try victim()
            let liar = try LyingPeer(PeerAttacks.liar, in: bank)
            try liar.greet()
            let lost = [DotRange(document.creator.incarnation, 1...Limits.sequenceMax)]
            var items = [liar.born()]
            for node in [LiveBank.province, LiveBank.headOffice, LiveBank.branch] {
                let record = DocumentID(recordOf: node)
                items += [
                    liar.act(on: record, [.suspend], post: "", kind: 1003),
                    liar.act(on: record, [.lost(lost)], post: "", kind: 1002),
                    liar.act(on: record, [.adopt(Incarnation(random: SystemRandom.word()))], post: "", kind: 1004),
                ]
            }
            items.append(
                liar.act(on: DocumentID(recordOf: PeerAttacks.liar), [.lost(lost)], post: "", kind: 1002))
            try liar.send(items)
            _ = try province.registered("marker")
            try bank.waitUntilAgreed(LiveBank.province)
            try expectNobodyRests()
            for node in [LiveBank.headOffice, LiveBank.province] { bank.kill(node) }
            try bank.start(LiveBank.headOffice, LiveBank.province)
            try expectNobodyRests()
            _ = try bank.client(LiveBank.branch).registered("goes-on")
            try bank.waitUntilAgreed(LiveBank.branch)
            try bank.requireSound(LiveBank.headOffice, LiveBank.province, LiveBank.branch)
        }

        private func expectNobodyRests() throws {
            for client in [head, province, bank.client(LiveBank.branch)] { #expect(try isSuspended(client) == false) }
            let honest = try province.neighbour(LiveBank.branch)
            #expect(!honest.isSuspended)
        }

        @Test("peer.wordsInCore: words where codes belong never reach head office, and somebody is told")
        func wordsInCore() throws {
            try bank.start(LiveBank.headOffice, LiveBank.province)
            let liar = try LyingPeer(PeerAttacks.liar, in: bank)
            try liar.greet()
            let words = "王机密电话13512345678说柜员骂人"
            try liar.send([
                liar.born(), liar.ticket([.assign(TicketField.symptom, .text(words))]).item,
                liar.ticket(post: "王机密").item,
                liar.ticket([.write(FieldID(rawValue: 61_000), .text(words))]).item,
                liar.ticket([.unknown(tag: 9_998, bytes: Array(words.utf8))]).item,
            ])
            _ = try province.registered("marker")
            try bank.waitUntilAgreed(LiveBank.province)
            #expect(PlantedText.found(["王机密"], at: LiveBank.headOffice, in: bank).isEmpty)
            #expect(try !province.incidents().isEmpty, "nobody is told")
            let clean = liar.ticket([.assign(TicketField.state, .text("registered"))])
            try liar.send([clean.item])
            _ = try province.registered("marker-2")
            try bank.waitUntilAgreed(LiveBank.province)
            #expect(try head.ticket(clean.id.description).status == 200, "what holds no word is kept out too")
        }
    }
}
