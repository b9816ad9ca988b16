import Platform
import Testing

@Suite("Compressed bytes")
struct ZstdTests {
    @Test(arguments: [0, 1, 100, 65_536, 1_000_000])
    func `come back as they were`(count: Int) throws {
        let zstd = Zstd()
        let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 / 7) }
        for level: Int32 in [1, 3, 9] {
            let packed = zstd.compress(bytes, level: level)
            #expect(try zstd.decompress(packed, limitBytes: count) == bytes)
        }
    }

    @Test func `a frame that claims too much is refused before it is unpacked`() {
        let zstd = Zstd()
        let packed = zstd.compress([UInt8](repeating: 7, count: 1_000_000))
        #expect(packed.count < 1000)
        #expect(throws: ZstdError.tooLarge(limitBytes: 999_999)) {
            try zstd.decompress(packed, limitBytes: 999_999)
        }
    }

    @Test func `a claim of almost 2 to the 64 is refused`() {
        // Magic, a descriptor that says "8 bytes of size, single segment", then the claim.
        let claim: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0xe0] + [0xf0] + [UInt8](repeating: 0xff, count: 7)
        #expect(throws: ZstdError.tooLarge(limitBytes: .max)) { try Zstd().decompress(claim, limitBytes: .max) }
    }

    @Test func `every truncated frame is refused`() {
        let zstd = Zstd()
        let packed = zstd.compress(Array("a frame that is cut at each of its bytes".utf8))
        for count in 0..<packed.count {
            #expect(throws: ZstdError.self) { try zstd.decompress(Array(packed.prefix(count)), limitBytes: 1000) }
        }
    }

    @Test func `bytes after the frame and a second frame are refused`() {
        let zstd = Zstd()
        let packed = zstd.compress([1, 2, 3])
        #expect(throws: ZstdError.damaged) { try zstd.decompress(packed + [0], limitBytes: 1000) }
        #expect(throws: ZstdError.damaged) { try zstd.decompress(packed + packed, limitBytes: 1000) }
    }

    @Test func `a flipped bit never gives more than the limit and never stops the process`() {
        let zstd = Zstd()
        let packed = zstd.compress((0..<2000).map { UInt8(truncatingIfNeeded: $0 * $0 / 3) })
        for index in packed.indices {
            for bit in 0..<8 {
                var damaged = packed
                damaged[index] ^= 1 << bit
                do throws(ZstdError) {
                    let content = try zstd.decompress(damaged, limitBytes: 4000)
                    #expect(content.count <= 4000)
                } catch {
                    #expect(!error.code.isEmpty && !error.sentence.isEmpty && !error.hint.isEmpty)
                }
            }
        }
        #expect(throws: Never.self) { try zstd.decompress(packed, limitBytes: 2000) }
    }

    @Test func `a frame without a size is refused`() {
        // A streamed frame of nothing: descriptor 0x00, window descriptor, one last raw block of 0 bytes.
        let streamed: [UInt8] = [0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x58, 0x01, 0x00, 0x00]
        #expect(throws: ZstdError.sizeUnknown) { try Zstd().decompress(streamed, limitBytes: 1000) }
    }
}
