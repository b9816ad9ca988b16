import Glibc
import HTTPTransport
import Platform

/// Signs as "Standard Webhooks" (https://www.standardwebhooks.com) says: `v1,base64(HMAC-SHA-256(id.seconds.body))`.
struct NoticeSignature: Sendable {
    let secret: [UInt8]

    func headers(id: String, seconds: Int64, body: [UInt8]) -> HTTPHeaders {
        [
            "webhook-id": id, "webhook-timestamp": String(seconds),
            "webhook-signature": signature(id: id, seconds: seconds, body: body),
        ]
    }

    func signature(id: String, seconds: Int64, body: [UInt8]) -> String {
        "v1," + Base64.encode(SHA256.authenticate(Array("\(id).\(seconds).".utf8) + body, key: secret))
    }
}

/// The secret that a gateway and a node share, in a file of its own that nobody else may read: `whsec_` and 24 to 64
/// bytes in base64.
enum NoticeSecret {
    static let prefix = "whsec_"
    static let bytes = 24...64

    /// - Throws: `NoticeSecretError`.
    static func read(_ path: String) throws(NoticeSecretError) -> [UInt8] {
        var status = stat()
        guard stat(path, &status) == 0 else { throw .missing(path: path) }
        guard status.st_mode & 0o077 == 0 else { throw .readableByOthers(path: path) }
        guard let content = WholeFile.read(path), content.count < 1024 else { throw .malformed(path: path) }
        let text = String(decoding: content, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        guard text.count == 1, text[0].hasPrefix(prefix), let secret = Base64.decode(text[0].dropFirst(prefix.count)),
            bytes.contains(secret.count)
        else { throw .malformed(path: path) }
        return secret
    }
}

/// Why there is no secret to sign with.
enum NoticeSecretError: ExplainedError, Equatable {
    case missing(path: String)
    case readableByOthers(path: String)
    case malformed(path: String)

    var code: String {
        switch self {
        case .missing: "notice.secret-missing"
        case .readableByOthers: "notice.secret-readable"
        case .malformed: "notice.secret-malformed"
        }
    }

    var sentence: String {
        switch self {
        case .missing(let path): "There is no secret in \(path)."
        case .readableByOthers(let path): "Others may read the secret in \(path)."
        case .malformed(let path): "\(path) holds no secret of a webhook."
        }
    }

    var hint: String {
        switch self {
        case .missing: "Write the gateway's secret there; the next attempt takes it."
        case .readableByOthers(let path): "chmod 600 \(path)"
        case .malformed: "One line: whsec_ and 24 to 64 bytes in base64."
        }
    }
}
