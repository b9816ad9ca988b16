import CMicroHTTPD

/// An answer in the library's form. `release` it once it is queued.
struct OutgoingResponse {
    let status: Int
    /// The size of the body; nil for a stream.
    let bytes: Int?
    let pointer: OpaquePointer

    /// An answer with fields that cannot be sent becomes 500 `http.bad-response`: nothing a client wrote may end a
    /// header line of ours.
    /// - Parameter common: fields that the answer carries unless it has one of that name.
    init(_ answer: Reply.Answer, common: HTTPHeaders, closes: Bool) {
        switch answer {
        case .whole(let response):
            let isSendable = response.headers.areSendable
            let response = isSendable ? response : HTTPRefusal.badResponse.response
            let pointer = OutgoingResponse.body(response.body)
            if OutgoingResponse.add(response.headers, common, to: pointer, closes: closes) {
                (status, bytes, self.pointer) = (response.status, response.body.count, pointer)
            } else {
                MHD_destroy_response(pointer)
                let refusal = HTTPRefusal.badResponse.response
                self.pointer = OutgoingResponse.body(refusal.body)
                (status, bytes) = (refusal.status, refusal.body.count)
                _ = OutgoingResponse.add(refusal.headers, common, to: self.pointer, closes: closes)
            }
        case .stream(let status, let headers, let stream):
            let pointer = OutgoingResponse.chunks(of: stream)
            if headers.areSendable, OutgoingResponse.add(headers, common, to: pointer, closes: closes) {
                (self.status, bytes, self.pointer) = (status, nil, pointer)
            } else {
                stream.close()
                (self.status, bytes, self.pointer) = (HTTPRefusal.badResponse.status, nil, pointer)
            }
        }
    }

    func release() {
        MHD_destroy_response(pointer)
    }

    private static func body(_ bytes: [UInt8]) -> OpaquePointer {
        var bytes = bytes
        let pointer = bytes.withUnsafeMutableBytes {
            MHD_create_response_from_buffer($0.count, $0.baseAddress, .RESPMEM_MUST_COPY)
        }
        guard let pointer else { preconditionFailure("no memory for a response") }
        return pointer
    }

    /// Small pieces: events are short, and the piece is kept for each open stream.
    private static func chunks(of stream: HTTPStream) -> OpaquePointer {
        let context = Unmanaged.passRetained(stream).toOpaque()
        let pointer = MHD_create_response_from_callback(
            shim_mhd_size_unknown, 2048, readStream, context, releaseStream)
        guard let pointer else { preconditionFailure("no memory for a response") }
        return pointer
    }

    private static func add(
        _ headers: HTTPHeaders, _ common: HTTPHeaders, to pointer: OpaquePointer, closes: Bool
    ) -> Bool {
        var headers = headers
        for (name, value) in common where headers[name] == nil { headers.add(name, value) }
        for (name, value) in headers where MHD_add_response_header(pointer, name, value) != .YES { return false }
        return !closes || headers["Connection"] != nil
            || MHD_add_response_header(pointer, "Connection", "close") == .YES
    }
}

private func readStream(
    context: UnsafeMutableRawPointer?, position: UInt64, buffer: UnsafeMutablePointer<CChar>?, count: Int
) -> Int {
    guard let context, let buffer else { return Int(MHD_CONTENT_READER_END_WITH_ERROR) }
    let stream = Unmanaged<HTTPStream>.fromOpaque(context).takeUnretainedValue()
    return stream.read(into: UnsafeMutableRawBufferPointer(start: buffer, count: count))
        ?? Int(MHD_CONTENT_READER_END_OF_STREAM)
}

private func releaseStream(context: UnsafeMutableRawPointer?) {
    if let context { Unmanaged<HTTPStream>.fromOpaque(context).release() }
}
