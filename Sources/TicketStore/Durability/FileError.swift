import Glibc
import Platform

/// What the file system answered instead of success. It names the file, because a person has to go there.
public struct FileError: ExplainedError, Hashable {
    /// What was tried: `open`, `write`, `sync` …
    public let operation: String
    public let path: String
    /// The system's error number.
    public let systemError: Int32

    public init(_ operation: String, path: String, systemError: Int32 = errno) {
        self.operation = operation
        self.path = path
        self.systemError = systemError
    }

    public var code: String {
        switch systemError {
        case ENOSPC, EDQUOT, EFBIG: "store.disk-full"
        case EROFS, EACCES, EPERM: "store.read-only"
        case ENOENT: "store.missing-file"
        case EEXIST: "store.file-exists"
        case ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP: "store.bad-path"
        case EMFILE, ENFILE: "store.no-descriptors"
        default: operation == "sync" ? "store.io-sync" : "store.io"
        }
    }

    public var sentence: String {
        "The system could not \(operation) \(path): \(String(cString: strerror(systemError)))."
    }

    public var hint: String {
        switch systemError {
        case ENOSPC, EDQUOT, EFBIG: ResultCode.full.hint
        case EROFS, EACCES, EPERM: ResultCode.readOnly.hint
        case ENOENT: "Check the path of the data folder; `syncnode init` makes a new one."
        case EEXIST: "Choose another path; nothing is ever overwritten."
        case ENOTDIR, EISDIR, ENAMETOOLONG, ELOOP:
            "Check the path: a file stands where a folder should be, or the other way."
        case EMFILE, ENFILE:
            "Let the process open more files (ulimit -n, or LimitNOFILE= of its service), then start it again."
        default: ResultCode.ioError.hint
        }
    }
}
