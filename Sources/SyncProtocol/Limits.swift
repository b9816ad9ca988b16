/// Every bound of the protocol, each with its unit in its name. A peer that passes one gets a typed error.
public enum Limits {
    public static let nodeIDBytesMax = 32
    public static let postBytesMax = 48
    /// One value of a field, in UTF-8 bytes.
    public static let valueBytesMax = 64 * 1024
    public static let operationsPerPartMax = 256
    public static let vectorEntriesMax = 256
    public static let dotsPerListMax = 65_536
    /// Stretches of acts in one list of lost ones.
    public static let rangesPerListMax = 4096
    /// Acts that one act says to be withheld.
    public static let withheldPerActMax = 1024
    /// The mark in a birth.
    public static let markBytes = 16
    /// The highest number of an act or of a log entry: far beyond what a node can write (890 years at 10,000 a
    /// second), and far enough below 2⁶⁴ that adding to one never overflows.
    public static let sequenceMax: UInt64 = 1 << 48
    /// The core record of one action, encoded.
    public static let coreRecordBytesMax = 256 * 1024
    /// One body in its envelope, encoded.
    public static let bodyBytesMax = 1024 * 1024
    /// Entries of one batch.
    public static let batchEntriesMax = 32_768
    /// A batch stops growing at this size before compression.
    public static let batchBytesTarget = 2 * 1024 * 1024
    /// No frame is decompressed beyond this size.
    public static let frameBytesMax = 8 * 1024 * 1024
    /// Canonical bytes of all records of one batch.
    public static let batchRecordBytesMax = 16 * 1024 * 1024
    /// Log entries that the echoes of one batch stand for: each costs its reader a hash, and a dozen bytes name them all.
    public static let echoEntriesMax = 4096
    /// A frame from nobody who is known here, compressed or not: room for a hello and a few acts.
    public static let greetingBytesMax = 4096
    /// Log entries up to which a hello tries to bring them along.
    public static let greetingEntriesMax: UInt64 = 256
    /// What each frame may cost its reader in bytes of work, whatever its length.
    public static let workBytesFree = 64 * 1024
    /// What it may cost beyond that for each byte of its length.
    public static let workBytesPerFrameByte = 640
    /// What an item of a batch costs besides the bytes of its record and bodies.
    public static let workBytesPerItem = 512
    /// What an incarnation or a post in the tables of a batch costs.
    public static let workBytesPerName = 64
    /// Bytes that a payload may unpack to for each byte of its frame, beyond `workBytesFree`.
    public static let payloadBytesPerFrameByte = 256
    /// Incarnations named in one batch.
    public static let batchIncarnationsMax = 16_384
    /// How far ahead of the receiver's clock a stamp may be.
    public static let clockSkewMillisecondsMax: Int64 = 5 * 60 * 1000
    public static let clockMillisecondsMax: Int64 = (1 << 47)
    /// How deep a chain of births is followed.
    public static let lineageDepthMax = 100_000
    /// Actions of one node that wait at a neighbour, their bytes, and the documents they are of.
    public static let parkedPerNodeMax = 10_000
    public static let parkedBytesPerNodeMax = 64 * 1024 * 1024
    public static let parkedDocumentsPerNodeMax = 1_000
    /// Refused acts of one neighbour that are kept whole as evidence, and their bytes.
    public static let evidencePerNeighbourMax = 256
    public static let evidenceBytesPerNeighbourMax = 64 * 1024 * 1024
    /// Refused acts of one neighbour in a day: then its line rests until a person decides.
    public static let refusedPerDayMax = 1_000
    /// Actions of one document that wait for a missing dependency.
    public static let parkedPerDocumentMax = 4096
    /// Ranges in one reconciliation message.
    public static let reconcileRangesMax = 4096
    /// Ranges in one question: their answers, each cut into parts or listed, stay well below `frameBytesMax`.
    public static let reconcileRangesPerQuestion = 256
    /// Elements listed in the answer to one range.
    public static let reconcileIDsMax = 16_384
    /// Elements listed in the answers to one question; what is beyond is cut into parts.
    public static let reconcileIDsPerReply = 8192
    /// Actions asked for in one question.
    public static let fetchDotsMax = 1024
    /// How often one range is cut into parts before the other side is taken to be playing games.
    public static let reconcileDepthMax = 64
    /// Elements of one list in a stored document state: more than a document can have acts.
    public static let stateListMax = 1 << 20
}
