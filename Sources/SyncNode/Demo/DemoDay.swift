import Glibc
import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// The short form of three people's day on the demonstration's nodes: a branch officer with the line down, the
/// dispatcher above her, the supervisor at head office. Each step is what a person would send, and says what it showed.
final class DemoDay {
    private static let waitMilliseconds: Int64 = 30_000

    private let bank: DemoBank
    private let stop: StopSignals
    private let branch: DemoClient
    private let province: DemoClient
    private let head: DemoClient
    private let headOrg: String
    private let branchNode: TopologyNode
    private let provinceNode: TopologyNode
    /// The complaint that the day is about.
    private var ticket = ""
    private(set) var steps: [DemoReport.Check] = []

    /// nil where the topology has no branch under a province.
    init?(_ bank: DemoBank, _ stop: StopSignals) {
        guard let branch = bank.topology.nodes.first(where: { $0.tier == .branch }),
            let province = branch.parent.flatMap({ bank.topology.node($0) })
        else { return nil }
        self.bank = bank
        self.stop = stop
        branchNode = branch
        provinceNode = province
        self.branch = bank.client(of: branch.id)
        self.province = bank.client(of: province.id)
        head = bank.client(of: bank.topology.headOffice)
        headOrg = bank.topology.node(bank.topology.headOffice)?.orgCode ?? ""
    }

    /// Lives the day; a step that fails ends it, because the later ones build on it.
    func live(rules files: [String]) {
        for plan in [headOfficePublishes(files)] + atTheBranch + atTheProvince + atHeadOffice {
            guard isDone(plan) else { return }
        }
    }

    // MARK: The day

    private struct Step {
        let name: Wording
        /// Returns what it showed.
        let work: () throws -> String

        init(_ chinese: String, _ english: String, _ work: @escaping () throws -> String) {
            name = Wording(chinese, english)
            self.work = work
        }
    }

    private func headOfficePublishes(_ files: [String]) -> Step {
        Step("总行发布规则、日历与岗位名册", "head office publishes rules, calendars and posts") { [self] in
            let items = try files.flatMap { try ReferenceFile.items($0) }
            for item in items {
                let role = Role.hoDispatcher.rawValue
                try head.send(.post, "/control/publish", post: "\(headOrg).\(role)", role: role) { $0.value(item) }
            }
            try until("rules at the branch") {
                try branch.get("/api/v1/references")["references"]?.array?.count ?? 0 >= items.count
            }
            return "\(items.count) 份 items"
        }
    }

    private var atTheBranch: [Step] {
        [
            Step("网点离线登记,时限当场算出", "the branch registers with the line down; the deadlines are there at once") {
                [self] in
                bank.lines[branchNode.id]?.cut()
                ticket = try register(at: branch, role: .clerk)
                return try due(ticket, at: branch)
            },
            Step("网点提交省中心,待交接,仍可收回", "handed to the province: waits for custody, can be recalled") { [self] in
                try act("submit_up", at: branch, role: .branchOfficer)
                let acts = try branch.get(path(ticket))["next_acts"]?.array?.compactMap(\.string) ?? []
                guard acts.contains("recall") else { throw DemoStuck(what: "an offer that can be recalled") }
                return ticket
            },
        ]
    }

    private var atTheProvince: [Step] {
        [
            Step("线路恢复,省中心收到并派单", "the line is back: the province has it and dispatches") { [self] in
                bank.lines[branchNode.id]?.restore()
                try waitForOffer(to: provinceNode, at: province)
                let unit = ["unit": branchNode.id.text]
                try act("dispatch", at: province, role: .dispatcher, DemoDay.classes.merging(unit) { $1 })
                return try due(ticket, at: province)
            },
            Step("网点接单、反馈", "the branch takes it and feeds back") { [self] in
                try waitForOffer(to: branchNode, at: branch)
                try act("take", at: branch, role: .branchOfficer)
                try act("feed_back", at: branch, role: .branchOfficer, DemoDay.found)
                return ticket
            },
            Step("网点不得自审:拒绝并说明规则", "a branch may not approve its own work: refused, with the rule") { [self] in
                do {
                    try act("approve_feedback", at: branch, role: .branchOfficer)
                } catch let refusal as PeerRefusal where refusal.peerRule == "T17" {
                    return "T17 \(refusal.code)"
                }
                throw DemoStuck(what: "a refusal")
            },
            Step("省中心审核、答复、回访、销项", "the province approves, answers, follows up and closes") { [self] in
                try waitForOffer(to: provinceNode, at: province)
                try act("reply", at: province, role: .dispatcher, DemoDay.answer)
                try act("follow_up_ok", at: province, role: .followUpAgent, ["satisfaction": "satisfied"])
                try act("cancel_case", at: province, role: .approver, ["outcome": "solved"])
                return ticket
            },
        ]
    }

    private var atHeadOffice: [Step] {
        [
            Step("三级时限推导一致", "the derivation of the deadlines is the same on all three tiers") { [self] in
                for node in [head, branch] {
                    try wait(at: node) { $0["fields"]?["state"]?["value"]?.string == "closed" }
                }
                // What the province books into the clocks on its own a moment later is on its way as well.
                var lines = ""
                try until("equal derivations") {
                    let said = Set(try [branch, province, head].map(derivation))
                    lines = said.first ?? ""
                    return said.count == 1
                }
                return "\(lines.split(separator: "\n").count) 行 lines"
            },
            Step("监管转办:24 小时与七个工作日并行", "a regulator's referral: 24 hours beside seven working days") { [self] in
                let referral = try register(
                    at: head, role: .hoDispatcher,
                    ["kind": "regulator_referral", "intake_channel": "regulator_12378", "recording_id": "demo-rec"])
                return try due(referral, at: head)
            },
        ]
    }

    // MARK: Pieces

    private static let complaint = [
        "intake_channel": "counter", "signature_id": "demo-sign", "what": "存款机吞了两千元现金没有入账(演示)",
        "who_involved": "客户本人", "when_happened": "今早八点半", "where_happened": "一楼自助区", "demand": "refund",
        "symptom": "machine_retained_cash", "business_class": "card", "complainant_name": "演示客户",
    ]

    private static let classes = [
        "nature": "transaction_error", "cause_class": "facility_system", "handling_channel": "self_service",
        "validity": "valid",
    ]

    private static let found = [
        "leg_text": "清机后长款两千元,与流水一致", "proposed_solution": "当日原路退回并致歉", "responsibility": "bank",
    ]

    private static let answer = [
        "reply_medium": "phone", "attitude": "accepted", "identity_check": "holder", "remedy_info_given": "true",
    ]

    private func path(_ number: String) -> String { "/api/v1/tickets/\(number)" }

    /// Does a step and notes what came of it.
    private func isDone(_ step: Step) -> Bool {
        let result = Result { try step.work() }
        let detail =
            switch result {
            case .success(let shown): (true, shown)
            case .failure(let error): (false, (error as? any ExplainedError)?.code ?? "demo.step-failed")
            }
        steps.append(DemoReport.Check(name: step.name, isTrue: detail.0, detail: detail.1))
        return detail.0
    }

    private func register(at node: DemoClient, role: Role, _ change: [String: String] = [:]) throws -> String {
        let fields = DemoDay.complaint.merging(change) { $1 }
        let receipt = try send("/api/v1/tickets", at: node, role: role, fields)
        guard let number = receipt["number"]?.string else { throw DemoStuck(what: "a receipt with a number") }
        return number
    }

    private func act(_ act: String, at node: DemoClient, role: Role, _ fields: [String: String] = [:]) throws {
        _ = try send(path(ticket) + "/acts/\(act)", at: node, role: role, fields)
    }

    private func send(
        _ path: String, at node: DemoClient, role: Role, _ fields: [String: String]
    ) throws -> JSONElement {
        try node.send(.post, path, role: role.rawValue) { writer in
            writer.object { writer in
                writer.member(
                    "fields",
                    object: { writer in
                        for (name, value) in fields.sorted(by: { $0.key < $1.key }) { writer.member(name, value) }
                    })
            }
        }.json
    }

    /// The clocks that run, with their ends.
    private func due(_ number: String, at node: DemoClient) throws -> String {
        let clocks = try node.get(path(number) + "/clocks")["clocks"]?.array ?? []
        guard !clocks.isEmpty else { throw DemoStuck(what: "a clock on the ticket") }
        let ends = clocks.compactMap { clock -> String? in
            let isRunning = ["running", "warned", "breached"].contains(clock["phase"]?.string)
            guard isRunning, let due = clock["due_at"]?.integer else { return nil }
            return "\(clock["name"]?["zh"]?.string ?? "") \(CivilTime.chinaText(at: due).dropLast(3))"
        }
        return ends.joined(separator: " · ")
    }

    private func derivation(at node: DemoClient) throws -> String {
        let clocks = try node.get(path(ticket) + "/clocks")["clocks"]?.array ?? []
        return clocks.flatMap { $0["text"]?["zh"]?.array ?? [] }.compactMap(\.string).joined(separator: "\n")
    }

    private func waitForOffer(to unit: TopologyNode, at node: DemoClient) throws {
        try wait(at: node) { $0["custody"]?["offer"]?["to"]?.string == unit.id.text }
    }

    private func wait(at node: DemoClient, _ isSo: (JSONElement) -> Bool) throws {
        try until("a ticket across a line") {
            do {
                return isSo(try node.get(path(ticket)))
            } catch let refusal as PeerRefusal where refusal.status == 404 {
                return false
            }
        }
    }

    private func until(_ what: String, _ isSo: () throws -> Bool) throws {
        let end = SystemClock.monotonicMilliseconds() + DemoDay.waitMilliseconds
        while try !isSo() {
            guard SystemClock.monotonicMilliseconds() < end else { throw DemoStuck(what: what) }
            guard !stop.hasCome else { throw DemoInterrupted() }
            _ = poll(nil, 0, 20)
        }
    }
}
