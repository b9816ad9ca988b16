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
            Requirement(
                "AL-08", "Clear report path and powers; everyone collects",
                .partly(
                    [
                        "AL-08 an alert has an owner once a post is named, at every tier"
                    ], lacking: "a report path of its own; the owner is named and every tier sees it")),
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
                    "AL-12 one grave ticket is an alert by itself",
                ])),
        ])

    static let groupR = RequirementGroup(
        "R", Wording("告知", "Notifications"),
        [
            Requirement(
                "NO-01", "SMS supervision to the responsible person",
                .met(["NO-01 NO-02 DL-10 a deadline's warning and its breach go to unit and roles by text message"])),
            Requirement(
                "NO-02", "Warning as ticket or SMS",
                .met([
                    "NO-01 NO-02 DL-10 a deadline's warning and its breach go to unit and roles by text message",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                ])),
            Requirement(
                "NO-03", "Customer notices at acceptance, transfer, handling, completion",
                .met([
                    "RF-12 NO-03 NO-07 the customer hears of acceptance, transfer, handling and completion, each once"
                ])),
            Requirement(
                "NO-04", "Same-day management notice for major and important",
                .met([
                    "NO-04 a major complaint is told to those who must know at once",
                    "every row of the table of policies is in its pack",
                    "DR-16 DR-17 the unit's head reads above what a branch holds, and the clock stops at that hour",
                ])),
            Requirement(
                "NO-05", "Final customer opinion back to the department head",
                .met(["NO-05 the customer's final opinion goes back to the head of the department"])),
            Requirement(
                "NO-06", "Customer knows procedure, channels, expected time",
                .met([
                    "NO-06 IN-15 the receipt tells number, time, procedure and appeal path, and nothing of the complaint"
                ])),
            Requirement(
                "NO-07", "Result notice",
                .met([
                    "RF-12 NO-03 NO-07 the customer hears of acceptance, transfer, handling and completion, each once",
                    "a ticket walks from the counter through the province to its end",
                ])),
        ])

    static let groupS = RequirementGroup(
        "S", Wording("表单与文书", "Forms and documents"),
        [
            Requirement(
                "FO-01", "Complaint registration form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-02", "Department handling form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-03", "Result registration form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-04", "Major complaint report form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-05", "Customer complaint record",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-06", "Complaint opinion form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "FO-07", "Disposal log with receipt signatures",
                .met(["FO-07 the disposal log lists every act with room for a receipt signature"])),
            Requirement(
                "FO-08", "Record with opening and cancellation blocks",
                .met(["FO-08 TM-10 TM-11 the case record has the blocks of opening and cancellation"])),
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
                .met([
                    "IM-10 a text that head office publishes is at every branch, tickets link to it and are found by it",
                    "a ticket links only to a text that is published, valid today and for its business",
                    "IM-10 the explanation on a reply is one that is published, valid and for the business, by whatever act",
                ])),
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
