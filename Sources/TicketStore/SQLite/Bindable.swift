import CSQLite
import SyncProtocol

/// A value that can stand for a `?` of a statement.
///
/// Text and byte arrays are copied by SQLite at the call; an `UnsafeRawBufferPointer` is read in place, so it must
/// stay valid until the statement has been run or reset: use it inside `withUnsafeBytes` for large blobs.
public protocol Bindable {
    /// Binds the value to parameter `index` (from 1) and returns SQLite's result code.
    func bind(to statement: StatementHandle, at index: Int32) -> Int32
}

/// SQLite's handle of a compiled statement, opaque outside this folder.
public struct StatementHandle {
    let pointer: OpaquePointer
}

/// SQL NULL, where no optional is at hand.
public struct SQLNull: Bindable {
    public init() {}
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_null(statement.pointer, index)
    }
}

extension Optional: Bindable where Wrapped: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        switch self {
        case .some(let value): value.bind(to: statement, at: index)
        case .none: sqlite3_bind_null(statement.pointer, index)
        }
    }
}

extension Int64: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, self)
    }
}

extension Int: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, Int64(self))
    }
}

extension UInt64: Bindable {
    /// Stored as its bit pattern: equality works, SQL's `<` sees values of 2⁶³ and above as negative.
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, Int64(bitPattern: self))
    }
}

extension UInt8: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, Int64(self))
    }
}

extension Int32: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, Int64(self))
    }
}

extension UInt32: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, Int64(self))
    }
}

extension Bool: Bindable {
    /// Stored as 1 or 0.
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        sqlite3_bind_int64(statement.pointer, index, self ? 1 : 0)
    }
}

extension String: Bindable {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        var text = self
        return text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { bytes in
                guard let start = bytes.baseAddress else {
                    return shim_sqlite3_bind_text_copy(statement.pointer, index, "", 0)
                }
                return shim_sqlite3_bind_text_copy(statement.pointer, index, start, UInt64(bytes.count))
            }
        }
    }
}

extension UnsafeRawBufferPointer: Bindable {
    /// Not copied: the bytes must stay valid until the statement has been run or reset.
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        guard let baseAddress else { return sqlite3_bind_zeroblob(statement.pointer, index, 0) }
        return shim_sqlite3_bind_blob_static(statement.pointer, index, baseAddress, UInt64(count))
    }

    fileprivate func bindCopy(to statement: StatementHandle, at index: Int32) -> Int32 {
        guard let baseAddress else { return sqlite3_bind_zeroblob(statement.pointer, index, 0) }
        return shim_sqlite3_bind_blob_copy(statement.pointer, index, baseAddress, UInt64(count))
    }
}

extension Array: Bindable where Element == UInt8 {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        withUnsafeBytes { $0.bindCopy(to: statement, at: index) }
    }
}

extension ArraySlice: Bindable where Element == UInt8 {
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        withUnsafeBytes { $0.bindCopy(to: statement, at: index) }
    }
}

extension Digest: Bindable {
    /// A blob of 32 bytes.
    public func bind(to statement: StatementHandle, at index: Int32) -> Int32 {
        let bigEndian = (words.0.bigEndian, words.1.bigEndian, words.2.bigEndian, words.3.bigEndian)
        return withUnsafeBytes(of: bigEndian) { $0.bindCopy(to: statement, at: index) }
    }
}
