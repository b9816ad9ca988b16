import Glibc

/// Writes a backup under a name that tells it is not finished, and gives it its own name when it is whole and durable:
/// a crash in the middle leaves nothing that looks like a backup. Never replaces a file (`store.file-exists`).
///
/// - Parameter copy: writes the database to the path it is given, an empty file of mode 0600.
func writeBackup(to path: String, copy: (String) throws -> Void) throws {
    // Told before the long copy; `link` below is what makes it certain.
    guard access(path, F_OK) != 0 else { throw FileError("make", path: path, systemError: EEXIST) }
    let unfinished = path + ".unfinished"
    do {
        // Left by a crash: an unfinished file was never a backup. Anything but "not there" shows at the next step.
        unlink(unfinished)
        let file = try FileDescriptor(path: unfinished, flags: O_RDWR | O_CREAT | O_EXCL)
        try copy(unfinished)
        try file.sync()
        // Unlike `rename`, `link` refuses a name that somebody took meanwhile.
        guard link(unfinished, path) == 0 else { throw FileError("make", path: path) }
    } catch {
        unlink(unfinished)
        throw error
    }
    guard unlink(unfinished) == 0 else { throw FileError("remove", path: unfinished) }
    try syncDirectory(parentDirectory(of: path))
}

extension Connection {
    /// Writes a compact copy of the present snapshot to an empty file (https://sqlite.org/lang_vacuum.html#vacuuminto).
    func vacuum(into path: String) throws {
        guard mode == .readOnly else { return try prepare("VACUUM INTO ?").run(path) }
        // The file itself is open for reading only; `query_only` would forbid writing the copy too.
        try execute("PRAGMA query_only=OFF")
        do {
            try prepare("VACUUM INTO ?").run(path)
        } catch {
            try execute("PRAGMA query_only=ON")
            throw error
        }
        try execute("PRAGMA query_only=ON")
    }
}
