import Platform
import SyncProtocol

// What the demonstration proves in the end.
extension DemoScript {
    func examine() throws {
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
            held[node.id] = Set(try bank.reader(at: node).tickets().map(\.number))
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
                let page = try bank.reader(at: node).get(path)
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
            let report = try bank.client(of: node.id).send(
                .post, "/control/verify", post: bank.topology.usualOperator(of: node), role: "sysadmin"
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
