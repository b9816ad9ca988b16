/// A text put together from columns: `{Product}: {Issue}`. Braces that stand for themselves are doubled.
///
/// It has one line or more. A line that names columns is left out of a row in which all of them are empty.
struct ImportTemplate: Hashable, Sendable {
    enum Piece: Hashable, Sendable {
        case literal(String)
        case column(String)
    }

    /// Why a text is no template.
    enum Mistake: Error, Hashable, Sendable {
        case unclosedBrace
        case strayBrace
        case emptyName
    }

    let lines: [[Piece]]
    /// Stands between the lines.
    let separator: String

    init(lines: [[Piece]], separator: String) {
        self.lines = lines
        self.separator = separator
    }

    /// The names of all columns that it needs, as often as they stand.
    var columns: [String] {
        lines.joined().compactMap { piece in
            guard case .column(let name) = piece else { return nil }
            return name
        }
    }

    /// The text for one row; empty where all columns are.
    func fill(_ value: (String) -> String) -> String {
        lines.compactMap { fill($0, value) }.joined(separator: separator)
    }

    private func fill(_ line: [Piece], _ value: (String) -> String) -> String? {
        var text = ""
        var columns = 0
        var filled = 0
        for piece in line {
            switch piece {
            case .literal(let literal): text += literal
            case .column(let name):
                let content = value(name)
                columns += 1
                filled += content.isEmpty ? 0 : 1
                text += content
            }
        }
        return columns > 0 && filled == 0 ? nil : text
    }

    static func parse(line: String) throws(Mistake) -> [Piece] {
        var pieces: [Piece] = []
        var literal = ""
        var rest = line[...]
        while let character = rest.popFirst() {
            switch character {
            case "{" where rest.first == "{", "}" where rest.first == "}":
                rest.removeFirst()
                literal.append(character)
            case "{":
                guard let end = rest.firstIndex(of: "}") else { throw .unclosedBrace }
                guard end > rest.startIndex else { throw .emptyName }
                if !literal.isEmpty { pieces.append(.literal(literal)) }
                literal = ""
                pieces.append(.column(String(rest[..<end])))
                rest = rest[rest.index(after: end)...]
            case "}": throw .strayBrace
            default: literal.append(character)
            }
        }
        if !literal.isEmpty { pieces.append(.literal(literal)) }
        return pieces
    }
}
