import Glibc

/// Writing to a closed connection is an error to be returned, not a signal that ends the process.
func ignoreBrokenPipes() {
    _ = brokenPipesAreIgnored
}

private let brokenPipesAreIgnored: Bool = {
    signal(SIGPIPE, SIG_IGN)
    return true
}()
