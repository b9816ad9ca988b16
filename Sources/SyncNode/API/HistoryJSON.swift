import SyncProtocol
import TicketModel
import TicketStore

/// The acts of a ticket as JSON, oldest first.
enum HistoryJSON {
    static func write(
        _ entries: [HistoryEntry], _ reading: Disclosure, _ unnamed: UnnamedTickets, to writer: inout JSONWriter
    ) {
        writer.object { writer in
            writer.named("acts") { writer in
                writer.array { writer in
                    for entry in entries { write(entry, reading, unnamed, to: &writer) }
                }
            }
        }
    }

    private static func write(
        _ entry: HistoryEntry, _ reading: Disclosure, _ unnamed: UnnamedTickets, to writer: inout JSONWriter
    ) {
        let act = TicketAct(rawValue: entry.kind)
        writer.object { writer in
            writer.member("dot", entry.dot.description)
            writer.member("at", entry.at)
            writer.member("corrected_at", numberOrNull: entry.correctedAt)
            writer.member("time", CivilTime.chinaText(at: entry.correctedAt ?? entry.at))
            writer.member("node", orNull: entry.node?.text)
            writer.member("post", entry.post)
            writer.member("act", act.name)
            writer.member("label", Wording(act.label))
            writer.named("bodies") { writer in
                writer.object { writer in
                    for body in entry.bodies {
                        let isHidden = body.presence == .present && !reading.includes(body.part)
                        writer.member(body.part.code, isHidden ? TicketReading.withheld : body.presence.rawValue)
                    }
                }
            }
            writer.named("lines") { writer in
                writer.object { writer in
                    writer.member("zh", texts: lines(entry, reading, unnamed, .chinese))
                    writer.member("en", texts: lines(entry, reading, unnamed, .english))
                }
            }
            writer.member("is_overruled", entry.isOverruled)
            writer.member("is_disputed", entry.isDisputed)
            writer.member("is_voided", entry.isVoided)
            writer.member("hash", entry.hash.description)
        }
    }

    private static func lines(
        _ entry: HistoryEntry, _ reading: Disclosure, _ unnamed: UnnamedTickets, _ language: Language
    ) -> [String] {
        let bodies = [(Part.casework, entry.casework), (.personal, entry.personal)]
        return (entry.core + bodies.filter { reading.includes($0.0) }.flatMap { $0.1 ?? [] })
            .compactMap { unnamed.contains($0) ? nil : HistoryText.operation($0, language) }
    }
}
