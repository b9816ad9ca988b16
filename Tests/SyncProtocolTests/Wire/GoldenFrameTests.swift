import SyncProtocol
import Testing

/// `SNAP_UPDATE=1` writes the blocks anew: only for a new version of the format, and before the first release.
@Suite("The examples in PROTOCOL.md are what is sent") struct GoldenFrameTests {
    @Test func `every example has the bytes that are written down`() throws {
        var document = try #require(ProtocolDocument(), "PROTOCOL.md is missing")
        if environment("SNAP_UPDATE") == "1" {
            for block in Golden.blocks { document.replace(block.name, with: block.bytes) }
            try #require(writeText(document.text, to: ProtocolDocument.path))
        }
        for block in Golden.blocks {
            #expect(document.bytes(of: block.name) == block.bytes, "\(block.name); SNAP_UPDATE=1 writes it anew")
        }
        #expect(document.names == Golden.blocks.map(\.name), "examples and blocks, in one order")
    }

    @Test func `every example in the document is read back as its message`() throws {
        let document = try #require(ProtocolDocument())
        for (name, message) in Golden.messages {
            let bytes = try #require(document.bytes(of: name))
            #expect(try Frame.decode(bytes, .plain) == message, "\(name)")
            #expect(try Frame.decode(bytes, .tests()) == message, "\(name)")
        }
    }

    @Test func `nothing to say costs less than two hundred bytes`() throws {
        let poll = try #require(Golden.messages.first { $0.name == "poll" })
        #expect(Frame.encode(poll.message, .tests()).count < 200)
    }
}
