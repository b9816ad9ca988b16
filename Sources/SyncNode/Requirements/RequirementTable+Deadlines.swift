extension RequirementTable {
    static let groupF = RequirementGroup(
        "F", Wording("时限、预警、督办", "Deadlines, warnings, supervision"),
        [
            Requirement(
                "DL-01", "General: at once",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                ])),
            Requirement(
                "DL-02", "Provincial: average and maximum",
                .met([
                    "every row of the table of policies is in its pack",
                    "another level ends one total and begins the other at the same receipt",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                ])),
            Requirement(
                "DL-03", "National: average and maximum",
                .met([
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                ])),
            Requirement(
                "DL-04", "Intake fills the ticket",
                .met([
                    "every row of the table of policies is in its pack",
                    "a form that was filled too late is late for good",
                ])),
            Requirement(
                "DL-05", "Centre reviews and dispatches",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-05 the centre's four hours run from the submission to the dispatch",
                ])),
            Requirement(
                "DL-06", "Department time from Appendix C (not in the source); VIP and 3G at the lower bound",
                .partly(
                    [
                        "every row of the table of policies is in its pack",
                        "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                        "DL-06 the protected group has the lower bound like a VIP",
                    ], lacking: "Appendix C, which is not in the source; the lengths are proposals")),
            Requirement(
                "DL-07", "Centre replies to the customer after feedback",
                .met([
                    "every row of the table of policies is in its pack",
                    "a reply within one act starts and stops its clock and starts what comes after",
                ])),
            Requirement(
                "DL-08", "Follow-up",
                .met([
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                ])),
            Requirement(
                "DL-09", "Early warning of each stage at 90 % of its standard time",
                .met([
                    "elapsed limits warn at nine tenths to the minute",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                ])),
            Requirement(
                "DL-10", "No operation by then → automatic warning ticket or SMS to unit and person",
                .met([
                    "NO-01 NO-02 DL-10 a deadline's warning and its breach go to unit and roles by text message",
                    "DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts",
                ])),
            Requirement(
                "DL-11", "Supervision records feed statistics and assessment",
                .met([
                    "DL-11 the list of warnings shows tickets at or past their warning, and no other",
                    "a centre's day tells timeliness per stage, bounces, warnings answered in time, and who is in step",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                    "DL-11 a node that was off over warning and end tells the breach alone",
                    "DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts",
                    "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                    "DL-11 how supervision was answered is a figure",
                ])),
            Requirement(
                "DL-12", "Supervision ticket and supervision SMS are objects",
                .met([
                    "DL-11 DL-12 one order supervises three tickets, goes to their province, and is noted on each",
                    "DL-12 FO-14 a supervision order is itself a ticket, with the ones it is about and a time to answer",
                    "DL-12 NO-01 a supervision order leaves as a text message to the unit that has the ticket",
                ])),
            Requirement(
                "DL-13", "National centre supervises key, difficult and irregular tickets",
                .met([
                    "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                    "DL-12 FO-14 a supervision order is itself a ticket, with the ones it is about and a time to answer",
                    "DL-13 DL-26 key, difficult and overdue tickets come up at head office by themselves, until ordered",
                ])),
            Requirement(
                "DL-14", "Bank: internal solution",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-14 DL-15 the village bank's rule: five working days, fifteen where it was extended, no more",
                ])),
            Requirement(
                "DL-15", "Bank: extended",
                .met([
                    "DL-15 what no pack permits is not even asked for",
                    "EX-01 EX-04 DL-15 DL-22 an extension moves the clocks whose packs let them move, and the others stay",
                    "DL-14 DL-15 the village bank's rule: five working days, fifteen where it was extended, no more",
                ])),
            Requirement(
                "DL-16", "Simple and clear matters",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-16 DL-17 DL-18 the service window: three days, ten for what is complex, three to tell the result",
                ])),
            Requirement(
                "DL-17", "Complex matters",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-16 DL-17 DL-18 the service window: three days, ten for what is complex, three to tell the result",
                ])),
            Requirement(
                "DL-18", "Tell the result",
                .met([
                    "DL-16 DL-17 DL-18 the service window: three days, ten for what is complex, three to tell the result"
                ])),
            Requirement(
                "DL-19", "Oral complaint",
                .met([
                    "the same day ends with the day and warns nobody",
                    "DL-19 an oral complaint is due the day it came, and answered on the spot it is in time",
                ])),
            Requirement(
                "DL-20", "Written: ordinary / complex or serious",
                .met([
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                ])),
            Requirement(
                "DL-21", "Start investigation / satisfactory reply",
                .met([
                    "DL-21 an inquiry begins within one working day and the answer is there within two"
                ])),
            Requirement(
                "DL-22", "Minor; overdue needs department manager's approval",
                .met([
                    "every row of the table of policies is in its pack",
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "EX-01 EX-04 DL-15 DL-22 an extension moves the clocks whose packs let them move, and the others stay",
                    "DL-22 DL-23 DL-24 by severity: two, three, ten days; overrun needs the grade that may grant it",
                ])),
            Requirement(
                "DL-23", "Important; overdue needs general manager's approval",
                .met([
                    "every row of the table of policies is in its pack",
                    "EX-01 EX-03 EX-04 a promise moves in time, forward, approved by grade, and the customer knows",
                    "EX-04 DL-23 an approver whose authority ends earlier is told who may",
                    "DL-22 DL-23 DL-24 by severity: two, three, ten days; overrun needs the grade that may grant it",
                ])),
            Requirement(
                "DL-24", "Major: clear reply / solution",
                .met([
                    "every row of the table of policies is in its pack",
                    "DL-22 DL-23 DL-24 by severity: two, three, ten days; overrun needs the grade that may grant it",
                ])),
            Requirement(
                "DL-25", "Limits differ by type and level and count in assessment",
                .met([
                    "every row of the table of policies is in its pack",
                    "another level ends one total and begins the other at the same receipt",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                ])),
            Requirement(
                "DL-26", "Automatic warning and supervision is a required system function",
                .met([
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                    "DL-10 DL-11 warning, breach and each rung of the ladder are told once, in order, while nobody acts",
                    "DL-13 DL-26 key, difficult and overdue tickets come up at head office by themselves, until ordered",
                ])),
        ])

    static let groupG = RequirementGroup(
        "G", Wording("答复与回访", "Reply and follow-up"),
        [
            Requirement(
                "RF-01", "Who replies: intake channel or provincial centre, from the ticket's solution text",
                .met([
                    "RF-01 the centre hands an approved answer to the place of intake, which replies",
                    "the approved solution is the proposal that the approver let stand",
                ])),
            Requirement(
                "RF-02", "Reply medium follows intake medium and customer wish",
                .met([
                    "a written complaint is answered in writing",
                    "a reply that breaks a rule names the field",
                    "RF-02 the answer goes by the medium that the customer wants, until the wish changes",
                ])),
            Requirement(
                "RF-03", "Unsolvable for now: explain, next measures, seek understanding",
                .partly(
                    [
                        "T16 KP-12 AP-23 feedback that fails the check goes back with a defect code that counts",
                        "ST-04 RF-17 an interim reply names the next one, and is not the final reply",
                    ], lacking: "next measures, and the customer's understanding")),
            Requirement(
                "RF-04", "Customer rejects: state the position and record it",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "RF-04 a customer who rejects the answer hears the bank's position, and it is on record",
                ])),
            Requirement(
                "RF-05", "Follow-up within a week, with satisfaction survey",
                .met([
                    "T20 RF-05 without an answer three failed calls on three days are needed",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                    "is refused: close without satisfaction",
                ])),
            Requirement(
                "RF-06", "Outbound call, recording kept; VIP, urgent-major, group customers by phone plus visit",
                .partly(
                    ["T20 RF-05 without an answer three failed calls on three days are needed"],
                    lacking: "the recording, and the rule for VIP, urgent and group customers")),
            Requirement(
                "RF-07", "Uniform script by purpose",
                .met(["RF-07 the script of a follow-up is the same everywhere and found by its purpose"])),
            Requirement(
                "RF-08", "Dissatisfied: record and back-office triage",
                .met(["T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler"])),
            Requirement(
                "RF-09", "Handled wrongly: rework ticket to the department",
                .met(["T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler"])),
            Requirement(
                "RF-10", "Written complaint needs written reply", .met(["a written complaint is answered in writing"])),
            Requirement(
                "RF-11", "Not accepted: investigate again, further opinion",
                .met([
                    "T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler",
                    "T29 AP-04 an appeal is a new ticket after the old one has ended, and the old one stays as it is",
                ])),
            Requirement(
                "RF-12", "Proactive customer notice at four nodes",
                .met([
                    "RF-12 NO-03 NO-07 the customer hears of acceptance, transfer, handling and completion, each once",
                    "one node sends, whoever has custody: the province over the home",
                ])),
            Requirement(
                "RF-13", "Result in plain words with basis and reasons",
                .met([
                    "RF-13 a demand that is refused is answered with its basis and reasons beside the result"
                ])),
            Requirement("RF-14", "Tell the appeal path", .met(["a reply that breaks a rule names the field"])),
            Requirement(
                "RF-15", "Bank: follow-up evaluates; dissatisfied → handle again",
                .met(["T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler"])),
            Requirement(
                "RF-16", "Result told the same day, by phone or visit",
                .met([
                    "RF-16 a result is told the same day, and what is told after midnight is late"
                ])),
            Requirement(
                "RF-17", "Cannot solve yet: fix the next reply time",
                .met([
                    "ST-04 RF-17 an interim reply names the next one, and is not the final reply",
                    "EX-02 EX-06 RF-17 an interim reply comes up before the limit, and again at the time that it named",
                ])),
            Requirement(
                "RF-18", "Follow-up for major or typical cases is mandatory",
                .met([
                    "is refused: close without satisfaction",
                    "T20 RF-05 without an answer three failed calls on three days are needed",
                ])),
            Requirement(
                "RF-19", "No promise that cannot be kept: promises are tracked items",
                .met(["RF-19 RF-20 a promise has a time and ends kept, broken or replaced"])),
            Requirement(
                "RF-20", "A promise made must be carried out",
                .met([
                    "RF-19 RF-20 a promise has a time and ends kept, broken or replaced",
                    "RF-20 an open promise presses before its time, and holds up the closing until it is settled",
                ])),
            Requirement("RF-21", "Periodic sampled survey by phone, visit, mail, usually a third party", .notYet),
            Requirement(
                "RF-22", "Sales talk during follow-up is allowed by the source; make it off by default (conduct risk)",
                .notYet),
        ])
}
