import Glibc
import Platform
import SyncProtocol
import Testing
import TicketModel

@testable import SyncNode

extension Live {
    /// Nine nodes, one of them a liar, many acts with words that are known to nobody else: head office learns none.
    ///
    /// `SYNCNODE_PLANTED_ACTS` sets how many; `make planted` runs 10,000.
    @Suite struct PlantedWords {
        private static let liar: NodeID = "branch-0103"
        private static let provinces: [NodeID] = ["province-01", "province-02"]
        private static let branches: [NodeID] = [
            "branch-0101", "branch-0102", "branch-0201", "branch-0202", "branch-0203",
        ]

        private let bank: LiveBank
        private let acts: Int

        init() throws {
            bank = try LiveBank(capturesLines: true) { try PlantedWords.topology(in: $0) }
            acts = getenv("SYNCNODE_PLANTED_ACTS").flatMap { Int(String(cString: $0)) } ?? 300
        }

        /// The bank of the example, on free ports.
        private static func topology(in folder: String) throws -> Topology {
            let example = try Topology.load(Repository.path("topology.example.json"))
            let nodes = try example.nodes.map { node in
                let free = try #require(LiveBank.topology(in: folder).nodes.first)
                return node.moved(to: free.listen, dataFolder: "\(folder)/\(node.id)")
            }
            return try Topology(bank: example.bank, nodes: nodes)
        }

        /// Twenty bytes that stand nowhere else.
        private static func marker(_ number: Int) -> String { "mk-" + Hex.encode(UInt64(number)) + "z" }

        @Test("peer.plantedWords: nine nodes, one liar: no known word at head office")
        func plantedWords() throws {
            try bank.start(LiveBank.headOffice)
            for node in PlantedWords.provinces + PlantedWords.branches { try bank.start(node) }
            let liar = try LyingPeer(PlantedWords.liar, in: bank)
            try liar.greet()
            try liar.send([liar.born()])
            let clients = PlantedWords.branches.map { bank.client($0) }
            for number in 0..<acts {
                let client = clients[number % clients.count]
                let ticket = try client.registered(
                    "planted-\(number)", words: PlantedWords.marker(number))
                if number % 25 == 0 { try lie(liar, about: ticket, at: client) }
            }
            for node in PlantedWords.branches + PlantedWords.provinces { try bank.waitUntilAgreed(node) }
            try liar.listen()
            try expectNothing(liar)
        }

        /// Everything that would carry the ticket's words to the liar or to head office, if it were believed.
        private func lie(_ liar: LyingPeer, about number: String, at client: LiveClient) throws {
            let text = try #require(try client.ticket(number).json["document"]?.string)
            let document = try #require(DocumentID(text))
            let claim = CustodyClaim(leg: 0, version: document.creator)
            let known = VersionVector(document.creator)
            let words = "王机密说的话\(number)"
            try liar.send([
                liar.act(on: document, [.involve(PlantedWords.liar)]),
                liar.act(
                    on: document, [.involve(PlantedWords.liar), .widen(.full)], claim: claim, dependencies: known),
                liar.act(on: document, [.seize(leg: 0, approver: "second")], claim: claim, dependencies: known),
                liar.act(on: document, [.widen(.full)], dependencies: known, body: words),
                liar.ticket([.assign(TicketField.symptom, .text(words))]).item,
                liar.ticket(post: "王机密").item,
            ])
            try liar.say {
                $0.question = NumberedQuestion(number: 1, question: .fetch([document.creator]))
            }
            try liar.listen(rounds: 1)
        }

        private func expectNothing(_ liar: LyingPeer) throws {
            let search = MarkerSearch((0..<acts).map { Array(PlantedWords.marker($0).utf8) })
            let head = bank.client(LiveBank.headOffice)
            let backup = bank.folder.path + "/head-office.backup"
            try #require(try head.send(.post, "/control/backup?to=\(backup)").status == 200)
            var places = PlantedText.files(of: LiveBank.headOffice, in: bank)
            places.append(("metrics", Array(try head.text("/metrics").utf8)))
            places.append(("backup", try #require(WholeFile.read(backup))))
            for node in PlantedWords.provinces {
                let capture = try #require(WholeFile.read(bank.capturePath(node)))
                let (plain, frames) = CapturedFrames.payloads(in: capture, .production())
                #expect(frames > 0)
                places.append(("line of \(node)", plain))
            }
            for (name, bytes) in places {
                #expect(search.occurrences(in: bytes) == 0, "words of people in the \(name) of head office")
                #expect(!PlantedText.occurs("王机密", in: bytes), "words of the liar in the \(name) of head office")
            }
            #expect(search.occurrences(in: liar.heard) == 0, "words of people were sent to the liar")
            // The same search must find them where they may be, or it proves nothing.
            let below = PlantedWords.provinces.reduce(into: Set<[UInt8]>()) { all, node in
                for file in PlantedText.files(of: node, in: bank) { all.formUnion(search.found(in: file.bytes)) }
            }
            #expect(below.count == acts)
        }
    }
}
