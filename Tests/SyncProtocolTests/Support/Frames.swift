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
