import SyncProtocol

/// The band of an amount: what core records carry instead of the figure (model §2.2a).
public enum AmountBand: String, Sendable, CaseIterable {
    case none
    case under1k = "under_1k"
    case under10k = "under_10k"
    case under50k = "under_50k"
    case under500k = "under_500k"
    case from500k = "from_500k"

    /// The band of a figure in fen; a figure of zero or less is no amount.
    public init(fen: Int64) {
        switch fen {
        case ...0: self = .none
        case ..<100_000: self = .under1k
        case ..<1_000_000: self = .under10k
        case ..<5_000_000: self = .under50k
        case ..<50_000_000: self = .under500k
        default: self = .from500k
        }
    }
}
