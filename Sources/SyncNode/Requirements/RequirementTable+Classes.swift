extension RequirementTable {
    static let groupC = RequirementGroup(
        "C", Wording("分类与级别", "Classification and levels"),
        [
            Requirement(
                "CL-01", "Two independent classification dimensions: business kind × nature of problem",
                .met(["every list of the domain model is here with exactly its values"])),
            Requirement(
                "CL-02",
                "Four business families (mobile, fixed, value-added, channel service) each with its own problem list; map to bank lines",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "a problem list of its own for each business")),
            Requirement(
                "CL-03", "Level \"general\" (一般): solvable at the counter or the provincial centre",
                .met([
                    "what nobody said gets its sensible default", "a complaint answered on the spot ends at its branch",
                    "T06 DR-03 the centre answers itself with a solution at hand",
                ])),
            Requirement(
                "CL-04", "Level \"provincial\" (省级)",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "another level ends one total and begins the other at the same receipt",
                ])),
            Requirement(
                "CL-05", "Level \"national\" (全国级): needs head office or another province",
                .met([
                    "T12 DR-08 the province escalates one tier up, and the level becomes national",
                    "the custodian widens and the ticket becomes national",
                    "DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides",
                ])),
            Requirement(
                "CL-06", "Each of provincial and national splits into VIP and ordinary",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "every row of the table of policies is in its pack",
                    "a national case runs from registration to follow-up under the bank's promise and the outer bound",
                ])),
            Requirement(
                "CL-07", "Priority 1 importance (重要性): customer level, dedicated desk",
                .partly(
                    [
                        "priority follows from factors and severity",
                        "every list of the domain model is here with exactly its values",
                    ], lacking: "a dedicated desk for important customers")),
            Requirement(
                "CL-08", "Priority 2 gravity (重大性): may cause appeal or crisis, e.g. media, court",
                .met([
                    "priority follows from factors and severity",
                    "the routing rules decide what head office may hold from the start",
                ])),
            Requirement(
                "CL-09", "Priority 3 breadth (广泛性): many customers hit",
                .met([
                    "priority follows from factors and severity",
                    "every list of the domain model is here with exactly its values",
                ])),
            Requirement(
                "CL-10", "Priority 4 urgency (迫切性): basic need cut off (bank: money or card unusable)",
                .met([
                    "priority follows from factors and severity",
                    "every list of the domain model is here with exactly its values",
                ])),
            Requirement(
                "CL-11", "Severity scale of four, each with limit, owner and escalation path",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "every row of the table of policies is in its pack",
                    "a grave ticket is usually closed by a higher role",
                    "DL-22 DL-23 DL-24 by severity: two, three, ten days; overrun needs the grade that may grant it",
                ])),
            Requirement(
                "CL-12", "Classify by nature, amount involved, potential impact",
                .met([
                    "every list of the domain model is here with exactly its values",
                    "an amount changes its band in the core record", "priority follows from factors and severity",
                ])),
            Requirement(
                "CL-13",
                "Automatic upgrade to \"major\" when valid and unsolved for one month; also broken promise or contract, and big loss or injury",
                .partly(
                    ["CL-13 a valid complaint that is unsolved for a month becomes major by itself"],
                    lacking: "broken promise or contract, big loss, injury")),
            Requirement(
                "CL-14", "Severity scale minor / important / major by fault",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "the fault that decides the grade")),
            Requirement(
                "CL-15", "Valid complaint vs communication type (help-seeking, consulting, venting)",
                .met(["CL-15 CL-16 kinds change along the table and keep their history"])),
            Requirement(
                "CL-16", "Conversion from communication type to valid complaint keeps history",
                .met([
                    "CL-15 CL-16 kinds change along the table and keep their history",
                    "CL-16 an amendment cannot change the kind behind the table's back",
                ])),
            Requirement(
                "CL-17", "Content kinds: equipment, attitude, service quality, incident",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "service quality as a nature; it is a cause")),
            Requirement(
                "CL-18",
                "Scope list: staff error or attitude; rules, process, product, channel; malicious; suggestions",
                .met(["every list of the domain model is here with exactly its values"])),
            Requirement(
                "CL-19", "Validity decided first, then content, nature, impact",
                .met(["a dispatcher who leaves validity open is told so", "is refused: dispatch without classes"])),
            Requirement(
                "CL-20", "Misconduct goes to the general office; financial crime to the competent department",
                .partly(
                    [
                        "DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides",
                        "R03 a misconduct case continues in a linked ticket that the target's branch never gets",
                    ], lacking: "financial crime apart from misconduct")),
            Requirement(
                "CL-21",
                "Six observed causes: transaction error; inconsistent statements; long wait for a simple job; long wait during a job; counter staffed but no call; counters closed",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "the kinds of waiting apart")),
            Requirement(
                "CL-22", "Waiting-time fact worth a field (minutes waited, persons ahead)",
                .met(["every field that may be entered can be entered"])),
            Requirement(
                "CL-23", "Level facets point/area and bank/manager; channel facets inside/outside, offline/online",
                .notYet),
            Requirement("CL-24", "Ladder grievance → complaint → public opinion", .notYet),
            Requirement(
                "CL-25",
                "Root-cause facets bank side: management, service, process, product, system; customer side: trigger, motive and demand, personality",
                .partly(
                    ["every list of the domain model is here with exactly its values"],
                    lacking: "management and product as causes, and the customer's side")),
            Requirement("CL-26", "Appeal nature codes: fee dispute, quality, service, other", .notYet),
        ])
}
