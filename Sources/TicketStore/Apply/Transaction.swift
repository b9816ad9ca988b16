import SyncProtocol

/// One write transaction of the store: loads each document once, applies actions to it, and writes it once.
///
/// Works on a copy of the writer's memory, which takes the place of the old one when everything succeeded.
final class Transaction {
    let connection: Connection
    let context: StoreContext
    /// Wall clock at the start, milliseconds since 1970.
    let now: Int64
    var memory: StoreMemory
    /// Acts whose stamps were beyond the bound, to be corrected by an act of this node (rule R12).
    var clockCorrections: [(document: DocumentID, dot: Dot)] = []
    /// Acts that were kept out, by their authors; acts without authority; neighbours whose lines rest from now on.
    var withheld: [NodeID: [WithheldAct]] = [:]
    var unauthorized: [(document: DocumentID, dot: Dot, author: NodeID)] = []
    var quarantined: [NodeID] = []
    private var documents: [DocumentID: LoadedDocument] = [:]
    /// Documents in order of first use, so that they are written in one order on every run.
    private var order: [LoadedDocument] = []

    init(_ connection: Connection, _ context: StoreContext, _ memory: StoreMemory) {
        self.connection = connection
        self.context = context
        self.memory = memory
        now = context.world.wallMilliseconds()
    }

    /// The document as this transaction sees it; a new one where there is none.
    func document(_ id: DocumentID) throws -> LoadedDocument {
        if let document = documents[id] { return document }
        let document = try DocumentRows.load(id, connection) ?? LoadedDocument(id: id)
        if document.key == nil { document.areBodiesLoaded = true }
        documents[id] = document
        order.append(document)
        return document
    }

    /// Who may hold what of the document as it is now.
    func reach(of document: LoadedDocument) -> Reach {
        if let known = document.lastReach, known.audience == document.state.audience { return known }
        let reach = Reach(document.state.audience, memory, context)
        document.lastReach = reach
        return reach
    }

    /// Forgets a document whose rows are gone.
    func drop(_ id: DocumentID) {
        documents[id] = nil
        order.removeAll { $0.id == id }
    }

    /// Loads the folded fields of bodies where they are needed.
    func loadBodies(_ document: LoadedDocument) throws {
        guard !document.areBodiesLoaded, let key = document.key else { return }
        document.areBodiesLoaded = true
        if let (casework, personal) = try DocumentRows.bodyFields(key, connection) {
            try document.state.restore(casework: casework, personal: personal)
        } else if try !loadOnlyBody(document) {
            try refold(document)
        }
    }

    /// Most tickets have their bodies from the act that made them, and from no other: that act says it all.
    private func loadOnlyBody(_ document: LoadedDocument) throws -> Bool {
        guard document.bodyActions == 1, document.id.isTicket,
            let creation = try ActionRows.load(document.id.creator, connection), !creation.envelopes.isEmpty
        else { return false }
        return document.state.foldBodies(ofCreation: try creation.held(), memory.lineage)
    }

    /// Folds the document anew from all its actions.
    func refold(_ document: LoadedDocument) throws {
        let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
        document.state = DocumentState(folding: held, memory.lineage)
        document.areBodiesLoaded = true
        document.areBodiesChanged = true
    }

    /// Writes documents, logs and neighbours.
    func flush() throws {
        var hasNewReferences = false
        for document in order where document.isChanged {
            if !document.isInTable {
                try DocumentRows.insert(document, connection)
                if document.state.audience.isPublic {
                    try ReferenceRows.insert(document, connection)
                    hasNewReferences = true
                }
            } else {
                try DocumentRows.update(document, connection)
            }
            if document.areBodiesChanged, document.bodyActions > 1 { try DocumentRows.saveBodies(document, connection) }
            if document.areBodiesChanged, document.id.isTicket {
                try SimilarRows.save(document, context.tokens, connection)
            }
            document.isChanged = false
            document.areBodiesChanged = false
        }
        if hasNewReferences {
            try memory.readReferences(connection, context)
            try noteUnread()
        }
        for index in memory.neighbours.indices where memory.neighbours[index].isChanged {
            try LogRows.flush(&memory.neighbours[index], connection)
            guard memory.neighbours[index].isRowChanged else { continue }
            memory.neighbours[index].isRowChanged = false
            try NeighbourRows.save(memory.neighbours[index], connection)
        }
    }

    /// Records something that a person should know. Incidents of one code, node and subject are counted together.
    func incident(_ code: IncidentCode, node: NodeID? = nil, subject: String? = nil) throws {
        memory.noted.append(IncidentNote(code: code, node: node, subject: subject))
        let updated = try connection.cached(
            "UPDATE incidents SET count = count + 1, at = ? WHERE code = ? AND node IS ? AND subject IS ?")
        try updated.run(now, code.rawValue, node?.text, subject)
        guard connection.changes == 0 else { return }
        try connection.cached("INSERT INTO incidents(at, code, node, subject, count) VALUES(?, ?, ?, ?, 1)").run(
            now, code.rawValue, node?.text, subject)
    }

    /// What this program cannot read of what head office has published, each item once: it counts for nothing here.
    func noteUnread() throws {
        for item in memory.unread {
            let known = try connection.cached("SELECT 1 FROM incidents WHERE code = ? AND subject = ?")
                .integer(IncidentCode.referenceUnread.rawValue, item)
            if known == nil { try incident(.referenceUnread, subject: item) }
        }
    }
}
