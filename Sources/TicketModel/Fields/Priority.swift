/// The priority of a ticket, 1 (first) … 4: computed from its factors and severity, never chosen (model §2.3).
public enum Priority {
    /// 1: factor gravity or severity major. 2: two or more factors, or severity urgent. 3: one factor, or severity
    /// important. 4: none of these. Codes of a newer version count as factors and as ordinary severity.
    public static func compute(factors: [String], severity: String) -> Int {
        if factors.contains("gravity") || severity == "major" { return 1 }
        if factors.count >= 2 || severity == "urgent" { return 2 }
        if factors.count == 1 || severity == "important" { return 3 }
        return 4
    }

    /// The code of a priority in its list (`p1`…`p4`).
    public static func code(_ priority: Int) -> String { "p\(priority)" }
}
