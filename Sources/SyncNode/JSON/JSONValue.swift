/// Where something stands in a JSON text. Both count from 1; columns count Unicode scalars, as editors do.
struct JSONPlace: Hashable, Sendable, CustomStringConvertible {
    var line: Int
    var column: Int

    /// The first character of a text.
    static let start = JSONPlace(line: 1, column: 1)

    var description: String { "\(line):\(column)" }
}

/// A JSON value (RFC 8259). Objects keep the order of their members; integers and other numbers are told apart by how
/// they are written, so `1` is an integer and `1.0` is not.
enum JSONValue: Hashable, Sendable {
    case null
    case bool(Bool)
    case integer(Int64)
    case number(Double)
    case string(String)
    case array([JSONElement])
    case object([JSONMember])
}

/// A value together with its place in the text that it was read from.
struct JSONElement: Hashable, Sendable {
    var value: JSONValue
    var place: JSONPlace

    init(_ value: JSONValue, at place: JSONPlace = .start) {
        self.value = value
        self.place = place
    }
}

/// One member of an object. No object that was read holds a name twice.
struct JSONMember: Hashable, Sendable {
    var name: String
    var namePlace: JSONPlace
    var element: JSONElement

    init(_ name: String, _ element: JSONElement, at namePlace: JSONPlace = .start) {
        self.name = name
        self.namePlace = namePlace
        self.element = element
    }
}

extension JSONElement {
    /// The member of that name; nil where there is none or this is no object.
    subscript(name: String) -> JSONElement? {
        guard case .object(let members) = value else { return nil }
        return members.first { $0.name == name }?.element
    }

    /// The element at that index; nil outside the array or where this is none.
    subscript(index: Int) -> JSONElement? {
        guard case .array(let elements) = value, elements.indices.contains(index) else { return nil }
        return elements[index]
    }

    /// The text of a string, else nil.
    var string: String? {
        guard case .string(let text) = value else { return nil }
        return text
    }

    /// The value of an integer, else nil.
    // Kept out of line: the optimiser of Swift 6.3.1 aborts where it is inlined into a chain of optionals.
    @inline(never)
    var integer: Int64? {
        guard case .integer(let number) = value else { return nil }
        return number
    }

    /// The value of a boolean, else nil.
    var bool: Bool? {
        guard case .bool(let flag) = value else { return nil }
        return flag
    }

    /// The elements of an array, else nil.
    var array: [JSONElement]? {
        guard case .array(let elements) = value else { return nil }
        return elements
    }

    /// The members of an object in the order of the text, else nil.
    var object: [JSONMember]? {
        guard case .object(let members) = value else { return nil }
        return members
    }

    var isNull: Bool { value == .null }
}

extension JSONValue {
    /// What kind of value this is, in words for an error message.
    var kindName: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer: "an integer"
        case .number: "a number with a fraction"
        case .string: "a string"
        case .array: "an array"
        case .object: "an object"
        }
    }
}
