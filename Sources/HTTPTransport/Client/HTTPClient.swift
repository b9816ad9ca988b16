import CCurl
import Glibc
import Platform

/// An HTTP/1.1 client over libcurl that keeps its connection open between requests.
///
/// One client does one request at a time and belongs to one thread at a time. An open connection that turns out to be
/// dead is replaced and the request sent again by libcurl, so requests should bear being sent twice.
public final class HTTPClient {
    private let easy: EasyHandle
    private let multi: UnsafeMutableRawPointer

    /// Redirects are not followed, proxies and cookies not used.
    public init() {
        precondition(libraryIsReady, "libcurl must be the GnuTLS flavour")
        ignoreBrokenPipes()
        guard let easy = curl_easy_init(), let multi = curl_multi_init() else {
            preconditionFailure("no memory for a libcurl handle")
        }
        self.easy = EasyHandle(pointer: easy)
        self.multi = multi
    }

    deinit {
        curl_multi_cleanup(multi)
        curl_easy_cleanup(easy.pointer)
    }

    /// Sends the request and waits for the whole answer, whatever its status.
    ///
    /// - Parameters:
    ///   - abort: ends the request when it is raised, from any thread.
    ///   - onChunk: takes the body of a 2xx answer in pieces as they come, instead of the response; false ends the
    ///     request.
    /// - Throws: `HTTPClientError` when there is no complete answer.
    public func perform(
        _ request: HTTPClientRequest, abort: HTTPAbort? = nil,
        onChunk: ((UnsafeRawBufferPointer) -> Bool)? = nil
    ) throws(HTTPClientError) -> HTTPClientResponse {
        guard request.headers.areSendable else { throw .badRequest }
        let transfer = Transfer(responseBytesMax: request.responseBytesMax, onChunk: onChunk)
        let fields = HeaderList(request.headers)
        curl_easy_reset(easy.pointer)
        let outcome = request.body.withUnsafeBytes { body -> Result<CURLcode, HTTPClientError> in
            withExtendedLifetime((transfer, fields)) {
                do throws(HTTPClientError) {
                    try prepare(request, body: body, fields: fields, transfer: transfer)
                    return .success(try run(abort: abort))
                } catch {
                    return .failure(error)
                }
            }
        }
        try check(try outcome.get(), transfer: transfer)
        return HTTPClientResponse(
            status: transfer.status, headers: transfer.headers, body: transfer.body,
            bytesSent: transfer.headerBytesSent + easy.size(CURLINFO_SIZE_UPLOAD_T),
            bytesReceived: easy.number(CURLINFO_HEADER_SIZE) + easy.size(CURLINFO_SIZE_DOWNLOAD_T),
            wasConnectionReused: easy.number(CURLINFO_NUM_CONNECTS) == 0)
    }

    private func prepare(
        _ request: HTTPClientRequest, body: UnsafeRawBufferPointer, fields: HeaderList, transfer: Transfer
    ) throws(HTTPClientError) {
        try prepareConnection(request)
        try prepareMethod(request.method, body: body)
        try easy.set(CURLOPT_HTTPHEADER, list: fields.list)
        let context = UnsafeRawPointer(Unmanaged.passUnretained(transfer).toOpaque())
        try easy.set(CURLOPT_HEADERFUNCTION, callback: transferHeader)
        try easy.set(CURLOPT_HEADERDATA, pointer: context)
        try easy.set(CURLOPT_WRITEFUNCTION, callback: transferBody)
        try easy.set(CURLOPT_WRITEDATA, pointer: context)
        try easy.setTrace(transferTrace)
        try easy.set(CURLOPT_DEBUGDATA, pointer: context)
        try easy.set(CURLOPT_VERBOSE, 1)
    }

    private func prepareConnection(_ request: HTTPClientRequest) throws(HTTPClientError) {
        try easy.set(CURLOPT_URL, request.url)
        try easy.set(CURLOPT_PROTOCOLS_STR, request.isEncrypted ? "https" : "http")
        try easy.set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_1_1))
        // What the request says is what is asked for: `/a/../b` stays as it is.
        try easy.set(CURLOPT_PATH_AS_IS, 1)
        try easy.set(CURLOPT_NOPROXY, "*")
        try easy.set(CURLOPT_NOSIGNAL, 1)
        try easy.set(CURLOPT_TCP_NODELAY, 1)
        // A line that was cut must be noticed under a long poll too.
        try easy.set(CURLOPT_TCP_KEEPALIVE, 1)
        try easy.set(CURLOPT_TCP_KEEPIDLE, 20)
        try easy.set(CURLOPT_TCP_KEEPINTVL, 10)
        // Debian's default certificates are parsed for every new TLS connection, needed or not: 30 ms.
        if !request.isEncrypted {
            try easy.set(CURLOPT_CAINFO, nil)
            try easy.set(CURLOPT_CAPATH, nil)
        } else if let trustFile = request.trustFile {
            try easy.set(CURLOPT_CAINFO, trustFile)
            try easy.set(CURLOPT_CAPATH, nil)
        }
        try easy.set(CURLOPT_TIMEOUT_MS, request.timeoutMilliseconds)
        try easy.set(CURLOPT_CONNECTTIMEOUT_MS, request.connectTimeoutMilliseconds)
        try easy.set(CURLOPT_MAXFILESIZE_LARGE, size: request.responseBytesMax)
        try easy.set(CURLOPT_BUFFERSIZE, 64 * 1024)
    }

    private func prepareMethod(
        _ method: HTTPMethod, body: UnsafeRawBufferPointer
    ) throws(HTTPClientError) {
        if method == .head { try easy.set(CURLOPT_NOBODY, 1) }
        let mustHaveLength = [.post, .put, .patch].contains(method)
        if mustHaveLength || !body.isEmpty {
            // libcurl reads the bytes where they are. Without an address it would ask a callback for them.
            try easy.set(CURLOPT_POSTFIELDSIZE_LARGE, size: body.count)
            if let start = body.baseAddress, !body.isEmpty {
                try easy.set(CURLOPT_POSTFIELDS, pointer: start)
            } else {
                try easy.set(CURLOPT_COPYPOSTFIELDS, "")
            }
        }
        if method != .get || !body.isEmpty { try easy.set(CURLOPT_CUSTOMREQUEST, method.rawValue) }
    }

    /// Drives the request to its end.
    /// - Throws: `.aborted` when the token was raised.
    private func run(abort: HTTPAbort?) throws(HTTPClientError) -> CURLcode {
        guard curl_multi_add_handle(multi, easy.pointer) == CURLM_OK else { throw .failed(libraryError: 0) }
        defer { curl_multi_remove_handle(multi, easy.pointer) }
        abort?.enter(multi)
        defer { abort?.leave(multi) }
        var running: Int32 = 1
        while true {
            // Asked after `enter`: a token raised before it would wake nobody.
            if let abort, abort.isRaised { throw .aborted }
            guard curl_multi_perform(multi, &running) == CURLM_OK else { throw .failed(libraryError: 0) }
            if running == 0 { return outcome() }
            // The library's own timers wake it earlier.
            guard curl_multi_poll(multi, nil, 0, 60_000, nil) == CURLM_OK else { throw .failed(libraryError: 0) }
        }
    }

    private func outcome() -> CURLcode {
        var left: Int32 = 0
        while let message = curl_multi_info_read(multi, &left) {
            if message.pointee.msg == CURLMSG_DONE { return message.pointee.data.result }
        }
        preconditionFailure("a request that no longer runs has an outcome")
    }

    private func check(_ outcome: CURLcode, transfer: Transfer) throws(HTTPClientError) {
        if outcome == CURLE_OK {
            guard transfer.isSurelyWhole else { throw .closed }
            return
        }
        if let failure = transfer.failure { throw failure }
        switch outcome {
        case CURLE_URL_MALFORMAT: throw .badRequest
        case CURLE_COULDNT_RESOLVE_HOST: throw .cannotResolve
        case CURLE_COULDNT_CONNECT:
            switch Int32(truncatingIfNeeded: easy.number(CURLINFO_OS_ERRNO)) {
            case ECONNREFUSED: throw .refused
            // The other side was stopping: it took the connection and let it go before a word was said.
            case ECONNRESET, ECONNABORTED, ENOTCONN, EPIPE: throw .closed
            default: throw .unreachable
            }
        case CURLE_OPERATION_TIMEDOUT: throw transfer.headerBytesSent == 0 ? .connectTimedOut : .timedOut
        case CURLE_GOT_NOTHING, CURLE_SEND_ERROR, CURLE_RECV_ERROR, CURLE_PARTIAL_FILE: throw .closed
        case CURLE_FILESIZE_EXCEEDED: throw .tooLarge(limitBytes: transfer.responseBytesMax)
        case CURLE_WEIRD_SERVER_REPLY: throw .notHTTP
        case CURLE_PEER_FAILED_VERIFICATION: throw .badCertificate
        case CURLE_SSL_CACERT_BADFILE: throw .badTrustFile
        case CURLE_UNSUPPORTED_PROTOCOL:
            // Both a URL of another kind and an answer without a status line; only the latter was sent.
            throw transfer.headerBytesSent == 0 ? .badRequest : .notHTTP
        default: throw .failed(libraryError: outcome.rawValue)
        }
    }
}

/// The request's own fields, and the end of those that libcurl would add by itself.
private final class HeaderList {
    private(set) var list: UnsafeMutablePointer<curl_slist>?

    init(_ headers: HTTPHeaders) {
        for (name, value) in headers { add(value.isEmpty ? "\(name);" : "\(name): \(value)") }
        for name in ["Accept", "Content-Type"] where headers[name] == nil { add("\(name):") }
    }

    deinit { curl_slist_free_all(list) }

    private func add(_ line: String) {
        guard let longer = curl_slist_append(list, line) else { preconditionFailure("no memory for a header") }
        list = longer
    }
}

/// libcurl is set up once for the process. Another flavour of it would bring a second TLS library with other rules.
private let libraryIsReady: Bool = {
    guard curl_global_init(Int(CURL_GLOBAL_DEFAULT)) == CURLE_OK, let version = shim_curl_version(),
        let tls = version.pointee.ssl_version
    else { return false }
    return String(cString: tls).hasPrefix("GnuTLS")
}()
