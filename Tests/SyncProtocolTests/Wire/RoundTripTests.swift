import Platform
import SyncProtocol
import Testing

@Suite("What is written is read back, and has one form") struct RoundTripTests {
    @Test func `messages of every kind`() throws {
        for seed in lawCases(500) {
            var generator = MessageGenerator(seed: seed)
            let message = generator.message()
            let bytes = payload(of: message)
            let read = try decode(payload: bytes).get()
            #expect(read == message, "seed \(seed)")
            #expect(payload(of: read) == bytes, "seed \(seed)")
        }
    }

    @Test func `messages under compression`() throws {
        let codec = WireCodec.tests()
        for seed in lawCases(100) {
            var generator = MessageGenerator(seed: seed)
            let message = generator.message()
            #expect(try Frame.decode(Frame.encode(message, codec), codec) == message, "seed \(seed)")
        }
    }

    @Test func `core records`() throws {
        for seed in lawCases(500) {
            var generator = MessageGenerator(seed: seed)
            for _ in 0..<3 {
                let record = generator.record(generator.bodies())
                let bytes = record.encoded()
                #expect(try CoreRecord(decoding: bytes) == record, "seed \(seed)")
                #expect(try CoreRecord(decoding: bytes).encoded() == bytes, "seed \(seed)")
                let sealed = SealedRecord(record, SHA256.function)
                #expect(try SealedRecord(stored: bytes, hash: sealed.hash) == sealed)
                #expect(sealed.hash == record.hash(SHA256.function))
            }
        }
    }

    @Test func `bodies in their envelopes`() throws {
        for seed in lawCases(500) {
            var generator = MessageGenerator(seed: seed)
            let envelope = generator.envelope()
            let read = try BodyEnvelope(decoding: envelope.encoded()[...])
            #expect(read == envelope && read.encoded() == envelope.encoded(), "seed \(seed)")
            #expect(try BodyEnvelope(operations: read.operations(), salt: read.salt).content == envelope.content)
        }
    }

    @Test func `stored states`() throws {
        for seed in lawCases(100) {
            let history = HistoryGenerator.history(seed: seed)
            let state = DocumentState(folding: history.actions, history.lineage)
            let read = try DocumentState(
                core: state.encodedCore(), casework: state.encodedFields(of: .casework),
                personal: state.encodedFields(of: .personal))
            #expect(read == state, "seed \(seed)")
            #expect(read.encodedCore() == state.encodedCore(), "seed \(seed)")
            let bare = try DocumentState(core: state.encodedCore(), casework: nil, personal: nil)
            #expect(
                bare.core == state.core && bare.personal.isEmpty
                    && bare.encodedFields(of: .core) == state.encodedFields(of: .core))
        }
    }

    @Test func `posts that look alike stay apart`() throws {
        let life = Incarnation(rawValue: 1 << 40)
        var previous = Digest.zero
        let items = ["\u{e9}", "e\u{301}"].enumerated().map { index, post in
            let sealed = SealedRecord(
                CoreRecord(
                    dot: Dot(life, UInt64(index + 1)), document: DocumentID(recordOf: "b1"), dependencies: .empty,
                    stamp: HybridTime(milliseconds: 1), post: post, kind: 1, operations: [], previous: previous),
                SHA256.function)
            previous = sealed.hash
            return BatchItem.action(sealed, bodies: [])
        }
        var message = Message(session: 1)
        message.surplus = Batch(loose: items)
        #expect(try Frame.decode(Frame.encode(message, .plain), .plain) == message)
    }

    @Test func `numbers at the ends of their ranges`() throws {
        for value in [0, 1, 127, 128, 16_383, 16_384, UInt64(Int64.max), .max] {
            var writer = ByteWriter()
            writer.varint(value)
            writer.signed(Int64(bitPattern: value))
            writer.fixed64(value)
            var reader = ByteReader(writer.bytes)
            #expect(try reader.varint() == value)
            #expect(try reader.signed() == Int64(bitPattern: value))
            #expect(try reader.fixed64() == value)
            try reader.finish()
        }
    }

    @Test(
        arguments: [
            [0x80], [0x80, 0x00], [0xff, 0x80, 0x00],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x02],
            [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x81, 0x00],
        ] as [[UInt8]])
    func `a number in a longer form than needed is none`(bytes: [UInt8]) {
        var reader = ByteReader(bytes)
        #expect(throws: WireError.self) { try reader.varint() }
    }

    @Test func `digests, dots and documents have one text`() throws {
        let digest = SHA256.digest(Array("abc".utf8))
        #expect(digest.description == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
        #expect(Digest(digest.bytes) == digest)
        #expect(Hex.encode(digest.bytes) == digest.description)
        let document = DocumentID(space: .max, number: 1)
        #expect(DocumentID(document.description) == document)
        #expect(DocumentID("0") == nil && DocumentID(String(repeating: "G", count: 32)) == nil)
        #expect(Dot(Incarnation(rawValue: .max), 7).description == "ffffffffffffffff:7")
        for name in ["Branch", "-b", "", "支行", String(repeating: "b", count: 33)] { #expect(NodeID(name) == nil) }
        for name in ["b", "0101", "b-1", String(repeating: "b", count: 32)] { #expect(NodeID(name)?.text == name) }
    }
}
