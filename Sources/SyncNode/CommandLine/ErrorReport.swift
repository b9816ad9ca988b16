import Platform

/// One thing that went wrong, as it is shown: a stable code for programs, a sentence and a next step for people, Chinese
/// first and English second.
///
/// Never carries customer data; names of files, flags, keys and columns only.
struct ErrorReport: Hashable, Sendable {
    /// Stable, lower case, for example `topology.unknown-role`.
    let code: String
    let sentence: String
    let hint: String

    /// Words that are shown as they are: somebody has said them in both languages.
    init(code: String, _ sentence: String, hint: String) {
        self.code = code
        self.sentence = sentence
        self.hint = hint
    }

    /// The English words of an error behind the Chinese ones of its code.
    ///
    /// - Parameters:
    ///   - place: what is wrong where, before both: `topology.json:12:15:`.
    ///   - chinese: other words than those of the code.
    init(_ code: String, place: String = "", english: String, hint: String, chinese: ErrorWords.Text? = nil) {
        let chinese = chinese ?? ErrorWords.text(code)
        let sentence = ErrorWords.both(chinese?.sentence, english)
        self.init(
            code: code, place.isEmpty ? sentence : "\(place) \(sentence)", hint: ErrorWords.both(chinese?.hint, hint))
    }

    init(_ error: any ExplainedError) { self.init(error.code, english: error.sentence, hint: error.hint) }

    /// What an error says first, where it says several things.
    static func first(of error: any ExplainedError) -> ErrorReport {
        (error as? any ReportableError)?.reports.first ?? ErrorReport(error)
    }
}

/// An error that says more than one sentence, or means another exit status than `failed`. An `ExplainedError` that is
/// none of these is shown as it is and means `failed`.
protocol ReportableError: Error {
    /// At least one; several where several mistakes were found at once.
    var reports: [ErrorReport] { get }
    var exitCode: ExitCode { get }
}

extension ReportableError {
    var exitCode: ExitCode { .failed }
}

/// The command line was not understood. Exit status 64; nothing was done.
struct UsageError: ExplainedError, ReportableError, Hashable {
    let code: String
    let sentence: String
    let hint: String

    init(code: String, _ sentence: String, hint: String) {
        self.code = code
        self.sentence = sentence
        self.hint = hint
    }

    var reports: [ErrorReport] { [ErrorReport(self)] }
    var exitCode: ExitCode { .usage }
}

/// A command could not do its work, for a reason that has no error type of its own.
struct CommandError: ExplainedError, ReportableError, Hashable {
    let code: String
    let sentence: String
    let hint: String
    let exitCode: ExitCode

    init(code: String, _ sentence: String, hint: String, exitCode: ExitCode = .failed) {
        self.code = code
        self.sentence = sentence
        self.hint = hint
        self.exitCode = exitCode
    }

    /// Another error with an exit status of its own.
    init(_ error: any ExplainedError, exitCode: ExitCode) {
        self.init(code: error.code, error.sentence, hint: error.hint, exitCode: exitCode)
    }

    var reports: [ErrorReport] { [ErrorReport(self)] }
}
