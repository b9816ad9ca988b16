import Glibc
import HTTPTransport
import Platform
import SyncProtocol

/// The demonstration as a story: record apart, amend apart, lose two nodes, come back, agree.
final class DemoScript {
    private static let readyMilliseconds = 30_000
    private static let settleMilliseconds: Int64 = 300_000
    private static let sharedAmendments = 60
    private static let dispatchedTickets = 12

    private let bank: DemoBank
    private let work: DemoWork
    private let rules: [String]
    private let console: Console
    private let stop: StopSignals
    private var report = DemoReport()
    /// Ticket numbers that were acknowledged, by the node that acknowledged them.
    private var acknowledged: [NodeID: Set<String>] = [:]
    /// Numbers of tickets that both sides amended while apart.
    private var amendedApart: Set<String> = []

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

    private func say(_ text: String) {
        console.note("▸ " + text)
    }

    private func check(stopRequested: Void = ()) throws { if stop.hasCome { throw DemoInterrupted() } }

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
            let here = DemoClient(bank.url(branch.id))
            let above = DemoClient(bank.url(parent))
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
            let here = DemoClient(bank.url(branch.id))
            let above = DemoClient(bank.url(parent))
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

    // MARK: Watching

    private func statuses() throws -> [NodeID: JSONElement] {
        var all: [NodeID: JSONElement] = [:]
        for node in bank.topology.nodes { all[node.id] = try DemoClient(bank.url(node.id)).get("/api/v1/status") }
        return all
    }

    private func neighbour(_ peer: NodeID, of status: JSONElement?) -> JSONElement? {
        status?["neighbours"]?.array?.first { $0["node"]?.string == peer.text }
    }

    /// What waits at each node, what its parent holds, what head office holds, bytes on the line.
    private func drawQueues() throws {
        guard console.isErrorTerminal else { return }
        let all = try statuses()
        var parts: [String] = []
        for node in bank.topology.nodes {
            guard let parent = node.parent, let entry = neighbour(parent, of: all[node.id]) else { continue }
            let bytes = bank.lines[node.id]?.traffic ?? (up: 0, down: 0)
            parts.append(
                "\(node.id) 待发\(entry["waiting"]?.integer ?? 0) \(Quantity.bytes(Double(bytes.up + bytes.down)))")
        }
        console.progress("\r\u{1B}[K" + DisplayText.fit(parts.joined(separator: " · "), columns: console.columns - 1))
    }

    /// Waits until both ends of every line have drained and hold the same.
    private func waitUntilAgreed(_ title: String, show: Bool) throws {
        let began = SystemClock.monotonicMilliseconds()
        var most: Int64 = 0
        var display: ProgressDisplay?
        while true {
            try check()
            let all = try statuses()
            let waiting = bank.topology.nodes.reduce(Int64(0)) { sum, node in
                sum + (all[node.id]?["neighbours"]?.array ?? []).reduce(0) { $0 + ($1["waiting"]?.integer ?? 0) }
            }
            if show, waiting > most { most = waiting }
            if show, most > 0 {
                var current =
                    display
                    ?? ProgressDisplay(
                        ProgressBar("同步 syncing", unit: .rows, total: most, now: SystemClock.monotonicMilliseconds()),
                        on: console)
                current.show(done: most - waiting, total: most, now: SystemClock.monotonicMilliseconds())
                display = current
            }
            if waiting == 0, disagreements(all).isEmpty { break }
            if SystemClock.monotonicMilliseconds() - began > DemoScript.settleMilliseconds {
                throw DemoStuck(what: disagreements(all).joined(separator: ", "))
            }
            _ = poll(nil, 0, 60)
        }
        display?.finish(done: most, now: SystemClock.monotonicMilliseconds())
        say("\(title): \(SystemClock.monotonicMilliseconds() - began) ms")
    }

    /// Lines whose two ends do not hold the same.
    private func disagreements(_ all: [NodeID: JSONElement]) -> [String] {
        bank.topology.nodes.compactMap { node in
            guard let parent = node.parent else { return nil }
            let here = neighbour(parent, of: all[node.id])?["shared"]
            let above = neighbour(node.id, of: all[parent])?["shared"]
            let isEqual =
                here?["count"]?.integer == above?["count"]?.integer
                && here?["fingerprint"]?.string == above?["fingerprint"]?.string && here != nil
            return isEqual ? nil : "\(node.id)–\(parent)"
        }
    }

    // MARK: Examining

    private func examine() throws {
        say("核对 Examining")
        let all = try statuses()
        let different = disagreements(all)
        report.check(
            "每条线路两端一致", "both ends of every line hold the same", different.isEmpty,
            different.isEmpty ? "\(bank.lines.count) 条 lines, fingerprints equal" : different.joined(separator: ", "))
        try examineBalance()
        try examineConflicts()
        try examineBodies()
        try examineStores()
    }

    /// Nothing acknowledged was lost, and the counts balance from tier to tier.
    private func examineBalance() throws {
        var held: [NodeID: Set<String>] = [:]
        for node in bank.topology.nodes {
            held[node.id] = Set(try DemoClient(bank.url(node.id)).tickets().map(\.number))
        }
        var missing = 0
        for (node, numbers) in acknowledged {
            for holder in [node] + bank.topology.ancestors(of: node) {
                missing += numbers.subtracting(held[holder] ?? []).count
            }
        }
        let total = acknowledged.values.reduce(0) { $0 + $1.count }
        report.check(
            "已确认的无一丢失", "nothing acknowledged was lost", missing == 0,
            "\(total) 件 acknowledged, missing at a tier that must hold it: \(missing)")
        let head = held[bank.topology.headOffice] ?? []
        var unequal: [String] = []
        for node in bank.topology.nodes where node.tier == .province {
            var below: Set<String> = acknowledged[node.id] ?? []
            for branch in bank.topology.children(of: node.id) { below.formUnion(held[branch] ?? []) }
            let here = held[node.id] ?? []
            if !below.isSubset(of: here) || !here.isSubset(of: head) { unequal.append(node.id.text) }
        }
        let union = acknowledged.values.reduce(into: Set<String>()) { $0.formUnion($1) }
        report.check(
            "各级数量相符", "counts balance between the tiers", unequal.isEmpty && head == union,
            "head office \(head.count) = sum of what was recorded \(union.count)\(unequal.isEmpty ? "" : "; differs: " + unequal.joined(separator: ", "))"
        )
        report.check(
            "总行持有每一件的核心记录", "head office holds the core of every ticket", union.isSubset(of: head),
            "\(head.count) 件 tickets")
    }

    private func examineConflicts() throws {
        var found: Set<String> = []
        for node in bank.topology.nodes where node.tier == .province {
            var cursor: String?
            repeat {
                let path = "/api/v1/conflicts?limit=100" + (cursor.map { "&cursor=\(PercentText.encode($0))" } ?? "")
                let page = try DemoClient(bank.url(node.id)).get(path)
                for row in page["tickets"]?.array ?? [] {
                    guard let number = row["number"]?.string ?? row["ticket_no"]?.string else { continue }
                    found.insert(number)
                    report.conflicts.append("\(number)  \(node.id)")
                }
                cursor = page["next"]?.string
            } while cursor != nil
        }
        report.check(
            "冲突全部发现并列出", "every conflict was found and listed", found == amendedApart,
            "\(found.count) listed, \(amendedApart.count) made")
    }

    /// Head office holds not one body of a local ticket: searched in its file, and in what its lines carried. The same
    /// search in a province's file must find them, or the search proves nothing.
    private func examineBodies() throws {
        let markers = work.shares.values.flatMap(\.markers)
        let search = MarkerSearch(markers)
        let head = bank.topology.headOffice
        let atHead = found(
            search, in: ["tickets.sqlite", "tickets.sqlite-wal", "search.sqlite", "search.sqlite-wal"], of: head)
        var atProvinces: Set<[UInt8]> = []
        for node in bank.topology.nodes where node.tier == .province {
            atProvinces.formUnion(found(search, in: ["tickets.sqlite", "tickets.sqlite-wal"], of: node.id))
        }
        report.check(
            "总行库中没有本地工单正文", "head office's file holds not one body of a local ticket",
            atHead.isEmpty && !atProvinces.isEmpty,
            "\(search.count) 条原话 known strings: found \(atHead.count) at head office, \(atProvinces.count) at the provinces (control)"
        )
        let codec = WireCodec.production()
        var onHeadLines = (found: 0, frames: 0)
        var onBranchLines = 0
        for node in bank.topology.nodes where node.parent != nil {
            guard let capture = WholeFile.read(bank.capturePath(node.id)) else { continue }
            let (plain, frames) = CapturedFrames.payloads(in: capture, codec)
            let found = search.occurrences(in: plain)
            if node.tier == .province {
                onHeadLines.found += found
                onHeadLines.frames += frames
            } else {
                onBranchLines += found
            }
        }
        report.check(
            "通往总行的线路上没有正文", "no such body crossed a line to head office", onHeadLines.found == 0 && onBranchLines > 0,
            "\(onHeadLines.frames) frames unpacked: found \(onHeadLines.found); on the branches' lines \(onBranchLines) (control)"
        )
    }

    private func found(_ search: MarkerSearch, in files: [String], of node: NodeID) -> Set<[UInt8]> {
        files.reduce(into: []) { all, file in
            if let bytes = WholeFile.read("\(bank.folder)/\(node)/\(file)") { all.formUnion(search.found(in: bytes)) }
        }
    }

    private func examineStores() throws {
        var unsound: [String] = []
        for node in bank.topology.nodes {
            let report = try DemoClient(bank.url(node.id)).send(
                .post, "/control/verify", post: "admin", role: "sysadmin"
            ) { $0.object { _ in } }
            if report.json["is_sound"]?.bool != true { unsound.append(node.id.text) }
        }
        report.check(
            "每个节点的库核验无误", "every store verifies (hashes, chains, folds, logs)", unsound.isEmpty,
            unsound.isEmpty ? "\(bank.topology.nodes.count) nodes" : unsound.joined(separator: ", "))
        let bytes = bank.lines.values.reduce(Int64(0)) { $0 + $1.traffic.up + $1.traffic.down }
        report.figures.append(("bytes_on_all_lines", Int(bytes)))
    }
}

/// Ctrl-C.
struct DemoInterrupted: ExplainedError {
    var code: String { "demo.interrupted" }
    var sentence: String { "The demonstration was interrupted; its nodes have been ended." }
    var hint: String { "Start it again; it begins anew." }
}

struct DemoNodeFailed: ExplainedError {
    let node: NodeID
    let log: String

    var code: String { "demo.node-failed" }
    var sentence: String { "Node \(node) did not start." }
    var hint: String { "Look at \(log)." }
}

struct DemoStuck: ExplainedError {
    let what: String

    var code: String { "demo.stuck" }
    var sentence: String { "The nodes did not agree in time: \(what)." }
    var hint: String { "Look at the logs in the demonstration's folder, and at `syncnode status`." }
}
