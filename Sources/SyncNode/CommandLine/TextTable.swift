/// Rows under headings, aligned by what characters take on the screen rather than by how many there are.
struct TextTable {
    enum Alignment: Sendable {
        case left
        case right
    }

    struct Column: Sendable {
        var title: String
        var alignment: Alignment
        /// Wider cells are cut off with `…`.
        var columnsMax: Int

        init(_ title: String, _ alignment: Alignment = .left, columnsMax: Int = 60) {
            self.title = title
            self.alignment = alignment
            self.columnsMax = columnsMax
        }
    }

    private let columns: [Column]
    private var rows: [[String]] = []

    init(_ columns: [Column]) { self.columns = columns }

    /// One cell a column. Cells are made safe for a terminal here.
    mutating func add(_ cells: [String]) {
        precondition(cells.count == columns.count, "a row has one cell a column")
        rows.append(zip(cells, columns).map { DisplayText.fit(DisplayText.safe($0), columns: $1.columnsMax) })
    }

    /// The headings and the rows, without blanks at line ends.
    var lines: [String] {
        let all = [columns.map(\.title)] + rows
        let widths = columns.indices.map { index in all.reduce(0) { max($0, DisplayText.width($1[index])) } }
        return all.map { line($0, widths) }
    }

    /// Prints the table, and says so where it has no rows.
    func show(on console: Console) {
        for line in lines { console.print(line) }
        if rows.isEmpty { console.print("无 none") }
    }

    private func line(_ cells: [String], _ widths: [Int]) -> String {
        var text = ""
        for (index, cell) in cells.enumerated() {
            if index > 0 { text += "  " }
            let blanks = String(repeating: " ", count: widths[index] - DisplayText.width(cell))
            text += columns[index].alignment == .left ? cell + blanks : blanks + cell
        }
        while text.hasSuffix(" ") { text.removeLast() }
        return text
    }
}
