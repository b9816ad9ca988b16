/// Reading instants that people and files write.
extension CivilTime {
    /// An instant from text: milliseconds since 1970 as digits, or `yyyy-mm-dd`, optionally followed by a blank or `T`
    /// and `hh:mm`, `hh:mm:ss` or `hh:mm:ss.fff`, optionally followed by `Z`, `+hh:mm` or `-hh:mm`. Without an offset
    /// it is China's time. nil for anything else and for instants outside 1970…9999.
    public static func instant(from text: String) -> Int64? {
        let bytes = Array(AsciiText.trimmed(text).utf8.prefix(40))
        if bytes.count != 4, let number = AsciiText.number(bytes) { return number <= instantMax ? number : nil }
        var reader = InstantReader(bytes: bytes)
        guard let instant = reader.read(), (0...instantMax).contains(instant) else { return nil }
        return instant
    }

    /// A date from `yyyy-mm-dd`; nil for anything else.
    public static func date(from text: String) -> Date? {
        var reader = InstantReader(bytes: Array(AsciiText.trimmed(text).utf8.prefix(16)))
        guard let date = reader.readDate(), reader.isAtEnd else { return nil }
        return date
    }
}

/// A cursor over the bytes of a written instant.
private struct InstantReader {
    let bytes: [UInt8]
    var position = 0

    var isAtEnd: Bool { position == bytes.count }

    mutating func read() -> Int64? {
        guard let date = readDate() else { return nil }
        var milliseconds = CivilTime.dayNumber(of: date) * CivilTime.dayMilliseconds
        var offset = CivilTime.chinaOffsetMilliseconds
        if !isAtEnd {
            guard skip(0x54) || skip(0x20), let clock = readClock() else { return nil }
            milliseconds += clock
            if !isAtEnd {
                guard let written = readOffset() else { return nil }
                offset = written
            }
        }
        return isAtEnd ? milliseconds - offset : nil
    }

    mutating func readDate() -> CivilTime.Date? {
        guard let year = digits(4), skip(0x2D), let month = digits(2), skip(0x2D), let day = digits(2) else {
            return nil
        }
        return CivilTime.Date(year: Int(year), month: Int(month), day: Int(day))
    }

    private mutating func readClock() -> Int64? {
        guard let hour = digits(2), hour < 24, skip(0x3A), let minute = digits(2), minute < 60 else { return nil }
        var milliseconds = (hour * 60 + minute) * 60_000
        guard skip(0x3A) else { return milliseconds }
        guard let second = digits(2), second < 60 else { return nil }
        milliseconds += second * 1000
        guard skip(0x2E) else { return milliseconds }
        guard let fraction = digits(3) else { return nil }
        return milliseconds + fraction
    }

    private mutating func readOffset() -> Int64? {
        if skip(0x5A) { return 0 }
        let isWest = skip(0x2D)
        guard isWest || skip(0x2B), let hours = digits(2), hours <= 14, skip(0x3A), let minutes = digits(2),
            minutes < 60
        else { return nil }
        let offset = (hours * 60 + minutes) * 60_000
        return isWest ? -offset : offset
    }

    private mutating func digits(_ count: Int) -> Int64? {
        guard bytes.count - position >= count else { return nil }
        guard let number = AsciiText.number(bytes[position..<position + count]) else { return nil }
        position += count
        return number
    }

    private mutating func skip(_ byte: UInt8) -> Bool {
        guard position < bytes.count, bytes[position] == byte else { return false }
        position += 1
        return true
    }
}
