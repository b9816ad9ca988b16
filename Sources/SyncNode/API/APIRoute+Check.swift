import HTTPTransport

// What no route takes. A part of a request that is passed over in silence would be taken for one that was heeded.
extension APIRoute {
    /// - Throws: `APIProblem` for a parameter, a header or a body that this route does not take, or that says nothing.
    func check(_ request: HTTPRequest) throws(APIProblem) {
        try check(request.target.query)
        try check(request.headers)
        guard body != nil || request.body.isEmpty else { throw .unexpectedBody }
        guard request.body.count <= bodyBytesMax else { throw .tooLarge(bytesMax: bodyBytesMax) }
    }

    private func check(_ query: [HTTPQueryItem]) throws(APIProblem) {
        let names = parameters.filter { $0.place == .query }.map(\.name)
        var seen: Set<String> = []
        for item in query {
            guard readsOwnQuery || names.contains(item.name) else { throw .unknownParameter(item.name, known: names) }
            guard !item.value.isEmpty else {
                throw .badParameter(
                    item.name, "empty", Wording("参数没有值", "The parameter has no value."),
                    hint: Wording("写上值,或去掉该参数", "Give it a value, or leave it out."))
            }
            // Columns of a worklist may stand several times: each adds a value.
            guard readsOwnQuery || seen.insert(item.name).inserted else {
                throw .badParameter(
                    item.name, "repeated", Wording("参数出现多次", "The parameter stands more than once."),
                    hint: Wording("只写一次", "Give it once."))
            }
        }
    }

    /// Headers that some routes of this interface heed: on another one they would promise what nobody keeps. Who asks may be
    /// said everywhere.
    private static let heeded: Set<String> = Set(
        all.flatMap(\.parameters).filter { $0.place == .header }.map(\.name))

    private static let saidEverywhere = Set(readerHeaders.map(\.name))

    private func check(_ headers: HTTPHeaders) throws(APIProblem) {
        for name in APIRoute.heeded.sorted() where headers.all(name).count > 1 {
            throw .badHeader(name, Wording("出现多次", "It stands more than once."), hint: Wording("只写一次", "Send it once."))
        }
        let taken = parameters.filter { $0.place == .header }.map(\.name)
        for name in APIRoute.heeded.subtracting(taken).subtracting(APIRoute.saidEverywhere).sorted()
        where headers[name] != nil {
            throw .badHeader(
                name, Wording("此地址不理会该请求头", "This address does not heed it."),
                hint: Wording("去掉该请求头", "Leave it out."))
        }
    }
}
