/// How customers may complain at a unit, as it must be on show there (IN-16): the book, the box, the telephone.
public struct PublishedChannels: Hashable, Sendable {
    public let book: Bilingual
    public let box: Bilingual
    /// Printed as it is: `0571-8000-0101`.
    public let phone: String

    public init(book: Bilingual, box: Bilingual, phone: String) {
        self.book = book
        self.box = box
        self.phone = phone
    }
}
