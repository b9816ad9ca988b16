import Platform

/// Bounds on a JSON text, so that hostile input costs no more than it should.
struct JSONLimits: Sendable {
    /// Bytes of the whole text.
    var textBytesMax: Int
    /// Arrays and objects inside one another; a scalar alone has depth 0.
    var depthMax: Int
    /// Values of every kind in the text together, member names not counted.
    var valuesMax: Int
    /// UTF-8 bytes of one string or member name after its escapes are resolved.
    var stringBytesMax: Int
    /// Bytes of one number as written.
    var numberBytesMax: Int

    /// For the body of a request.
    static let request = JSONLimits(
        textBytesMax: 1024 * 1024, depthMax: 32, valuesMax: 20_000, stringBytesMax: 256 * 1024, numberBytesMax: 64)
    /// For a configuration file that the operator wrote.
    static let configuration = JSONLimits(
        textBytesMax: 4 * 1024 * 1024, depthMax: 32, valuesMax: 200_000, stringBytesMax: 64 * 1024, numberBytesMax: 64)
}

/// Why a text is not the JSON that was asked for. Carries a place, never a piece of the text.
struct JSONError: ExplainedError, Hashable {
    /// A stable name for each way in which a text can be wrong.
    enum Reason: String, Hashable, Sendable, CaseIterable {
        case empty = "json.empty"
        case textTooLarge = "json.text-too-large"
        case tooDeep = "json.too-deep"
        case tooManyValues = "json.too-many-values"
        case stringTooLong = "json.string-too-long"
        case truncated = "json.truncated"
        case unexpected = "json.unexpected"
        case trailingComma = "json.trailing-comma"
        case trailingContent = "json.trailing-content"
        case duplicateName = "json.duplicate-name"
        case badNumber = "json.bad-number"
        case numberOutOfRange = "json.number-out-of-range"
        case badEscape = "json.bad-escape"
        case loneSurrogate = "json.lone-surrogate"
        case controlCharacter = "json.control-character"
        case badUTF8 = "json.bad-utf8"
    }

    let reason: Reason
    let place: JSONPlace

    var code: String { reason.rawValue }

    /// What is wrong, in one sentence without the place.
    var sentence: String {
        switch reason {
        case .empty: "the text is empty"
        case .textTooLarge: "the text is larger than allowed"
        case .tooDeep: "arrays and objects are nested too deep"
        case .tooManyValues: "the text holds too many values"
        case .stringTooLong: "the string is longer than allowed"
        case .truncated: "the text ends before the value is complete"
        case .unexpected: "this character cannot stand here"
        case .trailingComma: "there is a comma but nothing follows it"
        case .trailingContent: "something follows the end of the value"
        case .duplicateName: "the object holds this name twice"
        case .badNumber: "this is not a JSON number"
        case .numberOutOfRange: "the number is out of range"
        case .badEscape: "this escape does not exist"
        case .loneSurrogate: "half of a surrogate pair stands alone"
        case .controlCharacter: "a control character stands unescaped in a string"
        case .badUTF8: "the bytes are not valid UTF-8"
        }
    }

    /// What to do next.
    var hint: String {
        switch reason {
        case .empty: "write a JSON object, beginning with { and ending with }"
        case .textTooLarge, .tooManyValues: "split the work into smaller pieces"
        case .tooDeep: "flatten the value"
        case .stringTooLong: "shorten the text"
        case .truncated: "close every quote, bracket and brace that was opened"
        case .unexpected: "check for a missing comma, colon or double quote; comments and single quotes are not JSON"
        case .trailingComma: "remove the comma, or write the value that should follow it"
        case .trailingContent: "keep one value only"
        case .duplicateName: "keep one of the two members"
        case .badNumber: "write digits without leading zeros, plus sign or bare decimal point"
        case .numberOutOfRange: "integers go from -9223372036854775808 to 9223372036854775807, others to 1.7e308"
        case .badEscape: #"use one of \" \\ \/ \b \f \n \r \t or \u with four hexadecimal digits"#
        case .loneSurrogate: "write the character itself in UTF-8, or both halves as two escapes"
        case .controlCharacter: #"write it as an escape, for example \n for a line break"#
        case .badUTF8: "save the text as UTF-8 (a GBK file: iconv -f GB18030 -t UTF-8)"
        }
    }
}
