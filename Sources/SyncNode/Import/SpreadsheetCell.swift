/// Cells of a CSV that no spreadsheet takes for a formula (CSV injection, CWE-1236).
///
/// A cell that begins with `=`, `+`, `-`, `@`, their full-width forms, a tab or a line break gets a `'` in front, and so does one that
/// begins with quotes and one of those behind them: each cell has its own guarded form, and taking away one quote gives
/// it back. A file that is guarded says so by a column of its own, so that a `'` in anybody else's file is never taken away.
enum SpreadsheetCell {
    /// The column by which a file says that its cells are guarded; empty in every row.
    static let markColumn = "_guarded"

    /// The cell as it stands in a guarded file.
    static func guarded(_ cell: String) -> String { isActive(cell) ? "'" + cell : cell }

    /// What a cell of a guarded file means.
    static func plain(_ cell: String) -> String {
        cell.unicodeScalars.first == "'" && isActive(cell) ? String(cell.unicodeScalars.dropFirst()) : cell
    }

    /// True where what stands behind any quotes at the beginning could make a formula. Scalars are looked at: with a
    /// combining mark behind it `=` is another character and still a formula.
    private static func isActive(_ cell: String) -> Bool {
        switch cell.unicodeScalars.first(where: { $0 != "'" }) {
        case "=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠": true
        default: false
        }
    }
}
