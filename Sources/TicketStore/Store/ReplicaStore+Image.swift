import CSQLite
import Platform
import SyncProtocol

extension ReplicaStore {
    /// The whole database as bytes: what a simulated disk keeps, and what a simulated backup copies.
    public func image() throws -> [UInt8] { try executor.perform { try $0.image() } }

    /// A simulated process start: a store in memory over a copy of `image`, with what the witness file says.
    public static func inMemory(
        image: [UInt8], witness: (any Witness)?, lastWitnessed: WitnessRecord?, _ context: StoreContext
    ) throws -> ReplicaStore {
        let connection = try Connection(path: "", mode: .memory)
        if !image.isEmpty { try connection.load(image: image) }
        return try inline(connection, witness: witness, lastWitnessed: lastWitnessed, context)
    }
}

extension Connection {
    fileprivate func image() throws -> [UInt8] {
        var size: sqlite3_int64 = 0
        guard let bytes = sqlite3_serialize(db, "main", &size, 0) else {
            throw DatabaseError(.cannotOpen, message: "the database could not be copied into memory")
        }
        defer { sqlite3_free(bytes) }
        return Array(UnsafeBufferPointer(start: bytes, count: Int(size)))
    }

    /// Takes over a copy of the image; SQLite frees it with the connection.
    fileprivate func load(image: [UInt8]) throws {
        let size = sqlite3_int64(image.count)
        guard let raw = sqlite3_malloc64(sqlite3_uint64(image.count)) else {
            throw DatabaseError(.cannotOpen, message: "no memory for a database image")
        }
        let copy = raw.assumingMemoryBound(to: UInt8.self)
        image.withUnsafeBufferPointer { source in
            if let start = source.baseAddress { copy.update(from: start, count: source.count) }
        }
        let flags = UInt32(SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE)
        guard sqlite3_deserialize(db, "main", copy, size, size, flags) == SQLITE_OK else {
            throw DatabaseError(.cannotOpen, message: "the database image cannot be opened")
        }
    }
}
