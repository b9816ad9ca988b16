import SyncProtocol

/// The block of core fields of one assist leg. The lead's custodian writes what was asked and its own verdict, the
/// leg's custodian the rest: no field has two writers.
public enum AssistField {
    /// Assist legs of one ticket over all its rounds; a number is never used twice.
    public static let legs: ClosedRange<Leg> = 1...8
    /// The fields of all legs.
    public static let all: [FieldID] = legs.flatMap { leg in (0..<width).map { id(leg, $0) } }
    private static let first: UInt16 = 240
    private static let width: UInt16 = 8

    /// The unit that is asked; written by the lead.
    public static func unit(_ leg: Leg) -> FieldID { id(leg, 0) }
    /// Its department; written by the lead.
    public static func department(_ leg: Leg) -> FieldID { id(leg, 1) }
    /// When it was asked; written by the lead.
    public static func askedAt(_ leg: Leg) -> FieldID { id(leg, 2) }
    /// The lead's word; written by the lead.
    public static func verdict(_ leg: Leg) -> FieldID { id(leg, 3) }
    /// `assist_state`; written by the leg's custodian.
    public static func state(_ leg: Leg) -> FieldID { id(leg, 4) }
    /// The post that works on it; written by the leg's custodian.
    public static func handler(_ leg: Leg) -> FieldID { id(leg, 5) }
    /// When it was finished; written by the leg's custodian.
    public static func doneAt(_ leg: Leg) -> FieldID { id(leg, 6) }
    /// `assist_result`; written by the leg's custodian.
    public static func result(_ leg: Leg) -> FieldID { id(leg, 7) }

    private static func id(_ leg: Leg, _ offset: UInt16) -> FieldID {
        precondition(legs.contains(leg), "assist legs are 1…8")
        return FieldID(rawValue: first + (UInt16(leg) - 1) * width + offset)
    }
}

extension FieldTable {
    static let assist: [FieldDefinition] = AssistField.legs.flatMap { leg in
        [
            assist(leg, AssistField.unit(leg), "unit", "单位", "unit", .node),
            assist(leg, AssistField.department(leg), "department", "部门", "department", .reference),
            assist(leg, AssistField.askedAt(leg), "asked_at", "请求时间", "asked at", .instant),
            assist(leg, AssistField.verdict(leg), "verdict", "主办意见", "verdict", .code(.assistVerdict)),
            assist(leg, AssistField.state(leg), "state", "状态", "state", .code(.assistState)),
            assist(leg, AssistField.handler(leg), "handler", "处理人", "handler", .post),
            assist(leg, AssistField.doneAt(leg), "done_at", "完成时间", "done at", .instant),
            assist(leg, AssistField.result(leg), "result", "结果", "result", .code(.assistResult)),
        ]
    }

    private static func assist(
        _ leg: Leg, _ id: FieldID, _ name: String, _ chinese: String, _ english: String, _ type: FieldType
    ) -> FieldDefinition {
        field(
            id, "assist\(leg)_\(name)", "协办\(leg)\(chinese)", "assist \(leg) \(english)", .core, .custodian, type, .act)
    }
}
