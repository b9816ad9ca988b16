@testable import TicketModel

/// A clock that was dropped because the ticket was classified otherwise, and the one of its family that took its place.
struct Replacement {
    let old: Clock
    let new: Clock

    /// Told from the clocks alone: of one family and start, each follows the one that ended before it.
    static func all(among clocks: [Clock], _ book: RuleBook) -> [Replacement] {
        clocks.compactMap { old in
            guard case .dropped(let at) = old.end else { return nil }
            let later = clocks.filter { new in
                new != old && new.key.pack == old.key.pack && new.key.leg == old.key.leg
                    && new.startedAt == old.startedAt && family(new, book) == family(old, book)
                    && (new.end?.at ?? .max) > at
            }
            return later.min { ($0.end?.at ?? .max) < ($1.end?.at ?? .max) }.map { Replacement(old: old, new: $0) }
        }
    }

    private static func policy(_ clock: Clock, _ version: String, _ book: RuleBook) -> (PolicyPack, Policy)? {
        guard let pack = book.pack(clock.key.pack, version: version), let policy = pack.policy(clock.key.policy) else {
            return nil
        }
        return (pack, policy)
    }

    private static func family(_ clock: Clock, _ book: RuleBook) -> String? {
        policy(clock, clock.packVersion, book)?.1.family
    }

    /// What was taken away: it is due no earlier than its own limit, and keeps the extension and the pauses that its
    /// own rule permits.
    func breaches(_ book: RuleBook) -> [String] {
        guard let (pack, policy) = Replacement.policy(new, new.packVersion, book) else { return ["no rule"] }
        var found: [String] = []
        let own = book.times(policy.limit, policy, pack, from: new.startedAt, pauses: [])
        if own != new.pinned { found.append("not pinned to its own limit: \(new.text)") }
        if let due = own.due, let now = new.times.due, now < due, new.currentPackVersion == new.packVersion {
            found.append("earlier than its own limit: \(new.text)")
        }
        if let grant = old.grant, let (_, before) = Replacement.policy(old, grant.packVersion, book),
            before.limit.unit == policy.limit.unit,
            let most = policy.extensions.last(where: { $0.reasons.contains(grant.reason) })?.amountMax
        {
            let kept = max(min(grant.amount, most), policy.limit.amount)
            let now = max(new.extendedAmount ?? 0, policy.limit.amount)
            if now < kept { found.append("lost an extension: \(new.text)") }
        }
        for rest in old.rests {
            guard case .paused(let reason, _) = rest.paused.what, policy.pause(reason) != nil,
                rest.resumedAt != rest.paused.at
            else { continue }
            let isKept = new.rests.contains {
                $0.paused.at == rest.paused.at && (rest.resumedAt == nil || $0.resumedAt == rest.resumedAt)
            }
            if !isKept { found.append("lost a pause: \(new.text)") }
        }
        return found
    }
}
