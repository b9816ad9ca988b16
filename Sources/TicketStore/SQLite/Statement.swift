import CSQLite

/// One compiled SQL statement, used by the thread that uses its connection.
///
/// Three ways to use it, shortest first:
/// - `try statement.run(a, b)`: binds, runs to the end, resets.
/// - `try statement.forEach(a) { row in … }` or `first(a) { row in … }`: each row in turn; always reset afterwards.
/// - `bind`, then `step()` until it answers false. A statement left in the middle keeps its read transaction open:
///   reset it, or let the end of the surrounding `transaction` or pool `read` do so.
///
/// Bindings are never kept from one run to the next: every `bind` names all parameters.
public final class Statement {
    let pointer: OpaquePointer
    let parameterCount: Int32
    /// Rows of the current run are numbered for the caller by their columns, from 0.
    public let columnCount: Int

    init(_ pointer: OpaquePointer) {
        self.pointer = pointer
        parameterCount = sqlite3_bind_parameter_count(pointer)
        columnCount = Int(sqlite3_column_count(pointer))
    }

    deinit { sqlite3_finalize(pointer) }

    /// The statement's text, without values.
    public var sql: String { sqlite3_sql(pointer).map { String(cString: $0) } ?? "" }

    /// True between the first row and the end or reset.
    public var isBusy: Bool { sqlite3_stmt_busy(pointer) != 0 }

    /// Binds all parameters in order, after a reset. A wrong number of values is a mistake of the caller.
    public func bind<each Value: Bindable>(_ values: repeat each Value) throws {
        reset()
        var index: Int32 = 0
        for value in repeat each values {
            index += 1
            try check(value.bind(to: StatementHandle(pointer: pointer), at: index))
        }
        precondition(index == parameterCount, "\(index) values for \(parameterCount) parameters")
    }

    /// Binds one parameter, from 1. Call `reset` first when the statement may be in the middle of a run.
    public func bind(_ value: some Bindable, at index: Int) throws {
        precondition((1...Int(parameterCount)).contains(index))
        try check(value.bind(to: StatementHandle(pointer: pointer), at: Int32(index)))
    }

    /// Advances to the next row: true when there is one; false at the end, when the statement has been reset.
    public func step() throws -> Bool {
        switch sqlite3_step(pointer) {
        case SQLITE_ROW: return true
        case SQLITE_DONE:
            reset()
            return false
        case let status:
            let error = DatabaseError.running(pointer, status)
            reset()
            throw error
        }
    }

    /// Back to the start. Bindings stay until the next `bind`; those of `UnsafeRawBufferPointer` must not be run again.
    public func reset() { sqlite3_reset(pointer) }

    /// Runs to the end with the bindings there are, ignoring rows.
    public func run() throws {
        while try step() {}
    }

    /// Binds all parameters and runs to the end, ignoring rows.
    public func run<each Value: Bindable>(_ values: repeat each Value) throws {
        try bind(repeat each values)
        while try step() {}
    }

    /// Binds all parameters and hands over each row. The row is valid inside `body` only.
    public func forEach<each Value: Bindable>(_ values: repeat each Value, body: (Row) throws -> Void) throws {
        try bind(repeat each values)
        defer { reset() }
        while try step() { try body(Row(pointer)) }
    }

    /// Binds all parameters and maps the first row; nil where there is none.
    public func first<each Value: Bindable, Result>(
        _ values: repeat each Value, body: (Row) throws -> Result
    ) throws -> Result? {
        try bind(repeat each values)
        defer { reset() }
        return try step() ? body(Row(pointer)) : nil
    }

    /// Binds all parameters and maps every row.
    public func all<each Value: Bindable, Result>(
        _ values: repeat each Value, body: (Row) throws -> Result
    ) throws -> [Result] {
        var results: [Result] = []
        try forEach(repeat each values) { results.append(try body($0)) }
        return results
    }

    /// The first column of the first row as a number; nil where there is no row or it is NULL.
    public func integer<each Value: Bindable>(_ values: repeat each Value) throws -> Int64? {
        try first(repeat each values) { $0.isNull(0) ? nil : $0.int64(0) } ?? nil
    }

    /// True when there is at least one row.
    public func exists<each Value: Bindable>(_ values: repeat each Value) throws -> Bool {
        try first(repeat each values) { _ in true } ?? false
    }

    /// The row that `step()` stopped at.
    public var row: Row { Row(pointer) }

    private func check(_ status: Int32) throws {
        guard status != SQLITE_OK else { return }
        throw DatabaseError.running(pointer, status)
    }
}

@available(*, unavailable, message: "A statement belongs to its connection.")
extension Statement: Sendable {}
