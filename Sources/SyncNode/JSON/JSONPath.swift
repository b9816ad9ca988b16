/// The way from the outermost value to one inside it, for people (`nodes[3].parent`) and for programs (RFC 6901).
struct JSONPath: Hashable, Sendable, CustomStringConvertible {
    private enum Step: Hashable, Sendable {
        case member(String)
        case index(Int)
    }

    private var steps: [Step] = []

    /// The outermost value.
    static let root = JSONPath()

    private static let nameColumnsMax = 40

    func member(_ name: String) -> JSONPath { appending(.member(name)) }
    func index(_ index: Int) -> JSONPath { appending(.index(index)) }

    /// `nodes[3].parent`. Names that are no plain words are quoted, made safe for a terminal and cut short.
    var description: String {
        guard !steps.isEmpty else { return "top level" }
        return steps.reduce(into: "") { text, step in
            switch step {
            case .index(let index): text += "[\(index)]"
            case .member(let name) where JSONPath.isPlain(name): text += text.isEmpty ? name : "." + name
            case .member(let name):
                text += "[\"\(DisplayText.fit(DisplayText.safe(name), columns: JSONPath.nameColumnsMax))\"]"
            }
        }
    }

    /// `/nodes/3/parent`, a JSON pointer; empty for the outermost value.
    var pointer: String {
        steps.reduce(into: "") { text, step in
            switch step {
            case .index(let index): text += "/\(index)"
            case .member(let name): text += "/" + JSONPath.escaped(name)
            }
        }
    }

    private func appending(_ step: Step) -> JSONPath {
        var path = self
        path.steps.append(step)
        return path
    }

    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && name.utf8.count <= nameColumnsMax
            && name.utf8.allSatisfy {
                switch $0 {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    private static func escaped(_ name: String) -> String {
        name.reduce(into: "") { text, character in
            switch character {
            case "~": text += "~0"
            case "/": text += "~1"
            default: text.append(character)
            }
        }
    }
}
