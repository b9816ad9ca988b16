import CMicroHTTPD

// The functions that libmicrohttpd calls, always on the thread of the connection. `context` is the `ServerCore`, and the
// request's own pointer is its `Exchange`, retained from the request line to the completion.

/// The request line has been read. Its target is still as the client sent it; the library cuts it up afterwards.
func requestLineRead(
    context: UnsafeMutableRawPointer?, target: UnsafePointer<CChar>?, pointer: OpaquePointer?
) -> UnsafeMutableRawPointer? {
    guard let pointer else { return nil }
    let core = core(at: context)
    let raw = target.map { Array(UnsafeRawBufferPointer(start: $0, count: length(of: $0))) } ?? []
    let exchange = Exchange(
        reference: ConnectionReference(pointer), connection: connection(of: pointer), rawTarget: raw)
    core.setDeadline(of: exchange, inMilliseconds: Int64(core.configuration.headerMilliseconds))
    return Unmanaged.passRetained(exchange).toOpaque()
}

/// Called with the header complete, then with each piece of the body, then with the request complete, and once more
/// after a sleeping connection was woken.
func handleRequest(
    context: UnsafeMutableRawPointer?, pointer: OpaquePointer?, url: UnsafePointer<CChar>?,
    method: UnsafePointer<CChar>?, version: UnsafePointer<CChar>?, bytes: UnsafePointer<CChar>?,
    count: UnsafeMutablePointer<Int>?, request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?
) -> MHD_Result {
    guard let pointer, let method, let version, let count, let raw = request?.pointee else { return .NO }
    let core = core(at: context)
    let exchange = Unmanaged<Exchange>.fromOpaque(raw).takeUnretainedValue()
    switch exchange.phase {
    case .header:
        do throws(HTTPRefusal) {
            try core.begin(
                exchange, method: String(cString: method), version: String(cString: version),
                framing: framing(of: pointer), headerBytes: shim_mhd_header_bytes(pointer))
            return .YES
        } catch {
            exchange.phase = .refused
            return queue(.whole(core.response(to: error, exchange)), for: exchange, on: pointer, core: core)
        }
    case .body where count.pointee > 0:
        core.collect(UnsafeRawBufferPointer(start: bytes, count: count.pointee), for: exchange)
        count.pointee = 0
        return .YES
    case .body:
        core.handle(exchange)
        return deliver(exchange, on: pointer, core: core)
    case .handled: return deliver(exchange, on: pointer, core: core)
    case .refused: return .NO
    }
}

func requestCompleted(
    context: UnsafeMutableRawPointer?, pointer: OpaquePointer?,
    request: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, reason: MHD_RequestTerminationCode
) {
    guard let request, let raw = request.pointee else { return }
    core(at: context).finish(Unmanaged<Exchange>.fromOpaque(raw).takeRetainedValue())
    request.pointee = nil
}

func connectionChanged(
    context: UnsafeMutableRawPointer?, pointer: OpaquePointer?,
    socketContext: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, change: MHD_ConnectionNotificationCode
) {
    guard let pointer, let socketContext else { return }
    let table = core(at: context).connections
    switch change {
    case .CONNECTION_NOTIFY_STARTED:
        guard let connection = table.find(shim_mhd_socket(pointer)) else { return }
        socketContext.pointee = Unmanaged.passRetained(connection).toOpaque()
    case .CONNECTION_NOTIFY_CLOSED:
        guard let raw = socketContext.pointee else { return }
        table.remove(Unmanaged<Connection>.fromOpaque(raw).takeRetainedValue())
        socketContext.pointee = nil
    @unknown default: return
    }
}

/// The library would decode before it splits; `HTTPTarget` does it in the right order.
func keepEscapes(
    context: UnsafeMutableRawPointer?, pointer: OpaquePointer?, text: UnsafeMutablePointer<CChar>?
) -> Int {
    text.map { length(of: $0) } ?? 0
}

private func deliver(_ exchange: Exchange, on pointer: OpaquePointer, core: ServerCore) -> MHD_Result {
    guard let answer = exchange.reply.takeOrPark() else { return .YES }
    return queue(answer, for: exchange, on: pointer, core: core)
}

private func queue(
    _ answer: Reply.Answer, for exchange: Exchange, on pointer: OpaquePointer, core: ServerCore
) -> MHD_Result {
    let outgoing = OutgoingResponse(
        answer, common: core.configuration.headers,
        closes: exchange.endsConnection || !core.inFlight.isServing)
    defer { outgoing.release() }
    // A stream has none, but for one that it may already have set itself by stalling.
    if let bytes = outgoing.bytes {
        core.setDeadline(of: exchange, inMilliseconds: core.configuration.allowanceMilliseconds(forBytes: bytes))
    }
    return MHD_queue_response(pointer, UInt32(outgoing.status), outgoing.pointer)
}

private func framing(of pointer: OpaquePointer) -> FramingGuard {
    var framing = FramingGuard()
    withUnsafeMutablePointer(to: &framing) { framing in
        _ = MHD_get_connection_values_n(pointer, .HEADER_KIND, addField, framing)
    }
    return framing
}

private func addField(
    context: UnsafeMutableRawPointer?, kind: MHD_ValueKind, name: UnsafePointer<CChar>?, nameCount: Int,
    value: UnsafePointer<CChar>?, valueCount: Int
) -> MHD_Result {
    context?.assumingMemoryBound(to: FramingGuard.self).pointee.add(
        name: UnsafeRawBufferPointer(start: name, count: name == nil ? 0 : nameCount),
        value: UnsafeRawBufferPointer(start: value, count: value == nil ? 0 : valueCount))
    return .YES
}

private func core(at context: UnsafeMutableRawPointer?) -> ServerCore {
    guard let context else { preconditionFailure("the daemon was started without its core") }
    return Unmanaged<ServerCore>.fromOpaque(context).takeUnretainedValue()
}

private func connection(of pointer: OpaquePointer) -> Connection? {
    shim_mhd_socket_context(pointer).map { Unmanaged<Connection>.fromOpaque($0).takeUnretainedValue() }
}

private func length(of text: UnsafePointer<CChar>) -> Int {
    var count = 0
    while text[count] != 0 { count += 1 }
    return count
}
