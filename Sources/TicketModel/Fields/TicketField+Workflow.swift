import SyncProtocol

// Core from 200 on: clocks 200…239, assist legs 240…303, the whole workflow 310…399. Casework 110…119. The numbers 319, 320
// and 329 named second persons whom others typed, and are given to nothing else.
extension TicketField {
    // Core, one writer.
    public static let leadDepartment = FieldID(rawValue: 310)
    public static let returnPath = FieldID(rawValue: 311)
    public static let routeRule = FieldID(rawValue: 312)
    public static let routeLead = FieldID(rawValue: 313)
    public static let routeTold = FieldID(rawValue: 314)
    public static let routingMarks = FieldID(rawValue: 315)
    public static let sealedFrom = FieldID(rawValue: 316)
    public static let reasonsSufficient = FieldID(rawValue: 317)
    public static let demandReasonable = FieldID(rawValue: 318)
    public static let pauseReason = FieldID(rawValue: 321)
    public static let feedbackRejections = FieldID(rawValue: 322)
    public static let unresolvableReason = FieldID(rawValue: 323)
    public static let unresolvableBy = FieldID(rawValue: 324)
    public static let unresolvableRound = FieldID(rawValue: 325)
    public static let appealConclusion = FieldID(rawValue: 326)
    public static let conclusionGrounds = FieldID(rawValue: 327)
    public static let concludedBy = FieldID(rawValue: 328)
    public static let withdrawnAt = FieldID(rawValue: 330)
    public static let archivedAt = FieldID(rawValue: 331)
    public static let regulatorResponse = FieldID(rawValue: 332)
    public static let filing = FieldID(rawValue: 333)
    public static let answerBy = FieldID(rawValue: 334)
    public static let orderAnswer = FieldID(rawValue: 335)
    public static let feedbackApprovedBy = FieldID(rawValue: 336)
    public static let linkedProblemOpen = FieldID(rawValue: 337)
    public static let validityGround = FieldID(rawValue: 338)
    public static let wantedMedium = FieldID(rawValue: 339)

    // Core, sets that grow.
    public static let requests = FieldID(rawValue: 340)
    public static let requestVerdicts = FieldID(rawValue: 341)
    public static let rounds = FieldID(rawValue: 342)
    public static let defects = FieldID(rawValue: 343)
    public static let extensions = FieldID(rawValue: 344)
    public static let contacts = FieldID(rawValue: 345)
    public static let promises = FieldID(rawValue: 346)
    public static let promiseVerdicts = FieldID(rawValue: 347)
    public static let followUpAttempts = FieldID(rawValue: 348)
    public static let reports = FieldID(rawValue: 349)
    public static let liaisons = FieldID(rawValue: 350)
    public static let supervisions = FieldID(rawValue: 351)
    public static let supervisionAnswers = FieldID(rawValue: 352)
    public static let kindHistory = FieldID(rawValue: 353)
    public static let assistDeclines = FieldID(rawValue: 354)
    public static let actedFor = FieldID(rawValue: 355)
    public static let textLinks = FieldID(rawValue: 356)
    public static let seizures = FieldID(rawValue: 357)
    public static let pauses = FieldID(rawValue: 358)
    public static let transfers = FieldID(rawValue: 359)
    public static let readAttempts = FieldID(rawValue: 360)
    public static let countersignatures = FieldID(rawValue: 361)
    public static let countersignatureUses = FieldID(rawValue: 362)
    /// Tokens of everybody who was ever named as the person complained about, or whom an order's complaints are about.
    public static let namedPersons = FieldID(rawValue: 363)
    /// Who took, answered or fed back the ticket, by round.
    public static let workers = FieldID(rawValue: 364)
    /// What a ticket was before its lead leg was offered, for a recall to go back to.
    public static let stateBeforeOffer = FieldID(rawValue: 365)
    public static let leadBeforeOffer = FieldID(rawValue: 366)
    public static let pathBeforeOffer = FieldID(rawValue: 367)
    /// The ticket that this one went into (T28).
    public static let mergedInto = FieldID(rawValue: 368)

    // Core, sets of the clocks: 370…379.
    public static let readReceipts = FieldID(rawValue: 370)
    public static let handovers = FieldID(rawValue: 371)
    public static let unitDeclines = FieldID(rawValue: 372)
    public static let questions = FieldID(rawValue: 373)
    public static let questionAnswers = FieldID(rawValue: 374)

    // Core, sets of reports: 390…399.
    public static let alertOwners = FieldID(rawValue: 390)

    // Casework.
    public static let evidenceItems = FieldID(rawValue: 110)
    public static let statedPosition = FieldID(rawValue: 111)
    public static let replyBasis = FieldID(rawValue: 112)
}

/// The shapes of the entries of growing core sets.
public enum EntryShapes {
    public static let request = EntryShape(
        ("key", .key), ("act", .reference), ("post", .post), ("node", .node), ("at", .instant),
        ("reason", .code(.requestReason)))
    public static let requestVerdict = EntryShape(
        ("key", .key), ("verdict", .code(.requestVerdict)), ("reason", .code(.requestRefusal)), ("post", .post),
        ("at", .instant), ("role", .code(.role)), optional: ["reason", "role"])
    public static let round = EntryShape(
        ("round", .number), ("node", .node), ("handler", .post), ("satisfaction", .code(.satisfaction)),
        ("at", .instant), optional: ["node", "handler", "satisfaction"])
    public static let defect = EntryShape(("code", .code(.defect)), ("post", .post), ("at", .instant))
    public static let `extension` = EntryShape(
        ("key", .key), ("reason", .code(.extensionReason)), ("due", .instant))
    public static let contact = EntryShape(
        ("kind", .code(.contactKind)), ("medium", .code(.replyMedium)), ("post", .post), ("at", .instant))
    public static let promise = EntryShape(
        ("key", .key), ("due", .instant), ("post", .post), ("at", .instant))
    public static let promiseVerdict = EntryShape(
        ("key", .key), ("verdict", .code(.promiseVerdict)), ("post", .post), ("at", .instant))
    public static let attempt = EntryShape(
        ("medium", .code(.replyMedium)), ("result", .code(.attemptResult)), ("post", .post), ("at", .instant))
    public static let report = EntryShape(
        ("hop", .code(.reportHop)), ("verdict", .code(.reportVerdict)), ("post", .post), ("at", .instant),
        ("evidence", .key), ("defect", .code(.defect)), optional: ["evidence", "defect"])
    public static let liaison = EntryShape(
        ("node", .node), ("post", .post), ("at", .instant), ("handed_over_by", .post), optional: ["handed_over_by"])
    public static let supervision = EntryShape(
        ("key", .key), ("reason", .code(.supervisionReason)), ("answer_by", .instant), ("post", .post),
        ("node", .node))
    public static let supervisionAnswer = EntryShape(
        ("key", .key), ("answer", .code(.supervisionAnswer)), ("post", .post), ("at", .instant))
    public static let kindChange = EntryShape(
        ("from", .code(.kind)), ("to", .code(.kind)), ("reason", .code(.conversionReason)), ("post", .post),
        ("at", .instant), optional: ["from"])
    public static let assistDecline = EntryShape(
        ("leg", .number), ("node", .node), ("reason", .code(.declineReason)), ("at", .instant))
    /// A unit that did not take the work order (T09).
    public static let unitDecline = EntryShape(
        ("node", .node), ("reason", .code(.declineReason)), ("at", .instant))
    public static let deputy = EntryShape(("post", .post), ("deputy", .post), ("at", .instant))
    public static let textLink = EntryShape(("text", .reference), ("post", .post), ("at", .instant))
    public static let seizure = EntryShape(
        ("reason", .code(.seizeReason)), ("node", .node), ("post", .post), ("second", .post), ("at", .instant))
    public static let pause = EntryShape(
        ("step", .code(.pauseStep)), ("reason", .code(.pauseReason)), ("at", .instant), ("evidence", .key),
        optional: ["reason"])
    public static let transfer = EntryShape(
        ("reason", .code(.transferReason)), ("node", .node), ("department", .reference), ("at", .instant),
        optional: ["department"])
    /// `until`: when head office stops reading; none where the widening lasts.
    public static let widening = EntryShape(
        ("reason", .code(.wideningReason)), ("level", .code(.accessLevel)), ("post", .post), ("node", .node),
        ("at", .instant), ("until", .instant), optional: ["until"])
    public static let readAttempt = EntryShape(
        ("post", .post), ("node", .node), ("at", .instant), ("reason", .reference))
    public static let question = EntryShape(
        ("key", .key), ("subject", .code(.questionSubject)), ("post", .post), ("at", .instant))
    public static let questionAnswer = EntryShape(
        ("key", .key), ("answer", .code(.questionAnswer)), ("post", .post), ("at", .instant))
    /// `state`: of the ticket when the post agreed.
    public static let countersignature = EntryShape(
        ("key", .key), ("matter", .code(.countersignMatter)), ("post", .post), ("node", .node),
        ("role", .code(.role)), ("state", .code(.state)), ("at", .instant), ("amount", .money), ("instead", .token),
        optional: ["amount", "instead"])
    public static let worker = EntryShape(("post", .post), ("round", .number))
    /// The act that a countersignature let pass, and who did it.
    public static let countersignatureUse = EntryShape(
        ("key", .key), ("act", .reference), ("post", .post), ("at", .instant))
    public static let alertOwner = EntryShape(
        ("alert", .reference), ("owner", .post), ("post", .post), ("at", .instant))
    public static let readReceipt = EntryShape(("post", .post), ("node", .node), ("at", .instant))
    /// How a ticket came to a node: offered, arrived there, taken.
    public static let handover = EntryShape(
        ("from", .node), ("to", .node), ("offered", .instant), ("arrived", .instant), ("taken", .instant))
    /// `paper`: the number that people gave the piece.
    public static let evidence = EntryShape(
        ("key", .key), ("class", .code(.evidenceClass)), ("sha256", .digest), ("holder", .post),
        ("at", .instant), ("basis", .code(.legalBasis)), ("paper", .reference), optional: ["basis", "sha256"])
}
