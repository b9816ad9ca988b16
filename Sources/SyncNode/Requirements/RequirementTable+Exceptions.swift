// What leaves the usual way: another province, another time, a second or an ill-founded complaint.
extension RequirementTable {
    static let groupJ = RequirementGroup(
        "J", Wording("跨省", "Cross-province"),
        [
            Requirement(
                "XP-01", "Cross-province: happened away, needs away and home units together",
                .met([
                    "XP-02 in a cross-province case the home province replies",
                    "a branch of another province that is involved gets the core by way of head office",
                    "XP-01 a unit where it happened assists, the home province leads, answers and ends it",
                ])),
            Requirement(
                "XP-02", "The home (归属地) centre replies to the customer",
                .met(["XP-02 in a cross-province case the home province replies"])),
            Requirement(
                "XP-03", "Cross-province counts as national level → 48/72 h",
                .met([
                    "13:00 a customer of another province: the home centre leads and replies, this side assists, head office sees status",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    "every row of the table of policies is in its pack",
                ])),
            Requirement(
                "XP-04", "National centre watches process, effect, quality for all provinces",
                .met([
                    "the consolidated view counts what is below, by province, kind, state, severity and age",
                    "head office follows a local ticket without one word of its bodies",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                ])),
            Requirement(
                "XP-05", "Home unit of the customer is a ticket field (home_org)",
                .met(["what nobody said gets its sensible default", "every field that may be entered can be entered"])),
        ])

    static let groupK = RequirementGroup(
        "K", Wording("延期与中止", "Extension and pause"),
        [
            Requirement(
                "EX-01", "Exceptional case: explain to next stage and centre, promise anew",
                .met([
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "EX-01 EX-03 an extension asked for below and granted above moves the same clock on every tier",
                ])),
            Requirement(
                "EX-02", "Interim reply to the customer before the old limit",
                .met([
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "ST-04 RF-17 an interim reply names the next one, and is not the final reply",
                    "EX-02 nothing is extended after the fact",
                    "EX-02 EX-06 RF-17 an interim reply comes up before the limit, and again at the time that it named",
                    "EX-02 EX-06 a promised time presses for an interim reply where no pack has a clock for it",
                ])),
            Requirement(
                "EX-03", "Tell the customer the extension and reason; tell the acceptance unit the cause",
                .met([
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "EX-03 an extension is told twice: to the customer with the reason, to the unit of intake with the cause",
                ])),
            Requirement(
                "EX-04", "Overrun needs approval by grade (minor → manager, important → general manager)",
                .met([
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "EX-04 DL-23 an approver whose authority ends earlier is told who may",
                ])),
            Requirement(
                "EX-05", "Long unsolved: explain, promise a time or give an explanation text",
                .met([
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "RF-19 RF-20 a promise has a time and ends kept, broken or replaced",
                    "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    "EX-02 EX-06 RF-17 an interim reply comes up before the limit, and again at the time that it named",
                ])),
            Requirement(
                "EX-06", "Interim reply is due whenever the promise cannot be met",
                .met([
                    "EX-06 an interim reply is no final one: no clock stops by it",
                    "ST-04 RF-17 an interim reply names the next one, and is not the final reply",
                    "EX-02 EX-06 RF-17 an interim reply comes up before the limit, and again at the time that it named",
                    "EX-02 EX-06 a promised time presses for an interim reply where no pack has a clock for it",
                ])),
        ])

    static let groupL = RequirementGroup(
        "L", Wording("重复、恶意、有效性", "Duplicates, malicious, validity"),
        [
            Requirement(
                "DM-01", "Malicious: invented facts; one event many times; defamation",
                .met([
                    "DM-01 DM-02 malicious only with kind, ground, a second person and the right role",
                    "DM-01 DM-02 malicious needs its safeguards at run time, and another matter is no ground",
                    "every list of the domain model is here with exactly its values",
                ])),
            Requirement(
                "DM-02", "Validity decided by the complaint officer",
                .met([
                    "DM-01 DM-02 malicious only with kind, ground, a second person and the right role",
                    "DM-01 DM-02 malicious needs its safeguards at run time, and another matter is no ground",
                ])),
            Requirement(
                "DM-03", "Two tests: reasons sufficient? demand reasonable?",
                .met(["DM-03 the two tests do not contradict the validity"])),
            Requirement(
                "DM-04", "Valid: harm by intent, non-intent or mistake; or registered by the authority",
                .met([
                    "DM-04 a ground of validity goes with a valid complaint and no other"
                ])),
            Requirement(
                "DM-05", "Impersonation check: is the complainant the party?",
                .met([
                    "a reply that breaks a rule names the field",
                    "AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on",
                ])),
            Requirement(
                "DM-06", "Repeat contacts about one event form one thread; private side channels are a risk to record",
                .met([
                    "T28 DM-06 merging keeps the earliest, and the old reference leads to it",
                    "DM-06 the same customer is found by the number however it is written, before registering",
                    "DM-06 the same event within a week is found, and an older one is not",
                    "(5) the branch head gossips and the calls go on for a month: one thread, major by itself, the private number on record",
                ])),
            Requirement(
                "DM-07", "Group and high-frequency detection",
                .met([
                    "AL-01 AL-07 AL-11 DM-07 three branches with one business and symptom in five days are a yellow alert"
                ])),
            Requirement(
                "DM-08", "Outcome code \"misunderstanding, explained\"",
                .met(["every list of the domain model is here with exactly its values"])),
        ])
}
