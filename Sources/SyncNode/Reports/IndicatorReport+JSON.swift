import TicketModel

extension IndicatorReport {
    func write(to writer: inout JSONWriter, _ runtime: NodeRuntime) {
        writer.object { writer in
            writer.reportHead(.indicators, runtime, at: at)
            writer.member("is_exact", isExact)
            writer.named("period") { write(period, to: &$0) }
            writer.named("previous") { write(period.previous, to: &$0) }
            writer.member("received", now.received)
            writer.member("closed", now.closed)
            writer.member("open_overdue", openOverdue)
            writer.named("indicators") { writer in
                writer.array { writer in
                    for indicator in Indicator.all { write(indicator, to: &writer) }
                    writeHotline(to: &writer)
                }
            }
            writer.named("distributions") { writeDistributions(to: &$0) }
            writer.named("analysis") { writeAnalysis(to: &$0) }
            writer.named("rows") { writeRows(to: &$0) }
        }
    }

    private func write(_ period: ReportPeriod, to writer: inout JSONWriter) {
        writer.object { writer in
            writer.member("kind", period.kind.rawValue)
            writer.member("name", period.name)
            writer.member("first", period.first.text)
            writer.member("end", period.end.text)
            writer.member("from", period.from)
            writer.member("before", period.before)
            writer.member("zone", period.zone.text)
        }
    }

    private func write(_ indicator: Indicator, to writer: inout JSONWriter) {
        let cell = now.total(indicator)
        let value = indicator.value(of: cell, outside: outside)
        writer.object { writer in
            writer.member("id", indicator.id)
            writer.member("name", Wording(indicator.name))
            writer.member("formula", Wording(indicator.formula))
            writer.member("cohort", indicator.cohort.rawValue)
            writer.member("unit", indicator.unit)
            writer.member("value", numberOrNull: value)
            writer.member(
                "previous", numberOrNull: indicator.value(of: before.total(indicator), outside: outside))
            writer.named("target") { indicator.target(in: period.kind).write(to: &$0) }
            writer.name("meets")
            if let meets = indicator.meets(value, in: period.kind) { writer.value(meets) } else { writer.null() }
            writer.member("numerator", cell.numerator)
            writer.member("denominator", denominator(indicator, cell))
            writer.member("needs", orNull: value == nil ? indicator.outsideNumber?.rawValue : nil)
            writer.named("excluded") { writer in
                writer.array { writer in
                    for reason in Exclusion.allCases {
                        guard let count = now.excluded[indicator.id]?[reason] else { continue }
                        writer.object { writer in
                            writer.member("reason", reason.rawValue)
                            writer.member("label", Wording(reason.label))
                            writer.member("count", count)
                        }
                    }
                }
            }
            writer.named("cells") { writeCells(indicator, to: &$0) }
        }
    }

    private func denominator(_ indicator: Indicator, _ cell: IndicatorTally.Cell) -> Int64 {
        indicator.outsideNumber.map { outside[$0] ?? 0 } ?? cell.denominator
    }

    private func writeCells(_ indicator: Indicator, to writer: inout JSONWriter) {
        writer.array { writer in
            for (key, cell) in (now.cells[indicator.id] ?? [:]).sorted(by: { $0.key < $1.key }) {
                writer.object { writer in
                    if let stage = key.stage {
                        writer.member("stage", stage)
                        writer.member("stage_label", Wording(Enumeration.stage.label(of: stage)))
                    }
                    if let code = key.code, let dimension = parameters.by {
                        writer.member("code", code)
                        writer.member("code_label", Wording(dimension.label(of: code)))
                    }
                    writer.member("numerator", cell.numerator)
                    writer.member("denominator", cell.denominator)
                    // A number from outside is about everything, not about one cell.
                    let value = indicator.outsideNumber == nil ? indicator.value(of: cell) : nil
                    writer.member("value", numberOrNull: value)
                }
            }
        }
    }

    /// KP-15: calls are the telephone system's; its two numbers make the figure.
    private func writeHotline(to writer: inout JSONWriter) {
        let value = parameters.calls.flatMap { calls in parameters.callsAnswered.map { $0 * 1000 / calls } }
        writer.object { writer in
            writer.member("id", "KP-15")
            writer.member("name", Wording("热线服务水平", "hotline service level"))
            writer.member(
                "formula",
                Wording(
                    "15 秒内人工应答 ÷ 人工请求呼叫(均由外部提供)",
                    "answered by a person within 15 s ÷ calls asking for one (both from outside)"))
            writer.member("cohort", "outside")
            writer.member("unit", "permille")
            writer.member("value", numberOrNull: value)
            writer.member("previous", numberOrNull: nil as Int64?)
            writer.named("target") { Indicator.Target.atLeastPermille(800).write(to: &$0) }
            writer.name("meets")
            if let value { writer.value(value >= 800) } else { writer.null() }
            writer.member("numerator", parameters.callsAnswered ?? 0)
            writer.member("denominator", parameters.calls ?? 0)
            writer.member("needs", orNull: value == nil ? Indicator.OutsideNumber.calls.rawValue : nil)
            writer.member("excluded", texts: [String]())
            writer.member("cells", texts: [String]())
        }
    }

    private func writeDistributions(to writer: inout JSONWriter) {
        writer.array { writer in
            for dimensions in Dimension.distributions {
                let cells = now.distributions[dimensions] ?? [:]
                let earlier = before.distributions[dimensions] ?? [:]
                writer.object { writer in
                    writer.member("by", texts: dimensions.map(\.rawValue))
                    writer.named("cells") { writer in
                        writer.array { writer in
                            for (codes, count) in cells.sorted(by: {
                                ($1.value, $0.key.joined()) < ($0.value, $1.key.joined())
                            }) {
                                writer.object { writer in
                                    writer.member("codes", texts: codes)
                                    writer.member(
                                        "label",
                                        Wording(
                                            zip(dimensions, codes).map { $0.label(of: $1).chinese }.joined(
                                                separator: " × "),
                                            zip(dimensions, codes).map { $0.label(of: $1).english }.joined(
                                                separator: " × ")))
                                    writer.member("count", count)
                                    writer.member("previous", earlier[codes] ?? 0)
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Month and longer: what is frequent, what rises, where it is late (SA-02, SA-12).
    private func writeAnalysis(to writer: inout JSONWriter) {
        guard period.kind.isAnalysed else { return writer.null() }
        let cells = now.distributions[[.symptom]] ?? [:]
        let earlier = before.distributions[[.symptom]] ?? [:]
        let rising = cells.map { ($0.key, $0.value - (earlier[$0.key] ?? 0)) }.filter { $0.1 > 0 }
        let late = (now.cells["KP-05"] ?? [:]).compactMap { key, cell in
            key.stage.map { ($0, cell.denominator - cell.numerator) }
        }
        let stages = Dictionary(late, uniquingKeysWith: +).filter { $0.value > 0 }
        writer.object { writer in
            writer.named("frequent") { writeTop(cells.map { ($0.key[0], $0.value) }, .symptom, to: &$0) }
            writer.named("rising") { writeTop(rising.map { ($0.0[0], $0.1) }, .symptom, to: &$0) }
            writer.named("late_stages") { writeTop(stages.map { ($0.key, $0.value) }, .stage, to: &$0) }
        }
    }

    /// The five that are most.
    private func writeTop(_ counts: [(String, Int64)], _ list: Enumeration, to writer: inout JSONWriter) {
        writer.array { writer in
            for (code, count) in counts.sorted(by: { ($1.1, $0.0) < ($0.1, $1.0) }).prefix(5) {
                writer.object { writer in
                    writer.member("code", code)
                    writer.member("label", Wording(list.label(of: code)))
                    writer.member("count", count)
                }
            }
        }
    }

    private func writeRows(to writer: inout JSONWriter) {
        guard let rows else { return writer.null() }
        writer.object { writer in
            writer.member("id", rows.indicator.id)
            writer.member("omitted", rows.omitted)
            writer.named("tickets") { writer in
                writer.array { writer in
                    for row in rows.rows {
                        writer.object { writer in
                            writer.member("number", row.number)
                            writer.member("stage", orNull: row.stage)
                            switch row.verdict {
                            case .counted(let value):
                                writer.member("value", value)
                                writer.member("excluded", orNull: nil)
                            case .excluded(let reason):
                                writer.member("value", numberOrNull: nil as Int64?)
                                writer.member("excluded", reason.rawValue)
                            }
                        }
                    }
                }
            }
        }
    }
}

extension Indicator {
    /// The number from outside that the figure is divided by; nil where it needs none.
    var outsideNumber: OutsideNumber? {
        if case .perOutside(let number) = measure { number } else { nil }
    }
}

extension Indicator.Target? {
    func write(to writer: inout JSONWriter) {
        guard let target = self else { return writer.null() }
        writer.object { writer in
            switch target {
            case .atLeastPermille(let least): writer.member("at_least", least)
            case .atMost(let most): writer.member("at_most", most)
            }
        }
    }
}

extension Indicator.Target {
    fileprivate func write(to writer: inout JSONWriter) { Optional(self).write(to: &writer) }
}
