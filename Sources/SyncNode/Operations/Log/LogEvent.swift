import Platform
import TicketModel

/// One event that an operator should know of. Never carries customer data: names of nodes, stable codes, figures.
struct LogEvent: Sendable {
    enum Level: Int, Comparable, CaseIterable, Sendable {
        case debug, info, warning, error

        var name: String {
            switch self {
            case .debug: "debug"
            case .info: "info"
            case .warning: "warning"
            case .error: "error"
            }
        }

        init?(name: String) {
            guard let level = Level.allCases.first(where: { $0.name == name }) else { return nil }
            self = level
        }

        static func < (left: Level, right: Level) -> Bool { left.rawValue < right.rawValue }
    }

    enum Value: Hashable, Sendable {
        case text(String)
        case number(Int64)
    }

    let level: Level
    /// Stable, such as `line-down`.
    let name: String
    /// One English sentence.
    let sentence: String
    private(set) var fields: [(name: String, value: Value)] = []

    init(_ level: Level, _ name: String, _ sentence: String) {
        self.level = level
        self.name = name
        self.sentence = sentence
    }

    /// The event with one more field; nil adds nothing.
    func with(_ name: String, _ text: String?) -> LogEvent {
        guard let text else { return self }
        return adding(name, .text(text))
    }

    func with(_ name: String, _ number: (some BinaryInteger)?) -> LogEvent {
        guard let number else { return self }
        return adding(name, .number(Int64(clamping: number)))
    }

    /// The event with an instant (milliseconds since 1970), written like the time of the line.
    func with(_ name: String, instant: Int64?) -> LogEvent { with(name, instant.map(LogLine.time)) }

    /// The event with the code and hint of an error.
    func with(_ error: any ExplainedError) -> LogEvent { with("code", error.code).with("hint", error.hint) }

    private func adding(_ name: String, _ value: Value) -> LogEvent {
        var event = self
        event.fields.append((name, value))
        return event
    }

    /// Events that share it are counted together when there are too many of them.
    var key: String {
        fields.reduce(into: name) { key, field in
            guard case .text(let text) = field.value, ["peer", "code", "about"].contains(field.name) else { return }
            key += " \(field.name)=\(text)"
        }
    }
}

/// What an event looks like on standard error: one line.
enum LogLine {
    enum Format: String, CaseIterable, Sendable {
        /// `2026-03-01T09:30:00.123+08:00 WARNING line-down: sentence (peer=province-01 code=…)`
        case text
        /// One JSON object a line.
        case json
    }

    static func bytes(_ event: LogEvent, at milliseconds: Int64, node: String, _ format: Format) -> [UInt8] {
        switch format {
        case .text: text(event, milliseconds, node)
        case .json: json(event, milliseconds, node)
        }
    }

    /// An instant in China's time, with its offset (RFC 3339).
    static func time(_ milliseconds: Int64) -> String {
        let text = CivilTime.chinaText(at: milliseconds).split(separator: " ").joined(separator: "T")
        let fraction = max(0, milliseconds) % 1000
        return text + "." + String(1000 + fraction).dropFirst() + "+08:00"
    }

    private static func text(_ event: LogEvent, _ milliseconds: Int64, _ node: String) -> [UInt8] {
        var line = "\(time(milliseconds)) \(event.level.name.uppercased()) \(node) \(event.name): \(event.sentence)"
        if !event.fields.isEmpty {
            let fields = event.fields.map { field in
                switch field.value {
                case .text(let text): field.name + "=" + quoted(text)
                case .number(let number): "\(field.name)=\(number)"
                }
            }
            line += " (" + fields.joined(separator: " ") + ")"
        }
        return Array(DisplayText.safe(line).utf8) + [0x0A]
    }

    private static func quoted(_ text: String) -> String { text.utf8.contains(0x20) ? "\"\(text)\"" : text }

    private static func json(_ event: LogEvent, _ milliseconds: Int64, _ node: String) -> [UInt8] {
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("time", time(milliseconds))
            writer.member("level", event.level.name)
            writer.member("node", node)
            writer.member("event", event.name)
            writer.member("sentence", event.sentence)
            for field in event.fields {
                switch field.value {
                case .text(let text): writer.member(field.name, text)
                case .number(let number): writer.member(field.name, number)
                }
            }
        }
        return writer.bytes + [0x0A]
    }
}
