import HTTPTransport
import TicketModel

/// Reads the JSON body of a request.
enum RequestBody {
    /// Fields in one request; a ticket has fewer.
    static let fieldsMax = 300

    /// A page of another site can make a browser send a form or plain text without asking first, JSON it cannot: so
    /// nothing else is taken, also where the body is empty and would not be read.
    static func checkType(_ request: HTTPRequest) throws(APIProblem) {
        let type = request.headers["Content-Type"]
        guard isJSON(type) || (type == nil && request.body.isEmpty) else { throw .wrongContentType }
    }

    /// The body as JSON; nil where there is none and none is needed.
    static func json(_ call: APICall, isRequired: Bool) throws(APIProblem) -> JSONElement? {
        let request = call.request
        if request.body.isEmpty, !isRequired { return nil }
        guard isJSON(request.headers["Content-Type"]) else { throw .wrongContentType }
        do throws(JSONError) {
            return try JSONReader.parse(request.body, limits: .request)
        } catch {
            throw APIProblem(error)
        }
    }

    /// Reads the members of the body. `read` notes mistakes and takes what it knows; the rest is refused.
    static func read<Value>(
        _ call: APICall, isRequired: Bool = true,
        _ read: (inout ObjectFields, inout MistakeList) -> Value?
    ) throws(APIProblem) -> Value {
        let element = try json(call, isRequired: isRequired) ?? JSONElement(.object([]))
        var mistakes = MistakeList()
        guard var fields = ObjectFields(JSONField(element), &mistakes) else { throw APIProblem(mistakes) }
        let value = read(&fields, &mistakes)
        fields.finish(&mistakes)
        guard mistakes.isEmpty, let value else { throw APIProblem(mistakes) }
        return value
    }

    /// `application/json`, with whatever parameters.
    static func isJSON(_ type: String?) -> Bool {
        guard let media = type?.split(separator: ";", omittingEmptySubsequences: false).first else { return false }
        return media.trimmingBlanks.lowercased() == "application/json"
    }
}

extension ObjectFields {
    /// The member `fields`: names and values as text, empty where it is missing.
    mutating func ticketFields(_ mistakes: inout MistakeList) -> [String: String] {
        guard let field = optional("fields") else { return [:] }
        guard var members = ObjectFields(field, &mistakes) else { return [:] }
        let all = members.all()
        guard all.count <= RequestBody.fieldsMax else {
            mistakes.add(
                "too-many", at: field, "there are \(all.count) fields",
                hint: "keep it to \(RequestBody.fieldsMax) fields")
            return [:]
        }
        var given: [String: String] = [:]
        for (name, field) in all { given[name] = field.fieldText(&mistakes) }
        return given
    }
}

extension JSONField {
    /// A field's value as the text that a person would write: null clears, lists are sets of codes.
    fileprivate func fieldText(_ mistakes: inout MistakeList) -> String? {
        switch element.value {
        case .null: return ""
        case .string(let text): return text
        case .integer(let number): return String(number)
        case .bool(let flag): return flag ? "true" : "false"
        case .array: return memberTexts(&mistakes).map { $0.joined(separator: ",") }
        case .number, .object:
            return wrongType("a string, an integer, true, false, null or a list of strings", &mistakes)
        }
    }

    private func memberTexts(_ mistakes: inout MistakeList) -> [String]? {
        guard let items = list(countMax: CodeSet.membersMax, &mistakes) else { return nil }
        var texts: [String] = []
        for item in items {
            guard let text = item.text(bytesMax: Code.bytesMax, &mistakes) else { return nil }
            guard !text.contains(",") else {
                mistakes.add("bad-code", at: item, "a code holds no comma", hint: "write one code an item")
                return nil
            }
            texts.append(text)
        }
        return texts
    }
}

extension Substring {
    /// Without blanks and tabs at both ends.
    var trimmingBlanks: Substring {
        var text = self
        while let first = text.first, first == " " || first == "\t" { text.removeFirst() }
        while let last = text.last, last == " " || last == "\t" { text.removeLast() }
        return text
    }
}
