import Glibc

/// Paths of folders, compared as text: the folders need not exist.
enum FolderPath {
    /// `path` seen from `base`: absolute paths stay as they are.
    static func resolve(_ path: String, from base: String) -> String {
        normalise(path.hasPrefix("/") || base.isEmpty ? path : base + "/" + path)
    }

    /// `path` seen from the folder that this process works in; as it stands where that folder is gone.
    static func absolute(_ path: String) -> String {
        guard let current = getcwd(nil, 0) else { return path }
        defer { free(current) }
        return resolve(path, from: String(cString: current))
    }

    /// Without `.`, doubled or final slashes, and with `..` resolved. `.` for the current folder itself.
    static func normalise(_ path: String) -> String {
        let isAbsolute = path.hasPrefix("/")
        var parts: [Substring] = []
        for part in path.split(separator: "/") where part != "." {
            if part == "..", let last = parts.last, last != ".." {
                parts.removeLast()
            } else if part != ".." || !isAbsolute {
                parts.append(part)
            }
        }
        let joined = parts.joined(separator: "/")
        if isAbsolute { return "/" + joined }
        return joined.isEmpty ? "." : joined
    }

    /// Every folder that the normalised `path` lies in, nearest first, itself left out.
    static func enclosing(_ path: String) -> [String] {
        var folders: [String] = []
        var rest = path[...]
        while let slash = rest.lastIndex(of: "/"), slash > rest.startIndex {
            rest = rest[..<slash]
            folders.append(String(rest))
        }
        return folders
    }

    /// The folder of a file: empty for the current one.
    static func parent(ofFile file: String) -> String {
        guard let slash = file.lastIndex(of: "/") else { return "" }
        return slash == file.startIndex ? "/" : String(file[..<slash])
    }
}
