/// `make bench`: every figure of one run, each also as a ratio to raw SQLite doing the same writes in the same run.
@main
enum BenchmarkMain {
    static func main() { runBenchmarks() }
}
