import CSQLite
import SyncProtocol

/// The current row of a statement; valid until its next step or reset. Columns count from 0.
///
/// Reading a column as another type than it has follows SQLite's conversions: NULL reads as 0 or as nothing.
public struct Row {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) { self.pointer = pointer }

    public func isNull(_ column: Int) -> Bool { sqlite3_column_type(pointer, Int32(column)) == SQLITE_NULL }

    public func int64(_ column: Int) -> Int64 { sqlite3_column_int64(pointer, Int32(column)) }

    public func int(_ column: Int) -> Int { Int(sqlite3_column_int64(pointer, Int32(column))) }

    public func bool(_ column: Int) -> Bool { sqlite3_column_int64(pointer, Int32(column)) != 0 }

    /// The inverse of binding a `UInt64`.
    public func uint64(_ column: Int) -> UInt64 { UInt64(bitPattern: sqlite3_column_int64(pointer, Int32(column))) }

    public func int64OrNil(_ column: Int) -> Int64? { isNull(column) ? nil : int64(column) }

    public func uint64OrNil(_ column: Int) -> UInt64? { isNull(column) ? nil : uint64(column) }

    /// Nil for NULL. Bytes that are not UTF-8 (damage) become replacement characters.
    public func string(_ column: Int) -> String? {
        guard let start = sqlite3_column_text(pointer, Int32(column)) else { return nil }
        let count = Int(sqlite3_column_bytes(pointer, Int32(column)))
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }

    /// Nil for NULL.
    public func bytes(_ column: Int) -> [UInt8]? {
        isNull(column) ? nil : withBlob(column) { [UInt8]($0) }
    }

    /// The column's bytes in place, empty for NULL. They are valid inside `body` only.
    public func withBlob<Result>(_ column: Int, _ body: (UnsafeRawBufferPointer) throws -> Result) rethrows -> Result {
        let start = sqlite3_column_blob(pointer, Int32(column))
        let count = Int(sqlite3_column_bytes(pointer, Int32(column)))
        return try body(UnsafeRawBufferPointer(start: start, count: start == nil ? 0 : count))
    }

    /// A blob of 32 bytes. Throws `corrupt` for NULL or any other length: only damage makes that.
    public func digest(_ column: Int) throws -> Digest {
        guard let digest = digestOrNil(column) else {
            throw DatabaseError(
                .corrupt, message: "column \(column) is not a hash of \(Digest.byteCount) bytes",
                sql: sqlite3_sql(pointer).map { String(cString: $0) })
        }
        return digest
    }

    /// A blob of 32 bytes; nil for anything else.
    public func digestOrNil(_ column: Int) -> Digest? {
        withBlob(column) { blob in
            guard blob.count == Digest.byteCount else { return nil }
            func word(_ index: Int) -> UInt64 {
                UInt64(bigEndian: blob.loadUnaligned(fromByteOffset: 8 * index, as: UInt64.self))
            }
            return Digest(words: (word(0), word(1), word(2), word(3)))
        }
    }
}

@available(*, unavailable, message: "A row belongs to its statement.")
extension Row: Sendable {}
