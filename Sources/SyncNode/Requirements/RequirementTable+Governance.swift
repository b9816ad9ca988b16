extension RequirementTable {
    static let groupM = RequirementGroup(
        "M", Wording("角色与权限", "Roles and permissions"),
        [
            Requirement(
                "RO-01", "National centre",
                .met([
                    "head office is there exactly once and has no parent",
                    "the consolidated view counts what is below, by province, kind, state, severity and age",
                ])),
            Requirement(
                "RO-02", "Provincial complaint centre",
                .met([
                    "a ticket walks from the counter through the province to its end",
                    "a branch stands neither under a branch nor under head office, a province not under a branch",
                ])),
            Requirement(
                "RO-03", "Remote (city) unit",
                .partly(
                    [
                        "every list of the domain model is here with exactly its values",
                        "DR-19 handlers do not speak with the customer",
                    ], lacking: "a city tier of its own; a branch stands for it")),
            Requirement(
                "RO-04", "Business-owner department",
                .partly(
                    ["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"],
                    lacking: "a role of its own; routing names the department")),
            Requirement(
                "RO-05", "Ticket-handling department", .met(["RO-05 another department's work order is not one's own"])),
            Requirement(
                "RO-06", "Assisting department",
                .met(["T11 DR-07 an assist leg has its own custody while the lead stays where it is"])),
            Requirement(
                "RO-07", "Head-office customer-service department: supervise, monitor, survey, assess",
                .partly(
                    [
                        "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                        "the consolidated view counts what is below, by province, kind, state, severity and age",
                        "DL-02 DL-03 DL-11 DL-25 means stand beside maximums, and units are assessed by their timeliness",
                    ], lacking: "the survey")),
            Requirement(
                "RO-08", "Head-office complaint centre",
                .met([
                    "head office hands a ticket to a province, which hands it on to a branch",
                    "what head office takes in itself it may hold",
                ])),
            Requirement(
                "RO-09", "Front-line authorisation levels by post",
                .met([
                    "RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed",
                    "RO-09 RO-10 RO-11 compensation beyond the level is refused, and granted with a post that may",
                    "RO-09 nobody agrees to more than his own level, and compensation needs its amount",
                ])),
            Requirement(
                "RO-10", "Conditions of authority: tenure, spend, potential value, customer type, law",
                .partly(
                    ["RO-09 RO-10 RO-11 compensation beyond the level is refused, and granted with a post that may"],
                    lacking: "tenure, spend and potential value, which no ticket holds")),
            Requirement(
                "RO-11", "Scope of authority by business type",
                .met([
                    "RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed",
                    "RO-11 a level covers the businesses that it names and no other",
                    "RO-09 RO-10 RO-11 compensation beyond the level is refused, and granted with a post that may",
                ])),
            Requirement(
                "RO-12", "Use of authority is monitored and assessed",
                .partly(
                    ["RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed"],
                    lacking: "a review of how it was used")),
            Requirement(
                "RO-13", "Front-line autonomy raises first-time resolution",
                .met([
                    "a complaint answered on the spot ends at its branch",
                    "RO-09 RO-11 RO-12 compensation stays within the authority of the post or of one that agreed",
                    "KP-02 KP-03 KP-05 to KP-07 KP-09 to KP-13 KP-16 KP-17 every figure equals a hand count",
                ])),
            Requirement(
                "RO-14", "Complaint officer post in the general office; one bank leader in charge",
                .notBySoftware("the bank appoints the officer and the leader in charge")),
            Requirement(
                "RO-15", "Recusal: not the person complained about",
                .met([
                    "RO-15 the person complained about touches nothing",
                    "RO-15 the person complained about is kept away at every tier",
                    "RO-15 a name that somebody types leads to the post whose token was made of it",
                    "the person complained about touches nothing of the ticket",
                    "RO-15 a post that is named among words, in capitals or of another tier, is kept from the ticket there",
                    "RO-15 two posts in one field are refused, for one of them would keep the ticket",
                    "RO-15 an order about complaints is kept from everybody whom one of them is about",
                    "RO-15 neither the target nor his friend alone changes who is complained about",
                    "RO-15 a recusal is lifted by two, neither of them the person complained about",
                ])),
            Requirement(
                "RO-16", "Reading by permission level",
                .partly(
                    [
                        "RO-16 a post acts in the roles that it holds, at its own node",
                        "RO-16 a register is in force where it has arrived, and a node without one says so",
                        "head office follows a local ticket without one word of its bodies",
                        "RO-16 reading goes by role and person",
                        "RO-16 reading goes by the register: unknown, elsewhere and without contents",
                        "RO-16 an analyst reads codes and no words",
                        "RO-16 a department's handler reads what his department leads, assists or handled, and nothing else",
                    ], lacking: "sign-in")),
            Requirement(
                "RO-17", "Emergency organisation, five layers",
                .notBySoftware("the bank sets up its emergency organisation")),
            Requirement(
                "RO-18", "Independent supervision office re-examines",
                .partly(
                    [
                        "AP-13 only appeals are concluded, and not by who handled them",
                        "T21 T22 RF-09 FO-13 handled wrongly opens a round with another handler",
                    ], lacking: "an office of its own")),
            Requirement(
                "RO-19", "Officers must be trained (training flag before access)",
                .met([
                    "RO-19 nobody works on complaints untrained",
                    "RO-16 RO-19 a post that may not act is refused with the rule and what would help",
                ])),
        ])

    static let groupN = RequirementGroup(
        "N", Wording("审计、归档、保密", "Audit, archive, confidentiality"),
        [
            Requirement(
                "AU-01", "Identity and material confidential",
                .met([
                    "nothing personal is in the core of a registration", "everything about a person is personal",
                    "head office sees the core of a local ticket and is told that the rest is not its own",
                ])),
            Requirement(
                "AU-02", "All records complete, filed, searchable",
                .met([
                    "any two characters of the words find the ticket",
                    "T26 AU-06 only a complete set goes to the archive",
                    "the history lists every act with its lines in both languages",
                ])),
            Requirement(
                "AU-03",
                "Do not reveal what the complainant wants secret; never hand the material to the person complained about",
                .met([
                    "R03 a misconduct case continues in a linked ticket that the target's branch never gets",
                    "the person complained about touches nothing of the ticket",
                    "AU-03 AU-05 RO-15 the person complained about tries to open the ticket: refused, recorded, seen",
                    "AU-03 no route of all lists a ticket about the post that asks, or one that is sealed from it",
                ])),
            Requirement("AU-04", "Protect the bank's business secrets", .notYet),
            Requirement(
                "AU-05", "Retaliation and leak are punished → reads are logged",
                .met([
                    "AU-03 AU-05 RO-15 the person complained about tries to open the ticket: refused, recorded, seen",
                    "head office asks for the full case, reads for seven days, and the province knows",
                    "AU-05 what is shown, printed and exported is on record with post and purpose, at branch and province",
                ])),
            Requirement(
                "AU-06", "Archive set: content, investigation, solution, feedback",
                .met(["T26 AU-06 only a complete set goes to the archive"])),
            Requirement("AU-07", "Archive after closing", .met(["T26 AU-06 only a complete set goes to the archive"])),
            Requirement(
                "AU-08", "Long-term keeping",
                .partly(
                    [
                        "T26 AU-06 only a complete set goes to the archive",
                        "a legal hold is put on and taken off by those who may",
                    ], lacking: "what happens when the time of keeping ends")),
            Requirement(
                "AU-09", "Hand-over of material to the archive unit",
                .partly(["T26 AU-06 only a complete set goes to the archive"], lacking: "the hand-over of papers")),
            Requirement(
                "AU-10", "Collect, sort, file everything",
                .partly(
                    [
                        "T26 AU-06 only a complete set goes to the archive",
                        "AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis",
                    ], lacking: "the papers themselves; their key, hash and holder are kept")),
            Requirement(
                "AU-11", "Wrong phone on file leaks personal facts to a third party: verify contact before notifying",
                .met([
                    "AU-11 nothing leaves by itself before the contact is verified",
                    "AU-11 nothing leaves to a number that nobody verified, nor to one changed since",
                ])),
            Requirement(
                "AU-12", "The record is evidence",
                .met([
                    "the history lists every act with its lines in both languages",
                    "a flipped bit in a record and one in a body are found, and mended from the province",
                ])),
            Requirement(
                "AU-13", "Access to video evidence needs a legal basis",
                .partly(
                    ["AU-13 AP-20 evidence has a hash, a class and a holder; video needs a legal basis"],
                    lacking: "access to the video itself, which is kept elsewhere")),
            Requirement(
                "AU-14", "Supervision and inspection of the process",
                .partly(
                    [
                        "the history lists every act with its lines in both languages",
                        "DL-11 DL-13 supervision has a reason and a time, and is answered by the supervised unit",
                    ], lacking: "the audit report")),
        ])
}
