import Glibc

/// Where a node's files are. All lie in the data folder.
public struct StorePaths: Hashable, Sendable {
    public let folder: String

    public init(folder: String) { self.folder = folder }

    public var database: String { folder + "/tickets.sqlite" }
    public var witness: String { folder + "/witness" }
    public var lock: String { folder + "/lock" }
    /// The full-text index: in no backup, rebuilt where it is missing.
    public var search: String { folder + "/search.sqlite" }

    /// True where a store was created here.
    public var hasDatabase: Bool { access(database, F_OK) == 0 }
}
