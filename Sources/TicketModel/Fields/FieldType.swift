import SyncProtocol

/// What a field may hold. A core field is never of type `text`: core records carry codes and numbers, no words.
public enum FieldType: Sendable {
    /// One code of a list.
    case code(Enumeration)
    /// A set of codes of a list.
    case codeSet(Enumeration)
    /// Any well-formed code: names of packs, versions, knowledge texts, evidence, parties.
    case reference
    /// A set of names of ticket fields.
    case fieldNames
    /// A code of a list and an instant, `code@milliseconds`.
    case timedCode(Enumeration)
    /// A kind of link and a document, `code@32 hexadecimal digits`.
    case link(Enumeration)
    /// Words, at most so many bytes of UTF-8.
    case text(bytesMax: Int)
    /// Words on one line: names, accounts.
    case line(bytesMax: Int)
    /// An address like `x@y.z`.
    case email
    /// The number of an identity paper; a resident's is checked, see `IdentityNumber`.
    case identityNumber
    /// Milliseconds since 1970 UTC.
    case instant
    /// A calendar date, `yyyy-mm-dd`.
    case date
    case integer(ClosedRange<Int64>)
    /// 0 or 1.
    case flag
    /// An amount in fen (1/100 yuan).
    case money
    /// A node of the topology.
    case node
    /// A set of nodes.
    case nodeSet
    /// An organisation's code.
    case org
    /// A post's code: people appear in core records as posts.
    case post
    /// A ticket number.
    case ticketNumber
    /// A telephone number as people write it, see `PhoneNumber`.
    case phone
    /// A keyed token that stands for a person: 16…128 lower-case hexadecimal digits.
    case token
    /// The key of a request, promise, order or question, made by a node, see `EntryKey`.
    case entryKey
    /// SHA-256: 64 hexadecimal digits.
    case digest
    /// A ticket's document, 32 hexadecimal digits.
    case document
    /// The name of an act, `life:number`.
    case dot
    /// Typed parts joined by `@`: a member of a list of what happened.
    case entry(EntryShape)
    /// A node, or a department of one, `node/department`.
    case unit
    /// Units in order, `a>b/department`.
    case unitPath
    /// A running deadline, see `Clock`.
    case clock
    /// A step that a deadline reached, see `ClockStep`.
    case clockStep

    /// The largest amount, in fen: one hundred thousand million yuan.
    public static let moneyMax: Int64 = 10_000_000_000_000

    /// The enumeration behind the type, if any.
    public var enumeration: Enumeration? {
        switch self {
        case .code(let list), .codeSet(let list), .timedCode(let list), .link(let list): list
        default: nil
        }
    }

    /// True where values are integers on the wire and in columns.
    public var isInteger: Bool {
        switch self {
        case .instant, .integer, .flag, .money: true
        default: false
        }
    }

    /// The most bytes that an accepted value takes.
    public var bytesMax: Int {
        switch self {
        case .text(let bytesMax), .line(let bytesMax): bytesMax
        case .email: EmailAddress.bytesMax
        case .identityNumber: IdentityNumber.bytesMax
        case .codeSet, .fieldNames, .nodeSet: CodeSet.membersMax * (Code.bytesMax + 1)
        case .timedCode, .link: Code.bytesMax + 33
        case .token, .digest: 64
        case .entry(let shape): shape.bytesMax
        case .unit: Limits.nodeIDBytesMax + 1 + Code.bytesMax
        case .unitPath: UnitPath.unitsMax * (Limits.nodeIDBytesMax + 2 + Code.bytesMax)
        case .clock: Clock.bytesMax
        case .clockStep: ClockStep.bytesMax
        case .phone: PhoneNumber.bytesMax
        default: Code.bytesMax
        }
    }

    /// The stable name of the type, for interface descriptions.
    public var name: String {
        switch self {
        case .code: "code"
        case .codeSet: "code_set"
        case .reference: "reference"
        case .fieldNames: "field_names"
        case .timedCode: "timed_code"
        case .link: "link"
        case .text: "text"
        case .line: "line"
        case .email: "email"
        case .identityNumber: "identity_number"
        case .instant: "instant"
        case .date: "date"
        case .integer: "integer"
        case .flag: "flag"
        case .money: "money"
        case .node: "node"
        case .nodeSet: "node_set"
        case .org: "org"
        case .post: "post"
        case .ticketNumber: "ticket_number"
        case .phone: "phone"
        case .token: "token"
        case .entryKey: "entry_key"
        case .digest: "digest"
        case .document: "document"
        case .dot: "dot"
        case .entry: "entry"
        case .unit: "unit"
        case .unitPath: "unit_path"
        case .clock: "clock"
        case .clockStep: "clock_step"
        }
    }
}
