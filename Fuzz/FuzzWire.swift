import SyncProtocol
import TicketStore

/// What arrives between nodes.
enum FuzzWire {
    static let codec = WireCodec.production()

    /// The payload in a frame whose check bytes are right: a peer can always compute them.
    static func framed(_ payload: [UInt8]) -> [UInt8] {
        let bytes = [0x53, 0x4E, Frame.version, 0] + payload
        return bytes + Array(bytes.withUnsafeBytes { codec.hash($0) }.bytes.prefix(4))
    }

    /// What is accepted has one form only, and folds without harm in whatever order it came.
    static func frame(_ payload: [UInt8]) {
        do throws(WireError) {
            let message = try Frame.decode(framed(payload), codec)
            let again = try Frame.payload(Frame.encode(message, codec), codec)
            // The session is before the payload.
            precondition(again == Array(payload.dropFirst(8)), "two forms of one message")
            for batch in [message.batch, message.surplus].compactMap(\.self) { fold(batch) }
        } catch {
            precondition(!error.code.isEmpty)
        }
    }

    static func record(_ bytes: [UInt8]) {
        do throws(WireError) {
            let record = try CoreRecord(decoding: bytes)
            precondition(record.encoded() == bytes, "two forms of one record")
            let state = DocumentState(folding: [HeldAction(record: record)], Lineage())
            _ = state.encodedCore()
        } catch {
            precondition(!error.code.isEmpty)
        }
    }

    private static func fold(_ batch: Batch) {
        var histories: [DocumentID: [HeldAction]] = [:]
        var lineage = Lineage()
        for case .action(let sealed, _) in batch.items {
            for case .birth(let birth) in sealed.record.operations {
                lineage.insert(sealed.record.dot.incarnation, birth)
            }
            histories[sealed.record.document, default: []].append(HeldAction(record: sealed.record))
        }
        for history in histories.values {
            let one = DocumentState(folding: history, lineage)
            _ = one.encodedCore() + one.encodedFields(of: .casework) + one.encodedFields(of: .personal)
        }
    }
}
