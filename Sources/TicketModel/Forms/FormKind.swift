import SyncProtocol

/// The printable forms of the source documents (FO-01…FO-08), and the receipt that the customer takes home (NO-06).
public enum FormKind: String, CaseIterable, Sendable {
    case registration = "FO-01"
    case handling = "FO-02"
    case result = "FO-03"
    case majorReport = "FO-04"
    case record = "FO-05"
    case opinion = "FO-06"
    case disposalLog = "FO-07"
    case caseRecord = "FO-08"
    case receipt = "receipt"

    /// Raised whenever the lines of the form change: paper of another layout has other check codes.
    public var layout: Int { self == .receipt ? 2 : 1 }

    public var title: Bilingual {
        switch self {
        case .registration: Bilingual("客户投诉登记表", "Complaint registration")
        case .handling: Bilingual("责任部门客户投诉处理情况表", "Handling by the department in charge")
        case .result: Bilingual("客户投诉处理结果登记表", "Result of the complaint")
        case .majorReport: Bilingual("重大投诉事项报告表", "Report of a major complaint")
        case .record: Bilingual("客户投诉记录表", "Complaint record")
        case .opinion: Bilingual("客户投诉意见表", "Opinions on the complaint")
        case .disposalLog: Bilingual("投诉处置记录表", "Disposal log")
        case .caseRecord: Bilingual("投诉记录表(立项、销项)", "Case record: opening and cancellation")
        case .receipt: Bilingual("客户投诉受理回执", "Receipt of a complaint")
        }
    }

    /// Reads `FO-01`, `fo-01` or `receipt`.
    public init?(name: String) {
        guard let form = FormKind.allCases.first(where: { $0.rawValue.lowercased() == name.lowercased() }) else {
            return nil
        }
        self = form
    }
}

/// One part of a form.
struct FormSection: Sendable {
    let title: Bilingual
    let items: [FormItem]

    init(_ chinese: String, _ english: String, _ items: [FormItem]) {
        title = Bilingual(chinese, english)
        self.items = items
    }
}

/// One line of a form.
enum FormItem: Sendable {
    /// A field of the ticket: its value, room to write where it has none.
    case field(FieldID)
    /// A field that the line calls otherwise.
    case named(Bilingual, FieldID)
    /// Room to write.
    case blank(Bilingual)
    /// Name, signature, date.
    case signature(Bilingual)
    /// Every act with room for a receipt signature.
    case log
    /// A sentence that the form says to everybody.
    case words(Bilingual)
    /// What the customer may expect (`NoticeText.expectedReply`).
    case expectedReply
    /// Book, box and telephone of the unit that took the complaint in (IN-16).
    case channel(Bilingual, @Sendable (PublishedChannels) -> Bilingual)
}
