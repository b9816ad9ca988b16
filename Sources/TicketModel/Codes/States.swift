/// The state of a ticket, as far as this version knows it (model §2.4).
public enum TicketState: String, Sendable, CaseIterable {
    case draft
    case registered
    case underReview = "under_review"
    case dispatched
    case handling
    case suspended
    case feedbackReview = "feedback_review"
    case readyToReply = "ready_to_reply"
    case replied
    case rework
    case closing
    case closed
    case archived
    case notAccepted = "not_accepted"
    case withdrawn
    case merged

    /// True while somebody still has to act.
    public var isOpen: Bool {
        switch self {
        case .draft, .closed, .archived, .notAccepted, .withdrawn, .merged: false
        default: true
        }
    }

    /// All states in which somebody still has to act.
    public static let open: [TicketState] = allCases.filter(\.isOpen)

    public var label: Bilingual { Enumeration.state.label(of: rawValue) }
}

/// What a post may do is bound to its role (model §2.3, `role`).
public enum Role: String, Sendable, CaseIterable {
    case clerk
    case branchOfficer = "branch_officer"
    case branchHead = "branch_head"
    case cityHandler = "city_handler"
    case dispatcher
    case deptHandler = "dept_handler"
    case deptHead = "dept_head"
    case assistHandler = "assist_handler"
    case replier
    case followUpAgent = "follow_up_agent"
    case provSupervisor = "prov_supervisor"
    case hoDispatcher = "ho_dispatcher"
    case hoAuditor = "ho_auditor"
    case hoSupervisor = "ho_supervisor"
    case liaison
    case approver
    case archivist
    case analyst
    case privacyOfficer = "privacy_officer"
    case auditor
    case sysadmin

    public var label: Bilingual { Enumeration.role.label(of: rawValue) }
}
