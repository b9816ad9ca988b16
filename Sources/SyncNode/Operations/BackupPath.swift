import Glibc
import Platform
import TicketStore

/// Where a backup may go: anywhere but into the node's own data folder, where it could take the name of a file that the
/// store makes by itself (`tickets.sqlite-journal`), and would go with the folder that it is there to replace.
enum BackupPath {
    /// The file that `path` names, its folder without links and `..`: what is checked is what is written.
    ///
    /// - Parameter folder: the data folder; nil for a store in memory.
    /// - Throws: `BackupPathError`; `FileError` where there is no such folder.
    static func resolved(_ path: String, outside folder: String?) throws -> String {
        let name = path.split(separator: "/", omittingEmptySubsequences: false).last ?? ""
        guard path.hasPrefix("/"), !["", ".", ".."].contains(name) else { throw BackupPathError.notAFile }
        let parent = FolderPath.parent(ofFile: path)
        guard let found = realpath(parent, nil) else { throw FileError("find", path: parent) }
        defer { free(found) }
        let real = String(cString: found)
        if let folder, try lies(real, in: folder) { throw BackupPathError.inside }
        return (real == "/" ? "" : real) + "/" + name
    }

    /// Compares folders by what they are and not by name: one that is mounted a second time has two names.
    private static func lies(_ path: String, in folder: String) throws -> Bool {
        let own = try identity(folder)
        return try ([path] + FolderPath.enclosing(path)).contains { try identity($0) == own }
    }

    private static func identity(_ path: String) throws -> [UInt64] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw FileError("find", path: path) }
        return [UInt64(status.st_dev), UInt64(status.st_ino)]
    }
}

/// Why no backup is written to a path.
enum BackupPathError: ExplainedError {
    case notAFile
    case inside

    var code: String {
        switch self {
        case .notAFile: "control.backup-path"
        case .inside: "control.backup-inside"
        }
    }

    var sentence: String {
        switch self {
        case .notAFile: "The backup needs the absolute path of a file."
        case .inside: "The backup would lie in the data folder of the node."
        }
    }

    var hint: String {
        switch self {
        case .notAFile: "Name a file that does not exist yet."
        case .inside: "Name a file on another disk, or at least in another folder."
        }
    }
}
