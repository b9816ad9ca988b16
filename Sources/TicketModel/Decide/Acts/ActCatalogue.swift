import SyncProtocol

/// Every act that interfaces offer by name, as data.
public enum ActCatalogue {
    public static let all: [ActDefinition] =
        IntakeActs.all + CentreActs.all + HandlingActs.all + AssistActs.all + EndingActs.all + CustodyActs.all
        + RequestActs.all + ClockActs.all + CustomerActs.all + OversightActs.all + AppealActs.all + QuestionActs.all
        + CountersignActs.all

    /// The definition of an act; nil for one that cannot be asked for by name.
    public static func definition(_ act: TicketAct) -> ActDefinition? { positions[act] }

    private static let positions = Dictionary(uniqueKeysWithValues: all.map { ($0.act, $0) })
}

/// Roles and parameters that several acts share.
enum ActParts {
    static let centre: [Tier] = [.province, .headOffice]
    static let dispatchers: [Role] = [.dispatcher, .hoDispatcher]
    static let handlers: [Role] = [.cityHandler, .deptHandler, .branchOfficer, .branchHead, .deptHead]
    static let supervisors: [Role] = [.provSupervisor, .hoSupervisor, .dispatcher, .hoDispatcher, .hoAuditor]
    /// Everybody who may write at all.
    static let writers: [Role] = Draft.writers.compactMap(Role.init(rawValue:))
    /// Who speaks with customers: never the handlers (DR-19).
    static let speakers: [Role] = [
        .clerk, .branchOfficer, .branchHead, .dispatcher, .replier, .followUpAgent, .hoDispatcher, .hoAuditor,
        .liaison,
    ]

    static let evidence = ActParameter("evidence_key", "证据编号", "evidence", .reference)
    static let request = ActParameter("request", "请求编号", "request", .entryKey)
    static let optionalRequest = ActParameter("request", "请求编号", "request", .entryKey, required: false)
    static let unit = ActParameter("unit", "单位", "unit", .unit)
    static let medium = ActParameter("medium", "方式", "medium", .code(.replyMedium))
    static let leg = ActParameter("leg", "协办序号", "assist leg", .integer(1...8))

    static func reason(_ list: Enumeration) -> ActParameter { ActParameter("reason", "理由", "reason", .code(list)) }
}
