extension RequirementTable {
    static let groupO = RequirementGroup(
        "O", Wording("指标", "Indicators"),
        [
            Requirement(
                "KP-01", "Complaint rate = complaints / customers using the business",
                .partly(
                    [
                        "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                        "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                        "targets and outside numbers decide nothing that they cannot",
                    ], lacking: "the number of customers, which comes from outside as a parameter")),
            Requirement(
                "KP-02", "On-time completion rate",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                    "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                ])),
            Requirement(
                "KP-03", "One-time completion rate (no dispatch needed, in time)",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                    "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                ])),
            Requirement(
                "KP-04", "Satisfaction (two denominators allowed)",
                .met([
                    "KP-04 satisfaction of those who answered and of all complainants are two figures"
                ])),
            Requirement(
                "KP-05", "Flow timeliness, per stage",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                    "ST-06 KP-05 the check of the feedback is a timed stage with its own figure",
                ])),
            Requirement(
                "KP-06", "Flow validity (有效率), per stage, with sampling",
                .partly(
                    [
                        "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                    ], lacking: "the sample check; accuracy is told from bounces, rejections and rework")),
            Requirement(
                "KP-07", "Mean delay of delayed tickets",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                ])),
            Requirement(
                "KP-08", "Escalated complaint rate",
                .partly(
                    [
                        "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                    ], lacking: "the number of customers, which comes from outside as a parameter")),
            Requirement(
                "KP-09", "Escalated resolution rate",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                ])),
            Requirement(
                "KP-10", "Escalated satisfaction rate",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                ])),
            Requirement(
                "KP-11", "Ticket handling timeliness",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                ])),
            Requirement(
                "KP-12", "Ticket pass rate (合格率)",
                .met([
                    "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                ])),
            Requirement(
                "KP-13", "Mean handling time (closing − acceptance)",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                    "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                ])),
            Requirement(
                "KP-14", "Handling completion timeliness",
                .partly(
                    ["what is left out and what is counted together are all tickets"],
                    lacking: "closing within the promised time; the answer and the outcome are what counts")),
            Requirement(
                "KP-15", "Hotline service level", .notBySoftware("the telephone system of the hotline measures it")),
            Requirement(
                "KP-16", "Service-nature complaints (服务性投诉) proven true",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                    "KP-16 service-nature complaints: at most one a month and fewer than four a year",
                ])),
            Requirement(
                "KP-17", "Transferred-to-department completion rate",
                .met([
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count"
                ])),
            Requirement(
                "KP-18", "Bank: time and reply-satisfaction evaluated",
                .met([
                    "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out"
                ])),
        ])

    static let groupP = RequirementGroup(
        "P", Wording("统计", "Statistics"),
        [
            Requirement(
                "SA-01", "Fixed periods, comparable with the previous one; ad hoc for emergencies",
                .met([
                    "SA-01 periods are whole days of the bank's zone, end where the next begins, and know the one before",
                    "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                ])),
            Requirement(
                "SA-02", "Real time, day, week: base data; month, quarter, year: with analysis",
                .partly(
                    [
                        "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                        "the consolidated view counts what is below, by province, kind, state, severity and age",
                    ],
                    lacking:
                        "real-time figures of the longer kinds; analysis is what is frequent, what rises and where it is late"
                )),
            Requirement(
                "SA-03", "Appeals: month and year",
                .met([
                    "SA-03 SA-08 appeals, departments and satisfaction are distributed over a month and a year",
                    "SA-01 periods are whole days of the bank's zone, end where the next begins, and know the one before",
                    "SA-03 to SA-08 distributions count what was received by code and by pairs of codes",
                ])),
            Requirement(
                "SA-04", "Distribution by channel and channel × business",
                .met([
                    "SA-03 to SA-08 distributions count what was received by code and by pairs of codes"
                ])),
            Requirement(
                "SA-05", "Distribution by business",
                .met([
                    "SA-03 to SA-08 distributions count what was received by code and by pairs of codes"
                ])),
            Requirement(
                "SA-06", "Distribution by customer level",
                .met([
                    "SA-03 to SA-08 distributions count what was received by code and by pairs of codes"
                ])),
            Requirement(
                "SA-07", "Hot-topic distribution with appeal cases",
                .partly(
                    [
                        "SA-03 to SA-08 distributions count what was received by code and by pairs of codes"
                    ], lacking: "the cases themselves beside the figures")),
            Requirement(
                "SA-08", "Distribution by responsible department, hot topic, satisfaction",
                .met([
                    "SA-03 SA-08 appeals, departments and satisfaction are distributed over a month and a year"
                ])),
            Requirement(
                "SA-09", "Bank: half-yearly report, archived",
                .partly(
                    [
                        "SA-01 periods are whole days of the bank's zone, end where the next begins, and know the one before"
                    ], lacking: "the archived report")),
            Requirement(
                "SA-10", "Monthly statistics by the 30th, to the manager",
                .partly(
                    [
                        "SA-01 periods are whole days of the bank's zone, end where the next begins, and know the one before",
                        "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out",
                    ], lacking: "sending it to the manager by the 30th")),
            Requirement("SA-11", "Year-end circular", .notYet),
            Requirement(
                "SA-12", "Analysis outputs: frequent problems, weak links, typical cases, trends",
                .partly(
                    [
                        "SA-01 SA-02 KP-02 KP-03 KP-13 KP-18 each figure opens its formula, its rows and what it leaves out"
                    ], lacking: "weak links by unit and typical cases")),
            Requirement(
                "SA-13", "Uniform classes and definitions set by head office",
                .partly(
                    [
                        "every list of the domain model is here with exactly its values",
                        "a published item reaches every node and every copy is equal",
                        "a branch and a province cannot publish",
                    ], lacking: "code books as published items; they ship with the program")),
        ])
}
