extension RequirementTable {
    static let groupD = RequirementGroup(
        "D", Wording("派单与流转", "Dispatch and routing between tiers"),
        [
            Requirement("DR-01", "Province-led handling, whole network linked", .notYet),
            Requirement("DR-02", "Branch answers at once or submits the ticket to the provincial centre", .notYet),
            Requirement(
                "DR-03", "Provincial review: correct, answer and close if it can",
                .met(["T06 DR-03 the centre answers itself with a solution at hand"])),
            Requirement(
                "DR-04", "Three dispatch targets: remote (city) unit, handling department, business-owner department",
                .notYet),
            Requirement(
                "DR-05", "Type unclear → business-owner department; type clear → handling department",
                .met(["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"])),
            Requirement("DR-06", "Receiver decides: mine → solve; not mine → re-dispatch (转派)", .notYet),
            Requirement(
                "DR-07", "Assisting departments (协办): lead stays accountable",
                .met([
                    "DR-07 a lead and an assist unit at two nodes work side by side, and the lead waits",
                    "T11 DR-07 an assist leg has its own custody while the lead stays where it is",
                ])),
            Requirement(
                "DR-08", "Problem escalation path city → province → head office, no skipping",
                .met(["T12 DR-08 the province escalates one tier up, and the level becomes national"])),
            Requirement(
                "DR-09",
                "Feedback returns along the dispatch edge: centre's tickets to the centre, transferred tickets to the transferring department",
                .met(["T10 DR-09 feedback of a transferred ticket returns along the way it came"])),
            Requirement("DR-10", "Cross-operator (bank: inter-bank) problems follow a special procedure", .notYet),
            Requirement(
                "DR-11", "Person involved → that person's department; no person → business department",
                .met(["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"])),
            Requirement(
                "DR-12", "Several people or departments → a lead department is appointed",
                .met(["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"])),
            Requirement(
                "DR-13", "Key client, major project, systemic impact → general office + major-case report form", .notYet
            ),
            Requirement("DR-14", "Coordination group or rapid response led by one department", .notYet),
            Requirement("DR-15", "Form reaches the department in 10 minutes and the receiver signs", .notYet),
            Requirement("DR-16", "Major: to the top manager the same day", .notYet),
            Requirement("DR-17", "Important: to the manager within one hour", .notYet),
            Requirement("DR-18", "Head office dispatches down to the province", .notYet),
            Requirement(
                "DR-19", "Handlers do not contact the customer; only intake channel or centre does",
                .met(["DR-19 handlers do not speak with the customer"])),
            Requirement("DR-20", "The head of the department complained about is told", .notYet),
            Requirement("DR-21", "Handle yourself if you can, else coordinate", .notYet),
        ])

    static let groupE = RequirementGroup(
        "E", Wording("环节与状态", "Stages and transitions"),
        [
            Requirement("ST-01", "Stage definition: acceptance (受理)", .notYet),
            Requirement(
                "ST-02", "Stage definition: handling (处理) ends with a solution or an agreed explanation (解释口径)", .notYet
            ),
            Requirement("ST-03", "Stage definition: final reply (答复)", .notYet),
            Requirement(
                "ST-04", "Stage definition: interim reply (回复), distinct from final reply",
                .met(["ST-04 RF-17 an interim reply names the next one, and is not the final reply"])),
            Requirement("ST-05", "Stage definition: follow-up (回访)", .notYet),
            Requirement("ST-06", "Timed stages: arrange, review, handle, feed back, follow up", .notYet),
            Requirement("ST-07", "Full chain of ten steps", .notYet),
            Requirement("ST-08", "Definition of completed (结办)", .notYet),
            Requirement("ST-09", "Open a case when on-site work with follow-up or inspection is needed", .notYet),
            Requirement(
                "ST-10",
                "Open when follow-up is needed after a query; also on instruction, urgent call for help, help outside remit",
                .notYet),
            Requirement("ST-11", "Do not open when the explanation settled it", .notYet),
            Requirement("ST-12", "Once opened: chase until cancelled", .notYet),
            Requirement("ST-13", "Unsure → ask a superior at once", .notYet),
            Requirement("ST-14", "Close when done and the complainant signed", .notYet),
            Requirement(
                "ST-15", "Linked new problem: close the original only if the new one is opened",
                .met(["ST-15 ST-16 a linked problem without a ticket of its own keeps the ticket open"])),
            Requirement(
                "ST-16", "Linked problem still in work and not separately opened: may not close",
                .met(["ST-15 ST-16 a linked problem without a ticket of its own keeps the ticket open"])),
            Requirement(
                "ST-17", "Major: closing needs the head's consent",
                .met(["ST-17 a major ticket never closes at a branch"])),
            Requirement("ST-18", "Closing needs verification", .notYet),
            Requirement(
                "ST-19", "Unresolvable: record, then quarterly approval by the head",
                .met(["T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature"])),
            Requirement(
                "ST-20", "Unresolvable closure carries the approver's signature",
                .met(["T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature"])),
            Requirement(
                "ST-21", "Consent gate: the proposed solution is executed only after the customer agrees",
                .met(["T19 ST-21 a solution that the customer refuses is not carried out"])),
            Requirement("ST-22", "Six-step handling order as a guided checklist", .notYet),
            Requirement(
                "ST-23", "Bank flow: accept and register → identify and assign → handle → follow up → report", .notYet),
            Requirement("ST-24", "Preliminary opinion to the complainant before management review", .notYet),
            Requirement(
                "ST-25", "Escalated: head office audits the reply, audits the ticket, phones the customer", .notYet),
        ])

    static let groupF = RequirementGroup(
        "F", Wording("时限、预警、督办", "Deadlines, warnings, supervision"),
        [
            Requirement("DL-01", "General: at once", .notYet),
            Requirement("DL-02", "Provincial: average and maximum", .notYet),
            Requirement("DL-03", "National: average and maximum", .notYet),
            Requirement("DL-04", "Intake fills the ticket", .notYet),
            Requirement("DL-05", "Centre reviews and dispatches", .notYet),
            Requirement(
                "DL-06", "Department time from Appendix C (not in the source); VIP and 3G at the lower bound", .notYet),
            Requirement("DL-07", "Centre replies to the customer after feedback", .notYet),
            Requirement("DL-08", "Follow-up", .notYet),
            Requirement("DL-09", "Early warning of each stage at 90 % of its standard time", .notYet),
            Requirement("DL-10", "No operation by then → automatic warning ticket or SMS to unit and person", .notYet),
            Requirement(
                "DL-11", "Supervision records feed statistics and assessment",
                .partly(
                    [
                        "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                        "DL-11 a node that was off over warning and end tells the breach alone",
                        "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                    ], lacking: "the further steps of the ladder while nobody acts")),
            Requirement(
                "DL-12", "Supervision ticket and supervision SMS are objects",
                .met([
                    "DL-12 FO-14 a supervision order is itself a ticket, with the ones it is about and a time to answer"
                ])),
            Requirement(
                "DL-13", "National centre supervises key, difficult and irregular tickets",
                .met(["DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit"])),
            Requirement("DL-14", "Bank: internal solution", .notYet),
            Requirement("DL-15", "Bank: extended", .notYet),
            Requirement("DL-16", "Simple and clear matters", .notYet),
            Requirement("DL-17", "Complex matters", .notYet),
            Requirement("DL-18", "Tell the result", .notYet),
            Requirement("DL-19", "Oral complaint", .notYet),
            Requirement("DL-20", "Written: ordinary / complex or serious", .notYet),
            Requirement("DL-21", "Start investigation / satisfactory reply", .notYet),
            Requirement("DL-22", "Minor; overdue needs department manager's approval", .notYet),
            Requirement("DL-23", "Important; overdue needs general manager's approval", .notYet),
            Requirement("DL-24", "Major: clear reply / solution", .notYet),
            Requirement("DL-25", "Limits differ by type and level and count in assessment", .notYet),
            Requirement("DL-26", "Automatic warning and supervision is a required system function", .notYet),
        ])

    static let groupG = RequirementGroup(
        "G", Wording("答复与回访", "Reply and follow-up"),
        [
            Requirement(
                "RF-01", "Who replies: intake channel or provincial centre, from the ticket's solution text",
                .met(["RF-01 the centre hands an approved answer to the place of intake, which replies"])),
            Requirement("RF-02", "Reply medium follows intake medium and customer wish", .notYet),
            Requirement("RF-03", "Unsolvable for now: explain, next measures, seek understanding", .notYet),
            Requirement("RF-04", "Customer rejects: state the position and record it", .notYet),
            Requirement(
                "RF-05", "Follow-up within a week, with satisfaction survey",
                .met(["T20 RF-05 without an answer three failed calls on three days are needed"])),
            Requirement(
                "RF-06", "Outbound call, recording kept; VIP, urgent-major, group customers by phone plus visit",
                .notYet),
            Requirement("RF-07", "Uniform script by purpose", .notYet),
            Requirement("RF-08", "Dissatisfied: record and back-office triage", .notYet),
            Requirement(
                "RF-09", "Handled wrongly: rework ticket to the department",
                .met(["T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler"])),
            Requirement("RF-10", "Written complaint needs written reply", .notYet),
            Requirement("RF-11", "Not accepted: investigate again, further opinion", .notYet),
            Requirement("RF-12", "Proactive customer notice at four nodes", .notYet),
            Requirement("RF-13", "Result in plain words with basis and reasons", .notYet),
            Requirement("RF-14", "Tell the appeal path", .notYet),
            Requirement("RF-15", "Bank: follow-up evaluates; dissatisfied → handle again", .notYet),
            Requirement("RF-16", "Result told the same day, by phone or visit", .notYet),
            Requirement(
                "RF-17", "Cannot solve yet: fix the next reply time",
                .met(["ST-04 RF-17 an interim reply names the next one, and is not the final reply"])),
            Requirement("RF-18", "Follow-up for major or typical cases is mandatory", .notYet),
            Requirement(
                "RF-19", "No promise that cannot be kept: promises are tracked items",
                .met(["RF-19 RF-20 a promise has a time and ends kept, broken or replaced"])),
            Requirement(
                "RF-20", "A promise made must be carried out",
                .met(["RF-19 RF-20 a promise has a time and ends kept, broken or replaced"])),
            Requirement("RF-21", "Periodic sampled survey by phone, visit, mail, usually a third party", .notYet),
            Requirement(
                "RF-22", "Sales talk during follow-up is allowed by the source; make it off by default (conduct risk)",
                .notYet),
        ])
}
