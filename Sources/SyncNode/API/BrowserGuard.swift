import HTTPTransport

/// Keeps pages of other web sites, opened in a browser of this machine, away from the node.
///
/// Such a page can send requests to loopback, by its address or by a name that its owner points here (DNS rebinding).
/// Browsers say where a request comes from; programs say nothing and are let through.
enum BrowserGuard {
    static func check(_ request: HTTPRequest) throws(APIProblem) {
        guard let host = request.headers["Host"] else { return }
        guard isLoopback(host) else { throw .crossSite }
        if let origin = request.headers["Origin"], origin != "http://\(host)", origin != "https://\(host)" {
            throw .crossSite
        }
        if let site = request.headers["Sec-Fetch-Site"], site == "cross-site" || site == "same-site" {
            throw .crossSite
        }
    }

    /// For addresses that no browser has business with: frames of neighbours. Anything that only a browser says is enough.
    static func checkProgram(_ request: HTTPRequest) throws(APIProblem) {
        try check(request)
        for name in ["Origin", "Cookie", "Sec-Fetch-Site", "Sec-Fetch-Mode", "Sec-Fetch-Dest"]
        where request.headers[name] != nil { throw .crossSite }
    }

    /// For what an operator orders: the header that a page of another site cannot send without asking first, also in
    /// browsers that say nothing of where a request comes from.
    static let operatorHeader = "X-SyncNode"

    static func checkOperator(_ request: HTTPRequest) throws(APIProblem) {
        try check(request)
        guard request.headers[operatorHeader] == "1" else { throw .crossSite }
    }

    /// `127.0.0.1:7100`, `localhost:7100`, `[::1]:7100`.
    static func isLoopback(_ host: String) -> Bool {
        var name = Substring(host)
        if name.hasPrefix("[") {
            guard let end = name.firstIndex(of: "]") else { return false }
            name = name[...end]
        } else if let colon = name.firstIndex(of: ":") {
            name = name[..<colon]
        }
        if name == "[::1]" || name.lowercased() == "localhost" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { UInt8($0) != nil }
    }
}
