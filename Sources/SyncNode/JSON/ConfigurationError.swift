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

    /// The same, from a finder that says it in both languages.
    init(file: String, area: String, code: String, place: JSONPlace? = nil, _ sentence: Wording, hint: Wording) {
        self.file = file
        self.area = area
        mistakes = [
            FieldMistake(
                code: code, path: .root, place: place, sentence: sentence.en, hint: hint.en,
                chinese: ErrorWords.Text(sentence.zh, hint.zh))
        ]
        omittedCount = 0
    }

    var code: String { "\(area).\(mistakes[0].code)" }
    var sentence: String { "\(place(mistakes[0])) \(mistakes[0].sentence)" }
    var hint: String { mistakes[0].hint }

    /// All of them, one report each.
    var reports: [ErrorReport] {
        var reports = mistakes.map { mistake in
            ErrorReport(
                "\(area).\(mistake.code)", place: place(mistake), english: mistake.sentence, hint: mistake.hint,
                chinese: mistake.chinese)
        }
        if omittedCount > 0 {
            reports.append(
                ErrorReport(
                    "\(area).more-mistakes", place: "\(DisplayText.safe(file)):",
                    english: "\(omittedCount) more mistakes are not listed",
                    hint: "mend those above and try again"))
        }
        return reports
    }

    /// `topology.json:12:15: nodes[3].parent:`
    private func place(_ mistake: FieldMistake) -> String {
        let place = mistake.place.map { ":\($0)" } ?? ""
        let path = mistake.path == .root ? "" : " \(mistake.path):"
        return "\(DisplayText.safe(file))\(place):\(path)"
    }
}
