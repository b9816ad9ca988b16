import CSQLite
import Platform

/// Whose database a file is (https://sqlite.org/fileformat.html#application_id).
public enum FileOwner: Hashable, Sendable {
    /// No table yet and no mark: free to become ours.
    case nobody
    /// Marked with an application's number, and that application's version of the schema.
    case application(id: Int32, schemaVersion: Int32)
    /// Tables, but no mark.
    case unmarked
}

/// A file in a database's place that may not be opened here.
public enum ForeignFileError: ExplainedError, Equatable {
    /// A database of another program, or with tables and no mark.
    case otherApplication(path: String)
    /// No SQLite file at all.
    case notADatabase(path: String)
    /// Nothing in it: a copy that was cut off.
    case empty(path: String)
    /// Ours, but written by a newer version of the program.
    case newerSchema(path: String, found: Int32, known: Int32)

    public var code: String {
        switch self {
        case .otherApplication, .notADatabase: "store.foreign-file"
        case .empty: "store.empty-file"
        case .newerSchema: "store.newer-schema"
        }
    }

    public var sentence: String {
        switch self {
        case .otherApplication(let path): "\(path) is a database of another program."
        case .notADatabase(let path): "\(path) is no SQLite database; another program wrote it, or it was overwritten."
        case .empty(let path): "\(path) is empty: a copy of the database was cut off, or something truncated it."
        case .newerSchema(let path, let found, let known):
            "\(path) was written by a newer version: its schema is \(found), this program knows up to \(known)."
        }
    }

    public var hint: String {
        switch self {
        case .otherApplication, .notADatabase: "Check the data folder's path; nothing in the file was changed."
        case .empty:
            "Put the database back, or remove the empty file and restore with `syncnode init --backup FILE`."
        case .newerSchema: "Install the newer version again, or restore a backup from before it."
        }
    }
}

extension Connection {
    /// Whose file this is.
    public func owner() throws -> FileOwner {
        let id = Int32(truncatingIfNeeded: try prepare("PRAGMA application_id").integer() ?? 0)
        let version = Int32(truncatingIfNeeded: try prepare("PRAGMA user_version").integer() ?? 0)
        if id != 0 { return .application(id: id, schemaVersion: version) }
        let isEmpty = try prepare("SELECT count(*) FROM sqlite_schema").integer() == 0
        return isEmpty && version == 0 ? .nobody : .unmarked
    }

    /// The schema version of a file of ours, 0 for a new one. Throws `ForeignFileError` for any other file.
    public func schemaVersion(applicationID: Int32, knownUpTo known: Int32, path: String) throws -> Int32 {
        switch try owner() {
        case .nobody: return 0
        case .application(applicationID, let version):
            guard version <= known else { throw ForeignFileError.newerSchema(path: path, found: version, known: known) }
            return version
        case .application, .unmarked: throw ForeignFileError.otherApplication(path: path)
        }
    }

    /// Marks the file as ours, inside the transaction that makes or changes the schema.
    public func mark(applicationID: Int32, schemaVersion: Int32) throws {
        try execute("PRAGMA application_id=\(applicationID); PRAGMA user_version=\(schemaVersion)")
    }
}

/// The version of the SQLite library in use, for example `3.40.1`.
public var sqliteVersion: String { String(cString: sqlite3_libversion()) }
