extension RequirementTable {
    static let groupD = RequirementGroup(
        "D", Wording("派单与流转", "Dispatch and routing between tiers"),
        [
            Requirement(
                "DR-01", "Province-led handling, whole network linked",
                .met([
                    "a ticket walks from the counter through the province to its end",
                    "a branch of another province that is involved gets the core by way of head office",
                ])),
            Requirement(
                "DR-02", "Branch answers at once or submits the ticket to the provincial centre",
                .met([
                    "a complaint answered on the spot ends at its branch",
                    "a ticket walks from the counter through the province to its end",
                ])),
            Requirement(
                "DR-03", "Provincial review: correct, answer and close if it can",
                .met([
                    "T06 DR-03 the centre answers itself with a solution at hand",
                    "a ticket returned for completion says what is missing until it is submitted again",
                    "a ticket walks from the counter through the province to its end",
                ])),
            Requirement(
                "DR-04", "Three dispatch targets: remote (city) unit, handling department, business-owner department",
                .partly(
                    [
                        "a ticket walks from the counter through the province to its end",
                        "T10 a department hands on inside the same node, and the way back remembers it",
                        "DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides",
                    ], lacking: "a city tier of its own; a branch stands for it")),
            Requirement(
                "DR-05", "Type unclear → business-owner department; type clear → handling department",
                .met(["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"])),
            Requirement(
                "DR-06", "Receiver decides: mine → solve; not mine → re-dispatch (转派)",
                .met([
                    "T10 DR-09 feedback of a transferred ticket returns along the way it came",
                    "T10 a department hands on inside the same node, and the way back remembers it",
                    "a ticket walks from the counter through the province to its end",
                ])),
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
                "DR-13", "Key client, major project, systemic impact → general office + major-case report form",
                .met([
                    "DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides",
                    "DR-13 a key client, a major project, systemic impact: the general office, and the form that reports it",
                ])),
            Requirement(
                "DR-14", "Coordination group or rapid response led by one department",
                .partly(
                    [
                        "DR-07 a lead and an assist unit at two nodes work side by side, and the lead waits"
                    ], lacking: "a group that lasts beyond one ticket; up to eight units assist one lead")),
            Requirement(
                "DR-15", "Form reaches the department in 10 minutes and the receiver signs",
                .met([
                    "a dispatch reaches a connected branch within two hundred milliseconds",
                    "DR-15 the form reaches the department in ten minutes and is signed for, or the centre hears of it",
                ])),
            Requirement(
                "DR-16", "Major: to the top manager the same day",
                .met(["DR-16 DR-17 the unit's head reads above what a branch holds, and the clock stops at that hour"])),
            Requirement(
                "DR-17", "Important: to the manager within one hour",
                .met([
                    "every row of the table of policies is in its pack",
                    "DR-16 DR-17 the unit's head reads above what a branch holds, and the clock stops at that hour",
                ])),
            Requirement(
                "DR-18", "Head office dispatches down to the province",
                .met(["head office hands a ticket to a province, which hands it on to a branch"])),
            Requirement(
                "DR-19", "Handlers do not contact the customer; only intake channel or centre does",
                .met([
                    "DR-19 handlers do not speak with the customer"
                ])),
            Requirement(
                "DR-20", "The head of the department complained about is told",
                .met([
                    "DR-20 the head of the department complained about is told, of an ordinary complaint too"
                ])),
            Requirement(
                "DR-21", "Handle yourself if you can, else coordinate",
                .met([
                    "a complaint answered on the spot ends at its branch",
                    "T11 DR-07 an assist leg has its own custody while the lead stays where it is",
                ])),
        ])

    static let groupE = RequirementGroup(
        "E", Wording("环节与状态", "Stages and transitions"),
        [
            Requirement(
                "ST-01", "Stage definition: acceptance (受理)",
                .met(["what nobody said gets its sensible default", "a missing mandatory field is named"])),
            Requirement(
                "ST-02", "Stage definition: handling (处理) ends with a solution or an agreed explanation (解释口径)",
                .met([
                    "the approved solution is the proposal that the approver let stand",
                    "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                    "is refused: feedback without facts",
                ])),
            Requirement(
                "ST-03", "Stage definition: final reply (答复)",
                .met([
                    "the approved solution is the proposal that the approver let stand",
                    "a ticket walks from the counter through the province to its end",
                ])),
            Requirement(
                "ST-04", "Stage definition: interim reply (回复), distinct from final reply",
                .met(["ST-04 RF-17 an interim reply names the next one, and is not the final reply"])),
            Requirement(
                "ST-05", "Stage definition: follow-up (回访)",
                .met([
                    "a follow-up agent stops before the closing and another post ends it",
                    "T20 RF-05 without an answer three failed calls on three days are needed",
                ])),
            Requirement(
                "ST-06", "Timed stages: arrange, review, handle, feed back, follow up",
                .met([
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    "ST-06 KP-05 the check of the feedback is a timed stage with its own figure",
                ])),
            Requirement(
                "ST-07", "Full chain of ten steps",
                .partly(
                    [
                        "a ticket walks from the counter through the province to its end",
                        "T26 AU-06 only a complete set goes to the archive",
                    ], lacking: "analysis and improvement")),
            Requirement(
                "ST-08", "Definition of completed (结办)",
                .met([
                    "is refused: close without satisfaction",
                    "a ticket walks from the counter through the province to its end",
                    "ST-08 an explanation that the customer rejects is no completion",
                    "ST-08 nothing is answered, and so nothing closed, without a solution or an explanation text",
                ])),
            Requirement("ST-09", "Open a case when on-site work with follow-up or inspection is needed", .notYet),
            Requirement(
                "ST-10",
                "Open when follow-up is needed after a query; also on instruction, urgent call for help, help outside remit",
                .notYet),
            Requirement(
                "ST-11", "Do not open when the explanation settled it",
                .partly(
                    [
                        "TM-03 TM-13 a closed ticket still tells the answer of the counter and what the customer thought of it"
                    ],
                    lacking: "a case that is not opened: here every complaint is a ticket, this one ends at the counter"
                )),
            Requirement(
                "ST-12", "Once opened: chase until cancelled",
                .met([
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                    "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                    "DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts",
                    "DL-13 DL-26 key, difficult and overdue tickets come up at head office by themselves, until ordered",
                ])),
            Requirement(
                "ST-13", "Unsure → ask a superior at once",
                .met([
                    "what may not be done here is asked for, waits in sight, and ends",
                    "ST-13 who is unsure asks a superior at once, sees that it waits, and reads the answer",
                ])),
            Requirement("ST-14", "Close when done and the complainant signed", .notYet),
            Requirement(
                "ST-15", "Linked new problem: close the original only if the new one is opened",
                .met(["ST-15 ST-16 a linked problem without a ticket of its own keeps the ticket open"])),
            Requirement(
                "ST-16", "Linked problem still in work and not separately opened: may not close",
                .met(["ST-15 ST-16 a linked problem without a ticket of its own keeps the ticket open"])),
            Requirement(
                "ST-17", "Major: closing needs the head's consent",
                .met([
                    "ST-17 a major ticket never closes at a branch", "is refused: an officer closes an important one",
                ])),
            Requirement(
                "ST-18", "Closing needs verification",
                .met([
                    "T20 RF-05 without an answer three failed calls on three days are needed",
                    "a branch answers on the spot, and another post follows up and closes",
                ])),
            Requirement(
                "ST-19", "Unresolvable: record, then quarterly approval by the head",
                .met([
                    "ST-19 cases that were declared unresolvable are listed for the quarter's signature",
                    "T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature",
                ])),
            Requirement(
                "ST-20", "Unresolvable closure carries the approver's signature",
                .met(["T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature"])),
            Requirement(
                "ST-21", "Consent gate: the proposed solution is executed only after the customer agrees",
                .met([
                    "T19 ST-21 a solution that the customer refuses is not carried out",
                    "a reply that breaks a rule names the field",
                ])),
            Requirement("ST-22", "Six-step handling order as a guided checklist", .notYet),
            Requirement(
                "ST-23", "Bank flow: accept and register → identify and assign → handle → follow up → report",
                .partly(["a ticket walks from the counter through the province to its end"], lacking: "the report")),
            Requirement("ST-24", "Preliminary opinion to the complainant before management review", .notYet),
            Requirement(
                "ST-25", "Escalated: head office audits the reply, audits the ticket, phones the customer",
                .met([
                    "AP-11 AP-12 AP-23 EC-08 two hops: the province reports, head office accepts, then the regulator hears",
                    "14:00 a finished escalated ticket is audited and approved; the follow-up is for somebody who did not touch it",
                ])),
        ])
}
