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
    private var documents: [DocumentID: LoadedDocument] = [:]
    /// Documents in order of first use, so that they are written in one order on every run.
    private var order: [DocumentID] = []

    init(_ connection: Connection, _ context: StoreContext, _ memory: StoreMemory) {
        self.connection = connection
        self.context = context
        self.memory = memory
        now = context.world.wallMilliseconds()
    }

    /// The document as this transaction sees it; a new one where there is none.
    func document(_ id: DocumentID) throws -> LoadedDocument {
        if let document = documents[id] { return document }
        var document = try DocumentRows.load(id, connection) ?? LoadedDocument(id: id)
        if document.key == nil { document.areBodiesLoaded = true }
        documents[id] = document
        order.append(id)
        return document
    }

    func put(_ document: LoadedDocument) {
        if documents.updateValue(document, forKey: document.id) == nil { order.append(document.id) }
    }

    /// Takes the document out for changing in place; it must be put back.
    func take(_ id: DocumentID) throws -> LoadedDocument {
        let document = try document(id)
        documents[id] = nil
        return document
    }

    /// Puts back what `take` took, without a second place in the order.
    func giveBack(_ document: LoadedDocument) { documents[document.id] = document }

    /// Forgets a document whose rows are gone.
    func drop(_ id: DocumentID) {
        documents[id] = nil
        order.removeAll { $0 == id }
    }

    /// Loads the folded fields of bodies where they are needed.
    func loadBodies(_ document: inout LoadedDocument) throws {
        guard !document.areBodiesLoaded, let key = document.key else { return }
        document.areBodiesLoaded = true
        if let (casework, personal) = try DocumentRows.bodyFields(key, connection) {
            let vector = document.state
            document.state = try DocumentState(core: vector.encodedCore(), casework: casework, personal: personal)
        } else {
            try refold(&document)
        }
    }

    /// Folds the document anew from all its actions.
    func refold(_ document: inout LoadedDocument) throws {
        let held = try ActionRows.history(from: document.lastAction, connection).map { try $0.held() }
        document.state = DocumentState(folding: held, memory.lineage)
        document.areBodiesLoaded = true
        document.areBodiesChanged = true
    }

    /// Writes documents, logs and neighbours.
    func flush() throws {
        for id in order {
            guard var document = documents[id], document.isChanged else { continue }
            if !document.isInTable {
                try DocumentRows.insert(&document, connection)
                if document.state.audience.isPublic { try ReferenceRows.insert(document, connection) }
            } else {
                try DocumentRows.update(&document, connection)
            }
            if document.areBodiesChanged, document.bodyActions > 1 { try DocumentRows.saveBodies(document, connection) }
            document.isChanged = false
            document.areBodiesChanged = false
            documents[id] = document
        }
        for index in memory.neighbours.indices {
            try LogRows.flush(&memory.neighbours[index], connection)
            guard memory.neighbours[index].isRowChanged else { continue }
            memory.neighbours[index].isRowChanged = false
            try NeighbourRows.save(memory.neighbours[index], connection)
        }
    }

    /// Records something that a person should know. Incidents of one code, node and subject are counted together.
    func incident(_ code: IncidentCode, node: NodeID? = nil, subject: String? = nil) throws {
        let updated = try connection.cached(
            "UPDATE incidents SET count = count + 1, at = ? WHERE code = ? AND node IS ? AND subject IS ?")
        try updated.run(now, code.rawValue, node?.text, subject)
        guard connection.changes == 0 else { return }
        try connection.cached("INSERT INTO incidents(at, code, node, subject, count) VALUES(?, ?, ?, ?, 1)").run(
            now, code.rawValue, node?.text, subject)
    }
}
