import TicketStore

/// When notices are sent and sent again: a pure state machine. It is told the time and what the gateway said, and answers
/// with what is to be done; it reads no clock, no disk and no network.
struct NoticeOutbox: Sendable {
    static let firstDelayMilliseconds: Int64 = 2_000
    static let delayMillisecondsMax: Int64 = 15 * 60_000

    /// What came of handing a notice to its carrier.
    enum Answer: Hashable, Sendable {
        case delivered
        /// There is no verified contact to send it to (AU-11).
        case unverified
        /// This notice will never be taken.
        case refused(String)
        /// The gateway takes nothing any more (410): a person has to look.
        case closed(String)
        /// The node cannot read the ticket: this notice waits, the others do not.
        case unreadable(String)
        /// Perhaps later, not before so many milliseconds.
        case failed(String, retryAfter: Int64? = nil)
    }

    enum Action: Hashable, Sendable {
        case send(Notice)
        case settle(Notice)
        /// Nothing more to be done before this instant.
        case rest(until: Int64)
    }

    /// Failed attempts since the last success, whatever the notice.
    private(set) var failures = 0
    /// Nothing is sent before; `Int64.max` after a 410.
    private(set) var restsUntil: Int64 = 0
    private(set) var lastError: String?

    var isClosed: Bool { restsUntil == .max }

    /// A person asked for another try.
    mutating func resume() { restsUntil = 0 }

    /// The node itself could not look, or not write down what became of a notice: it rests, so that no gateway gets the
    /// same one every second.
    mutating func failedToLook(_ code: String, at now: Int64, random: UInt64) {
        lastError = code
        restsUntil = max(restsUntil, now + delay(random))
    }

    /// What to do with the notices that are due.
    func look(at now: Int64, _ due: [Notice]) -> [Action] {
        var actions: [Action] = []
        for notice in due {
            if now - notice.since > NoticeLimits.ageMillisecondsMax {
                actions.append(.settle(notice.with(.expired, error: notice.error ?? "notice.too-old")))
            } else if now >= restsUntil {
                actions.append(.send(notice))
            }
        }
        if now < restsUntil { actions.append(.rest(until: restsUntil)) }
        return actions
    }

    /// What to do about an answer. A gateway that does not answer is left alone for a while, for all notices: each
    /// failure doubles the wait up to a quarter of an hour, half of it by chance, so that nodes do not knock together.
    mutating func answered(_ notice: Notice, _ answer: Answer, at now: Int64, random: UInt64) -> [Action] {
        var notice = notice
        switch answer {
        case .delivered:
            failures = 0
            lastError = nil
            notice.attempts += 1
            return [.settle(notice.with(.sent, error: nil))]
        case .unverified:
            notice.due = notice.since + NoticeLimits.ageMillisecondsMax
            return [.settle(notice.with(.unverified, error: "notice.contact-not-verified"))]
        case .refused(let code):
            lastError = code
            notice.attempts += 1
            return [.settle(notice.with(.failed, error: code))]
        case .unreadable(let code):
            return [.settle(later(&notice, code, at: now + NoticeOutbox.delayMillisecondsMax))]
        case .closed(let code):
            restsUntil = .max
            return [.settle(later(&notice, code, at: now)), .rest(until: .max)]
        case .failed(let code, let retryAfter):
            let asked = min(max(retryAfter ?? 0, 0), NoticeOutbox.delayMillisecondsMax)
            restsUntil = now + max(delay(random), asked)
            return [.settle(later(&notice, code, at: restsUntil)), .rest(until: restsUntil)]
        }
    }

    /// Milliseconds to rest after one more failure.
    private mutating func delay(_ random: UInt64) -> Int64 {
        let ceiling = min(
            NoticeOutbox.delayMillisecondsMax, NoticeOutbox.firstDelayMilliseconds << Int64(min(failures, 16)))
        failures += 1
        let half = ceiling / 2
        return half + Int64(random % UInt64(half)) + 1
    }

    private mutating func later(_ notice: inout Notice, _ code: String, at due: Int64) -> Notice {
        lastError = code
        notice.attempts += 1
        notice.due = due
        return notice.with(.waiting, error: code)
    }
}

extension Notice {
    fileprivate func with(_ state: NoticeState, error: String?) -> Notice {
        var copy = self
        copy.state = state
        copy.error = error
        return copy
    }
}
