extension RequirementTable {
    static let groupA = RequirementGroup(
        "A", Wording("工单与记录", "Ticket model and record"),
        [
            Requirement(
                "TM-01",
                "Many intake points, one handling centre per province, one electronic ticket watched end to end; two-level national/provincial management",
                .notYet),
            Requirement("TM-02", "The e-ticket is the single carrier of process, monitoring and control", .notYet),
            Requirement(
                "TM-03", "A complaint answered on the spot still gets a ticket, with the answer in the result part",
                .notYet),
            Requirement(
                "TM-04", "One register for all channels: receive, register, assign, track; nothing lost, nothing twice",
                .notYet),
            Requirement("TM-05", "Uniform \"5W\" record: what, who, when, where, cause (原委), course (經過)", .notYet),
            Requirement(
                "TM-06",
                "Record fields: event, place, content, department concerned, person responsible, complainant data",
                .notYet),
            Requirement(
                "TM-07",
                "Record fields: time and place, person or department complained about, course, customer's demand (要求), contact means",
                .notYet),
            Requirement(
                "TM-08", "Minimum intake data set: complainant, target, request, facts, reasons, time", .notYet),
            Requirement("TM-09", "Completeness check at intake; symptom (现象) is its own field", .notYet),
            Requirement(
                "TM-10", "Case opening (立项) block: opened yes/no and time; contact person; address and phone; content",
                .notYet),
            Requirement(
                "TM-11",
                "Case cancellation (销项) block: final result; approver's signature where needed; recorder's signature; time",
                .notYet),
            Requirement(
                "TM-12", "Closing block: cause, attribution, responsibility class, responsible unit, statistics flags",
                .notYet),
            Requirement("TM-13", "Customer's attitude to the result is recorded on the ticket at reply time", .notYet),
            Requirement("TM-14", "Content and result go into a dedicated form", .notYet),
            Requirement(
                "TM-15", "Formality flag (formal / informal) and purpose flag (explicit / implicit, 顯性與非顯性)", .notYet),
            Requirement(
                "TM-16",
                "Fields needed for statistics: customer brand and level, business/product, complaint symptom (表象), channel, responsible department, hot topic, satisfaction",
                .notYet),
            Requirement("TM-17", "Each handling leg of a ticket has its own owner and time limit", .notYet),
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
                .notYet),
            Requirement(
                "IN-02", "Bank channels: mobile bank, net bank, app, WeChat, online service, mail; branch, hotline",
                .notYet),
            Requirement(
                "IN-03",
                "Referral channel: central bank, banking regulator, 12315; also phone, mailbox, suggestion box, letter, walk-in",
                .notYet),
            Requirement("IN-04", "Head office has its own unified intake for escalated complaints", .notYet),
            Requirement("IN-05", "Voice recording kept and linked to the ticket", .notYet),
            Requirement("IN-06", "Without recording the customer signs the record", .notYet),
            Requirement("IN-07", "Complex complaint: tell the customer an explicit reply time at intake", .notYet),
            Requirement(
                "IN-08",
                "First-contact responsibility: the first person or unit owns guidance and tracking until closure",
                .notYet),
            Requirement(
                "IN-09", "No stage may shift the customer away",
                .met(["T09 IN-09 a unit bounces once, then the dispatcher's word is final"])),
            Requirement("IN-10", "Accept first, handle after", .notYet),
            Requirement("IN-11", "Decide acceptance on the spot, else answer within 3 working days", .notYet),
            Requirement("IN-12", "Non-acceptance notice by phone, SMS, mail or letter", .notYet),
            Requirement(
                "IN-13", "Non-acceptance always carries a reason",
                .met(["T03 IN-13 not accepting needs a reason, two persons and the way to appeal"])),
            Requirement(
                "IN-14", "Complaint form: oral, telephone, written; major matters need written material", .notYet),
            Requirement(
                "IN-15", "Internal hand-offs are invisible to the customer: one window speaks to the customer", .notYet),
            Requirement(
                "IN-16", "Published channels: every branch shows book, box and phone; the receipt prints them", .notYet),
            Requirement("IN-17", "Intake triage: judge, classify, say how it will be handled", .notYet),
            Requirement("IN-18", "The five \"clear\" rules (听清楚 问清楚 跟清楚 复清楚 记清楚) as an intake checklist", .notYet),
        ])

    static let groupC = RequirementGroup(
        "C", Wording("分类与级别", "Classification and levels"),
        [
            Requirement(
                "CL-01", "Two independent classification dimensions: business kind × nature of problem", .notYet),
            Requirement(
                "CL-02",
                "Four business families (mobile, fixed, value-added, channel service) each with its own problem list; map to bank lines",
                .notYet),
            Requirement("CL-03", "Level \"general\" (一般): solvable at the counter or the provincial centre", .notYet),
            Requirement("CL-04", "Level \"provincial\" (省级)", .notYet),
            Requirement("CL-05", "Level \"national\" (全国级): needs head office or another province", .notYet),
            Requirement("CL-06", "Each of provincial and national splits into VIP and ordinary", .notYet),
            Requirement("CL-07", "Priority 1 importance (重要性): customer level, dedicated desk", .notYet),
            Requirement("CL-08", "Priority 2 gravity (重大性): may cause appeal or crisis, e.g. media, court", .notYet),
            Requirement("CL-09", "Priority 3 breadth (广泛性): many customers hit", .notYet),
            Requirement(
                "CL-10", "Priority 4 urgency (迫切性): basic need cut off (bank: money or card unusable)", .notYet),
            Requirement("CL-11", "Severity scale of four, each with limit, owner and escalation path", .notYet),
            Requirement("CL-12", "Classify by nature, amount involved, potential impact", .notYet),
            Requirement(
                "CL-13",
                "Automatic upgrade to \"major\" when valid and unsolved for one month; also broken promise or contract, and big loss or injury",
                .met(["CL-13 a valid complaint that is unsolved for a month becomes major by itself"])),
            Requirement("CL-14", "Severity scale minor / important / major by fault", .notYet),
            Requirement(
                "CL-15", "Valid complaint vs communication type (help-seeking, consulting, venting)",
                .met(["CL-15 CL-16 kinds change along the table and keep their history"])),
            Requirement(
                "CL-16", "Conversion from communication type to valid complaint keeps history",
                .met([
                    "CL-15 CL-16 kinds change along the table and keep their history",
                    "CL-16 an amendment cannot change the kind behind the table's back",
                ])),
            Requirement("CL-17", "Content kinds: equipment, attitude, service quality, incident", .notYet),
            Requirement(
                "CL-18",
                "Scope list: staff error or attitude; rules, process, product, channel; malicious; suggestions", .notYet
            ),
            Requirement("CL-19", "Validity decided first, then content, nature, impact", .notYet),
            Requirement(
                "CL-20", "Misconduct goes to the general office; financial crime to the competent department",
                .met(["DR-05 DR-11 DR-12 DR-13 CL-20 the first rule that applies decides"])),
            Requirement(
                "CL-21",
                "Six observed causes: transaction error; inconsistent statements; long wait for a simple job; long wait during a job; counter staffed but no call; counters closed",
                .notYet),
            Requirement("CL-22", "Waiting-time fact worth a field (minutes waited, persons ahead)", .notYet),
            Requirement(
                "CL-23", "Level facets point/area and bank/manager; channel facets inside/outside, offline/online",
                .notYet),
            Requirement("CL-24", "Ladder grievance → complaint → public opinion", .notYet),
            Requirement(
                "CL-25",
                "Root-cause facets bank side: management, service, process, product, system; customer side: trigger, motive and demand, personality",
                .notYet),
            Requirement("CL-26", "Appeal nature codes: fee dispute, quality, service, other", .notYet),
        ])
}
