import Glibc
import Platform

/// Runs the workloads that are named, or all, and prints them.
func runBenchmarks() {
    let wanted = Set(CommandLine.arguments.dropFirst().map { $0.lowercased() })
    let folder = "\(Environment.temporaryFolder)/syncnode-bench-\(getpid())"
    // A node starts on no folder with files that others may read.
    umask(0o077)
    mkdir(folder, 0o700)
    var failed = false
    for (name, workload) in allWorkloads where wanted.isEmpty || wanted.contains(name) {
        do {
            for figure in try workload(folder + "/" + name) { print(figure) }
        } catch {
            print("\(name): failed: \(error)")
            failed = true
        }
        fflush(nil)
    }
    Files.remove(folder)
    exit(failed ? 1 : 0)
}

private let allWorkloads: [(String, @Sendable (String) throws -> [Figure])] = [
    ("w1", W1.run), ("w1http", W1HTTP.run), ("w2", W2.run), ("w3", W3.run), ("w4", W4.run), ("w5", W5.run),
    ("w6", W6.run), ("w7", W7.run),
]

/// One line of the result.
struct Figure: CustomStringConvertible {
    var name: String
    var value: String
    /// Against raw SQLite in the same run, or against the goal; nil where neither applies.
    var ratio: String?
    var goal: String

    var description: String {
        let left = name.padded(58) + value.padded(26)
        return left + (ratio ?? "").padded(36) + "goal " + goal
    }

    /// What a figure that raw SQLite has no counterpart for takes of its goal.
    static func share(_ value: Double, of goal: Double) -> String { "\(String.number(value / goal)) of the goal" }
}

extension String {
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: max(1, width - count)) }

    /// With this many decimals.
    static func number(_ value: Double, _ decimals: Int = 2) -> String {
        var factor = 1.0
        for _ in 0..<decimals { factor *= 10 }
        let rounded = (value * factor).rounded() / factor
        return decimals == 0 ? "\(Int(rounded))" : "\(rounded)"
    }
}

/// Seconds that `body` takes.
func seconds<Result>(_ body: () throws -> Result) rethrows -> (Double, Result) {
    let began = SystemClock.monotonicNanoseconds()
    let result = try body()
    return (Double(SystemClock.monotonicNanoseconds() - began) / 1e9, result)
}

enum Environment {
    /// On a real disk: a memory file system would measure no sync.
    static var temporaryFolder: String { variable("BENCH_FOLDER") ?? "." }

    /// A size from the environment; nil where it is not set to a number.
    static func number(_ name: String) -> Int? { variable(name).flatMap { Int($0) } }

    private static func variable(_ name: String) -> String? { getenv(name).map { String(cString: $0) } }
}

enum Files {
    static func remove(_ path: String) {
        var status = stat()
        guard lstat(path, &status) == 0 else { return }
        if status.st_mode & S_IFMT == S_IFDIR, let folder = opendir(path) {
            while let entry = readdir(folder) {
                let name = withUnsafePointer(to: &entry.pointee.d_name) {
                    $0.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
                }
                if name != ".", name != ".." { remove(path + "/" + name) }
            }
            closedir(folder)
            rmdir(path)
        } else {
            unlink(path)
        }
    }
}
