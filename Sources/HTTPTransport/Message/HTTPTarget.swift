/// What a request asks for: the decoded parts of a request target in origin form (RFC 9112 §3.2.1).
///
/// The library's own decoding is switched off, because it decodes before it splits: `%2F` would become a separator
/// and `%00` the end of the text. Here each piece is split first and decoded afterwards.
public struct HTTPTarget: Sendable, Equatable {
    /// The path as it was sent, such as `/api/v1/tickets/B1%2F7`.
    public let rawPath: String
    /// The decoded pieces of the path, such as `["api", "v1", "tickets", "B1/7"]`. `/` has none; a slash at the end
    /// adds an empty one.
    public let segments: [String]
    /// The decoded items of the query, in order; a name may come more than once.
    public let query: [HTTPQueryItem]

    static let queryItemsMax = 128

    /// The first value of a query item; nil when it is absent.
    public func queryValue(_ name: String) -> String? {
        query.first { $0.name == name }?.value
    }

    /// A target such as `/api/v1/tickets?state=open`; nil when it is not clean.
    public init?(_ text: String) {
        do throws(HTTPRefusal) {
            try self.init(raw: Array(text.utf8))
        } catch {
            return nil
        }
    }

    /// - Throws: `.badTarget` for anything but a path and a query that decode to clean UTF-8.
    init(raw: [UInt8]) throws(HTTPRefusal) {
        guard raw.first == UInt8(ascii: "/") else { throw .badTarget }
        guard raw.allSatisfy({ $0 > 0x20 && $0 != 0x7f && $0 != UInt8(ascii: "#") }) else { throw .badTarget }
        let pieces = raw.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        guard let path = String(validating: pieces[0], as: UTF8.self) else { throw .badTarget }
        rawPath = path
        segments = try HTTPTarget.segments(of: pieces[0])
        query = pieces.count == 2 ? try HTTPTarget.items(of: pieces[1]) : []
    }

    private static func segments(of path: ArraySlice<UInt8>) throws(HTTPRefusal) -> [String] {
        if path.count == 1 { return [] }
        var segments: [String] = []
        for piece in path.dropFirst().split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false) {
            let segment = try decode(piece, plusIsBlank: false)
            // Nobody of good will sends these: a client resolves them before it asks.
            guard segment != ".", segment != ".." else { throw .badTarget }
            segments.append(segment)
        }
        return segments
    }

    private static func items(of query: ArraySlice<UInt8>) throws(HTTPRefusal) -> [HTTPQueryItem] {
        var items: [HTTPQueryItem] = []
        for piece in query.split(separator: UInt8(ascii: "&")) {
            guard items.count < queryItemsMax else { throw .badTarget }
            let parts = piece.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try decode(parts[0], plusIsBlank: true)
            let value = parts.count == 2 ? try decode(parts[1], plusIsBlank: true) : ""
            items.append(HTTPQueryItem(name: name, value: value))
        }
        return items
    }

    /// Percent-decoding of one piece (RFC 3986 §2.1); the result is UTF-8 without control characters.
    private static func decode(_ piece: ArraySlice<UInt8>, plusIsBlank: Bool) throws(HTTPRefusal) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(piece.count)
        var rest = piece
        while let byte = rest.popFirst() {
            switch byte {
            case UInt8(ascii: "%"):
                guard let high = rest.popFirst().flatMap(HTTPGrammar.hexDigit),
                    let low = rest.popFirst().flatMap(HTTPGrammar.hexDigit)
                else { throw .badTarget }
                bytes.append(high << 4 | low)
            case UInt8(ascii: "+") where plusIsBlank: bytes.append(UInt8(ascii: " "))
            default: bytes.append(byte)
            }
        }
        guard bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7f }), let text = String(validating: bytes, as: UTF8.self)
        else { throw .badTarget }
        return text
    }
}

/// One `name=value` of a query, decoded. Without `=` the value is empty.
public struct HTTPQueryItem: Sendable, Equatable {
    public let name: String
    public let value: String

    public init(name: String, value: String) {
        self.name = name
        self.value = value
    }
}
