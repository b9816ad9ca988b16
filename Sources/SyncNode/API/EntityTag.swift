import TicketStore

/// The `ETag` of a ticket: its version, and after a dot what else the answer shows (how far it has got).
///
/// `If-Match` compares the version alone, because a change must not fail for an acknowledgement that came meanwhile.
struct EntityTag: Hashable, Sendable {
    let version: String
    let level: String?

    init(version: String, level: String? = nil) {
        self.version = version
        self.level = level
    }

    /// One tag, as a header holds it, for the interface description. Ours have no comma inside the quotes.
    private static let pattern = #"(\*|(W/)?"[!#-+\--~]*")"#
    static let example = "\"2-1.L1\""
    static let onePattern = "^\(pattern)$"
    static let listPattern = "^\(pattern)( ?, ?\(pattern)){0,15}$"

    /// With its quotes.
    var header: String { level.map { "\"\(version).\($0)\"" } ?? "\"\(version)\"" }

    /// The opaque texts of an `If-Match` or `If-None-Match` list, `W/` dropped; nil for a malformed list. `*` stands
    /// for itself.
    static func list(_ header: String) -> [(tag: String, isWeak: Bool)]? {
        var found: [(tag: String, isWeak: Bool)] = []
        for piece in header.split(separator: ",", omittingEmptySubsequences: false) {
            var text = piece.trimmingBlanks
            if text == "*" {
                found.append(("*", false))
                continue
            }
            let isWeak = text.hasPrefix("W/")
            if isWeak { text = text.dropFirst(2) }
            guard text.count >= 2, text.first == "\"", text.last == "\"" else { return nil }
            let tag = text.dropFirst().dropLast()
            guard tag.utf8.allSatisfy({ (0x21...0x7E).contains($0) && $0 != 0x22 }) else { return nil }
            found.append((String(tag), isWeak))
        }
        return found.isEmpty || found.count > 16 ? nil : found
    }

    /// The version in an opaque text of ours.
    static func version(of tag: String) -> String {
        String(tag.split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false)[0])
    }
}
