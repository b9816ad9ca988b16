/// The zone in which a bank counts its days: a fixed offset from UTC, written in the policy pack. The zone of the
/// machine never matters, so that every tier finds the same second.
public struct BankZone: Hashable, Sendable {
    /// Minutes east of UTC, -840…840.
    public let offsetMinutes: Int

    public static let china = BankZone(trusted: 8 * 60)
    static let offsetMinutesMax = 14 * 60

    /// nil for an offset that no clock on earth has.
    public init?(offsetMinutes: Int) {
        guard (-BankZone.offsetMinutesMax...BankZone.offsetMinutesMax).contains(offsetMinutes) else { return nil }
        self.offsetMinutes = offsetMinutes
    }

    private init(trusted offsetMinutes: Int) { self.offsetMinutes = offsetMinutes }

    /// Reads `+08:00`; nil for anything else.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 6, bytes[0] == 0x2B || bytes[0] == 0x2D, bytes[3] == 0x3A else { return nil }
        guard let hours = AsciiText.number(bytes[1...2]), let minutes = AsciiText.number(bytes[4...5]), minutes < 60
        else { return nil }
        let offset = Int(hours * 60 + minutes)
        self.init(offsetMinutes: bytes[0] == 0x2D ? -offset : offset)
    }

    /// `+08:00`.
    public var text: String {
        let hours = AsciiText.padded(Int64(offsetMinutes.magnitude / 60), width: 2)
        let minutes = AsciiText.padded(Int64(offsetMinutes.magnitude % 60), width: 2)
        return (offsetMinutes < 0 ? "-" : "+") + hours + ":" + minutes
    }

    private var offset: Int64 { Int64(offsetMinutes) * 60_000 }

    /// The day, counted from 1970-01-01, on which an instant falls.
    func day(at instant: Int64) -> Int64 {
        let (quotient, rest) = (instant + offset).quotientAndRemainder(dividingBy: CivilTime.dayMilliseconds)
        return rest < 0 ? quotient - 1 : quotient
    }

    /// The first millisecond of a day.
    func start(of day: Int64) -> Int64 { day * CivilTime.dayMilliseconds - offset }

    /// The last millisecond of a day: 23:59:59.999.
    func end(of day: Int64) -> Int64 { start(of: day + 1) - 1 }

    /// `yyyy-mm-dd hh:mm:ss` on the bank's wall.
    public func text(at instant: Int64) -> String {
        let day = day(at: instant)
        let seconds = (instant - start(of: day)) / 1000
        let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { AsciiText.padded($0, width: 2) }
        return CivilTime.date(dayNumber: day).text + " " + clock.joined(separator: ":")
    }
}
