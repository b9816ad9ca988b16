/// What head office has published and has arrived here, as the program reads it.
public struct Published: Sendable {
    public let rules: RuleBook
    public let people: People
    /// Kind, name and version of each item that cannot be read: it is damaged, or newer than the program. The others
    /// count all the same.
    public let unread: [String]

    public init(rules: RuleBook = .none, people: People = .unknown, unread: [String] = []) {
        self.rules = rules
        self.people = people
        self.unread = unread
    }
}
