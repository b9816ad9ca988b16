extension RequirementTable {
    static let groupA = RequirementGroup(
        "A", Wording("工单与记录", "Ticket model and record"),
        [
            Requirement(
                "TM-01",
                "Many intake points, one handling centre per province, one electronic ticket watched end to end; two-level national/provincial management",
                .met([
                    "a ticket walks from the counter through the province to its end",
                    "head office follows a local ticket without one word of its bodies",
                    "a branch stands neither under a branch nor under head office, a province not under a branch",
                ])),
            Requirement(
                "TM-02", "The e-ticket is the single carrier of process, monitoring and control",
                .met([
                    "a ticket walks from the counter through the province to its end",
                    "the history lists every act with its lines in both languages",
                    "DL-11 warning and breach are told once each at a branch without a line, and later known above",
                    "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                ])),
            Requirement(
                "TM-03", "A complaint answered on the spot still gets a ticket, with the answer in the result part",
                .met([
                    "a complaint answered on the spot ends at its branch",
                    "a branch answers on the spot, and another post follows up and closes",
                    "TM-03 TM-13 a closed ticket still tells the answer of the counter and what the customer thought of it",
                ])),
            Requirement(
                "TM-04", "One register for all channels: receive, register, assign, track; nothing lost, nothing twice",
                .met([
                    "32 repetitions at once make one ticket",
                    "fifty kills at random moments lose nothing acknowledged, and repeat nothing",
                    "no promise is broken by any weather that a seed draws",
                    "every list of the domain model is here with exactly its values",
                ])),
            Requirement(
                "TM-05", "Uniform \"5W\" record: what, who, when, where, cause (原委), course (經過)",
                .partly(
                    ["a missing mandatory field is named", "every field that may be entered can be entered"],
                    lacking: "cause and course as required fields; they may be entered")),
            Requirement(
                "TM-06",
                "Record fields: event, place, content, department concerned, person responsible, complainant data",
                .met([
                    "every field of the domain model is in the table", "every field that may be entered can be entered",
                ])),
            Requirement(
                "TM-07",
                "Record fields: time and place, person or department complained about, course, customer's demand (要求), contact means",
                .met([
                    "every field of the domain model is in the table", "every field that may be entered can be entered",
                    "a demand in words is enough, no demand is not",
                    "a complaint without a complainant must say that it is anonymous",
                ])),
            Requirement(
                "TM-08", "Minimum intake data set: complainant, target, request, facts, reasons, time",
                .partly(
                    [
                        "a missing mandatory field is named", "every field that may be entered can be entered",
                        "a demand in words is enough, no demand is not",
                        "a complaint without a complainant must say that it is anonymous",
                    ], lacking: "target and reasons as required fields; they may be entered")),
            Requirement(
                "TM-09", "Completeness check at intake; symptom (现象) is its own field",
                .met([
                    "a missing mandatory field is named",
                    "a ticket returned for completion says what is missing until it is submitted again",
                    "is refused: return with nothing named",
                ])),
            Requirement(
                "TM-10", "Case opening (立项) block: opened yes/no and time; contact person; address and phone; content",
                .met([
                    "what nobody said gets its sensible default",
                    "every field that may be entered can be entered",
                    "FO-08 TM-10 TM-11 the case record has the blocks of opening and cancellation",
                ])),
            Requirement(
                "TM-11",
                "Case cancellation (销项) block: final result; approver's signature where needed; recorder's signature; time",
                .met([
                    "FO-08 TM-10 TM-11 the case record has the blocks of opening and cancellation",
                    "T24 T25 ST-19 ST-20 an unresolvable case waits for the quarter and the head's signature",
                ])),
            Requirement(
                "TM-12", "Closing block: cause, attribution, responsibility class, responsible unit, statistics flags",
                .partly(
                    ["every field of the domain model is in the table"],
                    lacking: "that closing demands each of them, and statistics flags")),
            Requirement(
                "TM-13", "Customer's attitude to the result is recorded on the ticket at reply time",
                .met([
                    "a reply that breaks a rule names the field",
                    "every list of the domain model is here with exactly its values",
                    "TM-03 TM-13 a closed ticket still tells the answer of the counter and what the customer thought of it",
                ])),
            Requirement(
                "TM-14", "Content and result go into a dedicated form",
                .met([
                    "FO-01 FO-02 FO-03 FO-04 FO-05 FO-06 every form prints with title, number, values and a check code"
                ])),
            Requirement(
                "TM-15", "Formality flag (formal / informal) and purpose flag (explicit / implicit, 顯性與非顯性)",
                .met([
                    "every field that may be entered can be entered", "every field of the domain model is in the table",
                ])),
            Requirement(
                "TM-16",
                "Fields needed for statistics: customer brand and level, business/product, complaint symptom (表象), channel, responsible department, hot topic, satisfaction",
                .partly(
                    ["every field of the domain model is in the table", "columns are core fields with unique names"],
                    lacking: "brand and hot topic")),
            Requirement(
                "TM-17", "Each handling leg of a ticket has its own owner and time limit",
                .met([
                    "T11 DR-07 an assist leg has its own custody while the lead stays where it is",
                    "an assisting unit's time ends within the lead's",
                    "DR-07 what an assist leg did is booked by the lead at the instant at which it was done",
                ])),
            Requirement(
                "TM-18", "A ticket may not disappear before it is handled (no deletion)",
                .met(["T27 TM-18 a withdrawn ticket keeps everything, shows the paper, and is never deleted"])),
        ])

    static let groupB = RequirementGroup(
        "B", Wording("受理", "Intake"),
        [
            Requirement(
                "IN-01",
                "Channel list: hotline and general-manager hotlines; face to face (hall, centre, club, account manager); letter, fax, website, SMS, other",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "face to face needs a signature or a recording",
                ])),
            Requirement(
                "IN-02", "Bank channels: mobile bank, net bank, app, WeChat, online service, mail; branch, hotline",
                .met(["every list of the domain model is here with exactly its values"])),
            Requirement(
                "IN-03",
                "Referral channel: central bank, banking regulator, 12315; also phone, mailbox, suggestion box, letter, walk-in",
                .met(["every list of the domain model is here with exactly its values"])),
            Requirement(
                "IN-04", "Head office has its own unified intake for escalated complaints",
                .met([
                    "what head office takes in itself it may hold",
                    "head office hands a ticket to a province, which hands it on to a branch",
                ])),
            Requirement(
                "IN-05", "Voice recording kept and linked to the ticket",
                .partly(
                    [
                        "AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis",
                        "face to face needs a signature or a recording",
                    ], lacking: "the keeping of the recording itself; the ticket holds its key, hash and holder")),
            Requirement(
                "IN-06", "Without recording the customer signs the record",
                .met(["face to face needs a signature or a recording"])),
            Requirement(
                "IN-07", "Complex complaint: tell the customer an explicit reply time at intake",
                .partly(
                    [
                        "RF-19 RF-20 a promise has a time and ends kept, broken or replaced",
                        "NO-06 IN-15 the receipt tells number, time, procedure and appeal path, and nothing of the complaint",
                    ], lacking: "that a complex complaint is not taken in without a promised time")),
            Requirement(
                "IN-08",
                "First-contact responsibility: the first person or unit owns guidance and tracking until closure",
                .met([
                    "what nobody said gets its sensible default",
                    "IN-08 the first contact follows its tickets until they are closed, wherever they are",
                ])),
            Requirement(
                "IN-09", "No stage may shift the customer away",
                .met(["T09 IN-09 a unit bounces once, then the dispatcher's word is final"])),
            Requirement(
                "IN-10", "Accept first, handle after",
                .met([
                    "a branch that no rules have reached registers all the same, without clocks",
                    "a year without data leaves that clock undetermined with an alarm and registers all the same",
                    "an old backup that goes on recording offline heals itself and loses nothing",
                ])),
            Requirement(
                "IN-11", "Decide acceptance on the spot, else answer within 3 working days",
                .met([
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                ])),
            Requirement(
                "IN-12", "Non-acceptance notice by phone, SMS, mail or letter",
                .met([
                    "T03 IN-13 not accepting needs a reason, two persons and the way to appeal",
                    "every row of the table of policies is in its pack",
                    "IN-12 the notice of non-acceptance leaves to the customer's verified number",
                ])),
            Requirement(
                "IN-13", "Non-acceptance always carries a reason",
                .met([
                    "T03 IN-13 not accepting needs a reason, two persons and the way to appeal",
                    "T03 IN-13 the second person signs by an act of his own, and the act that needs him uses it up",
                ])),
            Requirement(
                "IN-14", "Complaint form: oral, telephone, written; major matters need written material",
                .partly(
                    [
                        "every list of the domain model is here with exactly its values",
                        "what nobody said gets its sensible default", "what head office takes in itself it may hold",
                    ], lacking: "that a major matter needs written material")),
            Requirement(
                "IN-15", "Internal hand-offs are invisible to the customer: one window speaks to the customer",
                .met([
                    "DR-19 handlers do not speak with the customer",
                    "RF-01 the centre hands an approved answer to the place of intake, which replies",
                    "NO-06 IN-15 the receipt tells number, time, procedure and appeal path, and nothing of the complaint",
                ])),
            Requirement(
                "IN-16", "Published channels: every branch shows book, box and phone; the receipt prints them",
                .met(["IN-16 the receipt prints the branch's book, box and telephone, wherever it is printed"])),
            Requirement(
                "IN-17", "Intake triage: judge, classify, say how it will be handled",
                .met([
                    "a dispatcher who leaves validity open is told so",
                    "is refused: dispatch without classes",
                    "RF-12 NO-03 NO-07 the customer hears of acceptance, transfer, handling and completion, each once",
                ])),
            Requirement("IN-18", "The five \"clear\" rules (听清楚 问清楚 跟清楚 复清楚 记清楚) as an intake checklist", .notYet),
        ])
}
