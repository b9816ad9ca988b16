extension RequirementTable {
    static let groupQ = RequirementGroup(
        "Q", Wording("预警与舆情", "Alerts and public opinion"),
        [
            Requirement("AL-01", "Four-colour alert: blue single, yellow related, orange wide, red total", .notYet),
            Requirement("AL-02", "Blue: cool handling", .notYet),
            Requirement("AL-03", "Yellow: precise handling", .notYet),
            Requirement("AL-04", "Orange: fast handling", .notYet),
            Requirement("AL-05", "Red: emergency handling", .notYet),
            Requirement(
                "AL-06",
                "Qualitative criteria: experience, range, count, duration, relatedness, harm, customer-side gravity, own-problem insight; \"the magic number 3\"",
                .notYet),
            Requirement("AL-07", "Quantitative: simple model, adjustable thresholds", .notYet),
            Requirement("AL-08", "Clear report path and powers; everyone collects", .notYet),
            Requirement("AL-09", "Online watch: site, period, topic, person", .notYet),
            Requirement(
                "AL-10", "Needed rules: monitoring, reporting, identification, classed handling, publicity", .notYet),
            Requirement("AL-11", "Early intervention on group or frequent complaints", .notYet),
            Requirement("AL-12", "Media or court involvement flags gravity", .notYet),
        ])

    static let groupR = RequirementGroup(
        "R", Wording("告知", "Notifications"),
        [
            Requirement("NO-01", "SMS supervision to the responsible person", .notYet),
            Requirement("NO-02", "Warning as ticket or SMS", .notYet),
            Requirement("NO-03", "Customer notices at acceptance, transfer, handling, completion", .notYet),
            Requirement("NO-04", "Same-day management notice for major and important", .notYet),
            Requirement("NO-05", "Final customer opinion back to the department head", .notYet),
            Requirement("NO-06", "Customer knows procedure, channels, expected time", .notYet),
            Requirement("NO-07", "Result notice", .notYet),
        ])

    static let groupS = RequirementGroup(
        "S", Wording("表单与文书", "Forms and documents"),
        [
            Requirement("FO-01", "Complaint registration form", .notYet),
            Requirement("FO-02", "Department handling form", .notYet),
            Requirement("FO-03", "Result registration form", .notYet),
            Requirement("FO-04", "Major complaint report form", .notYet),
            Requirement("FO-05", "Customer complaint record", .notYet),
            Requirement("FO-06", "Complaint opinion form", .notYet),
            Requirement("FO-07", "Disposal log with receipt signatures", .notYet),
            Requirement("FO-08", "Record with opening and cancellation blocks", .notYet),
            Requirement("FO-09", "Monthly summary", .notYet),
            Requirement("FO-10", "On-site service slip, customer signature", .notYet),
            Requirement("FO-11", "Customer complaint log", .notYet),
            Requirement("FO-12", "Appeal handling report to the regulator", .notYet),
            Requirement(
                "FO-13", "Rework ticket after follow-up",
                .partly(
                    ["T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler"],
                    lacking: "the printable form")),
            Requirement(
                "FO-14", "Warning ticket",
                .partly(
                    [
                        "DL-12 FO-14 a supervision order is itself a ticket, with the ones it is about and a time to answer"
                    ], lacking: "the printable form")),
            Requirement("FO-15", "Follow-up and satisfaction analysis report", .notYet),
        ])

    static let groupT = RequirementGroup(
        "T", Wording("改进、问责、知识", "Improvement, accountability, knowledge"),
        [
            Requirement("IM-01", "Loop complaint → analysis → correction → better", .notYet),
            Requirement("IM-02", "Findings go to product, marketing, operations, risk", .notYet),
            Requirement("IM-03", "Voice-of-customer collection", .notYet),
            Requirement("IM-04", "Recurrence of the same problem is measured", .notYet),
            Requirement("IM-05", "After-action review: cause, lesson, prevention, adjustment", .notYet),
            Requirement("IM-06", "Stage-level responsibility for faults", .notYet),
            Requirement("IM-07", "Liability for serious valid complaints", .notYet),
            Requirement(
                "IM-08",
                "Hiding a complaint: fourth of five penalty grades (1000 yuan and major demerit in the source); the fifth covers abuse and retaliation",
                .notYet),
            Requirement(
                "IM-09",
                "Penalty grades in the source: 30–100, 200 (−5 points), 300 (−10 points), 1000 yuan, dismissal", .notYet
            ),
            Requirement("IM-10", "Library of uniform explanation texts (口径库)", .notYet),
            Requirement("IM-11", "Closed loop over the e-ticket system", .notYet),
            Requirement("IM-12", "Optional assistance: classify, route, auto-reply, predict", .notYet),
            Requirement(
                "IM-13",
                "Five taboos (passive waiting, only seeking exemption, complaining, fanning flames, indifference) as quality-check codes",
                .notYet),
        ])
}
