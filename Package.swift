// swift-tools-version: 6.2
import PackageDescription

/// Warnings are errors in every target of ours; the language mode is Swift 6 (strict concurrency).
let strict: [SwiftSetting] = [
    .swiftLanguageMode(.v6),
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
]

func library(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .target(name: name, dependencies: dependencies, exclude: [], swiftSettings: strict)
}

func tests(_ name: String, _ dependencies: [Target.Dependency]) -> Target {
    .testTarget(name: name + "Tests", dependencies: dependencies, swiftSettings: strict)
}

func system(_ name: String, apt: String) -> Target {
    .systemLibrary(name: name, providers: [.apt([apt])])
}

let package = Package(
    name: "SyncNode",
    products: [.executable(name: "syncnode", targets: ["SyncNode"])],
    targets: [
        // System C libraries from Debian: a module map and one shim header each.
        system("CSQLite", apt: "libsqlite3-dev"),
        system("CMicroHTTPD", apt: "libmicrohttpd-dev"),
        system("CCurl", apt: "libcurl4-gnutls-dev"),
        system("CGnuTLS", apt: "libgnutls28-dev"),
        system("CZstd", apt: "libzstd-dev"),
        // The kernel's calls that Swift cannot make by itself.
        system("CLinux", apt: "libc6-dev"),

        // Downhill only: each target may import those above it.
        library("SyncProtocol", []),
        library("Platform", ["SyncProtocol", "CGnuTLS", "CZstd", "CLinux"]),
        library("TicketModel", ["SyncProtocol"]),
        library("TicketStore", ["SyncProtocol", "TicketModel", "Platform", "CSQLite"]),
        library("HTTPTransport", ["Platform", "CMicroHTTPD", "CCurl"]),
        .executableTarget(
            name: "SyncNode",
            dependencies: ["SyncProtocol", "TicketModel", "TicketStore", "HTTPTransport", "Platform"],
            swiftSettings: strict),

        // Not shipped: the simulated world, the long campaign and the benchmark.
        library("Simulation", ["SyncProtocol", "TicketModel", "TicketStore", "Platform"]),
        .executableTarget(name: "Campaign", dependencies: ["Platform", "Simulation"], swiftSettings: strict),
        .executableTarget(
            name: "Benchmarks",
            dependencies: ["SyncProtocol", "TicketModel", "TicketStore", "HTTPTransport", "Platform", "CSQLite"],
            swiftSettings: strict),

        tests("Platform", ["Platform"]),
        tests("SyncProtocol", ["SyncProtocol", "Platform"]),
        tests("TicketModel", ["TicketModel", "SyncProtocol"]),
        tests("TicketStore", ["TicketStore", "SyncProtocol", "TicketModel", "Platform", "CSQLite"]),
        tests("HTTPTransport", ["HTTPTransport", "Platform"]),
        tests("SyncNode", ["SyncNode", "TicketStore", "TicketModel", "SyncProtocol", "HTTPTransport", "Platform"]),
        tests("Scenario", ["Simulation", "TicketStore", "TicketModel", "SyncProtocol", "Platform"]),
    ]
)
