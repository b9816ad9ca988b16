import HTTPTransport
import SyncProtocol
import TicketStore

// What an operator decides about this node itself, or about a neighbour that was silenced. Each stands in the log, and what
// others must know of it in the node's own record.
extension ControlRoutes {
    func openPast(_ responder: HTTPResponder) throws {
        try runtime.store.openPast()
        runtime.log.say(.done("restored", "This node takes its past from whoever has it, until all agree."))
        runtime.syncNow()
        accept(responder)
    }

    /// Two persons are needed: nobody above can decide for head office.
    func adoptSelf(by post: String, _ request: HTTPRequest, _ responder: HTTPResponder) throws {
        let approver = request.target.queryValue("approver") ?? ""
        guard isKnown(approver), post != approver else {
            _ = responder.respond(
                .explained(
                    status: 422, code: "control.two-persons",
                    sentence: "Two different posts of this node must decide this.",
                    hint: "Name both: --post and --approver; `syncnode people` lists them."))
            return
        }
        guard let life = try runtime.store.adoptSelf(post: post, approver: approver) else {
            _ = responder.respond(
                .explained(
                    status: 409, code: "control.never-written", sentence: "This node has never written anything.",
                    hint: "There is nothing to adopt."))
            return
        }
        runtime.log.say(
            .done("adopt-self", "Two persons decided that this copy goes on.").with("life", life.description)
                .with("post", post).with("approver", approver))
        accept(responder)
    }

    /// Any well-formed post, until a register names those of this node.
    private func isKnown(_ post: String) -> Bool {
        guard !post.isEmpty, post.utf8.count <= Limits.postBytesMax else { return false }
        let people = runtime.store.people
        guard people.covers(runtime.node.id) else { return true }
        return people.seat(post)?.node == runtime.node.id
    }

    func readmit(_ request: HTTPRequest, _ responder: HTTPResponder) throws {
        guard let child = request.target.queryValue("child").flatMap({ NodeID($0) }),
            runtime.topology.neighbours(of: runtime.node.id).contains(child)
        else { return refuseUnknownChild(responder) }
        try runtime.store.readmit(child)
        runtime.log.say(.done("readmit", "A neighbour may speak again.").with("peer", child.text))
        accept(responder)
    }

    private func accept(_ responder: HTTPResponder) {
        _ = responder.respond(HTTPResponse(status: 200, type: "application/json", body: Array("{}\n".utf8)))
    }
}
