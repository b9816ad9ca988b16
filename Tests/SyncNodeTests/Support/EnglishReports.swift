@testable import SyncNode

extension ConfigurationError {
    /// What each report says in English, for tests of what it names: `code place: sentence / hint`.
    var englishReports: [String] {
        reports.enumerated().map { index, report in
            let own = mistakes.indices.contains(index) ? mistakes[index].chinese : nil
            let chinese = own ?? ErrorWords.text(report.code)
            func english(_ text: String, _ words: String?) -> String {
                words.map { text.replacing($0 + " ", with: "") } ?? text
            }
            let sentence = english(report.sentence, chinese?.sentence)
            return "\(report.code) \(sentence) / \(english(report.hint, chinese?.hint))"
        }
    }
}
