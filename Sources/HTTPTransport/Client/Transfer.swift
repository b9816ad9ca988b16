import CCurl

/// One request under way: what libcurl's callbacks write into. Used by one thread at a time.
final class Transfer {
    /// Headers of one answer, all together.
    static let headerBytesMax = 64 * 1024

    let responseBytesMax: Int
    let onChunk: ((UnsafeRawBufferPointer) -> Bool)?
    var status = 0
    var headers = HTTPHeaders()
    var body: [UInt8] = []
    /// Why a callback of ours ended the transfer.
    var failure: HTTPClientError?
    var headerBytesSent = 0
    private var isHeaderWhole = false
    private var headerBytes = 0
    private var bodyBytes = 0

    init(responseBytesMax: Int, onChunk: ((UnsafeRawBufferPointer) -> Bool)?) {
        self.responseBytesMax = responseBytesMax
        self.onChunk = onChunk
    }

    /// A line of the header with its line end; false ends the transfer.
    func receiveHeader(_ line: UnsafeRawBufferPointer) -> Bool {
        headerBytes += line.count
        guard headerBytes <= Transfer.headerBytesMax else {
            failure = .tooLarge(limitBytes: Transfer.headerBytesMax)
            return false
        }
        if line.starts(with: Array("HTTP/".utf8)) {
            // A new answer: the one before was a 100 that only said "go on".
            headers = HTTPHeaders()
            isHeaderWhole = false
            status = Transfer.status(of: line)
        } else if line.allSatisfy({ $0 == 0x0d || $0 == 0x0a }) {
            isHeaderWhole = true
        } else if let colon = line.firstIndex(of: UInt8(ascii: ":")) {
            let name = String(decoding: line[..<colon], as: UTF8.self)
            headers.add(name, Transfer.trimmed(line[line.index(after: colon)...]))
        }
        return true
    }

    /// False when the answer may have been cut without a sign of it. libcurl takes a connection that closes in the
    /// middle of the header for the end of an empty answer, and one that closes for the end of a body without length.
    var isSurelyWhole: Bool {
        let isFramed = headers["Content-Length"] != nil || headers["Transfer-Encoding"] != nil
        return isHeaderWhole && (isFramed || bodyBytes == 0)
    }

    /// A piece of the body; false ends the transfer.
    func receiveBody(_ piece: UnsafeRawBufferPointer) -> Bool {
        bodyBytes += piece.count
        guard bodyBytes <= responseBytesMax else {
            failure = .tooLarge(limitBytes: responseBytesMax)
            return false
        }
        // An answer that is no success is an explanation, and belongs to the caller as a whole.
        guard let onChunk, (200...299).contains(status) else {
            body.append(contentsOf: piece)
            return true
        }
        if onChunk(piece) { return true }
        failure = .aborted
        return false
    }

    private static func status(of line: UnsafeRawBufferPointer) -> Int {
        let parts = line.split(separator: UInt8(ascii: " "), maxSplits: 2)
        return parts.count > 1 ? Int(trimmed(parts[1])) ?? 0 : 0
    }

    private static func trimmed(_ bytes: Slice<UnsafeRawBufferPointer>) -> String {
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || $0 == 0x09 || $0 == 0x0d || $0 == 0x0a }
        var rest = bytes.drop(while: isBlank)
        while let last = rest.last, isBlank(last) { rest = rest.dropLast() }
        return String(decoding: rest, as: UTF8.self)
    }
}

// What libcurl calls; `context` is the `Transfer`, alive until the request ends.

func transferHeader(bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?)
    -> Int
{
    receive(bytes, count, context) { $0.receiveHeader($1) }
}

func transferBody(bytes: UnsafeMutablePointer<CChar>?, size: Int, count: Int, context: UnsafeMutableRawPointer?) -> Int
{
    receive(bytes, count, context) { $0.receiveBody($1) }
}

/// The only exact source for the size of the header that was sent.
func transferTrace(
    easy: UnsafeMutableRawPointer?, kind: curl_infotype, bytes: UnsafeMutablePointer<CChar>?, count: Int,
    context: UnsafeMutableRawPointer?
) -> Int32 {
    if kind == CURLINFO_HEADER_OUT, let context {
        Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue().headerBytesSent += count
    }
    return 0
}

/// libcurl passes bytes with a size of 1; another count than was given ends the transfer.
private func receive(
    _ bytes: UnsafeMutablePointer<CChar>?, _ count: Int, _ context: UnsafeMutableRawPointer?,
    _ body: (Transfer, UnsafeRawBufferPointer) -> Bool
) -> Int {
    guard let context else { return 0 }
    let transfer = Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    guard body(transfer, UnsafeRawBufferPointer(start: bytes, count: count)) else { return count == 0 ? 1 : 0 }
    return count
}
