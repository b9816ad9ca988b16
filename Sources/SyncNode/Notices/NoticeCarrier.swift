import HTTPTransport
import Platform
import TicketStore

/// Takes events out of the house. Belongs to one thread at a time.
protocol NoticeCarrier {
    /// - Parameter now: milliseconds since 1970.
    func carry(_ event: NoticeEvent, at now: Int64, abort: HTTPAbort) -> NoticeOutbox.Answer
}

/// One file a notice, named by its id: the same notice again is the same file. Whole or not there at all.
struct FileCarrier: NoticeCarrier {
    let folder: String

    func carry(_ event: NoticeEvent, at now: Int64, abort: HTTPAbort) -> NoticeOutbox.Answer {
        do {
            try DataFolder.create(folder)
            try DurableFile.write(event.bytes + [0x0A], to: "\(folder)/\(event.id).json")
            return .delivered
        } catch {
            return .failed(ExchangeFailure.code(of: error))
        }
    }
}

/// One signed request a notice ("Standard Webhooks": id, time and body under HMAC-SHA-256).
struct WebhookCarrier: NoticeCarrier {
    static let timeoutMilliseconds = 15_000
    static let responseBytesMax = 16 * 1024 * 1024

    let url: String
    let secretFile: String
    /// Certificates that vouch for the gateway; nil trusts the system's.
    var caFile: String?
    /// Milliseconds that an answer may take.
    var timeout = WebhookCarrier.timeoutMilliseconds

    func carry(_ event: NoticeEvent, at now: Int64, abort: HTTPAbort) -> NoticeOutbox.Answer {
        do {
            let signature = NoticeSignature(secret: try NoticeSecret.read(secretFile))
            var headers = signature.headers(id: event.id, seconds: now / 1000, body: event.bytes)
            headers["Content-Type"] = NoticeEvent.mediaType
            var request = HTTPClientRequest(.post, url, headers: headers, body: event.bytes)
            request.isEncrypted = url.hasPrefix("https:")
            request.trustFile = caFile
            request.timeoutMilliseconds = timeout
            request.responseBytesMax = WebhookCarrier.responseBytesMax
            // What the gateway has to say beside its status is not read: the notice is delivered all the same.
            return WebhookCarrier.answer(try HTTPClient().perform(request, abort: abort, onChunk: { _ in true }))
        } catch {
            return .failed(ExchangeFailure.code(of: error))
        }
    }

    /// 2xx is taken; 410 closes the door; what says that this very message is wrong will not get better; everything else,
    /// a wrong secret too, is tried again. Redirects are failures: a number goes where the configuration says.
    static func answer(_ response: HTTPClientResponse) -> NoticeOutbox.Answer {
        let code = "notice.status-\(response.status)"
        switch response.status {
        case 200..<300: return .delivered
        case 410: return .closed(code)
        case 400, 413, 415, 422: return .refused(code)
        default:
            let seconds = response.headers["Retry-After"].flatMap { Int64($0) }
            return .failed(code, retryAfter: seconds.map { min(max($0, 0), 86_400) * 1_000 })
        }
    }
}
