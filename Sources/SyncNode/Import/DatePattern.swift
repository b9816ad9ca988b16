/// How dates are written in a source file, and how they become ISO 8601 with an offset.
///
/// Letters of a pattern: `yyyy MM dd HH mm ss` are digits of that count, `XXX` is `Z` or an offset such as `+08:00`;
/// every other character stands for itself. Dates are checked against the calendar: 30 February does not exist.
struct DatePattern: Hashable, Sendable {
    private enum Piece: Hashable, Sendable {
        case number(Part, digits: Int)
        case offset
        case literal(Character)
    }

    private enum Part: Hashable, Sendable {
        case year, month, day, hour, minute, second
    }

    private let pieces: [Piece]
    /// Used where the pattern has none, as minutes east of UTC.
    private let offsetMinutes: Int

    /// Nil where the pattern lacks year, month or day, or names a part twice.
    init?(_ pattern: String, offsetMinutes: Int) {
        var pieces: [Piece] = []
        var rest = pattern[...]
        while let character = rest.first {
            if let (letters, piece) = DatePattern.letters.first(where: { rest.hasPrefix($0.0) }) {
                guard !pieces.contains(piece) else { return nil }
                pieces.append(piece)
                rest = rest.dropFirst(letters.count)
            } else {
                pieces.append(.literal(character))
                rest = rest.dropFirst()
            }
        }
        for needed in DatePattern.letters.prefix(3) where !pieces.contains(needed.1) { return nil }
        self.pieces = pieces
        self.offsetMinutes = offsetMinutes
    }

    private static let letters: [(String, Piece)] = [
        ("yyyy", .number(.year, digits: 4)), ("MM", .number(.month, digits: 2)), ("dd", .number(.day, digits: 2)),
        ("HH", .number(.hour, digits: 2)), ("mm", .number(.minute, digits: 2)), ("ss", .number(.second, digits: 2)),
        ("XXX", .offset),
    ]

    /// The instant as `2026-03-02T09:15:00+08:00`; nil where the text does not follow the pattern or the calendar.
    func iso8601(_ text: String) -> String? {
        var parts: [Part: Int] = [:]
        var offset = offsetMinutes
        var rest = text[...]
        for piece in pieces {
            switch piece {
            case .literal(let character):
                guard rest.popFirst() == character else { return nil }
            case .number(let part, let digits):
                guard let number = DatePattern.digits(&rest, digits) else { return nil }
                parts[part] = number
            case .offset:
                guard let minutes = DatePattern.offset(&rest) else { return nil }
                offset = minutes
            }
        }
        guard rest.isEmpty else { return nil }
        return DatePattern.format(parts, offset)
    }

    /// Minutes east of UTC that `Z` or `+08:00` spell; nil for anything else.
    static func offsetMinutes(_ text: String) -> Int? {
        var rest = text[...]
        guard let minutes = offset(&rest), rest.isEmpty else { return nil }
        return minutes
    }

    private static func digits(_ rest: inout Substring, _ count: Int) -> Int? {
        let digits = rest.prefix(count)
        guard digits.utf8.count == count, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else { return nil }
        rest = rest.dropFirst(count)
        return Int(digits)
    }

    private static func offset(_ rest: inout Substring) -> Int? {
        guard let sign = rest.popFirst() else { return nil }
        if sign == "Z" { return 0 }
        guard sign == "+" || sign == "-", let hours = digits(&rest, 2), rest.popFirst() == ":",
            let minutes = digits(&rest, 2), hours <= 14, minutes <= 59
        else { return nil }
        return (sign == "-" ? -1 : 1) * (hours * 60 + minutes)
    }

    private static func format(_ parts: [Part: Int], _ offset: Int) -> String? {
        guard let year = parts[.year], let month = parts[.month], let day = parts[.day], year > 0,
            (1...12).contains(month), (1...days(in: month, of: year)).contains(day)
        else { return nil }
        let (hour, minute, second) = (parts[.hour] ?? 0, parts[.minute] ?? 0, parts[.second] ?? 0)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        let date = "\(padded(year, 4))-\(padded(month))-\(padded(day))"
        let time = "\(padded(hour)):\(padded(minute)):\(padded(second))"
        let zone = "\(offset < 0 ? "-" : "+")\(padded(abs(offset) / 60)):\(padded(abs(offset) % 60))"
        return "\(date)T\(time)\(zone)"
    }

    private static func padded(_ number: Int, _ digits: Int = 2) -> String {
        let text = String(number)
        return String(repeating: "0", count: max(0, digits - text.count)) + text
    }

    private static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 4, 6, 9, 11: 30
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        default: 31
        }
    }
}
