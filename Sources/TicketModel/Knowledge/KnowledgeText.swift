import SyncProtocol

/// One version of an explanation text that the whole bank uses alike (口径, IM-10), or of a script (RF-07).
public struct KnowledgeText: Hashable, Sendable {
    /// What a text is for.
    public enum Purpose: String, CaseIterable, Sendable {
        /// Why something is as it is; customers are answered with it.
        case explanation
        /// What is said in an interim reply.
        case interim = "interim_reply"
        /// What is asked in a follow-up.
        case followUp = "follow_up"

        public var label: Bilingual {
            switch self {
            case .explanation: Bilingual("解释口径", "explanation")
            case .interim: Bilingual("回复口径", "interim reply")
            case .followUp: Bilingual("回访脚本", "follow-up script")
            }
        }
    }

    /// The stable name, the same for all versions.
    public let id: String
    /// Later ones sort after earlier ones, byte by byte.
    public let version: String
    public let purpose: Purpose
    public let title: Bilingual
    public let text: Bilingual
    /// The first and the last day on which it may be used, in China; nil for no end.
    public let validFrom: CivilTime.Date
    public let validUntil: CivilTime.Date?
    /// Codes of the businesses that it is for; empty for all.
    public let businessClasses: [String]

    public init(
        id: String, version: String, purpose: Purpose, title: Bilingual, text: Bilingual, validFrom: CivilTime.Date,
        validUntil: CivilTime.Date?, businessClasses: [String]
    ) {
        self.id = id
        self.version = version
        self.purpose = purpose
        self.title = title
        self.text = text
        self.validFrom = validFrom
        self.validUntil = validUntil
        self.businessClasses = businessClasses
    }

    public func isValid(at instant: Int64) -> Bool {
        let today = CivilTime.chinaDate(at: instant)
        return validFrom <= today && validUntil.map { today <= $0 } ?? true
    }
}

/// The texts that a node holds: of each the newest version counts, even where it has ended, so that a text is withdrawn by
/// a version that ends.
public struct KnowledgeLibrary: Sendable {
    /// Newest versions, by id.
    public let texts: [KnowledgeText]
    /// False where nobody looks: any well-formed name passes.
    private let isChecked: Bool

    /// For rules that are asked without a node's library.
    public static let unchecked = KnowledgeLibrary([], isChecked: false)

    public init(_ versions: [KnowledgeText]) { self.init(versions, isChecked: true) }

    private init(_ versions: [KnowledgeText], isChecked: Bool) {
        var newest: [String: KnowledgeText] = [:]
        for text in versions {
            if let known = newest[text.id], ReferenceVersion.precedes(text.version, known.version) { continue }
            newest[text.id] = text
        }
        texts = newest.values.sorted { $0.id < $1.id }
        self.isChecked = isChecked
    }

    /// The newest version of a text; nil where none was published.
    public func text(_ id: String) -> KnowledgeText? { texts.first { $0.id == id } }

    /// Why a ticket may not use a text now; nil where it may.
    ///
    /// - Parameter field: where the text was named.
    func problem(
        _ id: String, in field: String = "text", business: String?, at instant: Int64
    ) -> FieldProblem? {
        guard isChecked else { return nil }
        guard let text = text(id) else {
            return FieldProblem(
                field, .notInList, source: "IM-10",
                sentence: Bilingual("没有已发布的这条口径", "no such text has been published, or it has not arrived here"),
                hint: Bilingual("清单见 /api/v1/texts", "see /api/v1/texts"))
        }
        guard text.isValid(at: instant) else {
            return FieldProblem(
                field, .contradiction, source: "IM-10",
                sentence: Bilingual("该口径不在有效期内", "the text is not valid today"),
                hint: Bilingual("选用有效的口径", "choose one that is valid"))
        }
        guard text.businessClasses.isEmpty || business.map(text.businessClasses.contains) ?? true else {
            return FieldProblem(
                field, .contradiction, source: "IM-10",
                sentence: Bilingual("该口径不适用于此业务", "the text is for other businesses"),
                hint: Bilingual(
                    "适用:\(text.businessClasses.joined(separator: "、"))",
                    "it is for \(text.businessClasses.joined(separator: ", "))"))
        }
        return nil
    }
}
