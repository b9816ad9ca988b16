import SyncProtocol

/// A document as one transaction works on it: loaded once, merged, written once.
struct LoadedDocument {
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
    /// The typed columns as they are in the table; nil for a new row.
    var storedColumns: [Value?]?
    var isChanged = false
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
        var document = LoadedDocument(id: id)
        document.key = row.int64(0)
        document.isInTable = true
        document.isStaged = row.bool(1)
        document.lastAction = row.int64(2)
        document.actions = row.int(3)
        document.bodyActions = row.int(4)
        document.state = try DocumentState(core: row.bytes(5) ?? [], casework: nil, personal: nil)
        document.areBodiesLoaded = document.bodyActions == 0
        document.storedColumns = TicketColumns.values(of: document.state)
        return document
    }

    /// The folded fields of bodies; nil where there is no row of them.
    static func bodyFields(_ key: Int64, _ connection: Connection) throws -> ([UInt8], [UInt8])? {
        try connection.cached("SELECT casework, personal FROM document_bodies WHERE document = ?").first(key) {
            ($0.bytes(0) ?? [], $0.bytes(1) ?? [])
        }
    }

    static func insert(_ document: inout LoadedDocument, _ connection: Connection) throws {
        let names = TicketColumns.all.map { ", \($0.name)" }.joined()
        let marks = String(repeating: ", ?", count: TicketColumns.all.count)
        let statement = try connection.cached(
            text: """
                INSERT INTO documents(key, space, number, is_staged, last_action, actions, body_actions, conflicts, custodian,
                    offered_to, core\(names)) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?\(marks))
                """)
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
        document.storedColumns = values
    }

    /// Writes what changed: the state always, of the typed columns only those with another value, so that the indexes
    /// of the others are left alone.
    static func update(_ document: inout LoadedDocument, _ connection: Connection) throws {
        guard let key = document.key else { preconditionFailure("a document without a row") }
        let values = TicketColumns.values(of: document.state)
        let changed = values.indices.filter { document.storedColumns?[$0] != values[$0] }
        let sets = changed.map { ", \(TicketColumns.all[$0].name) = ?" }.joined()
        let statement = try connection.cached(
            text: """
                UPDATE documents SET is_staged = ?, last_action = ?, actions = ?, body_actions = ?, conflicts = ?,
                    custodian = ?, offered_to = ?, core = ?\(sets) WHERE key = ?
                """)
        let state = document.state
        try statement.bindLeading(
            document.isStaged, document.lastAction, document.actions, document.bodyActions, state.conflicts.count,
            state.lead?.holder.text, state.lead?.offers.first?.to.text, state.encodedCore())
        for (offset, index) in changed.enumerated() { try bind(values[index], statement, at: offset + 9) }
        try statement.bind(key, at: changed.count + 9)
        try statement.run()
        document.storedColumns = values
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
