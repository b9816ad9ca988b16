import TicketModel

/// What an operator may ask of a running node: its name in the address, what it takes there, and whose business it is.
enum ControlOperation: String, CaseIterable, Sendable {
    case sync, pull
    case requestMissing = "request-missing"
    case backup, verify, repair, adopt
    case adoptSelf = "adopt-self"
    case restored, readmit, publish

    /// The operation at `/control/…`; nil where there is none.
    init?(segments: [String]) {
        guard segments.count == 2 else { return nil }
        self.init(rawValue: segments[1])
    }

    /// What stands in the query.
    var parameters: [String] {
        switch self {
        case .pull, .readmit: ["child"]
        case .requestMissing: ["from"]
        case .backup: ["to"]
        case .adopt: ["child", "life"]
        case .adoptSelf: ["approver"]
        case .sync, .verify, .repair, .restored, .publish: []
        }
    }

    /// True for the one that reads a body.
    var takesBody: Bool { self == .publish }

    /// A post with one of these may ask for it.
    var roles: [Role] {
        switch self {
        case .sync, .pull, .requestMissing: [.sysadmin, .dispatcher, .provSupervisor, .hoDispatcher, .hoSupervisor]
        case .backup, .verify, .repair, .adopt, .restored, .readmit: [.sysadmin]
        case .adoptSelf: [.sysadmin, .branchHead, .provSupervisor, .hoSupervisor]
        case .publish: [.hoDispatcher, .hoSupervisor]
        }
    }
}
