import SyncProtocol

/// A document as one transaction works on it: loaded once, merged, written once.
///
/// One object a document and transaction, so that an act changes it in place.
final class LoadedDocument {
    let id: DocumentID
    /// nil until its first action; the row itself is written when the transaction ends.
    var key: Int64?
    var isInTable = false
    var state = DocumentState()
    var isStaged = false
    /// Key of its newest action; 0 for none.
    var lastAction: Int64 = 0
    var actions = 0
    /// Actions whose bodies are here.
    var bodyActions = 0
    /// The fields of bodies have been loaded or were empty from the start.
    var areBodiesLoaded = false
    var areBodiesChanged = false
    /// The fields that the row's typed columns were made of; nil for a new row.
    var storedFields: FieldState?
    /// Who may hold it, for the audience that it was last asked for.
    var lastReach: Reach?
    var isChanged = false

    init(id: DocumentID) { self.id = id }
}

/// What this node and its neighbours may hold of a document with a certain audience.
struct Reach {
    let audience: Audience
    let own: Disclosure
    /// Those that may hold anything, by their index in the writer's memory, in that order.
    let neighbours: [(index: Int, level: Disclosure)]

    init(_ audience: Audience, _ memory: borrowing StoreMemory, _ context: StoreContext) {
        self.audience = audience
        own = audience.disclosure(to: context.node, in: context.hierarchy)
        let indexes = Set(audience.candidates(in: context.hierarchy).compactMap { memory.neighbour($0) })
        neighbours = indexes.sorted().compactMap { index in
            let level = audience.disclosure(to: memory.neighbours[index].node, in: context.hierarchy)
            return level > .nothing ? (index, level) : nil
        }
    }

    /// What the neighbour at this index may hold.
    func level(of index: Int) -> Disclosure { neighbours.first { $0.index == index }?.level ?? .nothing }
}

/// Documents in the tables.
enum DocumentRows {
    static func load(_ id: DocumentID, _ connection: Connection) throws -> LoadedDocument? {
        let statement = try connection.cached(
            "SELECT key, is_staged, last_action, actions, body_actions, core FROM documents WHERE space = ? AND number = ?"
        )
        return try statement.first(id.space, id.number) { try document(id, $0) }
    }

    static func load(key: Int64, _ connection: Connection) throws -> LoadedDocument? {
        let statement = try connection.cached(
            "SELECT key, is_staged, last_action, actions, body_actions, core, space, number FROM documents WHERE key = ?"
        )
        return try statement.first(key) { row in
            try document(DocumentID(space: row.uint64(6), number: row.uint64(7)), row)
        }
    }

    private static func document(_ id: DocumentID, _ row: Row) throws -> LoadedDocument {
        let document = LoadedDocument(id: id)
        document.key = row.int64(0)
        document.isInTable = true
        document.isStaged = row.bool(1)
        document.lastAction = row.int64(2)
        document.actions = row.int(3)
        document.bodyActions = row.int(4)
        document.state = try DocumentState(core: row.bytes(5) ?? [], casework: nil, personal: nil)
        document.areBodiesLoaded = document.bodyActions == 0
        document.storedFields = document.state.core
        return document
    }

    /// Who may hold the document, without reading the rest of its state.
    static func audience(key: Int64, _ connection: Connection) throws -> Audience? {
        try connection.cached("SELECT core FROM documents WHERE key = ?").first(key) {
            try DocumentState.audience(inCore: $0.bytes(0) ?? [])
        }
    }

    /// The folded fields of bodies; nil where there is no row of them.
    static func bodyFields(_ key: Int64, _ connection: Connection) throws -> ([UInt8], [UInt8])? {
        try connection.cached("SELECT casework, personal FROM document_bodies WHERE document = ?").first(key) {
            ($0.bytes(0) ?? [], $0.bytes(1) ?? [])
        }
    }

    private static let insertSQL = """
        INSERT INTO documents(key, space, number, is_staged, last_action, actions, body_actions, conflicts, custodian,
            offered_to, core\(TicketColumns.all.map { ", \($0.name)" }.joined()))
            VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?\(String(repeating: ", ?", count: TicketColumns.all.count)))
        """

    static func insert(_ document: LoadedDocument, _ connection: Connection) throws {
        let statement = try connection.cached(text: insertSQL)
        let state = document.state
        try statement.bindLeading(
            document.key, document.id.space, document.id.number, document.isStaged, document.lastAction,
            document.actions,
            document.bodyActions, state.conflicts.count, state.lead?.holder.text, state.lead?.offers.first?.to.text,
            state.encodedCore())
        let values = TicketColumns.values(of: state)
        for (index, value) in values.enumerated() { try bind(value, statement, at: index + 12) }
        try statement.run()
        document.isInTable = true
        document.storedFields = state.core
    }

    /// Writes what changed: the state always, of the typed columns only those with another value, so that the indexes
    /// of the others are left alone.
    static func update(_ document: LoadedDocument, _ connection: Connection) throws {
        guard let key = document.key else { preconditionFailure("a document without a row") }
        let changed = TicketColumns.changes(from: document.storedFields ?? FieldState(), to: document.state.core)
        let sets = changed.map { ", \(TicketColumns.all[$0.column].name) = ?" }.joined()
        let statement = try connection.cached(
            text: """
                UPDATE documents SET is_staged = ?, last_action = ?, actions = ?, body_actions = ?, conflicts = ?,
                    custodian = ?, offered_to = ?, core = ?\(sets) WHERE key = ?
                """)
        let state = document.state
        try statement.bindLeading(
            document.isStaged, document.lastAction, document.actions, document.bodyActions, state.conflicts.count,
            state.lead?.holder.text, state.lead?.offers.first?.to.text, state.encodedCore())
        for (offset, change) in changed.enumerated() { try bind(change.value, statement, at: offset + 9) }
        try statement.bind(key, at: changed.count + 9)
        try statement.run()
        document.storedFields = state.core
    }

    static func saveBodies(_ document: LoadedDocument, _ connection: Connection) throws {
        try connection.cached("INSERT OR REPLACE INTO document_bodies VALUES(?, ?, ?)").run(
            document.key, document.state.encodedFields(of: .casework), document.state.encodedFields(of: .personal))
    }

    private static func bind(_ value: Value?, _ statement: Statement, at index: Int) throws {
        switch value {
        case .none, .empty: try statement.bind(SQLNull(), at: index)
        case .integer(let number): try statement.bind(number, at: index)
        case .text(let text): try statement.bind(text, at: index)
        }
    }
}

extension Statement {
    /// Binds the first parameters; the rest follow one by one.
    func bindLeading<each Value: Bindable>(_ values: repeat each Value) throws {
        var index = 1
        for value in repeat each values {
            try bind(value, at: index)
            index += 1
        }
    }
}
