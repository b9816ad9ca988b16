/// A result code of SQLite, primary or extended (https://sqlite.org/rescode.html).
///
/// An open struct, not an enum: a newer SQLite may answer with codes that this source has never seen. In a `switch`,
/// a primary code matches itself and each of its extended codes; an extended code matches itself alone.
public struct ResultCode: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
    public let rawValue: Int32

    public init(rawValue: Int32) { self.rawValue = rawValue }

    /// The low byte: the family that this code belongs to.
    public var primary: ResultCode { ResultCode(rawValue: rawValue & 0xff) }

    /// True for a code without an extension.
    public var isPrimary: Bool { self == primary }

    /// `pattern` is `code`, or is the primary code of it.
    public static func ~= (pattern: ResultCode, code: any Error) -> Bool {
        guard let error = code as? DatabaseError else { return false }
        return pattern ~= error.resultCode
    }

    /// `pattern` is `code`, or is the primary code of it.
    public static func ~= (pattern: ResultCode, code: ResultCode) -> Bool {
        pattern == code || (pattern.isPrimary && pattern == code.primary)
    }

    public var description: String { "\(stableName) (\(rawValue))" }
}

// The codes that our code or our tests name.
extension ResultCode {
    public static let ok = ResultCode(rawValue: 0)
    public static let error = ResultCode(rawValue: 1)
    public static let permission = ResultCode(rawValue: 3)
    public static let abort = ResultCode(rawValue: 4)
    public static let busy = ResultCode(rawValue: 5)
    public static let locked = ResultCode(rawValue: 6)
    public static let noMemory = ResultCode(rawValue: 7)
    public static let readOnly = ResultCode(rawValue: 8)
    public static let interrupt = ResultCode(rawValue: 9)
    public static let ioError = ResultCode(rawValue: 10)
    public static let corrupt = ResultCode(rawValue: 11)
    public static let full = ResultCode(rawValue: 13)
    public static let cannotOpen = ResultCode(rawValue: 14)
    public static let schema = ResultCode(rawValue: 17)
    public static let tooBig = ResultCode(rawValue: 18)
    public static let constraint = ResultCode(rawValue: 19)
    public static let mismatch = ResultCode(rawValue: 20)
    public static let misuse = ResultCode(rawValue: 21)
    public static let range = ResultCode(rawValue: 25)
    public static let notADatabase = ResultCode(rawValue: 26)
    public static let row = ResultCode(rawValue: 100)
    public static let done = ResultCode(rawValue: 101)

    public static let ioErrorWrite = ResultCode(rawValue: 10 | 3 << 8)
    public static let ioErrorSync = ResultCode(rawValue: 10 | 4 << 8)
    public static let ioErrorDirectorySync = ResultCode(rawValue: 10 | 5 << 8)
    /// The shared memory of the WAL could not grow: there was no room for it on the disk.
    public static let ioErrorSharedMemorySize = ResultCode(rawValue: 10 | 19 << 8)
    public static let ioErrorNoMemory = ResultCode(rawValue: 10 | 12 << 8)
    public static let constraintCheck = ResultCode(rawValue: 19 | 1 << 8)
    public static let constraintForeignKey = ResultCode(rawValue: 19 | 3 << 8)
    public static let constraintNotNull = ResultCode(rawValue: 19 | 5 << 8)
    public static let constraintPrimaryKey = ResultCode(rawValue: 19 | 6 << 8)
    public static let constraintUnique = ResultCode(rawValue: 19 | 8 << 8)
}

extension ResultCode {
    /// A stable word for messages, logs and problem documents; it never changes between versions.
    public var stableName: String {
        switch self {
        case .full, .ioErrorSharedMemorySize: "disk-full"
        case .readOnly: "read-only"
        case .busy, .locked: "locked"
        case .corrupt: "corrupt"
        case .notADatabase: "foreign-file"
        case .ioErrorSync, .ioErrorDirectorySync: "io-sync"
        case .noMemory, .ioErrorNoMemory: "no-memory"
        case .ioError: "io"
        case .cannotOpen: "cannot-open"
        case .permission: "permission"
        case .interrupt: "interrupted"
        case .constraint: "constraint"
        case .tooBig: "too-big"
        case .schema: "schema-changed"
        case .misuse, .range, .mismatch, .error, .abort: "sql"
        default: "database"
        }
    }

    /// What to do next, in one sentence.
    public var hint: String {
        switch self {
        case .full, .ioErrorSharedMemorySize: "Free space on the disk of the data folder; the node goes on by itself."
        case .readOnly:
            "Give the node's user write permission on the data folder and its files, or remount the disk writable."
        case .busy, .locked: "Another process holds the database; end it, and run only one node per data folder."
        case .corrupt:
            "Stop the node, keep a copy of the data folder, run `syncnode verify`, and repair from a peer or restore."
        case .notADatabase: "The file is not a database of this program; check the data folder's path."
        case .ioErrorSync, .ioErrorDirectorySync:
            "The disk could not make a write durable; check the disk and the kernel log, then start the node again."
        case .ioError: "The disk refused a read or write; check the disk, its cable or volume, and the kernel log."
        case .noMemory, .ioErrorNoMemory: "Give the node more memory."
        case .cannotOpen: "Check that the data folder exists and that the node's user may read and write it."
        case .permission: "Check the owner and mode of the data folder and its files."
        case .interrupt: "The query was stopped before it ended; ask for less at once."
        default: "This is a mistake of the program; report it with the code and the statement."
        }
    }
}
