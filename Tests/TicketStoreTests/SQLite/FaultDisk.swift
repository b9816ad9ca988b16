import CSQLite
import Platform

@testable import TicketStore

/// A disk that fails on command and remembers what was written and what was synced.
///
/// It is SQLite's own "unix" file system with a layer above it (https://sqlite.org/vfs.html), so locking and shared memory
/// are the real ones. Faults hit SQLite's files only. Nothing is really synced: no test pulls the plug of this machine.
final class FaultDisk: Sendable {
    /// A kind of call to the disk.
    enum Call: String, Sendable, CaseIterable {
        case open, read, write, truncate, sync, delete
    }

    /// Which calls fail, with what, and for how long.
    struct Fault: Sendable {
        var calls: Set<Call>
        var result: ResultCode
        /// The n-th such call fails, counted from 1 when the fault is set.
        var at = 1
        /// Every later one fails too.
        var isSticky = true
    }

    /// What was done to the files, in its order: the material of crash images.
    enum Event: Sendable {
        case write(file: String, offset: Int, bytes: [UInt8])
        case truncate(file: String, size: Int)
        case sync(file: String)
        /// Somebody was told that so many things are durable.
        case acknowledged(Int)
    }

    private struct State {
        var fault: Fault?
        var callsSeen = 0
        var hits = 0
        var events: [Event] = []
        var isRecording = false
        var isReadOnly = false
    }

    let name: String
    private let state = Locked(State())

    private static let numbers = Locked(0)

    init() {
        let number = FaultDisk.numbers.withLock { number in
            number += 1
            return number
        }
        name = "fault-\(number)"
        registerFileSystem(name: name, disk: self)
    }

    var options: ConnectionOptions {
        var options = ConnectionOptions()
        options.fileSystem = name
        return options
    }

    /// Sets the one fault; nil makes the disk whole again.
    func set(_ fault: Fault?) {
        state.withLock { state in
            state.fault = fault
            state.callsSeen = 0
            state.hits = 0
        }
    }

    /// How many calls have failed since the fault was set.
    var hits: Int { state.withLock { $0.hits } }

    /// Calls of the fault's kinds since it was set.
    var callsSeen: Int { state.withLock { $0.callsSeen } }

    /// From here on files are opened as if their owner had made them read-only; tests often run as root, who may all.
    func makeReadOnly() { state.withLock { $0.isReadOnly = true } }

    var isReadOnly: Bool { state.withLock { $0.isReadOnly } }

    func record() { state.withLock { $0.isRecording = true } }

    func note(_ event: Event) {
        state.withLock { state in
            if state.isRecording { state.events.append(event) }
        }
    }

    var events: [Event] { state.withLock { $0.events } }

    /// Called before each call to the disk: SQLITE_OK or the code to fail with.
    func check(_ call: Call) -> Int32 {
        state.withLock { state in
            guard let fault = state.fault, fault.calls.contains(call) else { return SQLITE_OK }
            state.callsSeen += 1
            guard state.callsSeen == fault.at || (fault.isSticky && state.callsSeen > fault.at) else {
                return SQLITE_OK
            }
            state.hits += 1
            return fault.result.rawValue
        }
    }
}
