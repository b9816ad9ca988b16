/// How a clock stands at a moment.
public enum ClockPhase: String, Sendable, CaseIterable {
    case running
    /// Nine tenths are gone.
    case warned
    case breached
    case paused
    /// Its end cannot be told yet.
    case undetermined
    case stoppedInTime = "in_time"
    case stoppedLate = "late"
    /// Stopped while its end could not be told.
    case stoppedUndetermined = "stopped_undetermined"
    case dropped
    /// A time that somebody else had is over.
    case lapsed

    public var label: Bilingual {
        switch self {
        case .running: Bilingual("计时中", "running")
        case .warned: Bilingual("已预警", "warned")
        case .breached: Bilingual("已超时", "breached")
        case .paused: Bilingual("中止计时", "paused")
        case .undetermined: Bilingual("时限未定", "undetermined")
        case .stoppedInTime: Bilingual("按时完成", "in time")
        case .stoppedLate: Bilingual("超时完成", "late")
        case .stoppedUndetermined: Bilingual("已完成,时限未定", "done, limit undetermined")
        case .dropped: Bilingual("不再适用", "no longer applies")
        case .lapsed: Bilingual("期限已过", "lapsed")
        }
    }
}

extension Clock {
    /// How it stands at a moment, told from the clock alone.
    public func phase(at now: Int64) -> ClockPhase {
        switch end {
        case .dropped: return .dropped
        case .stopped(let at):
            guard let due = times.due else { return .stoppedUndetermined }
            return at <= due || isWindow || pausedSince != nil ? .stoppedInTime : .stoppedLate
        case nil: break
        }
        if pausedSince != nil { return .paused }
        guard case .known(let times) = times else { return .undetermined }
        if now > times.due { return isWindow ? .lapsed : .breached }
        if let warn = times.warn, now >= warn { return .warned }
        return .running
    }

    /// The next moment after `now` at which the phase changes by itself; nil where only an act can change it.
    public func nextChange(after now: Int64) -> Int64? {
        guard isRunning, pausedSince == nil, let times = times.known else { return nil }
        if let warn = times.warn, warn > now { return warn }
        return times.due >= now ? times.due + 1 : nil
    }

    /// Milliseconds beyond the limit, when it was stopped or dropped or else at `now`; 0 where it is in time, rests or
    /// is undetermined.
    public func lateness(at now: Int64) -> Int64 {
        guard !isWindow, pausedSince == nil, let due = times.due else { return 0 }
        return max(0, (end?.at ?? now) - due)
    }
}
