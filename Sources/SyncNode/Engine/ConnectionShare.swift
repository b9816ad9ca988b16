/// What the listeners may hold open of the files that the process may: the rest is for the store and for the line, so
/// that a flood of idle connections stops neither them nor another listener.
enum ConnectionShare {
    static let connectionsMax = 2048
    /// For database, search index, logs and lines.
    static let otherFiles = 256
    static let filesWanted = connectionsMax * NodeListener.allCases.count + otherFiles

    /// For one listener.
    static func each(of files: Int) -> Int {
        min(connectionsMax, max(connectionsLeast, (files - otherFiles) / NodeListener.allCases.count))
    }

    private static let connectionsLeast = 16
}
