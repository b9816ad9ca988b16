import Glibc

extension ImportProgress {
    /// Puts this in place of what the file at `path` held, durably: after a power cut there is the old or the new one.
    func save(to path: String) throws(ImportError) {
        let temporary = path + ".new"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw ImportError(reason: .unwritable(errno: errno), file: temporary) }
        var rest = encoded[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { throw failure(closing: descriptor, temporary) }
            rest = rest.dropFirst(count)
        }
        guard fsync(descriptor) == 0 else { throw failure(closing: descriptor, temporary) }
        close(descriptor)
        guard rename(temporary, path) == 0 else { throw ImportError(reason: .unwritable(errno: errno), file: path) }
        try synchronizeFolder(of: path)
    }

    private func failure(closing descriptor: Int32, _ file: String) -> ImportError {
        let error = ImportError(reason: .unwritable(errno: errno), file: file)
        close(descriptor)
        return error
    }

    /// A renamed file is durable only when its folder is.
    private func synchronizeFolder(of path: String) throws(ImportError) {
        let folder = FolderPath.parent(ofFile: path)
        let descriptor = open(folder.isEmpty ? "." : folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw ImportError(reason: .unwritable(errno: errno), file: path) }
        guard fsync(descriptor) == 0 else { throw failure(closing: descriptor, path) }
        close(descriptor)
    }
}
