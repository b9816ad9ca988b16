import Glibc
import Platform
import SyncProtocol

@testable import SyncNode

/// Looks for known words where they must not be.
enum PlantedText {
    static func occurs(_ text: String, in bytes: [UInt8]) -> Bool {
        bytes.firstRange(of: Array(text.utf8)) != nil
    }

    /// What a node has on its disk, by name of the file.
    static func files(of node: NodeID, in bank: LiveBank) -> [(name: String, bytes: [UInt8])] {
        let stored = ["tickets.sqlite", "tickets.sqlite-wal", "search.sqlite", "search.sqlite-wal"].map {
            ($0, "\(bank.dataPath(node))/\($0)")
        }
        return (stored + [("log", bank.logPath(node))]).compactMap { name, path in
            WholeFile.read(path).map { (name, $0) }
        }
    }

    /// The files of the node that hold any of the words.
    static func found(_ words: [String], at node: NodeID, in bank: LiveBank) -> [String] {
        files(of: node, in: bank).filter { file in words.contains { occurs($0, in: file.bytes) } }.map(\.name)
    }
}
