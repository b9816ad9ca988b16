import Platform

/// Everything that is wrong with one configuration file, each with its place.
///
/// Such files hold no customer data, so sentences may quote what they found.
struct ConfigurationError: ExplainedError, ReportableError {
    /// The file as the person named it.
    let file: String
    /// The first half of each code: `topology`, `mapping`.
    let area: String
    /// At least one.
    let mistakes: [FieldMistake]
    /// How many more were found than are kept.
    let omittedCount: Int

    init(file: String, area: String, _ list: MistakeList) {
        precondition(!list.isEmpty)
        self.file = file
        self.area = area
        mistakes = list.mistakes
        omittedCount = list.omittedCount
    }

    /// A file that is no JSON at all.
    init(file: String, area: String, _ error: JSONError) {
        let suffix = error.code.split(separator: ".", maxSplits: 1).last.map(String.init) ?? error.code
        self.init(
            file: file, area: area, code: suffix, place: error.place,
            error.reason == .empty ? "the file is empty" : "not valid JSON: \(error.sentence)", hint: error.hint)
    }

    /// One mistake about the file as a whole, or about one place in it.
    init(file: String, area: String, code: String, place: JSONPlace? = nil, _ sentence: String, hint: String) {
        self.file = file
        self.area = area
        mistakes = [FieldMistake(code: code, path: .root, place: place, sentence: sentence, hint: hint)]
        omittedCount = 0
    }

    var code: String { "\(area).\(mistakes[0].code)" }
    var sentence: String { sentence(mistakes[0]) }
    var hint: String { mistakes[0].hint }

    /// All of them, one report each.
    var reports: [ErrorReport] {
        var reports = mistakes.map { ErrorReport(code: "\(area).\($0.code)", sentence($0), hint: $0.hint) }
        if omittedCount > 0 {
            reports.append(
                ErrorReport(
                    code: "\(area).more-mistakes", "\(file): \(omittedCount) more mistakes are not listed",
                    hint: "mend those above and try again"))
        }
        return reports
    }

    /// `topology.json:12:15: nodes[3].parent: there is no node …`
    private func sentence(_ mistake: FieldMistake) -> String {
        let place = mistake.place.map { ":\($0)" } ?? ""
        let path = mistake.path == .root ? "" : " \(mistake.path):"
        return "\(DisplayText.safe(file))\(place):\(path) \(mistake.sentence)"
    }
}
