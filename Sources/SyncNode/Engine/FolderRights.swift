import Glibc
import Platform

/// Who may look into a data folder. Its files hold customers' words, and the keys lie beside them: a node does not start
/// on a folder that other users of the machine can read or change.
enum FolderRights {
    /// Folders inside each other; ours has none, a spool of notices one.
    private static let depthMax = 8
    private static let forOthers: mode_t = 0o077

    /// Looks at the folder and at everything in it, without following links.
    ///
    /// - Throws: `OpenPermissionsError` for the first that is not the node's alone; `DataFolderError`.
    static func check(_ folder: String) throws {
        guard let found = try status(folder) else { throw DataFolderError(path: folder, systemError: ENOENT) }
        try check(".", found)
        try checkEntries(of: folder, under: "", depth: 0)
    }

    private static func checkEntries(of folder: String, under prefix: String, depth: Int) throws {
        guard depth < depthMax, let entries = opendir(folder) else {
            throw DataFolderError(path: folder, systemError: depth < depthMax ? errno : ELOOP)
        }
        defer { closedir(entries) }
        while let entry = readdir(entries) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) {
                $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            guard name != ".", name != ".." else { continue }
            guard let found = try status(folder + "/" + name) else { continue }
            try check(prefix + name, found)
            guard found.st_mode & S_IFMT == S_IFDIR else { continue }
            try checkEntries(of: folder + "/" + name, under: prefix + name + "/", depth: depth + 1)
        }
    }

    /// nil for what is not there any more: another node may be at work in the folder, which the lock will tell.
    private static func status(_ path: String) throws -> stat? {
        var found = stat()
        if lstat(path, &found) == 0 { return found }
        guard errno == ENOENT else { throw DataFolderError(path: path, systemError: errno) }
        return nil
    }

    private static func check(_ name: String, _ found: stat) throws {
        guard found.st_mode & S_IFMT != S_IFLNK else { throw OpenPermissionsError(name: name, fault: .link) }
        guard found.st_uid == geteuid() else { throw OpenPermissionsError(name: name, fault: .foreign(found.st_uid)) }
        guard found.st_mode & forOthers != 0 else { return }
        let isFolder = found.st_mode & S_IFMT == S_IFDIR
        throw OpenPermissionsError(name: name, fault: .open(mode: found.st_mode & 0o7777, isFolder: isFolder))
    }
}

/// Something of the data folder is not the node's alone.
struct OpenPermissionsError: ExplainedError {
    enum Fault: Hashable {
        case open(mode: mode_t, isFolder: Bool)
        /// Owned by this user.
        case foreign(uid_t)
        case link
    }

    /// Seen from the data folder; `.` for the folder itself.
    let name: String
    let fault: Fault

    var code: String { "node.open-permissions" }

    private var subject: String { name == "." ? "The data folder" : "\(DisplayText.safe(name)) in the data folder" }

    var sentence: String {
        switch fault {
        case .open(let mode, _): "\(subject) is open to other users of the machine (mode 0\(String(mode, radix: 8)))."
        case .foreign(let owner): "\(subject) belongs to another user (number \(owner)) than the node runs as."
        case .link: "\(subject) is a link to somewhere else."
        }
    }

    var hint: String {
        switch fault {
        case .open(_, let isFolder):
            // A name that a shell would read as more than a name is not made part of a command.
            let change = FolderRights.isPlain(name) ? "\(isFolder ? 700 : 600) \(name)" : "-R u=rwX,go= ."
            return "In the data folder run: chmod \(change)"
        case .foreign: return "Run the node as the owner of its folder, or give it the files: chown."
        case .link: return "Put the file or folder itself there, or name the real folder in the topology file."
        }
    }
}

extension FolderRights {
    /// True for a name that a shell takes as it stands.
    static func isPlain(_ name: String) -> Bool {
        !name.hasPrefix("-")
            && name.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"), UInt8(ascii: "_"),
                    UInt8(ascii: "/"):
                    true
                default: false
                }
            }
    }
}
