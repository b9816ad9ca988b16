import Glibc

/// The decoders that read what strangers send, each fed by libFuzzer (https://llvm.org/docs/LibFuzzer.html). The environment
/// variable `FUZZ_TARGET` names the one to run; `scripts/fuzz` runs all. Hostile bytes may be refused, never trap.
enum FuzzTarget: String, CaseIterable {
    case frame, record, session, json, files, csv, request, text

    static let chosen: FuzzTarget = {
        guard let name = getenv("FUZZ_TARGET"), let target = FuzzTarget(rawValue: String(cString: name)) else {
            preconditionFailure("FUZZ_TARGET is one of \(FuzzTarget.allCases.map(\.rawValue))")
        }
        return target
    }()

    func run(_ bytes: [UInt8]) {
        switch self {
        case .frame: FuzzWire.frame(bytes)
        case .record: FuzzWire.record(bytes)
        case .session: FuzzSession.run(bytes)
        case .json: FuzzText.json(bytes)
        case .files: FuzzText.files(bytes)
        case .csv: FuzzText.csv(bytes)
        case .request: FuzzText.request(bytes)
        case .text: FuzzText.text(bytes)
        }
    }
}

@_cdecl("LLVMFuzzerTestOneInput")
public func fuzzOneInput(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.run(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
