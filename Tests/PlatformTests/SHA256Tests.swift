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
}
