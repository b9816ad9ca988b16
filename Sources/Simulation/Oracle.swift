import SyncProtocol
import TicketStore

/// Stands outside the bank, perfectly durable, and remembers what every person was told.
struct Oracle {
    struct Acknowledged {
        var dot: Dot
        var hash: Digest
        var document: DocumentID
        /// Key of the copy that said so.
        var author: String
    }

    private(set) var acts: [Acknowledged] = []
    private(set) var hashes: [Dot: Digest] = [:]
    private(set) var byDocument: [DocumentID: [Dot]] = [:]
    /// Acts whose last copy a fault destroyed before any other node had them.
    private(set) var gone: Set<Dot> = []
    private(set) var findings: [Finding] = []
    /// The texts that people wrote, each with the ticket in which alone it may stand.
    private(set) var words: [String: DocumentID] = [:]

    mutating func acknowledge(_ dot: Dot, _ hash: Digest, _ document: DocumentID, by author: String) {
        if let other = hashes[dot], other != hash { findings.append(Finding(.dotReused, "\(dot) at \(author)")) }
        hashes[dot] = hash
        byDocument[document, default: []].append(dot)
        acts.append(Acknowledged(dot: dot, hash: hash, document: document, author: author))
    }

    mutating func note(words draft: Draft, of document: DocumentID) {
        for operation in draft.core + draft.casework + draft.personal {
            switch operation {
            case .assign(_, .text(let text)), .write(_, .text(let text)), .add(_, .text(let text)):
                words[text] = document
            default: continue
            }
        }
    }

    /// A fault took these away from `node`: what nobody else has is gone, and must not have been promised to be safe.
    mutating func destroy(
        _ dots: Set<Dot>, at node: SimulatedNode, levels: [Dot: AcknowledgementLevel], others: Set<Dot>
    ) {
        for dot in dots.subtracting(others).sorted() {
            gone.insert(dot)
            if let level = levels[dot], level > .here {
                findings.append(Finding(.acknowledgedTooEarly, "\(dot) of \(node.key) was at \(level) and is gone"))
            }
        }
    }

    mutating func note(_ finding: Finding) { findings.append(finding) }
}
