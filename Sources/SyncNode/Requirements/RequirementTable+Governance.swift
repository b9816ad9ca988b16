extension RequirementTable {
    static let groupM = RequirementGroup(
        "M", Wording("角色与权限", "Roles and permissions"),
        [
            Requirement("RO-01", "National centre", .notYet),
            Requirement("RO-02", "Provincial complaint centre", .notYet),
            Requirement("RO-03", "Remote (city) unit", .notYet),
            Requirement("RO-04", "Business-owner department", .notYet),
            Requirement(
                "RO-05", "Ticket-handling department", .met(["RO-05 another department's work order is not one's own"])),
            Requirement("RO-06", "Assisting department", .notYet),
            Requirement(
                "RO-07", "Head-office customer-service department: supervise, monitor, survey, assess", .notYet),
            Requirement("RO-08", "Head-office complaint centre", .notYet),
            Requirement(
                "RO-09", "Front-line authorisation levels by post",
                .met(["RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed"])),
            Requirement(
                "RO-10", "Conditions of authority: tenure, spend, potential value, customer type, law", .notYet),
            Requirement(
                "RO-11", "Scope of authority by business type",
                .met([
                    "RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed",
                    "RO-11 a level covers the businesses that it names and no other",
                ])),
            Requirement(
                "RO-12", "Use of authority is monitored and assessed",
                .met(["RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed"])),
            Requirement("RO-13", "Front-line autonomy raises first-time resolution", .notYet),
            Requirement("RO-14", "Complaint officer post in the general office; one bank leader in charge", .notYet),
            Requirement(
                "RO-15", "Recusal: not the person complained about",
                .met(["RO-15 the person complained about touches nothing"])),
            Requirement(
                "RO-16", "Reading by permission level",
                .met(["RO-16 a post acts in the roles that it holds, at its own node"])),
            Requirement("RO-17", "Emergency organisation, five layers", .notYet),
            Requirement("RO-18", "Independent supervision office re-examines", .notYet),
            Requirement(
                "RO-19", "Officers must be trained (training flag before access)",
                .met(["RO-19 nobody works on complaints untrained"])),
        ])

    static let groupN = RequirementGroup(
        "N", Wording("审计、归档、保密", "Audit, archive, confidentiality"),
        [
            Requirement("AU-01", "Identity and material confidential", .notYet),
            Requirement("AU-02", "All records complete, filed, searchable", .notYet),
            Requirement(
                "AU-03",
                "Do not reveal what the complainant wants secret; never hand the material to the person complained about",
                .notYet),
            Requirement("AU-04", "Protect the bank's business secrets", .notYet),
            Requirement("AU-05", "Retaliation and leak are punished → reads are logged", .notYet),
            Requirement(
                "AU-06", "Archive set: content, investigation, solution, feedback",
                .met(["T26 AU-06 only a complete set goes to the archive"])),
            Requirement("AU-07", "Archive after closing", .notYet),
            Requirement("AU-08", "Long-term keeping", .notYet),
            Requirement("AU-09", "Hand-over of material to the archive unit", .notYet),
            Requirement("AU-10", "Collect, sort, file everything", .notYet),
            Requirement(
                "AU-11", "Wrong phone on file leaks personal facts to a third party: verify contact before notifying",
                .met(["AU-11 nothing leaves by itself before the contact is verified"])),
            Requirement("AU-12", "The record is evidence", .notYet),
            Requirement(
                "AU-13", "Access to video evidence needs a legal basis",
                .met(["AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis"])),
            Requirement("AU-14", "Supervision and inspection of the process", .notYet),
        ])

    static let groupO = RequirementGroup(
        "O", Wording("指标", "Indicators"),
        [
            Requirement("KP-01", "Complaint rate = complaints / customers using the business", .notYet),
            Requirement("KP-02", "On-time completion rate", .notYet),
            Requirement("KP-03", "One-time completion rate (no dispatch needed, in time)", .notYet),
            Requirement("KP-04", "Satisfaction (two denominators allowed)", .notYet),
            Requirement("KP-05", "Flow timeliness, per stage", .notYet),
            Requirement("KP-06", "Flow validity (有效率), per stage, with sampling", .notYet),
            Requirement("KP-07", "Mean delay of delayed tickets", .notYet),
            Requirement("KP-08", "Escalated complaint rate", .notYet),
            Requirement("KP-09", "Escalated resolution rate", .notYet),
            Requirement("KP-10", "Escalated satisfaction rate", .notYet),
            Requirement("KP-11", "Ticket handling timeliness", .notYet),
            Requirement(
                "KP-12", "Ticket pass rate (合格率)",
                .partly(
                    ["T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts"],
                    lacking: "the indicator that counts it")),
            Requirement("KP-13", "Mean handling time (closing − acceptance)", .notYet),
            Requirement("KP-14", "Handling completion timeliness", .notYet),
            Requirement("KP-15", "Hotline service level", .notYet),
            Requirement("KP-16", "Service-nature complaints (服务性投诉) proven true", .notYet),
            Requirement("KP-17", "Transferred-to-department completion rate", .notYet),
            Requirement("KP-18", "Bank: time and reply-satisfaction evaluated", .notYet),
        ])

    static let groupP = RequirementGroup(
        "P", Wording("统计", "Statistics"),
        [
            Requirement("SA-01", "Fixed periods, comparable with the previous one; ad hoc for emergencies", .notYet),
            Requirement("SA-02", "Real time, day, week: base data; month, quarter, year: with analysis", .notYet),
            Requirement("SA-03", "Appeals: month and year", .notYet),
            Requirement("SA-04", "Distribution by channel and channel × business", .notYet),
            Requirement("SA-05", "Distribution by business", .notYet),
            Requirement("SA-06", "Distribution by customer level", .notYet),
            Requirement("SA-07", "Hot-topic distribution with appeal cases", .notYet),
            Requirement("SA-08", "Distribution by responsible department, hot topic, satisfaction", .notYet),
            Requirement("SA-09", "Bank: half-yearly report, archived", .notYet),
            Requirement("SA-10", "Monthly statistics by the 30th, to the manager", .notYet),
            Requirement("SA-11", "Year-end circular", .notYet),
            Requirement("SA-12", "Analysis outputs: frequent problems, weak links, typical cases, trends", .notYet),
            Requirement("SA-13", "Uniform classes and definitions set by head office", .notYet),
        ])
}
