/// A set of policies under one name and version: data, authored at head office, never changed once issued.
public struct PolicyPack: Hashable, Sendable {
    public let id: String
    public let version: String
    public let name: Bilingual
    public let zone: BankZone
    /// The calendar of its working days; nil where it counts none.
    public let calendarID: String?
    /// From this day on, in the pack's zone, its clocks may start.
    public let effectiveFrom: CivilTime.Date
    /// Up to and with this day; nil while nobody ended it. Running clocks go on.
    public let effectiveUntil: CivilTime.Date?
    /// Who confirmed the figures, and when; nil until somebody did. Printed on every explanation.
    public let confirmation: Confirmation?
    /// True for the law's outer bound, shown beside the bank's own tighter promise.
    public let isOuterBound: Bool
    public let applies: PolicyCondition
    public let policies: [Policy]
    public let note: Bilingual?

    public struct Confirmation: Hashable, Sendable {
        public let by: String
        public let on: CivilTime.Date

        public init(by: String, on: CivilTime.Date) {
            self.by = by
            self.on = on
        }
    }

    static let policiesMax = 64

    /// - Throws: what contradicts itself, one mistake a policy.
    public init(
        id: String, version: String, name: Bilingual, zone: BankZone, calendarID: String?,
        effectiveFrom: CivilTime.Date, effectiveUntil: CivilTime.Date? = nil, confirmation: Confirmation? = nil,
        isOuterBound: Bool = false,
        applies: PolicyCondition = .always, policies: [Policy], note: Bilingual? = nil
    ) throws(PackMistakes) {
        self.id = id
        self.version = version
        self.name = name
        self.zone = zone
        self.calendarID = calendarID
        self.effectiveFrom = effectiveFrom
        self.effectiveUntil = effectiveUntil
        self.confirmation = confirmation
        self.isOuterBound = isOuterBound
        self.applies = applies
        self.policies = policies
        self.note = note
        let mistakes = PackCheck.mistakes(of: self)
        guard mistakes.isEmpty else { throw PackMistakes(mistakes: mistakes) }
    }

    public func policy(_ id: String) -> Policy? { policies.first { $0.id == id } }

    /// `bank-service@2`.
    public var reference: String { "\(id)@\(version)" }

    /// 「尚未确认」 or who confirmed it.
    public var confirmationText: Bilingual {
        guard let confirmation else { return Bilingual("尚未经本行确认", "not confirmed by the bank yet") }
        return Bilingual(
            "\(confirmation.by) 于 \(confirmation.on.text) 确认",
            "confirmed by \(confirmation.by) on \(confirmation.on.text)")
    }

    /// The first millisecond at which its clocks may start.
    public var effectiveFromInstant: Int64 { zone.start(of: CivilTime.dayNumber(of: effectiveFrom)) }

    /// True where its clocks may not start any more.
    func isEnded(at instant: Int64) -> Bool {
        effectiveUntil.map { instant > zone.end(of: CivilTime.dayNumber(of: $0)) } ?? false
    }
}
