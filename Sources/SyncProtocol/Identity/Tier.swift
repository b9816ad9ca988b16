/// The three tiers of the bank, lowest first. The order decides which of two concurrent values is shown first.
public enum Tier: UInt8, Comparable, Sendable, CaseIterable {
    case branch = 0
    case province = 1
    case headOffice = 2

    public static func < (left: Tier, right: Tier) -> Bool { left.rawValue < right.rawValue }
}
