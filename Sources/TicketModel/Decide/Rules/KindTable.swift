/// Which kind may become which (CL-15, CL-16): communication types and complaints into each other while history stays,
/// what the regulator sent between its two kinds, everything else never.
public enum KindTable {
    private static let communication = ["help", "inquiry", "venting", "suggestion"]

    /// The kinds that a kind may be changed into.
    public static func targets(of kind: String) -> [String] {
        switch kind {
        case "complaint": communication
        case "regulator_referral": ["regulator_appeal"]
        case "regulator_appeal": ["regulator_referral"]
        case _ where communication.contains(kind): ["complaint"] + communication.filter { $0 != kind }
        default: []
        }
    }

    /// A complaint that a unit handles already stays one: only a change towards more care is possible then.
    static func allows(_ from: String, _ to: String, in state: TicketState?) -> Bool {
        guard targets(of: from).contains(to) else { return false }
        guard from == "complaint" else { return true }
        return [.registered, .underReview, .dispatched].contains(state)
    }
}
