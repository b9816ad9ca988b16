/// `make bench`: every figure of one run, each also as a ratio to raw SQLite doing the same writes in the same run.
@main
enum BenchmarkMain {
    static func main() throws {
        let words = Array(CommandLine.arguments.dropFirst())
        guard words.first != "cost" else { return try Cost.run(Array(words.dropFirst())) }
        runBenchmarks()
    }
}
