import Testing

@testable import TicketStore

@Suite struct SearchIndexTests {
    let folder = TemporaryFolder()

    private func filled(path: String? = nil) throws -> SearchIndex {
        let index = try SearchIndex(path: path)
        try index.update(to: 3) { batch in
            try batch.update(1, "客户投诉信用卡被盗刷，金额3000.50元，电话13800138000")
            try batch.update(2, "ATM机吞卡，要求退还 Mastercard 卡片")
            try batch.update(3, "理财产品 M15 到期未兑付，客户情绪激动")
        }
        return index
    }

    @Test(arguments: [
        ("客户", [3, 1]), ("户投", [1]), ("信用卡", [1]), ("用卡信", []), ("卡", [2, 1]), ("付", [3]), ("刷", [1]), ("盗刷金额", []),
        ("ATM", [2]), ("atm机", [2]), ("master", [2]), ("astercard", []), ("1380013", [1]), ("3000", [1]), ("m15", [3]),
        ("客户 激动", [3]), ("客户 吞卡", []), ("不存在", []), ("", []), ("\"客户", [3, 1]), ("客户*", [3, 1]), ("ＡＴＭ", [2]),
    ])
    func `a query finds the texts that hold its words`(query: String, keys: [Int64]) throws {
        let index = try filled()
        #expect(try index.search(query, limit: 10) == keys)
    }

    @Test func `any two consecutive characters of a Chinese text find it`() throws {
        let text = "客户反映网点柜员服务态度差且未按规定时限答复投诉"
        let index = try SearchIndex(path: nil)
        try index.update(to: 1) { try $0.update(9, text) }
        let characters = Array(text)
        for start in 0..<characters.count - 1 {
            for length in 1...min(5, characters.count - start) {
                let part = String(characters[start..<start + length])
                #expect(try index.search(part, limit: 1) == [9], "\(part)")
            }
        }
    }

    @Test func `a changed text is found by its new words only, a removed one not at all`() throws {
        let index = try filled()
        try index.update(to: 4) { batch in
            try batch.update(1, "已撤诉")
            try batch.remove(2)
            try batch.remove(77)
        }
        #expect(try index.search("客户", limit: 10) == [3])
        #expect(try index.search("撤诉", limit: 10) == [1])
        #expect(try index.search("吞卡", limit: 10) == [])
        #expect(try index.position() == 4)
    }

    @Test func `results come newest first, page by page`() throws {
        let index = try SearchIndex(path: nil)
        try index.update(to: 1) { batch in for key in Int64(1)...25 { try batch.update(key, "同样的文字") } }
        let first = try index.search("同样", limit: 10)
        #expect(first == Array((16...25).reversed()))
        let second = try index.search("同样", limit: 10, before: 16)
        #expect(second == Array((6...15).reversed()))
        #expect(try index.search("同样", limit: -1) == [])
        #expect(try index.search("同样", limit: .max).count == 25)
    }

    @Test func `a batch that fails leaves neither rows nor a new position`() throws {
        struct Stop: Error {}
        let index = try filled()
        #expect(throws: Stop.self) {
            try index.update(to: 9) { batch in
                try batch.update(4, "半途而废")
                throw Stop()
            }
        }
        #expect(try index.position() == 3)
        #expect(try index.search("半途", limit: 1) == [])
    }

    @Test func `the index goes on where it was after a restart`() throws {
        let index = try filled(path: folder["search.db"])
        #expect(TestFile.mode(folder["search.db"]) == 0o600)
        index.close()
        let again = try SearchIndex(path: folder["search.db"])
        #expect(try again.position() == 3)
        #expect(try again.search("吞卡", limit: 1) == [2])
        again.close()
    }

    @Test func `a damaged, foreign or older index is made anew`() throws {
        let path = folder["search.db"]
        TestFile.write(path, [UInt8](repeating: 0x41, count: 9_000))
        var index = try SearchIndex(path: path)
        #expect(try index.position() == 0)
        index.close()
        try SearchIndex.discard(path: path)
        let other = try Connection(path: path, mode: .readWriteCreate)
        try other.execute("CREATE TABLE t(a)")
        other.close()
        index = try SearchIndex(path: path)
        #expect(try index.position() == 0)
        try index.update(to: 1) { try $0.update(1, "重新开始") }
        #expect(try index.search("重新", limit: 1) == [1])
        index.close()
    }

    @Test func `after a purge no byte of a removed text is in the file`() throws {
        let path = folder["search.db"]
        let index = try filled(path: path)
        try index.update(to: 4) { try $0.update(8, "张三丰的秘密") }
        try index.update(to: 5) { try $0.remove(8) }
        try index.purge()
        #expect(try index.search("三丰", limit: 1) == [])
        for suffix in ["", "-wal"] {
            let bytes = TestFile.read(path + suffix)
            for word in ["三丰", "秘密", "张三"] {
                #expect(bytes[...].firstRange(of: Array(word.utf8)) == nil, "\(word) in \(suffix)")
            }
        }
        index.close()
    }
}
