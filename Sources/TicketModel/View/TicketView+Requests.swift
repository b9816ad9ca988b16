import SyncProtocol

/// Something that was asked for and that another has to confirm: visible at once, everywhere, until it ends.
public struct PendingRequest: Hashable, Sendable {
    public enum State: String, Sendable {
        /// Waiting for confirmation.
        case waiting
        /// Approved; the custodian has not carried it out yet.
        case approved
        case done
        case refused
        case withdrawn
        /// The ticket ended before anybody answered.
        case overtaken

        /// True while somebody still has to say or do something.
        public var isOpen: Bool { self == .waiting || self == .approved }
    }

    /// `node.milliseconds`: names the request everywhere.
    public let key: String
    /// The act that is asked for.
    public let act: TicketAct
    public let post: String
    public let node: NodeID
    /// Milliseconds since 1970 UTC.
    public let at: Int64
    /// A code of `Enumeration.requestReason`.
    public let reason: String
    public let state: State
    /// A code of `Enumeration.requestRefusal` where it was refused.
    public let refusal: String?
    /// Who approved it.
    public let approvers: [Approver]
}

extension TicketView {
    /// Every request, the oldest first. Concurrent verdicts are ranked alike on every node: done, then refused, then
    /// withdrawn, then approved. A request still open when the ticket has ended is overtaken.
    public var requests: [PendingRequest] {
        let verdicts = entries(TicketField.requestVerdicts, EntryShapes.requestVerdict)
        let found = entries(TicketField.requests, EntryShapes.request).compactMap { entry -> PendingRequest? in
            guard let key = entry["key"], let name = entry["act"], let act = TicketAct.named(name),
                let post = entry["post"], let node = entry["node"].flatMap({ NodeID($0) }),
                let at = entry.integer("at"), let reason = entry["reason"]
            else { return nil }
            let own = verdicts.filter { $0["key"] == key }
            return PendingRequest(
                key: key, act: act, post: post, node: node, at: at, reason: reason, state: state(of: own),
                refusal: own.first { $0["verdict"] == "refused" }?["reason"],
                approvers: own.filter { $0["verdict"] == "approved" }.compactMap { entry in
                    entry["post"].map { Approver(post: $0, role: entry["role"] ?? "") }
                })
        }
        return found.sorted { ($0.at, $0.key) < ($1.at, $1.key) }
    }

    private func state(of verdicts: [Entry]) -> PendingRequest.State {
        let said = Set(verdicts.compactMap { $0["verdict"] })
        for state in [PendingRequest.State.done, .refused, .withdrawn, .overtaken] where said.contains(state.rawValue) {
            return state
        }
        guard state?.isOpen ?? true else { return .overtaken }
        return said.contains("approved") ? .approved : .waiting
    }

    /// The requests that wait for somebody.
    public var openRequests: [PendingRequest] { requests.filter(\.state.isOpen) }
}
