/// What every error of ours tells: machines read the code, people read the sentence and then do what the hint says.
///
/// None of the three may carry customer data.
public protocol ExplainedError: Error, CustomStringConvertible {
    /// Stable for ever, such as `http.port-in-use`.
    var code: String { get }
    /// What went wrong, as one English sentence.
    var sentence: String { get }
    /// The next step for the person who reads it.
    var hint: String { get }
}

extension ExplainedError {
    public var description: String { "\(code): \(sentence) \(hint)" }
}
