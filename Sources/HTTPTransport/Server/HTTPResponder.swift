import Platform

/// The way to answer one request, now or later and from any thread, exactly once.
///
/// A responder that is dropped without an answer answers 500 `http.unanswered`, so no client waits for ever.
public final class HTTPResponder: Sendable {
    private let reply: Reply
    private let connection: ConnectionReference
    private let streamBytesMax: Int
    private let whenStalled: @Sendable () -> Void
    private let isUsed = Locked(false)

    init(
        reply: Reply, connection: ConnectionReference, streamBytesMax: Int,
        whenStalled: @escaping @Sendable () -> Void
    ) {
        self.reply = reply
        self.connection = connection
        self.streamBytesMax = streamBytesMax
        self.whenStalled = whenStalled
    }

    deinit {
        if !isUsed.withLock({ $0 }) { _ = reply.answer(.whole(HTTPRefusal.unanswered.response)) }
    }

    /// Sends a whole answer.
    /// - Returns: false when nobody waits for it any more, because the server is stopping.
    @discardableResult
    public func respond(_ response: HTTPResponse) -> Bool {
        markUsed()
        return reply.answer(.whole(response))
    }

    /// Begins an answer whose body goes on until `close`, in chunks.
    /// - Returns: nil when nobody waits for it any more, because the server is stopping.
    public func stream(status: Int = 200, headers: HTTPHeaders) -> HTTPStream? {
        markUsed()
        precondition((200...599).contains(status), "a final status is 200 to 599")
        let stream = HTTPStream(connection: connection, bytesMax: streamBytesMax, whenStalled: whenStalled)
        return reply.answer(.stream(status: status, headers: headers, stream)) ? stream : nil
    }

    private func markUsed() {
        let wasUsed = isUsed.withLock { isUsed in
            defer { isUsed = true }
            return isUsed
        }
        precondition(!wasUsed, "a request is answered once")
    }
}
