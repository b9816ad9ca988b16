import Testing

@testable import TicketModel

/// Telephone numbers: as people write them, and not what only looks like one.
@Suite struct PhoneTests {
    private let phone = FieldTable.known(TicketField.complainantPhone)

    @Test(arguments: [
        "13800000000", "199-0000-0001", "+86 138 0000 0000", "(020) 8888-6666", "020-88886666转801",
        "0755-88886666 ext. 12",
        "95588", "138****5678", "１３８００００００００", "4008-888-888#3", "020-88886666 分机:8012",
    ])
    func `a number as people write it is taken as it stands`(text: String) throws {
        #expect(try phone.value(from: text) == .text(text))
    }

    @Test(arguments: [
        "张三", "1234", "无", "a@x.cn", "6222 0000 0000 0000 000 00", "13800000000、13900000000", "转801", "138-0000-0000转",
        "1380000000x0000000000", "--------",
    ])
    func `what is no number is refused with what would be right`(text: String) throws {
        do {
            _ = try phone.value(from: text)
            Issue.record("\(text) was taken")
        } catch {
            #expect(error.rule == .notAPhone)
            #expect(error.hint.english.contains("5 to 20 digits"))
            #expect(!error.sentence.english.contains(text))
        }
    }
}
