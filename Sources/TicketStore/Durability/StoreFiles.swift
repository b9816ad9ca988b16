import Glibc
import Platform
import SyncProtocol

/// The files of a data folder before they are opened: what they are, and how they come into being.
enum StoreFiles {
    private static let magic = Array("SQLite format 3\0".utf8)
    private static let headerBytes = 100
    private static let applicationIDOffset = 68

    /// Reads the header of a database (https://sqlite.org/fileformat.html#the_database_header) without SQLite, which would
    /// change a file of another program by opening it for writing.
    ///
    /// - Throws: `ForeignFileError`, `FileError`.
    static func check(_ path: String) throws {
        let file = try FileDescriptor(path: path, flags: O_RDONLY)
        let header = try file.read(headerBytes, at: 0)
        guard !header.isEmpty else { throw ForeignFileError.empty(path: path) }
        guard header.count == headerBytes, header.starts(with: magic) else {
            throw ForeignFileError.notADatabase(path: path)
        }
        let id = header[applicationIDOffset..<applicationIDOffset + 4].reduce(Int64(0)) { $0 << 8 | Int64($1) }
        guard id == StoreSchema.applicationID else { throw ForeignFileError.otherApplication(path: path) }
    }

    /// True where a witness tells of acknowledged acts.
    static func witnessesWork(_ paths: StorePaths) throws -> Bool {
        guard access(paths.witness, F_OK) == 0 else { return false }
        return try WitnessFile.open(path: paths.witness).record.sequence > 0
    }

    /// The witness beside a database that is there.
    static func openWitness(_ paths: StorePaths) throws -> WitnessFile {
        guard access(paths.witness, F_OK) == 0 else { throw WitnessError.missing(path: paths.witness) }
        return try WitnessFile.open(path: paths.witness)
    }

    /// A new witness that tells of nothing; takes the place of one that an interrupted beginning left. It gets its name
    /// when it is whole, so that a full disk leaves no half of one.
    static func makeWitness(_ paths: StorePaths) throws {
        let unfinished = paths.witness + ".unfinished"
        try removeFile(unfinished)
        try WitnessFile.create(
            path: unfinished, record: WitnessRecord(incarnation: Incarnation(rawValue: 0), sequence: 0, hash: .zero))
        guard rename(unfinished, paths.witness) == 0 else { throw FileError("make", path: paths.witness) }
        try syncDirectory(paths.folder)
    }

    /// The name of a database that is being made; what an interrupted beginning left of it goes.
    static func unfinished(_ paths: StorePaths) throws -> String {
        let path = paths.database + ".unfinished"
        for suffix in ["", "-wal", "-shm"] { try removeFile(path + suffix) }
        return path
    }

    /// Which files the paths of an open store name. Whoever removes or replaces one of them under a running node would
    /// let it acknowledge work into a file that nobody finds again.
    struct Identity: Sendable {
        let folder: String
        private let files: [(path: String, device: dev_t, number: ino_t)]

        /// - Throws: `FileError`.
        init(_ paths: StorePaths) throws {
            folder = paths.folder
            files = try [paths.database, paths.witness].map { path in
                guard let (device, number) = Identity.look(path) else { throw FileError("find", path: path) }
                return (path, device, number)
            }
        }

        /// - Throws: `StoreError.filesReplaced`.
        func check() throws {
            for file in files {
                guard let (device, number) = Identity.look(file.path), device == file.device, number == file.number
                else { throw StoreError.filesReplaced(path: file.path) }
            }
        }

        private static func look(_ path: String) -> (dev_t, ino_t)? {
            var status = stat()
            return stat(path, &status) == 0 ? (status.st_dev, status.st_ino) : nil
        }
    }

    /// Gives the database its own name, durably.
    static func finish(_ unfinished: String, _ paths: StorePaths) throws {
        guard rename(unfinished, paths.database) == 0 else { throw FileError("make", path: paths.database) }
        try syncDirectory(paths.folder)
    }
}
