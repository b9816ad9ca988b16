/// What reading one frame may cost, in proportion to its length: counted before anything is hashed or kept, so that a few
/// bytes that repeat cheaply cannot ask for much.
///
/// A byte of a record or body is one byte of work; each item and each name in a table stands for its structures as well.
/// Writers count the same and lengthen a frame that would ask too much (`Frame.encode`).
struct WorkBudget {
    /// The most that the payload may unpack to.
    let payloadBytesMax: Int
    private var left: Int

    init(frameBytes: Int) {
        payloadBytesMax = min(
            Limits.frameBytesMax, Limits.workBytesFree + frameBytes * Limits.payloadBytesPerFrameByte)
        left = Limits.workBytesFree + frameBytes * Limits.workBytesPerFrameByte
    }

    /// - Throws: `WireError.tooLarge` where the frame does not pay for it.
    mutating func spend(_ bytes: Int) throws(WireError) {
        guard bytes <= left else { throw .tooLarge }
        left -= bytes
    }

    /// The length from which on a frame pays for this payload and this work.
    static func frameBytesNeeded(payloadBytes: Int, work: Int) -> Int {
        func needed(_ bytes: Int, _ perByte: Int) -> Int {
            (max(0, bytes - Limits.workBytesFree) + perByte - 1) / perByte
        }
        return max(
            needed(payloadBytes, Limits.payloadBytesPerFrameByte), needed(work, Limits.workBytesPerFrameByte))
    }

    static func work(_ sealed: SealedRecord, _ carried: [CarriedBody]) -> Int {
        Limits.workBytesPerItem + sealed.bytes.count + work(carried)
    }

    static func work(_ carried: [CarriedBody]) -> Int { carried.reduce(0) { $0 + $1.envelope.count } }
}
