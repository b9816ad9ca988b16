import HTTPTransport
import Platform

/// An operator's request that cannot be carried out as it was sent: the sender's mistake, never the node's trouble.
struct RefusedOperation: ExplainedError {
    let status: Int
    let code: String
    let sentence: String
    let hint: String
}

/// What an operation takes beside its name. What is passed over in silence would be taken for heeded.
enum ControlParameters {
    /// One that is not here takes nothing.
    static let known = [
        "pull": ["child"], "request-missing": ["from"], "backup": ["to"], "adopt": ["child", "life"],
        "adopt-self": ["post", "approver"], "readmit": ["child"],
    ]

    /// The only operation with a body.
    private static let withBody = "publish"

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
    static func check(_ operation: String, _ request: HTTPRequest) throws(RefusedOperation) {
        let known = known[operation] ?? []
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
        guard operation == withBody || saysNothing(request.body) else {
            throw RefusedOperation(
                status: 400, code: "control.unexpected-body", sentence: "This operation takes no body.",
                hint: "Put what it needs into the address, or leave the body out.")
        }
    }
}
