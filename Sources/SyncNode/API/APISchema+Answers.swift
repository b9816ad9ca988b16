import SyncProtocol
import TicketModel

// What is answered. Objects are open: a newer node may add members.
extension APISchema {
    /// Every schema that a route names.
    static let named: [(name: String, schema: APISchema)] =
        bodies + answers + noticeAnswers + formAnswers + textAnswers + readerAnswers

    private static let answers: [(name: String, schema: APISchema)] = [
        (
            "Problem",
            open([
                ("type", .text), ("title", .text), ("status", .int), ("code", .text), ("detail", .text),
                ("hint", .text),
                (
                    "errors",
                    .array(
                        open([("field", .text), ("rule", .text), ("detail", .text), ("hint", .text)]))
                ),
            ])
        ),
        ("Label", open([("zh", .text), ("en", .text)])),
        (
            "Receipt",
            open([
                ("number", .text), ("document", .text), ("version", .text), ("act", .text), ("act_label", label),
                ("dot", nullText), ("acknowledgement", .choice(["L1", "L2", "L3"])), ("repeated", .boolean),
                ("similar", .array(.reference("SimilarTicket"))), ("notes", notes),
            ])
        ),
        (
            "SimilarTicket",
            open([
                ("number", .text), ("document", .text), ("same_person", .boolean), ("same_event", .boolean),
                ("labels", .array(label)), ("fields", .object([], isOpen: true)),
            ])
        ),
        ("SimilarList", open([("similar", .array(.reference("SimilarTicket")))])),
        ("Ticket", ticket),
        ("TicketConflict", open([("field", .text), ("label", label), ("values", .array(.any))])),
        ("TicketRow", row),
        ("TicketList", page("TicketRow")),
        (
            "ConflictRow",
            open([
                ("number", nullText), ("document", .text), ("version", .text),
                ("conflicts", .array(.reference("TicketConflict"))),
            ])
        ),
        ("ConflictList", page("ConflictRow")),
        ("History", open([("acts", .array(act))])),
        (
            "Clocks",
            open([
                ("number", nullText), ("now", .int), ("unreadable", .int), ("clocks", .array(clock)),
                ("custody", .array(span)),
            ])
        ),
        (
            "ReferenceList",
            open([
                (
                    "references",
                    .array(
                        open([
                            ("kind", .text), ("label", label), ("name", .text), ("version", .text), ("bytes", .int),
                        ]))
                )
            ])
        ),
        (
            "IncidentList",
            open([
                (
                    "incidents",
                    .array(
                        open([
                            ("at", .int), ("code", .text), ("node", nullText), ("subject", nullText), ("count", .int),
                            ("hint", .nullable(label)),
                        ]))
                )
            ])
        ),
        ("Preview", preview),
        (
            "Supervision",
            open([("number", .text), ("document", .text), ("to", .text), ("answer_by", .int), ("tickets", .int)])
        ),
        ("Board", board),
        ("Report", open([("report", .text), ("node", .text), ("tier", .text), ("at", .int)])),
        ("Status", status),
        ("NodeIdentity", open([("node", .text), ("bank", label), ("topology_digest", .text)])),
        ("People", people),
        ("Consolidated", consolidated),
        (
            "ActList",
            open([
                (
                    "acts",
                    .array(
                        open([
                            ("name", .text), ("label", label), ("lines", .array(.text)),
                            ("offline", .nullable(.choice(Transition.Offline.allCases.map(\.rawValue)))),
                            ("roles", .array(.text)),
                            ("parameters", .array(.any)), ("needs", .array(.array(.text))),
                            ("fields", .array(.text)),
                        ]))
                )
            ])
        ),
        ("FieldList", open([("fields", .array(.any)), ("columns", .array(.text))])),
        ("CodeLists", open([("lists", .array(.any))])),
        ("Health", open([("status", .text)])),
        (
            // One event; heartbeats are comments and have none of these.
            "EventStream",
            .object(
                [("event", .choice(["change", "progress"])), ("id", .text), ("data", .text)], isOpen: true)
        ),
        ("PlainText", .text),
        ("Anything", .object([], isOpen: true)),
    ]

    private static let label = APISchema.reference("Label")
    private static let notes = APISchema.array(open([("detail", label), ("hint", label)]))
    private static let nullText = APISchema.nullable(.text)
    /// Where a part of a ticket is, or that the reader may not see it.
    private static let presences = ["present", "awaited", "not_ours", TicketReading.withheld]
    private static let nullInt = APISchema.nullable(.int)

    /// All members are always there.
    private static func open(_ members: [(name: String, schema: APISchema)]) -> APISchema {
        .object(members, required: members.map(\.name), isOpen: true)
    }

    private static func page(_ row: String) -> APISchema {
        open([("tickets", .array(.reference(row))), ("next", nullText)])
    }

    private static let ticket = open([
        ("number", nullText), ("document", .text), ("version", .text),
        ("acknowledgement", open([("level", .choice(["L1", "L2", "L3"])), ("label", label)])),
        ("home", nullText), ("disclosure", .choice(Disclosure.allCases.map(\.code))),
        ("head_office_disclosure", .choice(Disclosure.allCases.map(\.code))),
        ("parts", open(Part.allCases.map { ($0.code, .choice(presences)) })),
        (
            "custody",
            open([
                ("custodian", nullText), ("custodian_name", .nullable(label)), ("version", nullText),
                ("is_here", .boolean), ("is_suspended", .boolean), ("offer", .any), ("recall", .any),
            ])
        ),
        ("merged_into", .nullable(open([("document", .text), ("number", nullText)]))),
        (
            "head_office_access",
            .array(
                open([("post", .text), ("level", .text), ("at", .int), ("until", .int), ("is_open", .boolean)]))
        ),
        ("priority", .integer(1...4)), ("next_acts", .array(.choice(NextActs.all))),
        ("conflicts", .array(.reference("TicketConflict"))),
        ("overruled", .array(.text)), ("disputed", .array(.text)),
        ("fields", .map(open([("label", label)]))),
    ])

    private static let row = open([
        ("number", nullText), ("document", .text), ("version", .text), ("custodian", nullText),
        ("offered_to", nullText), ("conflicts", .int), ("fields", .object([], isOpen: true)),
    ])

    private static let act = open([
        ("dot", .text), ("at", .int), ("corrected_at", nullInt), ("time", .text), ("node", nullText), ("post", .text),
        ("act", .text), ("label", label), ("bodies", .map(.choice(presences))),
        ("lines", open([("zh", .array(.text)), ("en", .array(.text))])),
        ("is_overruled", .boolean), ("is_disputed", .boolean), ("is_voided", .boolean), ("hash", .text),
    ])

    private static let clock = open([
        ("clock", .text), ("pack", .text), ("pack_version", .text), ("policy", .text), ("leg", .int), ("round", .int),
        ("name", .nullable(label)), ("calendar", nullText), ("started_at", .int), ("due_at", nullInt),
        ("warn_at", nullInt), ("phase", .choice(ClockPhase.allCases.map(\.rawValue))), ("phase_label", label),
        ("agrees", .nullable(.boolean)), ("steps", .array(.any)),
        ("text", open([("zh", .array(.text)), ("en", .array(.text))])),
        ("told", .array(open([("step", .text), ("label", label), ("at", .int), ("to", .array(.text))]))),
        ("minutes", open([("transit", .int), ("paused", .int), ("own", .int), ("own_lateness", .int)])),
        ("overdue", .array(open(holder + [("minutes", .int)]))),
    ])

    private static let holder: [(name: String, schema: APISchema)] = [
        ("holder", .choice(["unit", "queue", "transit"])), ("label", label), ("node", nullText),
    ]
    private static let span = open(holder + [("from", .int), ("to", nullInt), ("minutes", .int)])

    private static let preview = open([
        ("act", .text), ("act_label", label), ("allowed", .boolean), ("refusal", .any), ("kind", nullText),
        ("scope", nullText), ("severity", nullText), ("state", nullText), ("priority", .integer(1...4)),
        ("changes", .map(open([("label", label), ("text", label)]))), ("route", .any), ("notes", notes),
        (
            "audience",
            .array(
                open([
                    ("node", .text), ("name", .nullable(label)),
                    ("holds", .choice(Disclosure.allCases.map(\.code))),
                ]))
        ),
        ("now", .int), ("clocks", .array(.any)), ("changed_clocks", .array(.text)),
    ])

    private static let board = open([
        ("node", .text), ("tier", .text), ("at", .int), ("uplink", .any),
        (
            "columns",
            .array(
                open([
                    ("state", .text), ("label", label), ("count", .int), ("warned", .int), ("overdue", .int),
                    ("interim_due", .int),
                ]))
        ),
        ("tickets", .array(.reference("TicketRow"))), ("more", .boolean),
        (
            "neighbours",
            .array(
                open([
                    ("node", .text), ("name", .nullable(label)), ("is_parent", .boolean), ("contact", nullInt),
                    ("silent", .boolean), ("waiting", .int), ("phase", nullText), ("failing_since", nullInt),
                    ("error", nullText), ("hint", nullText),
                ]))
        ),
    ])

    private static let status = open([
        (
            "node",
            open([
                ("id", .text), ("tier", .text), ("name", label), ("org", .text), ("parent", nullText), ("bank", label),
                ("topology_digest", .text),
            ])
        ),
        ("versions", open([("syncnode", .text), ("protocol", .int), ("sqlite", .text)])),
        ("now", .int), ("incarnation", nullText), ("apply_sequence", .int), ("tickets", nullInt),
        ("open_tickets", nullInt),
        ("conflicts", nullInt), ("undetermined", nullInt), ("parked_actions", .int), ("incidents", .int),
        ("is_suspended", .boolean), ("is_past_open", .boolean),
        ("is_stopping", .boolean), ("halted", nullText), ("uplink", .any),
        ("people", open([("is_registered", .boolean), ("registers", .array(.text))])),
        (
            "neighbours",
            .array(
                open([
                    ("node", .text), ("name", .nullable(label)), ("is_parent", .boolean), ("waiting", .int),
                    ("log_length", .int), ("head_office_holds", nullInt), ("read", .int), ("contact", nullInt),
                    ("is_suspended", .boolean), ("is_quarantined", .boolean), ("withheld", .int),
                    ("shared", open([("count", .int), ("fingerprint", .text)])),
                    ("line", .any),
                ]))
        ),
    ])

    private static let people = open([
        ("node", .text), ("is_registered", .boolean), ("registers", .array(.text)), ("channels", .any),
        (
            "authority",
            .array(
                open([
                    ("level", .int), ("compensation_max", .text), ("business_classes", .array(.text)),
                    ("customer_tiers", .array(.text)), ("sureness", .choice(Sureness.allCases.map(\.rawValue))),
                    ("sureness_label", label),
                ]))
        ),
        (
            "posts",
            .array(
                open([
                    ("post", .text), ("roles", .array(.text)), ("labels", .array(label)), ("department", nullText),
                    ("level", .int), ("trained", .boolean), ("has_person_token", .boolean), ("absence", .any),
                ]))
        ),
    ])

    private static let total = APISchema.array(
        open([("key", .text), ("label", label), ("count", .int), ("open", .int)]))

    private static let consolidated = open([
        ("node", .text), ("tier", .text), ("as_of", .int), ("is_exact", .boolean), ("at", .int), ("tickets", .int),
        ("merged_tickets", .int), ("open_tickets", .int), ("by_province", total), ("by_kind", total),
        ("by_state", total),
        ("by_severity", total), ("by_age", total), ("cells", .array(.any)), ("age_cells", .array(.any)),
        ("listed", .array(.reference("TicketRow"))), ("more_listed", .boolean),
        (
            "completeness",
            .array(
                open([
                    ("node", .text), ("name", .nullable(label)), ("tier", nullText), ("via", nullText),
                    ("tickets", .int), ("open_tickets", .int), ("contact", nullInt), ("read", nullInt),
                ]))
        ),
        (
            "provinces",
            .array(
                open([
                    ("node", nullText), ("name", label), ("received", .int), ("received_today", .int),
                    ("recorded_today", .int), ("open", .int), ("warned", .int), ("overdue", .int), ("escalated", .int),
                    ("appeals", .int),
                    ("oldest_at", nullInt),
                    (
                        "balance",
                        open([
                            ("compared", .int), ("equal", .int), ("different", .int), ("missing", .int),
                            ("differences", .array(.any)),
                        ])
                    ),
                ]))
        ),
    ])
}
