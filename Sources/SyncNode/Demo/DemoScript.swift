import Glibc
import HTTPTransport
import Platform
import SyncProtocol

/// The demonstration as a story: record apart, amend apart, lose two nodes, come back, agree.
final class DemoScript {
    private static let readyMilliseconds = 30_000
    static let settleMilliseconds: Int64 = 300_000
    private static let sharedAmendments = 60
    private static let dispatchedTickets = 12

    let bank: DemoBank
    let work: DemoWork
    private let rules: [String]
    let console: Console
    private let stop: StopSignals
    var report = DemoReport()
    /// Ticket numbers that were acknowledged, by the node that acknowledged them.
    private(set) var acknowledged: [NodeID: Set<String>] = [:]
    /// Numbers of tickets that both sides amended while apart.
    private(set) var amendedApart: Set<String> = []

    /// - Parameter rules: what head office publishes before the short day.
    init(_ bank: DemoBank, _ work: DemoWork, rules: [String], _ console: Console, _ stop: StopSignals) {
        self.bank = bank
        self.rules = rules
        self.work = work
        self.console = console
        self.stop = stop
    }

    /// Plays the whole story; the report says what came of it.
    func play() throws -> DemoReport {
        let began = SystemClock.monotonicMilliseconds()
        try startAll()
        try record(late: false, "线路正常,先登记一部分 Lines up: the first complaints")
        try waitUntilAgreed("两级同步 Both sides hold them", show: false)
        say("切断全部线路 All lines are cut")
        for line in bank.lines.values { line.cut() }
        try amendApart()
        try recordWithAccidents()
        try bringBack()
        try handle()
        try waitUntilAgreed("处理流转后再次一致 Agreed again after handling", show: true)
        try examine()
        try liveDay()
        report.figures.append(("seconds", Int((SystemClock.monotonicMilliseconds() - began) / 1000)))
        return report
    }

    func say(_ text: String) {
        console.note("▸ " + text)
    }

    func check(stopRequested: Void = ()) throws { if stop.hasCome { throw DemoInterrupted() } }

    // MARK: Acts

    private func startAll() throws {
        say("启动 \(bank.topology.nodes.count) 个节点进程 Starting \(bank.topology.nodes.count) node processes")
        for node in bank.topology.nodes { try bank.start(node.id) }
        for node in bank.topology.nodes where !bank.waitUntilReady(node.id, milliseconds: DemoScript.readyMilliseconds)
        {
            throw DemoNodeFailed(node: node.id, log: "\(bank.folder)/\(node.id).log")
        }
    }

    /// Every node records its share through the import command, all at once.
    private func record(late: Bool, _ title: String) throws {
        say(title)
        var imports: [ChildProcess] = []
        for id in work.order { if let one = try startImport(id, late: late) { imports.append(one) } }
        try wait(for: imports, late: late)
    }

    private func startImport(_ id: NodeID, late: Bool) throws -> ChildProcess? {
        guard let share = work.shares[id], (late ? share.lateRows : share.earlyRows) > 0 else { return nil }
        return try ChildProcess(
            [
                "import", late ? share.late : share.early, "--mapping", work.mapping, "--url", bank.url(id),
                "--receipts", receiptsPath(id, late: late),
            ], log: "\(bank.folder)/\(id).import.log")
    }

    private func receiptsPath(_ id: NodeID, late: Bool) -> String {
        "\(bank.folder)/\(id).\(late ? "late" : "early").receipts"
    }

    private func receipts(late: Bool) -> Int {
        work.order.reduce(0) { $0 + SmallFile.lines(receiptsPath($1, late: late)).count }
    }

    private func wait(for imports: [ChildProcess], late: Bool) throws {
        let total = work.order.reduce(0) { sum, id in
            sum + (late ? work.shares[id]?.lateRows ?? 0 : work.shares[id]?.earlyRows ?? 0)
        }
        var display = ProgressDisplay(
            ProgressBar("登记 recording", unit: .rows, total: Int64(total), now: SystemClock.monotonicMilliseconds()),
            on: console)
        while imports.contains(where: \.isRunning) {
            try check()
            display.show(done: Int64(receipts(late: late)), now: SystemClock.monotonicMilliseconds())
            _ = poll(nil, 0, 100)
        }
        display.finish(done: Int64(receipts(late: late)), now: SystemClock.monotonicMilliseconds())
    }

    /// The same ticket, two sides, no line between them: a free field gets two values.
    private func amendApart() throws {
        say("断线期间两侧各自修改同一批工单 Both sides amend the same tickets while apart")
        for branch in bank.topology.nodes where branch.tier == .branch {
            guard let parent = branch.parent else { continue }
            let here = bank.client(of: branch.id)
            let above = bank.client(of: parent)
            let count = DemoScript.sharedAmendments / max(1, bank.lines.count) + 1
            for ticket in try here.tickets().prefix(count) {
                try amend(ticket.number, at: here, post: "branch-clerk", phone: "199-0000-1111")
                try amend(ticket.number, at: above, post: "province-clerk", phone: "199-0000-2222")
                amendedApart.insert(ticket.number)
            }
        }
        report.figures.append(("tickets_amended_on_both_sides", amendedApart.count))
    }

    private func amend(_ number: String, at client: DemoClient, post: String, phone: String) throws {
        let path = "/api/v1/tickets/\(number)"
        try client.send(
            .patch, path, post: post, role: post.hasPrefix("branch") ? "branch_officer" : "dispatcher",
            headers: [("If-Match", try client.tag(path))]
        ) { writer in
            writer.object { writer in
                writer.member("fields", object: { $0.member("complainant_phone", phone) })
            }
        }
    }

    /// One branch and one province lose power in the middle of their work.
    private func recordWithAccidents() throws {
        say("断线登记其余投诉 The rest is recorded with the lines down")
        var imports: [NodeID: ChildProcess] = [:]
        for id in work.order { imports[id] = try startImport(id, late: true) }
        let victims = [
            bank.topology.nodes.first { $0.tier == .branch }?.id,
            bank.topology.nodes.first { $0.tier == .province }?.id,
        ]
        .compactMap { $0 }
        for victim in victims {
            let half = (work.shares[victim]?.lateRows ?? 0) / 2
            while SmallFile.lines(receiptsPath(victim, late: true)).count < half, imports[victim]?.isRunning == true {
                try check()
                _ = poll(nil, 0, 5)
            }
            say("断电 SIGKILL: \(victim)")
            bank.kill(victim)
            try bank.start(victim)
            guard bank.waitUntilReady(victim, milliseconds: DemoScript.readyMilliseconds) else {
                throw DemoNodeFailed(node: victim, log: "\(bank.folder)/\(victim).log")
            }
            say("已恢复,导入自行续传 Started again; the import goes on by itself: \(victim)")
        }
        try wait(for: Array(imports.values), late: true)
        // Where an import gave up on a node that was away, the same command goes on where it stopped.
        var again: [ChildProcess] = []
        for (id, one) in imports where one.wait() != 0 {
            if let next = try startImport(id, late: true) { again.append(next) }
        }
        try wait(for: again, late: true)
        for id in work.order {
            let numbers =
                (SmallFile.lines(receiptsPath(id, late: false)) + SmallFile.lines(receiptsPath(id, late: true)))
                .compactMap { $0.split(separator: ",").last.map(String.init) }
            acknowledged[id] = Set(numbers)
        }
        report.figures.append(("complaints_in_the_source", work.rows))
        report.figures.append(("tickets_acknowledged", acknowledged.values.reduce(0) { $0 + $1.count }))
    }

    /// The lines come back one after the other, the provinces' last but one.
    private func bringBack() throws {
        say("线路先后恢复 The lines come back at different times")
        let children = bank.topology.nodes.filter { $0.parent != nil }.sorted { $0.tier < $1.tier }
        for (index, node) in children.enumerated() {
            bank.lines[node.id]?.restore()
            say("恢复 restored: \(node.id)")
            let until = SystemClock.monotonicMilliseconds() + Int64(index % 3 + 1) * 150
            while SystemClock.monotonicMilliseconds() < until {
                try check()
                try drawQueues()
                _ = poll(nil, 0, 50)
            }
        }
        try waitUntilAgreed("队列排空 Queues drain", show: true)
    }

    /// A few tickets walk through their life across the tiers.
    private func handle() throws {
        say("提交、派单、接单、反馈、答复 Some tickets are submitted, dispatched, taken, fed back and answered")
        var handled = 0
        for branch in bank.topology.nodes where branch.tier == .branch {
            guard let parent = branch.parent, handled < DemoScript.dispatchedTickets else { break }
            let here = bank.client(of: branch.id)
            let above = bank.client(of: parent)
            for ticket in try here.tickets()
            where !amendedApart.contains(ticket.number) && ticket.custodian == branch.id.text {
                try here.send(
                    .post, "/api/v1/tickets/\(ticket.number)/submit", post: "b-officer", role: "branch_officer"
                ) { $0.object { _ in } }
                try waitFor(ticket.number, at: above, offeredTo: parent)
                try above.send(.post, "/api/v1/tickets/\(ticket.number)/take", post: "p-dispatch", role: "dispatcher") {
                    $0.object { _ in }
                }
                handled += 1
                if handled % 2 == 0 { break }
            }
        }
        report.figures.append(("tickets_handed_to_the_province", handled))
    }

    /// Waits until the offer has crossed the line.
    private func waitFor(_ number: String, at client: DemoClient, offeredTo node: NodeID) throws {
        let deadline = SystemClock.monotonicMilliseconds() + 20_000
        while SystemClock.monotonicMilliseconds() < deadline {
            try check()
            if try client.get("/api/v1/tickets/\(number)")["custody"]?["offer"]?["to"]?.string == node.text { return }
            _ = poll(nil, 0, 10)
        }
        throw DemoStuck(what: "an offer from a branch to its province")
    }

    /// Three people's day in short, on the same nodes, after what the report has looked at.
    private func liveDay() throws {
        guard let day = DemoDay(bank, stop) else { return }
        say("三人的一天(短)A short day of three people")
        day.live(rules: rules)
        report.day = day.steps
        try waitUntilAgreed("一天之后再次一致 Agreed again after the day", show: false)
    }
}
