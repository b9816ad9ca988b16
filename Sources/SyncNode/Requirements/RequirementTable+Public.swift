extension RequirementTable {
    static let groupQ = RequirementGroup(
        "Q", Wording("预警与舆情", "Alerts and public opinion"),
        [
            Requirement(
                "AL-01", "Four-colour alert: blue single, yellow related, orange wide, red total",
                .met([
                    "AL-01 AL-07 AL-11 DM-07 three branches with one business and symptom in five days are a yellow alert",
                    "AL-01 the gravest colour speaks, and a milder one does not repeat it",
                ])),
            Requirement(
                "AL-02", "Blue: cool handling",
                .partly(
                    ["AL-02 AL-03 AL-04 AL-05 every colour says how it is answered"],
                    lacking: "steps that follow by themselves; the colour says how to answer")),
            Requirement(
                "AL-03", "Yellow: precise handling",
                .partly(
                    ["AL-02 AL-03 AL-04 AL-05 every colour says how it is answered"],
                    lacking: "steps that follow by themselves; the colour says how to answer")),
            Requirement(
                "AL-04", "Orange: fast handling",
                .partly(
                    ["AL-02 AL-03 AL-04 AL-05 every colour says how it is answered"],
                    lacking: "steps that follow by themselves; the colour says how to answer")),
            Requirement(
                "AL-05", "Red: emergency handling",
                .partly(
                    ["AL-02 AL-03 AL-04 AL-05 every colour says how it is answered"],
                    lacking: "steps that follow by themselves; the colour says how to answer")),
            Requirement(
                "AL-06",
                "Qualitative criteria: experience, range, count, duration, relatedness, harm, customer-side gravity, own-problem insight; \"the magic number 3\"",
                .partly(
                    ["AL-06 three like ones in a branch are blue, two are none, and another symptom does not count"],
                    lacking: "the qualitative criteria; count, range, duration and relatedness are there")),
            Requirement(
                "AL-07", "Quantitative: simple model, adjustable thresholds",
                .met([
                    "AL-01 AL-07 AL-11 DM-07 three branches with one business and symptom in five days are a yellow alert",
                    "AL-07 a threshold out of range is no rule",
                    "AL-07 thresholds are data: a wrong file is refused with the place and what would be right",
                ])),
            Requirement("AL-08", "Clear report path and powers; everyone collects", .notYet),
            Requirement("AL-09", "Online watch: site, period, topic, person", .notYet),
            Requirement(
                "AL-10", "Needed rules: monitoring, reporting, identification, classed handling, publicity",
                .notBySoftware("rules that the bank writes")),
            Requirement(
                "AL-11", "Early intervention on group or frequent complaints",
                .met([
                    "AL-01 AL-07 AL-11 DM-07 three branches with one business and symptom in five days are a yellow alert"
                ])),
            Requirement(
                "AL-12", "Media or court involvement flags gravity",
                .met([
                    "the routing rules decide what head office may hold from the start",
                    "every list of the domain model is here with exactly its values",
                ])),
        ])

    static let groupR = RequirementGroup(
        "R", Wording("告知", "Notifications"),
        [
            Requirement("NO-01", "SMS supervision to the responsible person", .notYet),
            Requirement(
                "NO-02", "Warning as ticket or SMS",
                .partly(
                    [
                        "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                        "DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts",
                    ], lacking: "SMS, and warning tickets that open by themselves")),
            Requirement(
                "NO-03", "Customer notices at acceptance, transfer, handling, completion",
                .partly(
                    [
                        "AU-11 nothing leaves by itself before the contact is verified",
                        "every list of the domain model is here with exactly its values",
                    ], lacking: "notices that go out at the four nodes by themselves")),
            Requirement(
                "NO-04", "Same-day management notice for major and important",
                .partly(
                    [
                        "every row of the table of policies is in its pack",
                        "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    ], lacking: "the same day for major, and the manager's receipt")),
            Requirement("NO-05", "Final customer opinion back to the department head", .notYet),
            Requirement("NO-06", "Customer knows procedure, channels, expected time", .notYet),
            Requirement(
                "NO-07", "Result notice",
                .partly(
                    [
                        "a ticket walks from the counter through the province to its end",
                        "a reply that breaks a rule names the field",
                    ], lacking: "the sending; that the customer was told is recorded")),
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
            Requirement(
                "FO-07", "Disposal log with receipt signatures",
                .partly(
                    ["the history lists every act with its lines in both languages"],
                    lacking: "the printable form and signatures")),
            Requirement("FO-08", "Record with opening and cancellation blocks", .notYet),
            Requirement("FO-09", "Monthly summary", .notYet),
            Requirement("FO-10", "On-site service slip, customer signature", .notYet),
            Requirement("FO-11", "Customer complaint log", .notYet),
            Requirement(
                "FO-12", "Appeal handling report to the regulator",
                .partly(
                    [
                        "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                    ], lacking: "the printable report")),
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
            Requirement(
                "IM-01", "Loop complaint → analysis → correction → better",
                .partly(
                    [
                        "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                    ], lacking: "analysis, and whether it became better")),
            Requirement("IM-02", "Findings go to product, marketing, operations, risk", .notYet),
            Requirement("IM-03", "Voice-of-customer collection", .notYet),
            Requirement("IM-04", "Recurrence of the same problem is measured", .notYet),
            Requirement("IM-05", "After-action review: cause, lesson, prevention, adjustment", .notYet),
            Requirement(
                "IM-06", "Stage-level responsibility for faults",
                .partly(
                    [
                        "every field of the domain model is in the table",
                        "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    ], lacking: "the assessment of faults by stage")),
            Requirement(
                "IM-07", "Liability for serious valid complaints",
                .notBySoftware("liability of units and persons is the bank's decision")),
            Requirement(
                "IM-08",
                "Hiding a complaint: fourth of five penalty grades (1000 yuan and major demerit in the source); the fifth covers abuse and retaliation",
                .partly(
                    [
                        "a complaint that reached the province and not head office shows as a difference with branch and day",
                        "T27 TM-18 a withdrawn ticket keeps everything, shows the paper, and is never deleted",
                        "a lost tail that nobody has is declared at the next act, and nobody waits for it",
                    ], lacking: "penalties, which are the bank's; shown is that a record cannot vanish unseen")),
            Requirement(
                "IM-09",
                "Penalty grades in the source: 30–100, 200 (−5 points), 300 (−10 points), 1000 yuan, dismissal",
                .notBySoftware("penalties")),
            Requirement(
                "IM-10", "Library of uniform explanation texts (口径库)",
                .partly(
                    [
                        "T06 DR-03 the centre answers itself with a solution at hand",
                        "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    ], lacking: "the texts themselves; a ticket names one")),
            Requirement(
                "IM-11", "Closed loop over the e-ticket system",
                .met([
                    "a ticket walks from the counter through the province to its end",
                    "T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler",
                ])),
            Requirement("IM-12", "Optional assistance: classify, route, auto-reply, predict", .notYet),
            Requirement(
                "IM-13",
                "Five taboos (passive waiting, only seeking exemption, complaining, fanning flames, indifference) as quality-check codes",
                .notYet),
        ])
}
