import SyncProtocol

/// Whom the words for the person complained about stand for (RO-15).
extension People {
    /// The posts of the register whose codes stand in the words, capital or small, among whatever else is said:
    /// "柜员 010101.Teller(3号窗)". In order of their codes.
    public func posts(namedIn words: String) -> [Seat] {
        var plain = String.UnicodeScalarView()
        plain.append(contentsOf: words.unicodeScalars.map(AsciiText.halfWidth))
        let codes = plain.split { !Post.isCodeScalar($0) }.map { AsciiText.lowerCased(String($0)) }
        let found = Set(codes.compactMap { postOfCode[$0] ?? postOfCode[People.withoutStops($0)] })
        return found.sorted().compactMap(seat)
    }

    /// True where the register knows somebody by these words, who is then kept from the ticket.
    ///
    /// - Parameter token: what `PersonTokens.target` made of the words.
    func knows(_ words: String, token: String?) -> Bool {
        !posts(namedIn: words).isEmpty || (token.map { personTokens.contains($0) } ?? false)
    }

    /// A code at the end of a sentence.
    private static func withoutStops(_ code: String) -> String {
        let isStop: (Character) -> Bool = { ".-_".contains($0) }
        return String(code.drop(while: isStop).reversed().drop(while: isStop).reversed())
    }
}

extension People.Seat {
    /// What core records say of whoever sits on the post, the same at every node.
    var recusalToken: String { personToken ?? Token.ofPost(post) }
}

/// The tokens by which core records say that a ticket is about somebody.
public struct RecusalTokens: Hashable, Sendable {
    /// Of the post itself.
    public let post: String
    /// Of the person who sits on it; nil where nobody recorded one.
    public let person: String?

    /// - Parameter person: as the interface knows the person behind the post; the register's token counts before it.
    public init(post: String, person: String?, _ people: People) {
        self.post = Token.ofPost(post)
        self.person = people.seat(post)?.personToken ?? person
    }

    func isIn(_ values: [Value]) -> Bool {
        values.contains { value in
            guard case .text(let text) = value else { return false }
            return text == post || text == person
        }
    }
}

extension TicketView {
    /// True where the actor is the person complained about.
    public func isAbout(_ actor: Actor, _ people: People) -> Bool {
        isAbout(post: actor.post, people, token: actor.personToken)
    }

    /// The same of a post that only signs or agrees.
    ///
    /// - Parameter token: of the person behind the post as the interface knows it.
    func isAbout(post: String, _ people: People, token: String? = nil) -> Bool {
        let own = RecusalTokens(post: post, person: token, people)
        if own.isIn(fields[TicketField.targetPersonToken] ?? []) { return true }
        if isOrder, own.isIn(fields[TicketField.namedPersons] ?? []) { return true }
        guard let words = text(TicketField.targetPerson) else { return false }
        let named = people.posts(namedIn: words).map(\.post)
        return named.isEmpty ? AsciiText.trimmed(words) == post : named.contains(post)
    }

    /// Somebody is named as the person complained about, and the register of this node knows nobody by these words.
    ///
    /// - Parameter node: where that is asked: where no posts are known yet, the question has no answer.
    public func recusesNobody(_ people: People, at node: NodeID) -> Bool {
        guard people.covers(node), let words = text(TicketField.targetPerson) else { return false }
        return !people.knows(words, token: text(TicketField.targetPersonToken))
    }

    /// The posts at a node and above it that the ticket is kept from: what is told to roles is not told to them (RO-15).
    public func keptFrom(_ people: People, at node: NodeID) -> [String] {
        guard value(TicketField.targetPersonToken) != nil || isOrder else { return [] }
        var nodes = [node]
        while let above = nodes.last.flatMap(people.parent), !nodes.contains(above) { nodes.append(above) }
        return nodes.flatMap { people.seats(at: $0) }.map(\.post).filter { isAbout(post: $0, people) }
    }

    /// True where the post was ever named as the person complained about: a word of such a post names nobody instead.
    func wasNamed(post: String, _ people: People) -> Bool {
        RecusalTokens(post: post, person: nil, people).isIn(fields[TicketField.namedPersons] ?? [])
    }
}

/// What is well to know of something that the rules allow.
public struct EntryNote: Hashable, Sendable {
    public let sentence: Bilingual
    public let hint: Bilingual

    public static let paperLeftOut = EntryNote(
        sentence: Bilingual(
            "本节点不持有办案材料,证据编号未记录", "this node does not hold the casework: the paper's number is not recorded"),
        hint: Bilingual(
            "由持有全案的节点用 add_evidence 登记", "let a node that holds the whole case list it (add_evidence)"))

    public static let recusesNobody = EntryNote(
        sentence: Bilingual(
            "登记册中没有这样的被投诉人:无人因此回避", "the register knows nobody by these words: they keep nobody from the ticket"),
        hint: Bilingual(
            "在 target_person 中写明岗位代码(people 命令列出)",
            "put the code of the post into target_person (the command people lists them)"))
}
