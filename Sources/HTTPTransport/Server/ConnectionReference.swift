/// The library's handle of a connection, so that it can cross threads.
///
/// Valid from the request line until the request is completed. `Reply` and `HTTPStream` use it under their locks, and
/// forget it there.
struct ConnectionReference: Sendable {
    private let bits: UInt

    init(_ pointer: OpaquePointer) { bits = UInt(bitPattern: pointer) }

    var pointer: OpaquePointer? { OpaquePointer(bitPattern: bits) }
}
