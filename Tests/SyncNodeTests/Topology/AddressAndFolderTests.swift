import Testing

@testable import SyncNode

@Suite struct AddressAndFolderTests {
    @Test(arguments: ["127.0.0.1:7100", "127.255.0.9:1", "[::1]:65535"])
    func `a loopback address is written as it was read`(text: String) throws {
        let address = try ListenAddress(text)
        #expect(address.description == text)
        #expect(address.url == "http://" + text)
    }

    @Test(arguments: [
        ("a/b", "conf", "conf/a/b"), ("/a/b/", "conf", "/a/b"), ("../x", "conf/sub", "conf/x"), ("./a//b/.", "", "a/b"),
        ("..", "", ".."), ("../../x", "a", "../x"), ("/../x", "", "/x"), (".", "", "."), ("a/..", "", "."),
    ])
    func `folders are resolved as text`(path: String, base: String, expected: String) {
        #expect(FolderPath.resolve(path, from: base) == expected)
    }

    @Test func `the folders around a folder are listed from the inside`() {
        #expect(FolderPath.enclosing("/a/b/c") == ["/a/b", "/a"])
        #expect(FolderPath.enclosing("a/b") == ["a"])
        #expect(FolderPath.enclosing("a").isEmpty)
        #expect(FolderPath.parent(ofFile: "/etc/topology.json") == "/etc")
        #expect(FolderPath.parent(ofFile: "topology.json") == "")
        #expect(FolderPath.parent(ofFile: "/topology.json") == "/")
    }
}
