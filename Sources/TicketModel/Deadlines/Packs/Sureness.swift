/// How sure a figure of a pack is. Printed wherever the figure is.
public enum Sureness: String, Sendable, CaseIterable {
    /// Confirmed in a published copy or in the source document.
    case verified = "V"
    /// Seen only in a secondary source.
    case secondary = "S"
    /// General knowledge: to be confirmed before anything depends on it.
    case memory = "M"
    /// A proposal of this software; no document says it.
    case proposed = "P"

    public var label: Bilingual {
        switch self {
        case .verified: Bilingual("已见原文", "seen in the source")
        case .secondary: Bilingual("见于二手资料", "seen in a secondary source only")
        case .memory: Bilingual("待确认", "to be confirmed")
        case .proposed: Bilingual("本系统建议值", "proposed by this software")
        }
    }
}
