@testable import SyncNode

/// A console whose output a test can read.
final class CapturedConsole {
    private final class Streams {
        var output: [UInt8] = []
        var error: [UInt8] = []
        var failure: Int32?
    }

    private let streams = Streams()
    let console: Console

    init(isErrorTerminal: Bool = false, columns: Int = 80) {
        console = Console(
            isErrorTerminal: isErrorTerminal, columns: columns,
            output: { [streams] in
                guard streams.failure == nil else { return streams.failure }
                streams.output += $0
                return nil
            },
            error: { [streams] in
                streams.error += $0
                return nil
            })
    }

    /// What standard output got.
    var output: String {
        console.flush()
        return String(decoding: streams.output, as: UTF8.self)
    }

    /// What standard error got.
    var error: String { String(decoding: streams.error, as: UTF8.self) }

    /// From now on writing to standard output fails with this errno.
    func failOutput(_ errno: Int32) { streams.failure = errno }
}
