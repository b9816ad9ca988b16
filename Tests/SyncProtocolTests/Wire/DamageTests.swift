import Glibc
import Platform
import SyncProtocol
import Testing

@Suite("Damaged and hostile bytes are refused with a reason") struct DamageTests {
    private let frames = Golden.messages.map { Frame.encode($0.message, .plain) }

    private func refuses(_ bytes: [UInt8]) -> Bool {
        do {
            _ = try Frame.decode(bytes, .plain)
            return false
        } catch { return !error.code.isEmpty }
    }

    @Test func `every frame cut at every byte is refused`() {
        for frame in frames { for count in frame.indices { #expect(refuses(Array(frame.prefix(count)))) } }
    }

    @Test func `every frame with any one bit flipped is refused`() {
        for frame in frames {
            for bit in 0..<frame.count * 8 {
                var damaged = frame
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(refuses(damaged), "bit \(bit)")
            }
        }
    }

    @Test func `every payload cut at every byte is refused by the decoder itself`() {
        for (_, message) in Golden.messages {
            let bytes = payload(of: message)
            for count in bytes.indices {
                if case .success = decode(payload: Array(bytes.prefix(count))) {
                    Issue.record("\(count) bytes accepted")
                }
            }
            #expect(decode(payload: bytes + [0]) == .failure(.trailingBytes))
        }
    }

    /// What the decoder accepts is a message in its one form, so that nobody can send two frames that say the same.
    private func expectRefusedOrCanonical(_ bytes: [UInt8], _ comment: @autoclosure () -> Comment) {
        guard case .success(let message) = decode(payload: bytes) else { return }
        let again = payload(of: message)
        #expect(again == bytes, comment())
        for batch in [message.batch, message.surplus].compactMap({ $0 }) { fold(batch) }
    }

    /// What was accepted must do no harm further in.
    private func fold(_ batch: Batch) {
        var lineage = Lineage(History.bank)
        var documents: [DocumentID: [HeldAction]] = [:]
        for case .action(let sealed, let bodies) in batch.items {
            for case .birth(let birth) in sealed.record.operations {
                lineage.insert(sealed.record.dot.incarnation, birth)
            }
            var action = HeldAction(record: sealed.record)
            for body in bodies {
                do {
                    action.personal = try BodyEnvelope(decoding: body.envelope[...]).operations()
                } catch { #expect(!error.code.isEmpty) }
            }
            documents[sealed.record.document, default: []].append(action)
        }
        for actions in documents.values { _ = DocumentState(folding: actions, lineage).encodedCore() }
    }

    @Test func `every payload with any one bit flipped is refused or says something else`() {
        for (name, message) in Golden.messages {
            let bytes = payload(of: message)
            for bit in 0..<bytes.count * 8 {
                var damaged = bytes
                damaged[bit / 8] ^= 1 << UInt8(bit % 8)
                expectRefusedOrCanonical(damaged, "\(name), bit \(bit)")
            }
        }
    }

    @Test func `a batch with any one bit flipped is not what its author wrote`() {
        let message = Golden.messages.first { $0.name == "created-ticket" }?.message ?? Message(session: 0)
        let bytes = payload(of: message)
        // Session and part bits are the sender's own business; all behind them is proved by hashes.
        for bit in 11 * 8..<bytes.count * 8 {
            var damaged = bytes
            damaged[bit / 8] ^= 1 << UInt8(bit % 8)
            if case .success(let read) = decode(payload: damaged) { #expect(read.batch?.items != message.batch?.items) }
        }
    }

    @Test func `generated messages with bytes changed, moved and doubled`() {
        for seed in lawCases(1_500) {
            var generator = MessageGenerator(seed: seed / 8)
            var bytes = payload(of: generator.message())
            var dice = Dice(seed: seed)
            for _ in 0...dice.below(3) {
                let place = dice.below(bytes.count)
                switch dice.below(5) {
                case 0: bytes[place] = dice.pick([0, 1, 0x7f, 0x80, 0xff])
                case 1: bytes[place] ^= 1 << UInt8(dice.below(8))
                case 2: bytes.insert(dice.pick([0, 1, 0x80, 0xff]), at: place)
                case 3: if bytes.count > 1 { bytes.remove(at: place) }
                default: bytes.replaceSubrange(place..<place, with: bytes[place..<min(bytes.count, place + 9)])
                }
            }
            expectRefusedOrCanonical(bytes, "seed \(seed)")
        }
    }

    @Test func `a hundred thousand payloads of garbage`() {
        var dice = Dice(seed: 42)
        for round in 0..<100_000 {
            var bytes = (0..<dice.below(60)).map { _ in dice.hits(60) ? UInt8(dice.below(4)) : UInt8(dice.below(256)) }
            // Half of them claim one known part, so that its decoder is reached.
            if bytes.count > 10, round % 2 == 0 {
                bytes[8] = 1 << UInt8(dice.below(7))
            }
            expectRefusedOrCanonical(bytes, "round \(round)")
        }
    }

    @Test func `garbage in the store's own forms`() {
        var dice = Dice(seed: 43)
        let samples = [Golden.creation.bytes, Golden.body.envelope, state()]
        for round in 0..<30_000 {
            var bytes = samples[round % 3]
            for _ in 0...dice.below(2) { bytes[dice.below(bytes.count)] = dice.pick([0, 1, 2, 0x7f, 0x80, 0xff]) }
            do {
                switch round % 3 {
                case 0: #expect(try CoreRecord(decoding: bytes).encoded() == bytes)
                case 1:
                    let envelope = try BodyEnvelope(decoding: bytes[...])
                    #expect(envelope.encoded() == bytes)
                    let operations = try envelope.operations()
                    #expect(BodyEnvelope(operations: operations, salt: envelope.salt).content == envelope.content)
                default: #expect(try DocumentState(core: bytes, casework: nil, personal: nil).encodedCore() == bytes)
                }
            } catch { #expect(!error.code.isEmpty) }
        }
    }

    private func state() -> [UInt8] {
        let history = HistoryGenerator.history(seed: 4)
        return DocumentState(folding: history.actions, history.lineage).encodedCore()
    }

    @Test func `a length of 4 GiB anywhere allocates nothing`() {
        let before = peakKilobytes()
        let huge: [UInt8] = [0x80, 0x80, 0x80, 0x80, 0x10]
        for (name, message) in Golden.messages {
            let bytes = payload(of: message)
            for place in bytes.indices {
                var claims = bytes
                claims.replaceSubrange(place...place, with: huge)
                expectRefusedOrCanonical(claims, "\(name) at \(place)")
            }
        }
        for sample in [Golden.creation.bytes, state()] {
            for place in sample.indices {
                var claims = sample
                claims.replaceSubrange(place...place, with: huge)
                do { _ = try CoreRecord(decoding: claims) } catch { #expect(!error.code.isEmpty) }
                do {
                    _ = try DocumentState(core: claims, casework: claims, personal: nil)
                } catch { #expect(!error.code.isEmpty) }
            }
        }
        // Other suites run beside this one; a length that was believed would need gigabytes.
        #expect(peakKilobytes() - before < 512 * 1024)
    }

    private func peakKilobytes() -> Int {
        var usage = rusage()
        return getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage) == 0 ? usage.ru_maxrss : 0
    }

    @Test func `frames of other kinds and sizes are named for what they are`() {
        let good = frame(around: payload(of: Message(session: 1)))
        func error(_ bytes: [UInt8], _ codec: WireCodec = .plain) -> WireError? {
            do {
                _ = try Frame.decode(bytes, codec)
                return nil
            } catch { return error }
        }
        var other = good
        other[2] = Frame.version + 1
        #expect(error(good) == nil)
        #expect(error(other) == .unsupported)
        #expect(error([]) == .truncated)
        #expect(error(Array("GET / HTTP/1.1".utf8)) == .unsupported)
        #expect(error([UInt8](repeating: 0, count: Limits.frameBytesMax + 1)) == .tooLarge)
        var packed: [UInt8] = [0x53, 0x4e, Frame.version, 1] + [UInt8](repeating: 7, count: 8) + [3, 1, 2, 3]
        packed += SHA256.digest(packed).bytes.prefix(4)
        #expect(error(packed, .tests()) == .compression)
        let codes: [WireError] = [
            .truncated, .trailingBytes, .unsupported, .tooLarge, .malformed, .hashMismatch, .compression,
        ]
        #expect(Set(codes.map(\.code)).count == codes.count)
    }
}
