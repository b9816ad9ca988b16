import SyncProtocol
import TicketModel
import TicketStore

/// A notice as it leaves: a CloudEvents 1.0 event in structured JSON mode. `source` and `id` together name it for ever,
/// so that a receiver that keeps ids shows it once however often it arrives.
struct NoticeEvent: Sendable {
    static let mediaType = "application/cloudevents+json; charset=utf-8"

    let id: String
    let bytes: [UInt8]
    /// A code of `Enumeration.noticeChannel`.
    static let channel = "sms"

    /// - Parameters:
    ///   - phone: the customer's verified number; nil for a notice to staff.
    ///   - people: the register, by which the posts that the ticket is about are left out of its roles.
    ///   - node: who sends.
    init(
        _ notice: Notice, _ ticket: TicketView, phone: String?, people: People = .unknown, node: NodeID, bank: Bilingual
    ) {
        id = notice.id
        let words = NoticeText.words(notice.kind, ticket, bank: bank, isLate: notice.isLate)
        var writer = JSONWriter()
        writer.object { writer in
            writer.member("specversion", "1.0")
            writer.member("id", notice.id)
            writer.member("source", "/syncnode/\(node)")
            writer.member(
                "type", "syncnode.notice.\(notice.kind.isForCustomer ? "customer" : "staff").\(notice.kind.rawValue)")
            writer.member("time", LogLine.time(notice.at))
            writer.member("subject", ticket.text(TicketField.ticketNo) ?? notice.document.description)
            writer.member("datacontenttype", "application/json")
            writer.member("channel", NoticeEvent.channel)
            writer.named("data") { writer in
                writer.object { writer in
                    writer.named("to") { NoticeEvent.write(notice, ticket, phone, people, &$0) }
                    writer.member("kind", notice.kind.rawValue)
                    writer.member("late", notice.isLate)
                    writer.member("ticket", orNull: ticket.text(TicketField.ticketNo))
                    writer.member("text", Wording(words.chinese, words.english))
                }
            }
        }
        bytes = writer.bytes
    }

    private static func write(
        _ notice: Notice, _ ticket: TicketView, _ phone: String?, _ people: People, _ writer: inout JSONWriter
    ) {
        writer.object { writer in
            if let phone { return writer.member("phone", phone) }
            // EX-03: the unit that took the complaint in, wherever the ticket is by now.
            let unit = notice.kind == .extensionCause ? ticket.home : ticket.custodian
            writer.member("unit", orNull: unit?.text)
            writer.member("department", orNull: ticket.text(TicketField.leadDepartment))
            writer.member("handler", orNull: ticket.text(TicketField.handler))
            writer.member("roles", texts: notice.recipients)
            // The gateway resolves roles; the person complained about is none of those who are told.
            writer.member("except_posts", texts: unit.map { ticket.keptFrom(people, at: $0) } ?? [])
        }
    }
}
