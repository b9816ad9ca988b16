import CSQLite

/// SQLite allocates one of these for each open file, with the real file behind it in the same block.
private struct FaultFile {
    var base: sqlite3_file
    /// The disk, unretained: a disk lives as long as the process, see `registerFileSystem`.
    var disk: UnsafeRawPointer?
    /// The name that SQLite gave, which it keeps valid until the file is closed.
    var name: UnsafePointer<CChar>?
}

private let realFileOffset = (MemoryLayout<FaultFile>.size + 15) & ~15

private func fault(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<FaultFile> {
    UnsafeMutableRawPointer(file).assumingMemoryBound(to: FaultFile.self)
}

private func real(_ file: UnsafeMutablePointer<sqlite3_file>) -> UnsafeMutablePointer<sqlite3_file> {
    (UnsafeMutableRawPointer(file) + realFileOffset).assumingMemoryBound(to: sqlite3_file.self)
}

private func disk(of file: UnsafeMutablePointer<sqlite3_file>) -> FaultDisk {
    guard let pointer = fault(file).pointee.disk else { preconditionFailure("a file without a disk") }
    return Unmanaged<FaultDisk>.fromOpaque(pointer).takeUnretainedValue()
}

private func name(of file: UnsafeMutablePointer<sqlite3_file>) -> String {
    fault(file).pointee.name.map { String(cString: $0) } ?? ""
}

private func realSystem() -> UnsafeMutablePointer<sqlite3_vfs> {
    guard let system = sqlite3_vfs_find("unix") else { preconditionFailure("SQLite has no unix file system") }
    return system
}

/// Makes SQLite know the disk under its name, for the life of the process: SQLite keeps pointers to what is registered,
/// so these few allocations are never freed.
func registerFileSystem(name: String, disk: FaultDisk) {
    let system = UnsafeMutablePointer<sqlite3_vfs>.allocate(capacity: 1)
    var value = realSystem().pointee
    value.pNext = nil
    value.iVersion = 1
    value.szOsFile = Int32(realFileOffset) + realSystem().pointee.szOsFile
    value.zName = UnsafePointer(copy(name))
    value.pAppData = Unmanaged.passRetained(disk).toOpaque()
    value.xOpen = openFile
    value.xDelete = deleteFile
    system.initialize(to: value)
    let status = sqlite3_vfs_register(system, 0)
    precondition(status == SQLITE_OK)
}

private func copy(_ text: String) -> UnsafeMutablePointer<CChar> {
    let bytes = text.utf8CString
    let memory = UnsafeMutablePointer<CChar>.allocate(capacity: bytes.count)
    for (index, byte) in bytes.enumerated() { memory[index] = byte }
    return memory
}

private func disk(of system: UnsafeMutablePointer<sqlite3_vfs>?) -> FaultDisk {
    guard let data = system?.pointee.pAppData else { preconditionFailure("a file system without a disk") }
    return Unmanaged<FaultDisk>.fromOpaque(data).takeUnretainedValue()
}

private func openFile(
    _ system: UnsafeMutablePointer<sqlite3_vfs>?, _ name: sqlite3_filename?,
    _ file: UnsafeMutablePointer<sqlite3_file>?,
    _ flags: Int32, _ outFlags: UnsafeMutablePointer<Int32>?
) -> Int32 {
    guard let system, let file else { return SQLITE_MISUSE }
    file.pointee.pMethods = nil
    let failure = disk(of: system).check(.open)
    guard failure == SQLITE_OK else { return failure }
    var flags = flags
    if disk(of: system).isReadOnly, flags & SQLITE_OPEN_MAIN_DB != 0 {
        flags &= ~(SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE)
        flags |= SQLITE_OPEN_READONLY
    }
    let status = realSystem().pointee.xOpen(realSystem(), name, real(file), flags, outFlags)
    guard status == SQLITE_OK else { return status }
    fault(file).pointee.disk = UnsafeRawPointer(system.pointee.pAppData)
    fault(file).pointee.name = name
    file.pointee.pMethods = UnsafePointer(methods())
    return SQLITE_OK
}

private func deleteFile(
    _ system: UnsafeMutablePointer<sqlite3_vfs>?, _ name: UnsafePointer<CChar>?, _ syncDirectory: Int32
) -> Int32 {
    let failure = disk(of: system).check(.delete)
    return failure == SQLITE_OK ? realSystem().pointee.xDelete(realSystem(), name, syncDirectory) : failure
}

/// One table for each open file, small and never freed: tests only.
private func methods() -> UnsafeMutablePointer<sqlite3_io_methods> {
    let methods = UnsafeMutablePointer<sqlite3_io_methods>.allocate(capacity: 1)
    var value = sqlite3_io_methods()
    value.iVersion = 2
    value.xClose = { file in file.map { real($0).pointee.pMethods.pointee.xClose(real($0)) } ?? SQLITE_MISUSE }
    value.xRead = { file, bytes, count, offset in
        guard let file else { return SQLITE_MISUSE }
        let failure = disk(of: file).check(.read)
        guard failure == SQLITE_OK else { return failure }
        return real(file).pointee.pMethods.pointee.xRead(real(file), bytes, count, offset)
    }
    value.xWrite = { file, bytes, count, offset in
        guard let file else { return SQLITE_MISUSE }
        let failure = disk(of: file).check(.write)
        guard failure == SQLITE_OK else { return failure }
        let copy = Array(UnsafeRawBufferPointer(start: bytes, count: Int(count)))
        disk(of: file).note(.write(file: name(of: file), offset: Int(offset), bytes: copy))
        return real(file).pointee.pMethods.pointee.xWrite(real(file), bytes, count, offset)
    }
    value.xTruncate = { file, size in
        guard let file else { return SQLITE_MISUSE }
        let failure = disk(of: file).check(.truncate)
        guard failure == SQLITE_OK else { return failure }
        disk(of: file).note(.truncate(file: name(of: file), size: Int(size)))
        return real(file).pointee.pMethods.pointee.xTruncate(real(file), size)
    }
    value.xSync = { file, _ in
        guard let file else { return SQLITE_MISUSE }
        let failure = disk(of: file).check(.sync)
        guard failure == SQLITE_OK else { return failure }
        disk(of: file).note(.sync(file: name(of: file)))
        return SQLITE_OK
    }
    value.xFileSize = { file, size in
        file.map { real($0).pointee.pMethods.pointee.xFileSize(real($0), size) } ?? SQLITE_MISUSE
    }
    value.xLock = { file, level in
        file.map { real($0).pointee.pMethods.pointee.xLock(real($0), level) } ?? SQLITE_MISUSE
    }
    value.xUnlock = { file, level in
        file.map { real($0).pointee.pMethods.pointee.xUnlock(real($0), level) } ?? SQLITE_MISUSE
    }
    value.xCheckReservedLock = { file, result in
        file.map { real($0).pointee.pMethods.pointee.xCheckReservedLock(real($0), result) } ?? SQLITE_MISUSE
    }
    value.xFileControl = { file, operation, argument in
        file.map { real($0).pointee.pMethods.pointee.xFileControl(real($0), operation, argument) } ?? SQLITE_MISUSE
    }
    value.xSectorSize = { file in file.map { real($0).pointee.pMethods.pointee.xSectorSize(real($0)) } ?? 0 }
    value.xDeviceCharacteristics = { file in
        file.map { real($0).pointee.pMethods.pointee.xDeviceCharacteristics(real($0)) } ?? 0
    }
    value.xShmMap = { file, region, size, extend, memory in
        file.map { real($0).pointee.pMethods.pointee.xShmMap(real($0), region, size, extend, memory) } ?? SQLITE_MISUSE
    }
    value.xShmLock = { file, offset, count, flags in
        file.map { real($0).pointee.pMethods.pointee.xShmLock(real($0), offset, count, flags) } ?? SQLITE_MISUSE
    }
    value.xShmBarrier = { file in
        if let file { real(file).pointee.pMethods.pointee.xShmBarrier(real(file)) }
    }
    value.xShmUnmap = { file, delete in
        file.map { real($0).pointee.pMethods.pointee.xShmUnmap(real($0), delete) } ?? SQLITE_MISUSE
    }
    methods.initialize(to: value)
    return methods
}
