import Platform
import SyncProtocol

/// The payload inside a frame that is not compressed.
func payload(of message: Message) -> [UInt8] { Array(Frame.encode(message, .plain).dropFirst(4).dropLast(4)) }

/// A frame with a right check around any payload: what gets past the check of an ill-willed sender.
func frame(around payload: [UInt8]) -> [UInt8] {
    let body: [UInt8] = [0x53, 0x4e, Frame.version, 0] + payload
    return body + SHA256.digest(body).bytes.prefix(4)
}

/// The message, or the error; anything else would be a trap.
func decode(payload: [UInt8]) -> Result<Message, WireError> {
    do { return .success(try Frame.decode(frame(around: payload), .plain)) } catch { return .failure(error) }
}

/// The message as small as an ill-willed sender can make it: packed, and not a byte more, whatever it asks of its reader.
func squeezed(_ message: Message) -> [UInt8] {
    let plain = Frame.encode(message, .plain)
    let packed = Zstd().compress(Array(plain[12...].dropLast(4)), level: 19)
    var writer = ByteWriter()
    writer.raw(plain[..<3])
    writer.byte(1)
    writer.raw(plain[4..<12])
    writer.counted(packed)
    return writer.bytes + SHA256.digest(writer.bytes).bytes.prefix(4)
}

/// A hash that says how many bytes it was given.
final class CountingHash: Sendable {
    private let bytes = Locked(0)

    var count: Int { bytes.withLock { $0 } }

    var codec: WireCodec {
        var codec = WireCodec.tests()
        codec.hash = { [bytes] input in
            bytes.withLock { $0 += input.count }
            return SHA256.digest(input)
        }
        return codec
    }
}
