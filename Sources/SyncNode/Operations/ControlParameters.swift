import HTTPTransport
import Platform

/// An operator's request that cannot be carried out as it was sent: the sender's mistake, never the node's trouble.
struct RefusedOperation: ExplainedError {
    let status: Int
    let code: String
    let sentence: String
    let hint: String

    static let unknown = RefusedOperation(
        status: 404, code: "control.unknown", sentence: "There is no such operation.",
        hint: ControlOperation.allCases.map(\.rawValue).joined(separator: ", ") + ".")

    static let busy = RefusedOperation(
        status: 503, code: "control.busy", sentence: "Other operations run.", hint: "Try again soon.")

    static let noParent = RefusedOperation(
        status: 409, code: "control.no-parent", sentence: "There is no node above this one to sync with.",
        hint: "Dial the nodes below with `syncnode pull`.")
}

/// What an operation takes beside its name. What is passed over in silence would be taken for heeded.
enum ControlParameters {
    /// True for no body, and for an object without members.
    private static func saysNothing(_ body: [UInt8]) -> Bool {
        guard !body.isEmpty else { return true }
        do throws(JSONError) {
            return try JSONReader.parse(body, limits: .request).object?.isEmpty ?? false
        } catch {
            return false
        }
    }

    /// - Throws: `RefusedOperation` for a parameter that is unknown or stands twice, and for a body that nobody reads.
    static func check(_ operation: ControlOperation, _ request: HTTPRequest) throws(RefusedOperation) {
        let known = operation.parameters
        let names = request.target.query.map(\.name)
        if let unknown = names.first(where: { !known.contains($0) }) {
            throw RefusedOperation(
                status: 400, code: "control.unknown-parameter", sentence: "There is no such parameter.",
                hint: Suggestion.hint(for: unknown, among: known)
                    ?? (known.isEmpty ? "This operation takes none." : "It takes: \(known.joined(separator: ", "))."))
        }
        guard Set(names).count == names.count else {
            throw RefusedOperation(
                status: 400, code: "control.parameter-repeated", sentence: "A parameter stands more than once.",
                hint: "Name each once; run the operation again for another value.")
        }
        guard operation.takesBody || saysNothing(request.body) else {
            throw RefusedOperation(
                status: 400, code: "control.unexpected-body", sentence: "This operation takes no body.",
                hint: "Put what it needs into the address, or leave the body out.")
        }
    }
}
