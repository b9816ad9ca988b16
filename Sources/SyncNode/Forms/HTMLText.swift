/// Text on its way into a page: nothing that anybody wrote can become markup, hide, or turn the reading direction.
enum HTMLText {
    /// Keeps line ends; control and direction characters become visible marks.
    static func escape(_ text: String) -> String {
        var escaped = ""
        escaped.reserveCapacity(text.utf8.count)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "'": escaped += "&#39;"
            case "\n": escaped += "\n"
            case "\r": continue
            case "\t": escaped += " "
            default: escaped.unicodeScalars.append(scalar.isHidden ? "\u{FFFD}" : scalar)
            }
        }
        return escaped
    }
}
