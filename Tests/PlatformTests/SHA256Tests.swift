import Platform
import SyncProtocol
import Testing

@Suite("SHA-256 of the TLS library")
struct SHA256Tests {
    /// FIPS 180-4 examples and the empty message.
    @Test(arguments: [
        ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
        ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
        (
            "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
        ),
    ])
    func `gives the published digests`(text: String, digest: String) {
        #expect(SHA256.digest(Array(text.utf8)).description == digest)
    }

    @Test func `the function value and a buffer without address agree with the array`() {
        #expect(SHA256.function(UnsafeRawBufferPointer(start: nil, count: 0)) == SHA256.digest([]))
        let bytes: [UInt8] = [1, 2, 3]
        #expect(bytes.withUnsafeBytes { SHA256.function($0) } == SHA256.digest(bytes))
    }

    /// RFC 4231, cases 1, 2 and 6 (a key longer than a block).
    @Test(arguments: [
        (
            [UInt8](repeating: 0x0b, count: 20), "Hi There",
            "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
        ),
        (
            Array("Jefe".utf8), "what do ya want for nothing?",
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        ),
        (
            [UInt8](repeating: 0xaa, count: 131), "Test Using Larger Than Block-Size Key - Hash Key First",
            "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
        ),
    ])
    func `HMAC gives the published codes`(key: [UInt8], text: String, code: String) {
        #expect(Hex.encode(SHA256.authenticate(Array(text.utf8), key: key)) == code)
        #expect(SHA256.authenticate([], key: key).count == 32)
    }
}
