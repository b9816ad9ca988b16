import SyncProtocol
import TicketModel

/// The tables of a node's database, as numbered steps: `user_version` tells how many have been taken.
///
/// Identifiers of 64 bits are stored as signed integers with the same bits.
enum StoreSchema {
    /// "SNod": tells our files from those of others.
    static let applicationID: Int64 = 0x534e_6f64

    private static let replication = """
        CREATE TABLE meta(name TEXT PRIMARY KEY, value) WITHOUT ROWID;

        -- Every action that applied here, in apply order. Actions never go.
        CREATE TABLE actions(
            key INTEGER PRIMARY KEY,
            incarnation INTEGER NOT NULL,
            sequence INTEGER NOT NULL,
            document INTEGER NOT NULL,
            -- The document's action before this one: history without an index of its own.
            before INTEGER NOT NULL,
            hash BLOB NOT NULL,
            record BLOB NOT NULL);
        CREATE UNIQUE INDEX actions_dot ON actions(incarnation, sequence);

        -- Bodies in their envelopes.
        CREATE TABLE bodies(
            action INTEGER NOT NULL, part INTEGER NOT NULL, envelope BLOB NOT NULL,
            PRIMARY KEY(action, part)) WITHOUT ROWID;

        -- Actions whose dependencies are not here yet.
        CREATE TABLE parked(
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,
            space INTEGER NOT NULL, number INTEGER NOT NULL, source INTEGER NOT NULL, echo INTEGER NOT NULL,
            hash BLOB NOT NULL, record BLOB NOT NULL, casework BLOB, personal BLOB,
            PRIMARY KEY(incarnation, sequence)) WITHOUT ROWID;
        CREATE INDEX parked_document ON parked(space, number);

        -- What the same dot said elsewhere (rule R2): both versions are kept.
        CREATE TABLE forks(hash BLOB PRIMARY KEY, incarnation INTEGER, sequence INTEGER, record BLOB) WITHOUT ROWID;

        CREATE TABLE neighbours(
            key INTEGER PRIMARY KEY, node TEXT NOT NULL UNIQUE, log INTEGER NOT NULL,
            receipt_sequence INTEGER, receipt_high INTEGER, receipt_low INTEGER,
            cursor_log INTEGER, cursor_sequence INTEGER, cursor_high INTEGER, cursor_low INTEGER,
            -- Counts the times that the own cursor was set by reconciliation: older echoes prove nothing.
            era INTEGER NOT NULL DEFAULT 1,
            head_office_holds INTEGER,
            token_confirmed INTEGER NOT NULL DEFAULT 0, token_fresh INTEGER NOT NULL DEFAULT 0,
            tokens_accepted BLOB, tokens_shown BLOB, token_stale INTEGER,
            lives BLOB, is_suspended INTEGER NOT NULL DEFAULT 0, contact INTEGER);

        -- One log a neighbour, as runs of entries with consecutive dots. Chain hash and shared fingerprint are those
        -- after the run's last entry.
        CREATE TABLE logs(
            neighbour INTEGER NOT NULL, first INTEGER NOT NULL, count INTEGER NOT NULL, kind INTEGER NOT NULL,
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, era INTEGER NOT NULL,
            chain_high INTEGER NOT NULL, chain_low INTEGER NOT NULL,
            shared_count INTEGER NOT NULL, shared_high INTEGER NOT NULL, shared_low INTEGER NOT NULL,
            PRIMARY KEY(neighbour, first)) WITHOUT ROWID;

        -- Births that a neighbour's log names already.
        CREATE TABLE births_logged(
            neighbour INTEGER NOT NULL, incarnation INTEGER NOT NULL, PRIMARY KEY(neighbour, incarnation)) WITHOUT ROWID;

        -- How long the parent's log was when a child's log had been read so far: tells the child what head office holds.
        CREATE TABLE marks(
            child INTEGER NOT NULL, child_sequence INTEGER NOT NULL, parent_sequence INTEGER NOT NULL,
            PRIMARY KEY(child, child_sequence)) WITHOUT ROWID;

        -- Offers taken back before anybody saw them: no batch may carry one without the other.
        CREATE TABLE recalls(
            offer_incarnation INTEGER NOT NULL, offer_sequence INTEGER NOT NULL,
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY(offer_incarnation, offer_sequence)) WITHOUT ROWID;

        -- When offers of custody to this node arrived.
        CREATE TABLE arrivals(
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, at INTEGER NOT NULL,
            PRIMARY KEY(incarnation, sequence)) WITHOUT ROWID;

        -- Documents whose bodies came after their actions: the search index has to look at them again.
        CREATE TABLE reindex(document INTEGER PRIMARY KEY, times INTEGER NOT NULL);

        -- Actions of documents that never let this node in: logs may still name them.
        CREATE TABLE discarded(
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, PRIMARY KEY(incarnation, sequence)) WITHOUT ROWID;

        CREATE TABLE incidents(
            key INTEGER PRIMARY KEY, at INTEGER NOT NULL, code TEXT NOT NULL, node TEXT, subject TEXT, count INTEGER NOT NULL);
        CREATE INDEX incidents_what ON incidents(code, node, subject);

        -- Requests that were answered, by their idempotency key.
        CREATE TABLE requests(
            key TEXT PRIMARY KEY, digest BLOB NOT NULL, document INTEGER NOT NULL, at INTEGER NOT NULL) WITHOUT ROWID;
        """

    /// Documents with a typed column for each field that a worklist needs.
    private static var documents: String {
        let columns = TicketColumns.all.map { "\($0.name) \($0.kind == .integer ? "INTEGER" : "TEXT")" }.joined(
            separator: ", ")
        return """
            CREATE TABLE documents(
                key INTEGER PRIMARY KEY, space INTEGER NOT NULL, number INTEGER NOT NULL,
                -- 1: the action that lets this node into the audience is not here yet.
                is_staged INTEGER NOT NULL, last_action INTEGER NOT NULL, actions INTEGER NOT NULL,
                body_actions INTEGER NOT NULL, conflicts INTEGER NOT NULL, custodian TEXT, offered_to TEXT,
                -- The blob last: SQLite reads a row from its beginning up to the column that is asked for.
                \(columns), core BLOB NOT NULL);
            CREATE UNIQUE INDEX documents_id ON documents(space, number);
            CREATE INDEX documents_number ON documents(ticket_no) WHERE ticket_no IS NOT NULL;
            CREATE INDEX documents_board ON documents(is_open, priority, received_at) WHERE ticket_no IS NOT NULL;
            -- What the ticker looks at: whose clock is due next.
            CREATE INDEX documents_clock_work ON documents(custodian, clock_work_at) WHERE clock_work_at IS NOT NULL;
            -- A board by (priority, earliest due), in the very order of its query: a page is read and nothing sorted.
            CREATE INDEX documents_due ON documents(is_open, priority, due_order, key DESC)
                WHERE ticket_no IS NOT NULL AND is_staged = 0;
            -- Clocks that a calendar would tell the end of.
            CREATE INDEX documents_undetermined ON documents(key) WHERE undetermined_clocks IS NOT NULL;
            -- SQLite keeps no statistics here and would take the board's index for all of these: their queries name them.
            -- Which tickets press: as many entries are read as there are warnings.
            CREATE INDEX documents_pressing ON documents(is_open, warn_at, due_at, state, is_staged, ticket_no)
                WHERE warn_at IS NOT NULL AND ticket_no IS NOT NULL AND is_staged = 0;
            -- The customer is owed an interim reply.
            CREATE INDEX documents_interim ON documents(is_open, interim_from, state, is_staged, ticket_no)
                WHERE interim_from IS NOT NULL AND ticket_no IS NOT NULL AND is_staged = 0;
            -- Tickets about somebody, whom a board keeps even their number from.
            CREATE INDEX documents_target ON documents(
                target_person_token, is_open, state, due_at, warn_at, interim_from, is_staged, ticket_no)
                WHERE target_person_token IS NOT NULL AND ticket_no IS NOT NULL AND is_staged = 0;
            CREATE INDEX documents_open ON documents(key) WHERE is_open = 1 AND ticket_no IS NOT NULL AND is_staged = 0;
            CREATE INDEX documents_offered ON documents(offered_to) WHERE offered_to IS NOT NULL;
            -- What head office follows one by one, in the order of its list.
            CREATE INDEX documents_followed ON documents(received_at)
                WHERE \(WorklistSQL.followed) AND ticket_no IS NOT NULL AND is_staged = 0;
            -- Figures by unit, from the index alone.
            CREATE INDEX documents_units ON documents(
                origin_org, kind, state, severity, is_open, received_at, registered_at, warn_at, due_at, is_staged, ticket_no);
            CREATE INDEX documents_rule ON documents(route_rule, received_at, lead_leg, bounce_count)
                WHERE route_rule IS NOT NULL;
            -- Periods of reports.
            CREATE INDEX documents_received ON documents(received_at) WHERE ticket_no IS NOT NULL;
            CREATE INDEX documents_closed ON documents(closed_at) WHERE closed_at IS NOT NULL;
            CREATE INDEX documents_conflicts ON documents(key) WHERE conflicts > 0;

            -- The folded fields of bodies, from the second body on; before, the one body says it all.
            CREATE TABLE document_bodies(document INTEGER PRIMARY KEY, casework BLOB NOT NULL, personal BLOB NOT NULL);
            """
    }

    /// How many tickets there are, kept with each write: a board over a million tickets counts none of them.
    private static let ticketCounts: String = {
        func isTicket(_ row: String) -> String { "\(row).ticket_no IS NOT NULL AND \(row).is_staged = 0" }
        func cell(_ row: String) -> String {
            "\(row).is_open, coalesce(\(row).state, ''), coalesce(\(row).custodian, '')"
        }
        let moves = "(\(isTicket("OLD")), \(cell("OLD"))) IS NOT (\(isTicket("NEW")), \(cell("NEW")))"
        let comes = """
            INSERT INTO ticket_counts VALUES(\(cell("NEW")), 1) ON CONFLICT DO UPDATE SET count = count + 1;
            """
        let goes = """
            UPDATE ticket_counts SET count = count - 1 WHERE (is_open, state, custodian) = (\(cell("OLD")));
            """
        return """
            CREATE TABLE ticket_counts(
                is_open INTEGER NOT NULL, state TEXT NOT NULL, custodian TEXT NOT NULL, count INTEGER NOT NULL,
                PRIMARY KEY(is_open, state, custodian)) WITHOUT ROWID;
            CREATE TRIGGER ticket_born AFTER INSERT ON documents WHEN \(isTicket("NEW")) BEGIN \(comes) END;
            CREATE TRIGGER ticket_gone AFTER DELETE ON documents WHEN \(isTicket("OLD")) BEGIN \(goes) END;
            CREATE TRIGGER ticket_left AFTER UPDATE ON documents
                WHEN \(isTicket("OLD")) AND \(moves) BEGIN \(goes) END;
            CREATE TRIGGER ticket_came AFTER UPDATE ON documents
                WHEN \(isTicket("NEW")) AND \(moves) BEGIN \(comes) END;
            """
    }()

    /// A repeated request gets the answer that it had: the act, and the version that it made.
    private static let answers = """
        ALTER TABLE requests ADD COLUMN action INTEGER;
        ALTER TABLE requests ADD COLUMN bodies INTEGER;
        """

    /// What head office publishes, each version a document of its own that never changes.
    private static let references = """
        CREATE TABLE reference_items(
            document INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL, version TEXT NOT NULL);
        CREATE INDEX reference_items_name ON reference_items(kind, name, version);
        """

    /// What finds tickets of the same customer and of the same event at entry. The tokens are made with this node's key
    /// from words that lie in the same file; they are in no message.
    private static let likeness = """
        CREATE TABLE person_tokens(
            token TEXT NOT NULL, document INTEGER NOT NULL, PRIMARY KEY(token, document)) WITHOUT ROWID;
        CREATE INDEX person_tokens_document ON person_tokens(document);
        CREATE INDEX documents_event ON documents(event_org, business_class, symptom, received_at)
            WHERE ticket_no IS NOT NULL;
        """

    /// What was refused at the door, as evidence: forged acts a bounded sample of, withheld ones all, because each
    /// is told of. Records stand here in full only within a quota, and above the province never.
    private static let refusals = """
        DROP TABLE forks;
        CREATE TABLE refused(
            hash BLOB PRIMARY KEY, kind INTEGER NOT NULL, incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,
            space INTEGER NOT NULL, number INTEGER NOT NULL, reason TEXT NOT NULL, field INTEGER,
            neighbour INTEGER NOT NULL, at INTEGER NOT NULL, record BLOB) WITHOUT ROWID;
        CREATE INDEX refused_neighbour ON refused(neighbour, kind);
        CREATE INDEX refused_dot ON refused(incarnation, sequence);
        -- Which of two records under one dot stands, by the word of a node above.
        CREATE TABLE settled(
            incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL, hash BLOB NOT NULL,
            PRIMARY KEY(incarnation, sequence)) WITHOUT ROWID;
        -- Which acts of node records say that acts of a document were kept out: who enters it later must hear of them.
        CREATE TABLE withheld_notes(
            space INTEGER NOT NULL, number INTEGER NOT NULL, incarnation INTEGER NOT NULL, sequence INTEGER NOT NULL,
            PRIMARY KEY(space, number, incarnation, sequence)) WITHOUT ROWID;
        -- Whose quota a waiting act counts against.
        ALTER TABLE parked ADD COLUMN account TEXT NOT NULL DEFAULT '';
        ALTER TABLE neighbours ADD COLUMN refused_day INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE neighbours ADD COLUMN refused_count INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE neighbours ADD COLUMN is_quarantined INTEGER NOT NULL DEFAULT 0;
        -- Rows were folded by rules that let everybody say everything.
        INSERT OR REPLACE INTO meta VALUES('fold', 0);
        """

    private static var steps: [String] {
        [
            replication + documents + ticketCounts, answers, references, likeness,
            NoticeRows.schema + TextLinkRows.schema + ReadLog.schema, refusals,
        ]
    }

    /// Takes the steps that are missing. Each is one transaction.
    ///
    /// - Throws: `StoreError.foreignFile` for a database of another program, `.newerSchema` for one of a newer version.
    static func migrate(_ connection: Connection) throws {
        let application = try connection.prepare("PRAGMA application_id").integer() ?? 0
        let version = Int(try connection.prepare("PRAGMA user_version").integer() ?? 0)
        let tables = try connection.prepare("SELECT count(*) FROM sqlite_schema").integer() ?? 0
        guard application == applicationID || (application == 0 && tables == 0) else { throw StoreError.foreignFile }
        guard version <= steps.count else { throw StoreError.newerSchema(found: version, known: steps.count) }
        for index in version..<steps.count {
            try connection.transaction {
                try connection.execute(steps[index])
                try connection.execute("PRAGMA user_version = \(index + 1)")
                try connection.execute("PRAGMA application_id = \(applicationID)")
            }
        }
    }
}
