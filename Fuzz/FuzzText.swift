import HTTPTransport
import Platform
import SyncProtocol
import TicketModel

/// What people, files and clients of the HTTP interface bring.
enum FuzzText {
    static func json(_ bytes: [UInt8]) {
        do throws(JSONError) {
            let element = try JSONReader.parse(bytes)
            var writer = JSONWriter()
            write(element, to: &writer)
            let again = try JSONReader.parse(writer.bytes)
            precondition(same(element, again), "what was written is not what was read")
        } catch {
            precondition(!error.sentence.isEmpty && error.place.line > 0)
        }
    }

    private static func write(_ element: JSONElement, to writer: inout JSONWriter) {
        switch element.value {
        case .null: writer.null()
        case .bool(let flag): writer.value(flag)
        case .integer(let number): writer.value(number)
        case .number(let number): writer.value(number)
        case .string(let text): writer.value(text)
        case .array(let items): writer.array { writer in for item in items { write(item, to: &writer) } }
        case .object(let members):
            writer.object { writer in
                for member in members {
                    writer.name(member.name)
                    write(member.element, to: &writer)
                }
            }
        }
    }

    /// Without places; a number may come back in another spelling.
    private static func same(_ one: JSONElement, _ other: JSONElement) -> Bool {
        switch (one.value, other.value) {
        case (.array(let one), .array(let other)): one.count == other.count && zip(one, other).allSatisfy(same)
        case (.object(let one), .object(let other)):
            one.count == other.count
                && zip(one, other).allSatisfy { $0.name == $1.name && same($0.element, $1.element) }
        case (.string(let one), .string(let other)): one == other
        case (.integer, .number), (.number, .integer), (.number, .number), (.number, .null): true
        case (.integer(let one), .integer(let other)): one == other
        case (.bool(let one), .bool(let other)): one == other
        case (.null, .null): true
        default: false
        }
    }

    static func files(_ bytes: [UInt8]) {
        do throws(ConfigurationError) { _ = try Topology.parse(bytes, file: "t") } catch { check(error) }
        do throws(ConfigurationError) {
            _ = try ImportMapping.parse(bytes, file: "m", targets: nil)
        } catch {
            check(error)
        }
    }

    private static func check(_ error: ConfigurationError) { precondition(!error.sentence.isEmpty) }

    static func csv(_ bytes: [UInt8]) {
        do throws(ImportError) {
            // Two sizes of pieces give the same records.
            var one = try CSVReader(MemorySource(bytes), recordBytesMax: 4096)
            var other = try CSVReader(MemorySource(bytes, pieceBytes: 3), recordBytesMax: 4096)
            while true {
                let (left, right) = (try one.next(), try other.next())
                precondition(left?.raw == right?.raw && left?.line == right?.line, "records depend on the pieces read")
                if left == nil { return }
            }
        } catch {
            precondition(!error.sentence.isEmpty)
        }
    }

    /// A request line and headers as the transport and the interface take them.
    static func request(_ bytes: [UInt8]) {
        let lines = bytes.split(separator: 0x0A, maxSplits: 8, omittingEmptySubsequences: false)
        let texts = lines.map { String(decoding: $0, as: UTF8.self) }
        if let target = HTTPTarget(texts[0]) {
            do {
                _ = try WorklistParameters(target.query, topology: topology)
            } catch {
                _ = APIProblem.of(error).response
            }
            for route in APIRoute.all { _ = route.match(target.segments) }
        }
        for text in texts.dropFirst() {
            _ = EntityTag.list(text)
            _ = BrowserGuard.isLoopback(text)
            _ = Post.isWellFormed(text)
        }
    }

    private static let topology: Topology = {
        do {
            var port: UInt16 = 7000
            let listen = ListenAddresses { _ in
                port += 1
                return ListenAddress(loopbackPort: port)
            }
            let node = TopologyNode(
                id: "ho", tier: .headOffice, parent: nil, name: Wording("总行", "Head office"), orgCode: "000000",
                listen: listen, dataFolder: "d")
            return try Topology(bank: Wording("行", "Bank"), nodes: [node])
        } catch {
            preconditionFailure("the topology of the fuzzer is wrong")
        }
    }()

    static func text(_ bytes: [UInt8]) {
        let text = String(decoding: bytes, as: UTF8.self)
        do { _ = try TicketNumber(text) } catch { precondition(!"\(error)".isEmpty) }
        _ = CivilTime.instant(from: text)
        _ = CivilTime.date(from: text)
        for field in FieldTable.all {
            do { _ = try field.value(from: text) } catch { precondition(!error.hint.chinese.isEmpty) }
        }
        _ = DisplayText.fit(DisplayText.safe(text), columns: 20)
        do { _ = try ArgumentParser.parse(words(text)[...], for: RunCommand.spec, path: "syncnode run") } catch {
            return
        }
    }

    private static func words(_ text: String) -> [String] { text.split(separator: "\n").map(String.init) }
}
