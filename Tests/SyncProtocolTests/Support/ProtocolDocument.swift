/// PROTOCOL.md, and the hexadecimal blocks in it: a fence with the word `hex` and the example's name.
struct ProtocolDocument {
    var text: String

    static let path: String = {
        var parts = #filePath.split(separator: "/", omittingEmptySubsequences: false)
        parts.removeLast(4)
        return parts.joined(separator: "/") + "/PROTOCOL.md"
    }()

    init?() {
        guard let text = readText(ProtocolDocument.path) else { return nil }
        self.text = text
    }

    private static func opening(_ name: String) -> String { "```hex \(name)" }

    /// The bytes of one block; nil where there is none, or where it holds anything but digits and blanks.
    func bytes(of name: String) -> [UInt8]? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0 == ProtocolDocument.opening(name) }) else { return nil }
        var digits: [Int] = []
        for line in lines[(first + 1)...] {
            if line == "```" { break }
            for character in line where character != " " {
                guard let digit = character.hexDigitValue else { return nil }
                digits.append(digit)
            }
        }
        guard digits.count % 2 == 0 else { return nil }
        return stride(from: 0, to: digits.count, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    /// The names of all blocks, in order.
    var names: [String] {
        text.split(separator: "\n").filter { $0.hasPrefix("```hex ") }.map { String($0.dropFirst(7)) }
    }

    /// Puts new bytes into a block.
    mutating func replace(_ name: String, with bytes: [UInt8]) {
        var lines = text.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let first = lines.firstIndex(of: ProtocolDocument.opening(name)),
            let last = lines[first...].firstIndex(of: "```")
        else { return }
        lines.replaceSubrange((first + 1)..<last, with: ProtocolDocument.lines(bytes))
        text = lines.joined(separator: "\n")
    }

    /// 32 bytes a line, in words of four.
    private static func lines(_ bytes: [UInt8]) -> [String] {
        stride(from: 0, to: bytes.count, by: 32).map { start in
            stride(from: start, to: min(start + 32, bytes.count), by: 4).map { word in
                bytes[word..<min(word + 4, bytes.count)].map { byte in
                    let digits = Array("0123456789abcdef")
                    return String([digits[Int(byte >> 4)], digits[Int(byte & 15)]])
                }.joined()
            }.joined(separator: " ")
        }
    }

    /// The text below a heading, up to the next one.
    func section(_ heading: String) -> String? {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard let first = lines.firstIndex(where: { $0 == heading }) else { return nil }
        return lines[(first + 1)...].prefix { !$0.hasPrefix("#") }.joined(separator: "\n")
    }
}
