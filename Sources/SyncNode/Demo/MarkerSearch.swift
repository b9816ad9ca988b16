import Glibc
import SyncProtocol

/// Looks for many known strings in bytes at once (Rabin and Karp 1987): one rolling hash over a window of fixed length.
struct MarkerSearch {
    /// Bytes of each marker.
    static let windowBytes = 20
    private static let base: UInt64 = 0x1_0000_01b3
    private var markers: [UInt64: [[UInt8]]] = [:]
    private let highPower: UInt64

    init(_ pieces: some Sequence<[UInt8]>) {
        var power: UInt64 = 1
        for _ in 1..<MarkerSearch.windowBytes { power = power &* MarkerSearch.base }
        highPower = power
        for piece in Set(pieces) {
            precondition(piece.count == MarkerSearch.windowBytes)
            markers[MarkerSearch.hash(piece[...]), default: []].append(piece)
        }
    }

    var count: Int { markers.values.reduce(0) { $0 + $1.count } }

    /// How many different markers occur.
    func occurrences(in bytes: [UInt8]) -> Int { found(in: bytes).count }

    /// The markers that occur.
    func found(in bytes: [UInt8]) -> Set<[UInt8]> {
        let window = MarkerSearch.windowBytes
        guard bytes.count >= window, !markers.isEmpty else { return [] }
        var found: Set<[UInt8]> = []
        var hash = MarkerSearch.hash(bytes[..<window])
        bytes.withUnsafeBufferPointer { bytes in
            var start = 0
            while true {
                if let candidates = markers[hash] {
                    for candidate in candidates where candidate.elementsEqual(bytes[start..<start + window]) {
                        found.insert(candidate)
                    }
                }
                guard start + window < bytes.count else { break }
                hash = (hash &- UInt64(bytes[start]) &* highPower) &* MarkerSearch.base &+ UInt64(bytes[start + window])
                start += 1
            }
        }
        return found
    }

    private static func hash(_ bytes: ArraySlice<UInt8>) -> UInt64 {
        bytes.reduce(0) { $0 &* base &+ UInt64($1) }
    }
}

/// A whole file in memory.
enum WholeFile {
    /// nil where it cannot be read.
    static func read(_ path: String) -> [UInt8]? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 20)
        while true {
            let count = buffer.withUnsafeMutableBytes { Glibc.read(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return nil }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }
}

/// The frames in a captured line, unpacked: what a reader of the line could learn.
enum CapturedFrames {
    /// Finds every HTTP body that is a frame and gives its plain payload.
    static func payloads(in capture: [UInt8], _ codec: WireCodec) -> (plain: [UInt8], frames: Int) {
        var plain: [UInt8] = []
        var frames = 0
        var position = 0
        while let header = find(Array("\r\n\r\n".utf8), in: capture, from: position) {
            let head = String(decoding: capture[position..<header], as: UTF8.self)
            let start = header + 4
            guard let length = contentLength(head), length <= capture.count - start else {
                position = start
                continue
            }
            do {
                plain += try Frame.payload(Array(capture[start..<start + length]), codec)
                frames += 1
            } catch {
                // Not a frame, or one that a cut tore: nothing in it can be read by anybody.
            }
            position = start + length
        }
        return (plain, frames)
    }

    private static func contentLength(_ head: String) -> Int? {
        for line in head.split(separator: "\r\n") where line.lowercased().hasPrefix("content-length:") {
            return Int(line.dropFirst("content-length:".count).drop { $0 == " " })
        }
        return 0
    }

    private static func find(_ pattern: [UInt8], in bytes: [UInt8], from start: Int) -> Int? {
        guard bytes.count - start >= pattern.count else { return nil }
        return bytes.withUnsafeBufferPointer { bytes in
            var index = start
            while index <= bytes.count - pattern.count {
                if bytes[index] == pattern[0], pattern.elementsEqual(bytes[index..<index + pattern.count]) {
                    return index
                }
                index += 1
            }
            return nil
        }
    }
}
