import Glibc

/// Where a command writes: results to standard output, everything else to standard error.
///
/// Output is buffered; what could not be written is not forgotten: `outputFailure` says so, and the command fails.
/// Belongs to the thread that runs the command.
final class Console {
    /// Writes all bytes; the errno of the failure, or nil.
    typealias Sink = ([UInt8]) -> Int32?

    /// True where standard error is a terminal: only then is progress shown.
    let isErrorTerminal: Bool
    /// Columns of the terminal.
    let columns: Int
    /// Why standard output could not be written (errno; EPIPE where its reader has seen enough); nil as long as all is
    /// well.
    private(set) var outputFailure: Int32?

    private let output: Sink
    private let error: Sink
    private var buffer: [UInt8] = []
    private static let bufferBytesMax = 32 * 1024

    init(isErrorTerminal: Bool, columns: Int, output: @escaping Sink, error: @escaping Sink) {
        self.isErrorTerminal = isErrorTerminal
        self.columns = columns
        self.output = output
        self.error = error
    }

    /// The terminal, file or pipe that the process was started with.
    static func standard() -> Console {
        // A reader that went away is told by errno, not by a signal: the exit status stays the command's own.
        signal(SIGPIPE, SIG_IGN)
        return Console(
            isErrorTerminal: isatty(STDERR_FILENO) == 1, columns: terminalColumns(),
            output: { Console.writeAll($0, to: STDOUT_FILENO) }, error: { Console.writeAll($0, to: STDERR_FILENO) })
    }

    /// One line on standard output.
    func print(_ line: String) { write(Array(line.utf8) + [0x0A]) }

    /// Bytes on standard output.
    func write(_ bytes: [UInt8]) {
        buffer += bytes
        if buffer.count >= Console.bufferBytesMax { flush() }
    }

    /// One JSON value and a line break on standard output.
    func print(json body: (inout JSONWriter) throws -> Void) rethrows {
        var writer = JSONWriter(layout: .pretty)
        try body(&writer)
        write(writer.bytes + [0x0A])
    }

    /// Hands everything over to the operating system.
    func flush() {
        if outputFailure == nil, !buffer.isEmpty { outputFailure = output(buffer) }
        buffer.removeAll(keepingCapacity: true)
    }

    /// One line on standard error. There is nowhere left to report a failure of this.
    func note(_ line: String) { progress(line + "\n") }

    /// Text as it stands on standard error, for a progress line.
    func progress(_ text: String) {
        flush()
        _ = error(Array(text.utf8))
    }

    /// The `error:` and `hint:` lines of one report; no hint where the next report has it.
    func report(_ report: ErrorReport) {
        note("error: \(report.sentence) [\(report.code)]")
        if !report.hint.isEmpty { note("hint: \(report.hint)") }
    }

    /// Writes all bytes to a descriptor; the errno of the failure, or nil.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Int32? {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if written < 0 {
                guard errno == EINTR else { return errno }
            } else {
                rest = rest.dropFirst(written)
            }
        }
        return nil
    }

    private static func terminalColumns() -> Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }
}
