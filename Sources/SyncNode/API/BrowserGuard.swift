import HTTPTransport

/// Keeps pages of other web sites, opened in a browser of this machine, away from the node: asked of every request at
/// every listener, before anything else looks at it.
///
/// Such a page can send requests to loopback, by its address or by a name that its owner points here (DNS rebinding).
/// Browsers say where a request comes from; programs say nothing and are let through.
enum BrowserGuard {
    /// - Throws: `.crossSite`.
    static func check(_ request: HTTPRequest) throws(APIProblem) {
        // A name that leads here is not the node's own, whoever made it lead here. A port may be that of a tunnel.
        guard let host = request.headers["Host"], isLoopback(host) else { throw .crossSite }
        if NodeListener.isForPrograms(request.target) {
            guard !isOfBrowser(request.headers) else { throw .crossSite }
            return
        }
        let own = ["http://\(host)", "https://\(host)"]
        guard request.headers.all("Origin").allSatisfy(own.contains) else { throw .crossSite }
        // Old browsers say nothing else.
        let pages = request.headers.all("Referer")
        guard pages.allSatisfy({ page in own.contains { page == $0 || page.hasPrefix($0 + "/") } }) else {
            throw .crossSite
        }
        let sites = request.headers.all("Sec-Fetch-Site")
        guard sites.allSatisfy({ $0 == "same-origin" || $0 == "none" }) else { throw .crossSite }
    }

    /// What only browsers send.
    private static func isOfBrowser(_ headers: HTTPHeaders) -> Bool {
        headers.contains { field in
            let name = field.name.lowercased()
            return name == "origin" || name == "cookie" || name == "referer" || name.hasPrefix("sec-")
        }
    }

    /// `127.0.0.1:7100`, `localhost:7100`, `[::1]:7100`, each with or without its port.
    static func isLoopback(_ authority: String) -> Bool {
        let end = authority.hasPrefix("[") ? authority.firstIndex(of: "]").map(authority.index(after:)) : nil
        let name = authority[..<(end ?? authority.firstIndex(of: ":") ?? authority.endIndex)]
        let port = authority[name.endIndex...]
        guard port.isEmpty || port.first == ":" && isNumber(port.dropFirst(), UInt16.self) else { return false }
        if name == "[::1]" || name.lowercased() == "localhost" { return true }
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count == 4 && parts[0] == "127" && parts.allSatisfy { isNumber($0, UInt8.self) }
    }

    /// Digits alone: the type itself would also take a sign.
    private static func isNumber<Number: FixedWidthInteger>(_ text: Substring, _ type: Number.Type) -> Bool {
        text.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } && Number(text) != nil
    }
}

extension NodeListener {
    /// Addresses at which no page has any business, not even one of the node's own: frames and operations.
    fileprivate static func isForPrograms(_ target: HTTPTarget) -> Bool {
        ["sync", "control"].contains(target.segments.first)
    }
}
