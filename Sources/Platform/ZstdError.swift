/// Why compressed bytes were refused.
public enum ZstdError: ExplainedError, Equatable {
    /// Not one whole Zstandard frame.
    case damaged
    /// The frame does not say how large its content is.
    case sizeUnknown
    /// The frame claims more content than the reader allows.
    case tooLarge(limitBytes: Int)

    public var code: String {
        switch self {
        case .damaged: "compression.damaged"
        case .sizeUnknown: "compression.size-unknown"
        case .tooLarge: "compression.too-large"
        }
    }

    public var sentence: String {
        switch self {
        case .damaged: "The compressed bytes are damaged or are not one Zstandard frame."
        case .sizeUnknown: "The compressed bytes do not say how large their content is."
        case .tooLarge(let limitBytes): "The compressed bytes claim more than \(limitBytes) bytes of content."
        }
    }

    public var hint: String {
        switch self {
        case .damaged: "Send or copy them again; if that fails too, repair the source."
        case .sizeUnknown: "Compress them with the content size in the frame header."
        case .tooLarge: "Send smaller pieces."
        }
    }
}
