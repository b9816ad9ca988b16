/// What needs a second person's word, put on record by his own post with the act `countersign` (day.md §6.1 step 6).
public enum CountersignMatter: String, Sendable, CaseIterable {
    /// Not accepting a complaint (T03).
    case refuse
    /// Taking custody away from the unit that holds it.
    case seize
    /// A malicious finding (DM-01).
    case malice
    /// Compensation up to an amount (RO-09…RO-12).
    case compensation
    /// Changing or removing the person complained about, which lifts that person's recusal (RO-15).
    case recusal
    /// It was handled wrongly (T21, RF-08, RF-09).
    case rework

    /// The guard that asks for it.
    var rule: Guard {
        switch self {
        case .refuse, .seize, .rework: .secondPerson
        case .malice: .malicious
        case .compensation: .authority
        case .recusal: .recusalLift
        }
    }

    /// Who may countersign, as far as roles say it; compensation also goes by the level of the post.
    var roles: [Role] {
        switch self {
        case .refuse: [.branchHead, .deptHead, .approver, .dispatcher]
        case .seize: [.approver, .provSupervisor, .hoSupervisor, .hoAuditor]
        case .malice: [.branchOfficer, .branchHead, .deptHead, .approver] + ActParts.dispatchers + [.hoAuditor]
        case .compensation: [.branchHead, .deptHead, .approver] + ActParts.dispatchers + [.hoAuditor]
        case .recusal: [.branchHead, .approver] + ActParts.supervisors
        case .rework: ActParts.dispatchers
        }
    }

    /// Every role that may countersign something.
    static let signers: [Role] = Role.allCases.filter { role in allCases.contains { $0.roles.contains(role) } }
}

extension Enumeration {
    public static let countersignMatter = Enumeration(
        "countersign_matter", Bilingual("会签事项", "matter to countersign"),
        [
            ("refuse", "不予受理", "not accepting"),
            ("seize", "收回办理权", "seizing custody"),
            ("malice", "恶意认定", "malicious finding"),
            ("compensation", "补偿", "compensation"),
            ("recusal", "变更被投诉人", "changing the person complained about"),
            ("rework", "认定原处理不当", "handled wrongly before"),
        ])
}
