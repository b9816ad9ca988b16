import SyncProtocol
import TicketStore

/// What a lying node must not have brought about: nothing outside its own tickets changed, and no word travelled.
extension Campaign {
    mutating func auditLiar(_ evidence: Evidence) throws {
        guard let liar else { return }
        auditForgedRecords(evidence, liar)
        try auditFacts(evidence, liar)
        auditHeard(evidence, liar)
        try auditPlantedWords(evidence)
        try auditLines()
    }

    /// The acts of a document that count in the audit: of the liar's own tickets all that an honest node took, of all
    /// others those of honest nodes alone.
    func counted(_ dots: [Dot], of document: DocumentID, _ evidence: Evidence) -> [Dot] {
        guard liar != nil else { return dots }
        if evidence.liars.contains(document) {
            let trusted = evidence.byNode.filter { !untrusted.contains($0.node.id) }
            return dots.filter { dot in trusted.contains { $0.holdings[dot]?.isWaiting == false } }
        }
        return dots.filter { evidence.union[$0].map { !isForged($0.hash) } ?? false }
    }

    /// The tickets in which the liar, or a node below it, takes part by what honest nodes wrote, and those that it made.
    func liarsTickets(_ evidence: Evidence) -> Set<DocumentID> {
        guard let liar else { return [] }
        let own = evidence.documents.filter { document, dots in
            let honest = dots.compactMap { evidence.union[$0] }.filter { !isForged($0.hash) }
            guard !honest.isEmpty else { return liar.isOwn(document) }
            let state = DocumentState(folding: Campaign.inOrder(honest.map(\.record), evidence), evidence.lineage)
            return liar.isOwn(document)
                || liar.subtree.contains { state.audience.disclosure(to: $0, in: bank.hierarchy) > .nothing }
        }
        return Set(own.keys)
    }

    /// No honest node applied a forged act of a ticket that is not the liar's, nor a birth that is not the liar's to give.
    private mutating func auditForgedRecords(_ evidence: Evidence, _ liar: Liar) {
        for (node, holdings) in evidence.byNode {
            for (dot, holding) in holdings.sorted(by: { $0.key < $1.key }) where isForged(holding.sealed.hash) {
                let record = holding.sealed.record
                if record.document.isTicket, !holding.isWaiting, !evidence.liars.contains(record.document) {
                    oracle.note(Finding(.unlawful, "\(dot) \(record.operations) applied at \(node.key)"))
                }
                if !holding.isWaiting, liar.neverTaken.contains(holding.sealed.hash) {
                    oracle.note(Finding(.unlawful, "\(dot) \(record.operations) taken at \(node.key)"))
                }
                for case .birth(let birth) in record.operations where !liar.subtree.contains(birth.node) {
                    oracle.note(Finding(.unlawful, "\(dot) a birth of \(birth.node) at \(node.key)"))
                }
            }
        }
    }

    /// Nobody believes that an act of an honest node is lost, that an honest node is suspended, or that it must begin anew.
    private mutating func auditFacts(_ evidence: Evidence, _ liar: Liar) throws {
        for node in bank.nodes where !liar.subtree.contains(node.id) {
            let lineage = try node.store.lineage()
            for act in oracle.acts where !liar.subtree.contains(NodeID(act.author) ?? liar.node) {
                if lineage.isLost(act.dot) {
                    oracle.note(Finding(.falselyDeclared, "\(act.dot) of \(act.author) at \(node.key)"))
                }
                if lineage.node(of: act.dot.incarnation).map({ $0.text != act.author }) ?? false {
                    oracle.note(Finding(.unlawful, "\(act.dot) of \(act.author) is somebody else's at \(node.key)"))
                }
            }
            for neighbour in try node.store.status().neighbours
            where neighbour.isSuspended && neighbour.node != liar.node {
                oracle.note(Finding(.falseAlarm, "\(neighbour.node) is suspended at \(node.key)"))
            }
        }
    }

    /// The liar was sent no word of a ticket in which it does not take part.
    private mutating func auditHeard(_ evidence: Evidence, _ liar: Liar) {
        for text in liar.heard.sorted() {
            guard let document = oracle.words[text], !evidence.liars.contains(document) else { continue }
            oracle.note(Finding(.told, "\(text) of \(document)"))
        }
    }

    /// Head office's whole file holds no word that stood in a core record, and what waits there has no body that the
    /// document as it stands does not entitle head office to.
    private mutating func auditPlantedWords(_ evidence: Evidence) throws {
        let head = bank.hierarchy.headOffice
        if try bank[head.text].image().contains(Array(Liar.coreWords.utf8)) {
            oracle.note(Finding(.words, "\(Liar.coreWords) in the file of head office"))
        }
        for (node, holdings) in evidence.byNode where node.id == head {
            for (dot, holding) in holdings.sorted(by: { $0.key < $1.key }) where holding.isWaiting {
                let state = try node.store.state(of: holding.sealed.record.document)
                let level = state?.audience.disclosure(to: head, in: bank.hierarchy) ?? .nothing
                for part in holding.parts where !level.includes(part) {
                    oracle.note(Finding(.words, "\(dot) \(part) waits at head office"))
                }
            }
        }
    }

    /// Between honest nodes nothing waits to be sent, and both ends hold the same.
    private mutating func auditLines() throws {
        for (child, parent) in bank.pairs {
            let up = try child.store.shared(with: parent.id)
            let down = try parent.store.shared(with: child.id)
            if up.fingerprint != down.fingerprint {
                oracle.note(Finding(.notDrained, "\(child.key) and \(parent.key) do not agree"))
            }
            if up.tail != up.receipt || down.tail != down.receipt {
                oracle.note(Finding(.notDrained, "\(child.key) and \(parent.key) have news"))
            }
        }
    }
}
