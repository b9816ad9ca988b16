/// The entry of the process: one call, because a closure written here would belong to the main actor.
@main
enum SyncNodeMain {
    static func main() { runSyncNode() }
}
