import Glibc
import Platform

/// The whole program: reads the command line, runs one command, ends with its exit status.
func runSyncNode() -> Never {
    ProcessPrivacy.begin()
    let console = Console.standard()
    let code = CommandTable.syncNode.run(Array(CommandLine.arguments.dropFirst()), console: console)
    exit(code.rawValue)
}
