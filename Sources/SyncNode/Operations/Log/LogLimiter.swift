/// Keeps a flapping line from flooding the log: of events with one key only the first few of a minute are shown, the rest
/// are counted and told as one line at the minute's end.
struct LogLimiter {
    static let windowMilliseconds: Int64 = 60_000
    static let shownPerWindowMax = 5
    /// Keys that are counted at one time; beyond, events of further keys are shown.
    static let keysMax = 1_000

    private struct Window {
        var began: Int64
        var shown = 1
        var hidden = 0
        var newest: LogEvent
    }

    private var windows: [String: Window] = [:]

    /// True where the event is to be shown now. `now` is monotonic.
    mutating func admits(_ event: LogEvent, now: Int64) -> Bool {
        guard var window = windows[event.key] else {
            if windows.count < LogLimiter.keysMax { windows[event.key] = Window(began: now, newest: event) }
            return true
        }
        window.newest = event
        let isShown = window.shown < LogLimiter.shownPerWindowMax
        if isShown { window.shown += 1 } else { window.hidden += 1 }
        windows[event.key] = window
        return isShown
    }

    /// When the oldest window ends; nil where there is none.
    var nextEnd: Int64? { windows.values.map { $0.began + LogLimiter.windowMilliseconds }.min() }

    /// Ends the windows whose time is over: what was hidden in each, in order of their keys.
    mutating func summaries(now: Int64) -> [LogEvent] {
        end(windows.keys.filter { (windows[$0]?.began ?? now) + LogLimiter.windowMilliseconds <= now }, now)
    }

    /// Ends all windows.
    mutating func allSummaries(now: Int64) -> [LogEvent] { end(Array(windows.keys), now) }

    private mutating func end(_ keys: [String], _ now: Int64) -> [LogEvent] {
        keys.sorted().compactMap { key in
            guard let window = windows.removeValue(forKey: key), window.hidden > 0 else { return nil }
            return window.newest.with("more_of_these", window.hidden)
                .with("within_seconds", max(1, (now - window.began) / 1000))
        }
    }
}
