import SyncProtocol
import Testing

@testable import TicketModel

/// Words for the person complained about, and the posts that they name.
@Suite struct NamedPostsTests {
    private static let people = People(seats: [
        People.Seat("0101.Teller-3", [.branchOfficer], at: "branch-0101"),
        People.Seat("0101.head", [.branchHead], at: "branch-0101", personToken: "00112233445566778899aabbccddeeff"),
    ])

    @Test(arguments: [
        ("0101.Teller-3", ["0101.Teller-3"]), ("0101.teller-3", ["0101.Teller-3"]),
        (" 柜员0101.teller-3号", ["0101.Teller-3"]),
        ("\u{FF10}\u{FF11}01.teller\u{FF0D}3", ["0101.Teller-3"]), ("it was 0101.head.", ["0101.head"]),
        ("0101.head,0101.TELLER-3", ["0101.Teller-3", "0101.head"]), ("0101.teller", []), ("x0101.head", []),
        ("王建国", []),
        ("", []),
    ])
    func `a code counts as a whole, in any letters`(_ words: String, _ posts: [String]) {
        #expect(Set(Self.people.posts(namedIn: words).map(\.post)) == Set(posts))
    }

    @Test func `a post's token needs no key, is well-formed, and differs from post to post`() {
        let codes = ["a", "b", String(repeating: "x", count: Limits.postBytesMax)]
        let tokens = codes.map { PersonTokens.none.target($0, People(seats: [.init($0, [.clerk], at: "b1")])) ?? "" }
        #expect(tokens.allSatisfy(Token.isWellFormed) && Set(tokens).count == codes.count)
        #expect(PersonTokens.none.target("王建国", Self.people) == nil)
        #expect(PersonTokens.none.target("0101.head", Self.people) == "00112233445566778899aabbccddeeff")
    }
}
