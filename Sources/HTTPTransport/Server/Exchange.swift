/// One request on its way in: owned by the connection's thread from the request line to the completion.
final class Exchange {
    enum Phase {
        /// The header is being read.
        case header
        /// The body is being collected.
        case body
        /// The handler was called.
        case handled
        /// Refused; the rest is thrown away by the library.
        case refused
    }

    let reply: Reply
    let reference: ConnectionReference
    let connection: Connection?
    /// The request target as it was sent.
    let rawTarget: [UInt8]
    var phase = Phase.header
    var method = HTTPMethod.get
    var target: HTTPTarget?
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    /// Taken from the budget of all bodies, and given back at the end.
    var chargedBytes = 0
    /// There was no room for the body: read it to its end, keep nothing, and answer 503.
    var isDiscarding = false
    /// Known to the server as in flight.
    var isEntered = false
    /// The length that was told of the body.
    var bodyBytes = 0
    /// The connection ends with the answer: where the next request begins cannot be told for sure.
    var endsConnection = false

    init(reference: ConnectionReference, connection: Connection?, rawTarget: [UInt8]) {
        self.reference = reference
        self.connection = connection
        self.rawTarget = rawTarget
        reply = Reply(connection: reference)
    }
}
