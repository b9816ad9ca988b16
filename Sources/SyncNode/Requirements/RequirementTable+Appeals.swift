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
}
