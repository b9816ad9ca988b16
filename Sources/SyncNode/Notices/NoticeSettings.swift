import HTTPTransport

/// How a node lets notices leave, as its topology file says. A secret is never in that file, only the path of its own.
enum NoticeSettings: Hashable, Sendable {
    /// One file a notice in a folder, for a gateway that fetches them.
    case file(folder: String)
    /// Signed requests to a gateway for text messages and mail.
    ///
    /// `caFile` holds the certificates (PEM) that vouch for the gateway; nil trusts those of the system.
    case webhook(url: String, secretFile: String, caFile: String? = nil)

    /// The name in the file and in the status.
    var name: String {
        switch self {
        case .file: "file"
        case .webhook: "webhook"
        }
    }

    /// The same with paths seen from where the program runs.
    func resolved(from folder: String) -> NoticeSettings {
        switch self {
        case .file(let path): .file(folder: FolderPath.resolve(path, from: folder))
        case .webhook(let url, let secret, let trusted):
            .webhook(
                url: url, secretFile: FolderPath.resolve(secret, from: folder),
                caFile: trusted.map { FolderPath.resolve($0, from: folder) })
        }
    }

    /// A customer's number must not cross a network in the clear; what stands before an `@` is no host.
    static func isSafe(url: String) -> Bool {
        guard !url.contains("@") else { return false }
        if url.hasPrefix("https://") { return url.utf8.count > 8 }
        return ["http://127.0.0.1:", "http://127.0.0.1/", "http://[::1]:", "http://[::1]/"].contains {
            url.hasPrefix($0)
        }
    }
}

extension TopologyLimits {
    static let noticeTextBytesMax = 1024
}

extension NoticeSettings {
    /// `{"sender": "file", "folder": …}` or `{"sender": "webhook", "url": …, "secretFile": …, "caFile": …}`.
    init?(_ field: JSONField, _ mistakes: inout MistakeList) {
        guard var members = ObjectFields(field, &mistakes), let kind = members.required("sender", &mistakes) else {
            return nil
        }
        defer { members.finish(&mistakes) }
        let limit = TopologyLimits.noticeTextBytesMax
        switch kind.element.string {
        case "file":
            guard let folder = members.text("folder", bytesMax: limit, &mistakes) else { return nil }
            self = .file(folder: folder)
        case "webhook":
            let place = members.required("url", &mistakes)
            let secret = members.text("secretFile", bytesMax: limit, &mistakes)
            let trusted = members.optionalText("caFile", bytesMax: limit, &mistakes)
            guard let place, let url = place.text(bytesMax: limit, &mistakes), let secret else { return nil }
            guard NoticeSettings.isSafe(url: url) else {
                mistakes.add(
                    "unsafe-notice-url", at: place,
                    "notices carry customers' numbers and this address is not encrypted",
                    hint: "write an https address; http only for 127.0.0.1")
                return nil
            }
            self = .webhook(url: url, secretFile: secret, caFile: trusted)
        default:
            mistakes.add(
                "unknown-sender", at: kind, "there is no such sender of notices", hint: "senders are file, webhook")
            return nil
        }
    }
}

extension JSONWriter {
    /// The settings as in a topology file.
    mutating func member(_ name: String, _ settings: NoticeSettings) {
        member(
            name,
            object: { writer in
                writer.member("sender", settings.name)
                switch settings {
                case .file(let folder): writer.member("folder", folder)
                case .webhook(let url, let secret, let trusted):
                    writer.member("url", url)
                    writer.member("secretFile", secret)
                    if let trusted { writer.member("caFile", trusted) }
                }
            })
    }
}
