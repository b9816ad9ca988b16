import SyncProtocol

// The canonical text of a clock, the value of a clock field. Equal clocks are equal bytes, and only what this writes is
// read, so that nobody can write one clock in two ways.
//
//     1;bank-service@2;total_prov;0;1;1711324800000;172800000/155520000;-;T18,T02
//     1;village@1;bank_internal;0;1;1632990000000;?2022;cn@2021.1;T18;x86400000:…:…
//
// format (`1`, or `1w` for a window) ; pack@version ; policy ; leg ; round ; started at ; due/warn, both from the start ;
// calendar ; what stops it ; changes, each with a letter ; how it ended.
extension Clock {
    public var text: String {
        var parts = [
            isWindow ? "1w" : "1", "\(key.pack)@\(packVersion)", key.policy, String(key.leg), String(key.round),
            String(startedAt), text(pinned), calendar?.text ?? "-", stops.map(\.text).joined(separator: ","),
        ]
        parts += changes.map(text)
        switch end {
        case .stopped(let at): parts.append("s\(at - startedAt)")
        case .dropped(let at): parts.append("d\(at - startedAt)")
        case nil: break
        }
        return parts.joined(separator: ";")
    }

    private func text(_ times: ClockTimes) -> String {
        switch times {
        case .known(let times):
            "\(times.due - startedAt)/\(times.warn.map { String($0 - startedAt) } ?? "-")"
        case .unknown(.yearUnknown(let year)): "?\(year)"
        case .unknown(.calendarUnknown): "?c"
        case .unknown(.outOfRange): "?r"
        }
    }

    private func text(_ change: ClockChange) -> String {
        let head = "\(change.at - startedAt):\(change.times.map(text) ?? "-"):\(change.calendar?.text ?? "-")"
        return switch change.what {
        case .capped: "c\(head)"
        case .paused(let reason, let by): "p\(head):\(reason):\(by)"
        case .resumed: "r\(head)"
        case .extended(let amount, let rule, let reason, let approver):
            "x\(head):\(amount):\(rule):\(reason):\(approver)"
        case .repinned(let version, let by): "n\(head):\(version):\(by)"
        }
    }

    /// Reads the canonical text; nil for anything else, also for a text of a newer version, and for one that nobody could
    /// write: with changes out of their order, or with no room left to end what runs.
    public init?(_ text: String) {
        guard text.utf8.count <= Clock.bytesMax, let clock = ClockReading(text).clock(), clock.text == text,
            clock.canEnd(bytes: text.utf8.count)
        else { return nil }
        self = clock
    }
}

/// Reads the parts of a clock's text. Numbers are bounded here, so that no sum of two of them overflows.
private struct ClockReading {
    let parts: [String]
    var startedAt: Int64 = 0

    init(_ text: String) { parts = Self.split(text, 0x3B) }

    private static func split(_ text: String, _ separator: UInt8) -> [String] {
        text.utf8.split(separator: separator, omittingEmptySubsequences: false).map { String(Substring($0)) }
    }

    func clock() -> Clock? {
        var reading = self
        return reading.read()
    }

    private mutating func read() -> Clock? {
        guard (9...9 + Clock.changesMax + 1).contains(parts.count), parts[0] == "1" || parts[0] == "1w",
            let (pack, version) = versioned(parts[1]), Code.isWellFormed(parts[2]), let leg = Leg(parts[3]),
            let round = AsciiText.number(parts[4].utf8), let started = AsciiText.number(parts[5].utf8),
            started <= CivilTime.instantMax
        else { return nil }
        startedAt = started
        guard let pinned = times(parts[6]), let calendar = calendar(parts[7]), let stops = stops(parts[8]) else {
            return nil
        }
        var rest = parts[9...]
        let end = rest.last.flatMap(self.end)
        if end != nil { rest.removeLast() }
        var changes: [ClockChange] = []
        for part in rest {
            guard changes.count < Clock.changesMax, let change = change(part), change.at >= changes.last?.at ?? 0
            else { return nil }
            changes.append(change)
        }
        return Clock(
            key: ClockKey(pack: pack, policy: parts[2], leg: leg, round: round), packVersion: version,
            calendar: calendar, isWindow: parts[0] == "1w", startedAt: started, pinned: pinned, stops: stops,
            changes: changes, end: end)
    }

    private func versioned(_ text: String) -> (String, String)? {
        let sides = Self.split(text, 0x40)
        guard sides.count == 2, sides.allSatisfy(Code.isWellFormed) else { return nil }
        return (sides[0], sides[1])
    }

    /// The outer nil says that the text is wrong, the inner one that there is no calendar.
    private func calendar(_ text: String) -> PinnedCalendar?? {
        if text == "-" { return .some(nil) }
        guard let (id, version) = versioned(text) else { return nil }
        return PinnedCalendar(id: id, version: version)
    }

    private func stops(_ text: String) -> [ClockTrigger]? {
        let texts = Self.split(text, 0x2C)
        let stops = texts.compactMap { ClockTrigger($0) }
        return stops.count == texts.count && stops.count <= ClockTrigger.codesMax ? stops : nil
    }

    /// An instant from its distance to the start; nil where it is no number or lies outside what can be written.
    private func instant(_ text: String) -> Int64? {
        let isBefore = text.utf8.first == 0x2D
        guard let distance = AsciiText.number(isBefore ? text.utf8.dropFirst() : text.utf8[...]) else { return nil }
        let instant = startedAt + (isBefore ? -distance : distance)
        return (0...CivilTime.instantMax).contains(instant) ? instant : nil
    }

    private func times(_ text: String) -> ClockTimes? {
        if text == "?c" { return .unknown(.calendarUnknown) }
        if text == "?r" { return .unknown(.outOfRange) }
        if text.utf8.first == 0x3F {
            guard let year = AsciiText.number(text.utf8.dropFirst()), (1...9999).contains(year) else { return nil }
            return .unknown(.yearUnknown(Int(year)))
        }
        let sides = Self.split(text, 0x2F)
        guard sides.count == 2, let due = instant(sides[0]) else { return nil }
        if sides[1] == "-" { return .known(DueTimes(due: due, warn: nil)) }
        guard let warn = instant(sides[1]), warn <= due else { return nil }
        return .known(DueTimes(due: due, warn: warn))
    }

    private func end(_ text: String) -> ClockEnd? {
        guard let at = instant(String(text.dropFirst())) else { return nil }
        switch text.utf8.first {
        case 0x73: return .stopped(at: at)
        case 0x64: return .dropped(at: at)
        default: return nil
        }
    }

    private func change(_ text: String) -> ClockChange? {
        let parts = Self.split(String(text.dropFirst()), 0x3A)
        guard parts.count >= 3, let at = instant(parts[0]), let calendar = calendar(parts[2]) else { return nil }
        guard let what = what(text.utf8.first, parts[3...]) else { return nil }
        var times: ClockTimes?
        if parts[1] != "-" {
            guard let read = self.times(parts[1]) else { return nil }
            times = read
        }
        if case .paused = what {
            guard times == nil else { return nil }
        } else {
            guard times != nil else { return nil }
        }
        return ClockChange(at: at, what: what, times: times, calendar: calendar)
    }

    private func what(_ letter: UInt8?, _ rest: ArraySlice<String>) -> ClockChange.What? {
        let rest = Array(rest)
        switch (letter, rest.count) {
        case (0x63, 0): return .capped
        case (0x72, 0): return .resumed
        case (0x70, 2):
            guard Code.isWellFormed(rest[0]), Post.isWellFormed(rest[1]) else { return nil }
            return .paused(reason: rest[0], by: rest[1])
        case (0x6E, 2):
            guard Code.isWellFormed(rest[0]), Post.isWellFormed(rest[1]) else { return nil }
            return .repinned(packVersion: rest[0], by: rest[1])
        case (0x78, 4):
            guard let amount = AsciiText.number(rest[0].utf8), amount <= ClockLimit.minutesMax,
                Code.isWellFormed(rest[1]), Code.isWellFormed(rest[2]),
                Post.isWellFormed(rest[3])
            else { return nil }
            return .extended(amount: amount, rule: rest[1], reason: rest[2], approver: rest[3])
        default: return nil
        }
    }
}
