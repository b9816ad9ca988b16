import SyncProtocol
import TicketModel

/// What becomes of an act at this node's door.
enum Admission: Equatable {
    /// Stored and applied. What it says without authority has no effect (`Authority`).
    case taken
    /// It cannot be judged before something else is here.
    case waits
    /// Not the sender's to say: no part of any chain here.
    case forged(Forgery)
    /// Its author's own, but not for this document, or not in this form: kept out, and everybody is told so.
    case withheld(WithheldReason, FieldID?)
}

/// Why an act cannot be what it says it is.
enum Forgery: String {
    /// An act of this node's present life that this node did not write.
    case ownVoice = "own-voice"
    /// An act or a birth of a node that is not below the child that sends it.
    case foreignVoice = "foreign-voice"
    /// A birth that names another tier, another node's past or no node of the bank, or stands where no birth stands.
    case impossibleBirth = "impossible-birth"
}

/// The ingress gate (rule R11): who may speak here at all, and of what. Decided from the act, its past and the tree, never
/// from what has arrived since, so that waiting longer never gives another answer.
extension Transaction {
    func admission(of record: CoreRecord, _ document: LoadedDocument, from source: Source) throws -> Admission {
        guard let index = source.neighbour else { return .taken }
        if let forgery = try forgery(of: record, from: index) { return .forged(forgery) }
        guard isChild(index) else { return isReady(record, document) ? .taken : .waits }
        // First of all: what may not be stored does not wait here either.
        if let problem = lintAtDoor(record) { return .withheld(.notACode, problem.field) }
        if claimsUnwrittenAct(record) { return .withheld(.neverWritten, nil) }
        guard isReady(record, document) else { return .waits }
        // What another node's past lets come back is judged by nobody's membership in what this disk has left.
        let isReturned = memory.isPastOpen && !isVoice(of: record, ofSubtree: index)
        let mayTakePart = isReturned || takesPart(record, document) || !context.protections.contains(.membership)
        return mayTakePart ? .taken : .withheld(.notAMember, nil)
    }

    func isChild(_ index: Int) -> Bool {
        context.hierarchy.parent(of: memory.neighbours[index].node) == context.node
    }

    // MARK: Whose voice it is

    private func forgery(of record: CoreRecord, from index: Int) throws -> Forgery? {
        if let life = memory.current, record.dot.incarnation == life,
            record.dot.sequence > memory.lastOwn?.dot.sequence ?? 0
        {
            return .ownVoice
        }
        let birth = record.birth
        if record.document.isNodeRecord, record.dot.sequence == 1 || birth != nil {
            guard let birth, isPossible(birth, record) else { return .impossibleBirth }
        }
        guard let author = memory.lineage.node(of: record.dot.incarnation) ?? birth?.node else { return nil }
        if author == context.node, birth != nil { try openPastIfProven(record, isChild(index)) }
        guard isChild(index), !memory.isPastOpen, context.protections.contains(.provenance) else { return nil }
        let isWithin = context.hierarchy.isWithin(author, subtreeOf: memory.neighbours[index].node)
        return isWithin ? nil : .foreignVoice
    }

    private func isVoice(of record: CoreRecord, ofSubtree index: Int) -> Bool {
        guard let author = memory.lineage.node(of: record.dot.incarnation) ?? record.birth?.node else { return true }
        return context.hierarchy.isWithin(author, subtreeOf: memory.neighbours[index].node)
    }

    /// A birth is its life's first act, in the record of a node of the bank, of that node's tier; its past is the same
    /// node's.
    private func isPossible(_ birth: Birth, _ record: CoreRecord) -> Bool {
        guard record.dot.sequence == 1, context.hierarchy.tier(of: birth.node) == birth.tier,
            record.document == DocumentID(recordOf: birth.node)
        else { return false }
        guard let before = birth.predecessor else { return true }
        let owner = memory.lineage.node(of: before.incarnation)
        // No life comes before itself.
        return (owner == nil || owner == birth.node)
            && !memory.lineage.line(of: before.incarnation).contains(record.dot.incarnation)
    }

    /// A life under this node's name that this disk does not know proves that the disk is an older copy: from the node
    /// above, or from whoever shows the mark that this node alone can make. From then on its past may come back.
    private func openPastIfProven(_ birth: CoreRecord, _ isFromChild: Bool) throws {
        guard !memory.isPastOpen, !memory.lineage.knows(birth.dot.incarnation) else { return }
        guard !isFromChild || memory.lifeSecret.recognises(birth, context.hash) else { return }
        try incident(.lifeUnknown, node: context.node)
        try setPastOpen(true)
    }

    func setPastOpen(_ isOpen: Bool) throws {
        guard memory.isPastOpen != isOpen else { return }
        memory.isPastOpen = isOpen
        try Meta.set("past_open", isOpen ? 1 : 0, connection)
    }

    /// True where the act says to know an act of this node's present life that it never wrote. Of earlier lives nobody can
    /// say so: a disk that was put back does not know what it lacks, and honest work would be kept out for good.
    private func claimsUnwrittenAct(_ record: CoreRecord) -> Bool {
        guard context.protections.contains(.unwritten), let life = memory.current else { return false }
        let written = memory.lastOwn?.dot.sequence ?? 0
        return record.dependencies.entries.contains { $0.incarnation == life && $0.sequence > written }
    }

    // MARK: Of what it speaks

    /// Ready acts only: all that they know is here.
    private func takesPart(_ record: CoreRecord, _ document: LoadedDocument) -> Bool {
        // A birth was looked at before: it is what makes its author known.
        guard let speaker = Speaker(record, memory.lineage) else { return record.birth != nil }
        if record.document.isNodeRecord {
            guard let owner = context.hierarchy.owner(ofRecord: record.document) else { return false }
            return speaker.mayWrite(inRecordOf: owner)
        }
        return speaker.takesPart(in: record, document.state.audience, memory.lineage)
    }

    /// A core record holds no word and no name: asked at a province of its branches, and at head office of everybody.
    private func lintAtDoor(_ record: CoreRecord) -> CoreLint.Problem? {
        context.protections.contains(.lint) ? lint(record) : nil
    }

    /// What of a core record none may hold; nil where there is nothing, or where nobody knows who speaks.
    func lint(_ record: CoreRecord) -> CoreLint.Problem? {
        let tier = memory.lineage.life(of: record.dot.incarnation)?.tier ?? record.birth?.tier ?? .branch
        return context.lint.problem(in: record, by: tier)
    }

    // MARK: Without authority

    /// Whoever is right above an author tells him of what he had no authority for, by an act that he sees.
    func noteUnauthorized(_ record: CoreRecord, _ document: LoadedDocument, from source: Source) {
        guard source.neighbour != nil, document.state.unauthorized.contains(record.dot),
            let author = memory.lineage.node(of: record.dot.incarnation),
            context.hierarchy.parent(of: author) == context.node
        else { return }
        unauthorized.append((record.document, record.dot, author))
    }
}

extension CoreRecord {
    /// What a birth says; nil for any other act.
    var birth: Birth? {
        for case .birth(let birth) in operations { return birth }
        return nil
    }

    /// The acts that this one says were kept out.
    var withheldActs: [WithheldAct] {
        operations.flatMap { operation -> [WithheldAct] in
            if case .withheld(let acts) = operation { acts } else { [] }
        }
    }

    /// True for acts that may let somebody in or show more.
    var changesAudience: Bool {
        operations.contains { operation in
            switch operation {
            case .create, .involve, .widen: true
            default: false
            }
        }
    }
}
