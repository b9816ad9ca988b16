extension RequirementTable {
    static let groupH = RequirementGroup(
        "H", Wording("升级投诉", "Escalated complaints"),
        [
            Requirement(
                "EC-01", "Definition: complaint made to head-office intake",
                .met([
                    "head office hands a ticket to a province, which hands it on to a branch",
                    "the routing rules decide what head office may hold from the start",
                    "DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides",
                ])),
            Requirement(
                "EC-02", "Unified control, unified intake, two-level handling",
                .met([
                    "head office hands a ticket to a province, which hands it on to a branch",
                    "what head office takes in itself it may hold",
                ])),
            Requirement(
                "EC-03", "Head office dispatches to the province",
                .met(["head office hands a ticket to a province, which hands it on to a branch"])),
            Requirement(
                "EC-04", "Head office watches the process",
                .met([
                    "head office follows a local ticket without one word of its bodies",
                    "the consolidated view counts what is below, by province, kind, state, severity and age",
                    "a commit is told with its sequence to everyone who listens",
                ])),
            Requirement(
                "EC-05", "Complex line",
                .partly(
                    [
                        "every row of the table of policies is in its pack",
                        "EC-05 EC-06 EC-07 an escalated case runs from the province's acceptance to its report back",
                    ], lacking: "the bank's word that severity tells complex from simple")),
            Requirement(
                "EC-06", "Simple line",
                .partly(
                    [
                        "every row of the table of policies is in its pack",
                        "EC-05 EC-06 EC-07 an escalated case runs from the province's acceptance to its report back",
                    ], lacking: "the bank's word that severity tells complex from simple")),
            Requirement(
                "EC-07", "Clock: from acceptance of HO dispatch to report back to HO",
                .met(["EC-05 EC-06 EC-07 an escalated case runs from the province's acceptance to its report back"])),
            Requirement(
                "EC-08", "Report back: result, reply to customer, corrective measures",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                ])),
            Requirement(
                "EC-09", "Emergency class: major, mass, difficult",
                .partly(
                    [
                        "every list of the domain model is here with exactly its values",
                        "the routing rules decide what head office may hold from the start",
                        "DL-13 DL-26 key, difficult and overdue tickets come up at head office by themselves, until ordered",
                    ], lacking: "emergency handling of its own")),
            Requirement(
                "EC-10", "Immediate dual report to provincial management and head-office centre",
                .met([
                    "EC-10 a grave escalated complaint is told at once to the province's management and to head office"
                ])),
            Requirement(
                "EC-11", "Intake by call, letter, visit at head office",
                .met([
                    "what head office takes in itself it may hold",
                    "EC-11 head office takes in by call, letter and visit",
                ])),
            Requirement(
                "EC-12", "Province reports classified statistics",
                .met([
                    "the consolidated view counts what is below, by province, kind, state, severity and age",
                    "SA-03 to SA-08 distributions count what was received by code and by pairs of codes",
                ])),
        ])

    static let groupI = RequirementGroup(
        "I", Wording("申诉与监管转办", "Appeals and regulator referrals"),
        [
            Requirement(
                "AP-01", "Appeal (申诉): customer goes to the regulator (bank: 12378, 12363, 12315, 12345)",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "AP-13 only appeals are concluded, and not by who handled them",
                ])),
            Requirement(
                "AP-02", "Regulator bodies at national and provincial level, consumer associations",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "national and provincial bodies apart")),
            Requirement(
                "AP-03", "Filed (立案) vs non-filed (非立案) appeals",
                .met([
                    "AP-03 filed and non-filed cases are told apart"
                ])),
            Requirement(
                "AP-04", "Internal appeal against the first result to province or head office",
                .met(["T29 AP-04 an appeal is a new ticket after the old one has ended, and the old one stays as it is"]
                )),
            Requirement(
                "AP-05", "Whole appeal",
                .met([
                    "every row of the table of policies is in its pack",
                    "AP-05 AP-06 AP-07 AP-08 a regulator's case has its day, its four days, its two and its seven in all",
                ])),
            Requirement(
                "AP-06", "Accept and dispatch",
                .met([
                    "every row of the table of policies is in its pack",
                    "AP-05 AP-06 AP-07 AP-08 a regulator's case has its day, its four days, its two and its seven in all",
                ])),
            Requirement(
                "AP-07", "Branch company handles and feeds back",
                .met([
                    "every row of the table of policies is in its pack",
                    "AP-05 AP-06 AP-07 AP-08 a regulator's case has its day, its four days, its two and its seven in all",
                ])),
            Requirement(
                "AP-08", "Head office feeds back",
                .met([
                    "every row of the table of policies is in its pack",
                    "AP-05 AP-06 AP-07 AP-08 a regulator's case has its day, its four days, its two and its seven in all",
                ])),
            Requirement(
                "AP-09", "Dispatch by e-ticket after checking",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears",
                    "the routing rules decide what head office may hold from the start",
                ])),
            Requirement(
                "AP-10", "Warning and urging in appeals too",
                .met([
                    "elapsed limits warn at nine tenths to the minute",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                    "AP-10 the clocks of an appeal warn and breach like all others, and the unit is urged",
                ])),
            Requirement(
                "AP-11", "Two-hop report: branch company → head office → regulator",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                ])),
            Requirement(
                "AP-12", "Head office audits the report against law and rules",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                ])),
            Requirement(
                "AP-13", "Closing: overall qualification",
                .met([
                    "AP-13 only appeals are concluded, and not by who handled them",
                    "AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on",
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears",
                ])),
            Requirement(
                "AP-14", "Conclusion 1 enterprise responsible (企业责任); also for stalling or late/incomplete report",
                .met([
                    "AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on"
                ])),
            Requirement(
                "AP-15", "Conclusion 2 properly handled beforehand (先期处理得当): not counted as responsible",
                .met([
                    "AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on",
                    "AP-15 AP-22 responsible appeals and limits missed by late feedback are figures by unit",
                ])),
            Requirement(
                "AP-16", "Conclusion 3 filing withdrawn (立案撤消): elsewhere decided, no standing, or impersonation",
                .met([
                    "AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on"
                ])),
            Requirement(
                "AP-17", "Conclusion 4 customer's own cause (用户原因)",
                .met(["AP-14 AP-15 AP-16 AP-17 each conclusion shows what it rests on"])),
            Requirement(
                "AP-18", "Filing for the record (报备) of key appeals",
                .met([
                    "AP-18 a key appeal is filed for the record in writing, before and beside its report"
                ])),
            Requirement(
                "AP-19", "Named liaison (联系责任人) per unit; a change must be handed over",
                .met(["AP-19 the liaison is named per unit, and a change is handed over"])),
            Requirement(
                "AP-20", "Original documents travel with the ticket",
                .partly(
                    ["AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis"],
                    lacking: "the document itself; its key, hash and holder travel")),
            Requirement(
                "AP-21", "Reply content: cause, facts, corrective opinion",
                .met([
                    "AP-21 the answer to an appeal tells the cause, the facts and the correction"
                ])),
            Requirement(
                "AP-22",
                "Late or missing feedback that breaks the regulator's limit is assessed with personal accountability",
                .partly(
                    [
                        "AP-15 AP-22 responsible appeals and limits missed by late feedback are figures by unit"
                    ], lacking: "the assessment of the person; the ticket names handler and liaison")),
            Requirement(
                "AP-23", "Report quality: repeated rejection is counted",
                .met([
                    "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears",
                ])),
            Requirement(
                "AP-24", "Archive includes the regulator's mediation opinion",
                .met([
                    "AP-24 a regulator's case goes to the archive with the paper of the mediation, and not without"
                ])),
            Requirement(
                "AP-25", "Appeal feedback is written",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears"
                ])),
        ])

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
