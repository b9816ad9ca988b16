import SyncProtocol

/// Values and history lines in words, the same on screens, in the command line and on forms.
extension FieldDefinition {
    /// A value as people read it: labels for codes, China's time for instants, yuan for amounts. A code that this
    /// version does not know is shown as itself.
    public func display(_ value: Value, _ language: Language) -> String {
        switch value {
        case .empty: language == .chinese ? "(空)" : "(empty)"
        case .integer(let number): display(number, language)
        case .text(let text): display(text, language)
        }
    }

    private func display(_ number: Int64, _ language: Language) -> String {
        switch type {
        case .instant: CivilTime.chinaText(at: number)
        case .money: Money.words(fen: number).text(language)
        case .flag: number == 0 ? (language == .chinese ? "否" : "no") : (language == .chinese ? "是" : "yes")
        default: String(number)
        }
    }

    private func display(_ text: String, _ language: Language) -> String {
        switch type {
        case .code(let list): list.label(of: text).text(language)
        case .codeSet(let list): join(CodeSet.members(text).map { list.label(of: $0).text(language) }, language)
        case .fieldNames:
            join(CodeSet.members(text).map { FieldTable.definition(named: $0)?.label.text(language) ?? $0 }, language)
        case .timedCode(let list):
            TimedCode(text, of: list).map {
                "\(list.label(of: $0.code).text(language)) \(CivilTime.chinaText(at: $0.at))"
            } ?? text
        case .entry(let shape): Entry(text, of: shape)?.display(language) ?? text
        case .link(let list):
            TicketLink(text, of: list).map { "\(list.label(of: $0.kind).text(language)) \($0.document)" } ?? text
        case .clock: Clock(text)?.summary.text(language) ?? text
        default: text
        }
    }

    private func join(_ words: [String], _ language: Language) -> String {
        words.joined(separator: language == .chinese ? "、" : ", ")
    }
}

/// One operation of an action as a line of the ticket's history.
public enum HistoryText {
    /// What an act is called: 「派单」, "dispatched". Acts of newer versions are shown by number.
    public static func act(_ kind: UInt16, _ language: Language) -> String {
        TicketAct(rawValue: kind).label.text(language)
    }

    /// What one operation did, for example 「状态 → 处理中」; nil for operations that say nothing to people.
    public static func operation(_ operation: Operation, _ language: Language) -> String? {
        let isChinese = language == .chinese
        switch operation {
        case .create(let home): return isChinese ? "建立于 \(home)" : "created at \(home)"
        case .involve(let node): return isChinese ? "加入 \(node)" : "\(node) joins"
        case .widen(let level): return (isChinese ? "总行可见范围:" : "head office may see: ") + label(level).text(language)
        case .publish: return isChinese ? "全行共享" : "shared with every node"
        case .assign(let field, let value), .write(let field, let value): return line(field, " → ", value, language)
        case .add(TicketField.handovers, .text(let text)): return handover(text, language)
        case .add(let field, let value): return line(field, " + ", value, language)
        case .offer(_, let node): return isChinese ? "交接给 \(node),待接收" : "offered to \(node)"
        case .accept: return isChinese ? "已接收办理权" : "custody taken"
        case .recall(_, _, let immediate):
            if immediate { return isChinese ? "已收回交接" : "offer recalled" }
            return isChinese ? "请求收回交接" : "asked for the offer back"
        case .decline: return isChinese ? "拒绝接收" : "offer declined"
        case .seize(_, let approver): return isChinese ? "上级收回办理权(\(approver))" : "custody seized (\(approver))"
        case .rule: return isChinese ? "裁定争议" : "dispute ruled"
        case .void(_, let rule): return isChinese ? "作废(\(rule))" : "voided (\(rule))"
        case .birth, .mark, .lost, .suspend, .adopt, .withheld, .settle, .correctClock, .unknown: return nil
        }
    }

    private static func line(_ field: FieldID, _ sign: String, _ value: Value, _ language: Language) -> String {
        guard let definition = FieldTable.definition(field) else {
            return (language == .chinese ? "字段 " : "field ") + "\(field.rawValue)"
        }
        return definition.label.text(language) + sign + definition.display(value, language)
    }

    /// How long it was on the line, which is nobody's time, and how long it lay in the unit's queue (model §2.5).
    private static func handover(_ text: String, _ language: Language) -> String? {
        guard let handover = Entry(text, of: EntryShapes.handover).flatMap(Handover.init) else { return nil }
        let (transit, queue) = (span(handover.arrived - handover.offered), span(handover.taken - handover.arrived))
        return Bilingual(
            "交接 \(handover.from) → \(handover.to):途中\(transit.chinese)(不计入任何单位),待接\(queue.chinese)",
            "from \(handover.from) to \(handover.to): on the way \(transit.english), booked to nobody; in the queue "
                + queue.english
        ).text(language)
    }

    private static func span(_ milliseconds: Int64) -> Bilingual {
        let minutes = milliseconds / 60_000
        return minutes == 0 ? Bilingual("0分钟", "0 min") : ClockLimit.elapsed(minutes: minutes).label
    }

    private static func label(_ level: Disclosure) -> Bilingual {
        switch level {
        case .nothing: Bilingual("无", "nothing")
        case .core: Bilingual("核心记录", "the core record")
        case .casework: Bilingual("案件内容", "the casework")
        case .full: Bilingual("全部", "everything")
        }
    }
}
