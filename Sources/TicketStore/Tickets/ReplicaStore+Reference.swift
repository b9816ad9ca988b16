import SyncProtocol
import TicketModel

/// The published items in their table, those too that only a newer program can read.
enum ReferenceRows {
    static func insert(_ document: LoadedDocument, _ connection: Connection) throws {
        func text(_ field: FieldID) -> String {
            guard case .text(let text)? = document.state.core.value(field) else { return "?" }
            return text
        }
        try connection.cached("INSERT OR IGNORE INTO reference_items VALUES(?, ?, ?, ?)").run(
            document.key, text(ReferenceField.kind), text(ReferenceField.name), text(ReferenceField.version))
    }

    /// Kind, name and version of the items whose kind this program does not know.
    static func ofUnknownKind(_ connection: Connection) throws -> [String] {
        let rows = try connection.cached("SELECT kind, name, version FROM reference_items ORDER BY kind, name, version")
            .all { row in (0..<3).map { row.string($0) ?? "" } }
        return rows.filter { ReferenceKind(rawValue: $0[0]) == nil }.map { $0.joined(separator: " ") }
    }

    /// By kind, name and version.
    static func all(_ connection: Connection) throws -> [ReferenceItem] {
        let keys = try connection.cached("SELECT document FROM reference_items ORDER BY kind, name, document")
            .all { $0.int64(0) }
        let items = try keys.compactMap { key -> ReferenceItem? in
            guard let document = try DocumentRows.load(key: key, connection) else { throw StoreError.damagedAction }
            return ReferenceItem(document.state.core)
        }
        return items.sorted { one, other in
            (one.kind.rawValue, one.name) == (other.kind.rawValue, other.name)
                ? ReferenceVersion.precedes(one.version, other.version)
                : (one.kind.rawValue, one.name) < (other.kind.rawValue, other.name)
        }
    }

    static func find(_ item: ReferenceItem, _ connection: Connection) throws -> LoadedDocument? {
        let key = try connection.cached(
            "SELECT document FROM reference_items WHERE kind = ? AND name = ? AND version = ? ORDER BY document LIMIT 1"
        ).integer(item.kind.rawValue, item.name, item.version)
        return try key.flatMap { try DocumentRows.load(key: $0, connection) }
    }
}

extension ReplicaStore {
    /// Every item that was published and has arrived here.
    public func references() throws -> [ReferenceItem] {
        try read { connection in try ReferenceRows.all(connection) }
    }

    /// Publishes an item to every node. The same item again changes nothing.
    ///
    /// - Returns: false where it was published already.
    /// - Throws: `StoreError.notHeadOffice`, `.versionPublished` where that version has another content, and what an
    ///   act can throw.
    @discardableResult
    public func publish(_ item: ReferenceItem, post: String) throws -> Bool {
        guard context.tier == .headOffice else { throw StoreError.notHeadOffice }
        return try write { transaction in
            if let known = try ReferenceRows.find(item, transaction.connection) {
                guard ReferenceItem(known.state.core) == item else { throw StoreError.versionPublished }
                return false
            }
            _ = try transaction.author(
                Draft(
                    document: nil, kind: ReferenceField.publishAct, post: post,
                    core: item.operations(headOffice: transaction.context.node)))
            return true
        }
    }
}
