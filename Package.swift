// swift-tools-version: 6.2

import CompilerPluginSupport
import PackageDescription

/// Every target: Swift 6 mode, explicit imports, and no warning survives.
let strict: [SwiftSetting] = [
  .swiftLanguageMode(.v6),
  .enableUpcomingFeature("ExistentialAny"),
  .enableUpcomingFeature("InternalImportsByDefault"),
  .enableUpcomingFeature("MemberImportVisibility"),
  .treatAllWarnings(as: .error),
]

/// As a user's package is built, without our upcoming features.
let asUsersBuild: [SwiftSetting] = [.swiftLanguageMode(.v6), .treatAllWarnings(as: .error)]

let package = Package(
  name: "metaxy",
  platforms: [.macOS(.v13)],
  products: [
    .executable(name: "metaxy", targets: ["MetaxyMain"]),
    .library(name: "Metaxy", targets: ["Metaxy"]),
    .library(name: "MetaxyStore", targets: ["MetaxyStore"]),
  ],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
    .package(url: "https://github.com/apple/swift-crypto", from: "4.5.0"),
  ],
  targets: [
    // What feature modules import. Nothing here may depend on a package: it is built with every user's features.
    .target(name: "MetaxyFeatures", swiftSettings: strict),
    .macro(name: "MetaxyMacros", swiftSettings: strict),
    .target(name: "Metaxy", dependencies: ["MetaxyFeatures", "MetaxyMacros"], swiftSettings: strict),

    // The repository is its own example: `metaxy.toml` points here, `migrations/` holds what came of it.
    .target(name: "ExampleFeatures", dependencies: ["Metaxy"], swiftSettings: asUsersBuild),
    .executableTarget(
      name: "ExampleProgram", dependencies: ["ExampleFeatures", "Metaxy", "MetaxyStore"], swiftSettings: asUsersBuild),

    // Leaves.
    .target(name: "MetaxyErrors", swiftSettings: strict),
    .target(name: "MetaxyFiles", dependencies: ["MetaxyErrors"], swiftSettings: strict),
    .target(name: "MetaxyTOML", dependencies: ["MetaxyErrors"], swiftSettings: strict),

    // Swift sources → definitions → graph → tables → operations. Pure values, no database.
    .target(
      name: "MetaxyGraph",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", .product(name: "Crypto", package: "swift-crypto")],
      swiftSettings: strict),
    .target(
      name: "MetaxySyntax",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph",
        .product(name: "SwiftSyntax", package: "swift-syntax"),
        .product(name: "SwiftParser", package: "swift-syntax"),
      ],
      swiftSettings: strict),
    // SQL as text: names, tokens, statements. No database.
    .target(name: "MetaxySQL", dependencies: ["MetaxyErrors", "MetaxyFeatures"], swiftSettings: strict),
    .target(
      name: "MetaxySchema", dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxySQL"],
      swiftSettings: strict),
    .target(
      name: "MetaxyRegistry",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxySQL", "MetaxySchema"],
      swiftSettings: strict),
    .target(
      name: "MetaxyRevisions",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxySQL", "MetaxySchema",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    // Databases.
    .target(
      name: "MetaxyRuntime",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxySchema", "MetaxyRevisions", "MetaxySQL"],
      swiftSettings: strict),
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(
      name: "MetaxySQLite",
      dependencies: [
        "CSQLite", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyRuntime", "MetaxySchema", "MetaxyRevisions",
        "MetaxySQL",
      ],
      swiftSettings: strict),
    // Loads libpq when it is first needed; nothing of it has to be there to build.
    .target(name: "CPostgreSQL", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(
      name: "MetaxyPostgreSQL",
      dependencies: [
        "CPostgreSQL", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyRuntime", "MetaxySchema",
        "MetaxyRevisions", "MetaxySQL",
      ],
      swiftSettings: strict),

    // The command.
    .target(
      name: "MetaxyProject", dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyTOML"],
      swiftSettings: strict),
    // From a store of the configuration to its database.
    .target(
      name: "MetaxyEngines",
      dependencies: ["MetaxyErrors", "MetaxyPostgreSQL", "MetaxyProject", "MetaxyRuntime", "MetaxySQLite"],
      swiftSettings: strict),
    .target(
      name: "MetaxyCommands",
      dependencies: [
        "MetaxyEngines", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxyPostgreSQL",
        "MetaxyProject", "MetaxyRegistry", "MetaxyRuntime", "MetaxySQLite", "MetaxySchema", "MetaxyRevisions",
        "MetaxySQL",
        "MetaxySyntax",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyCLI",
      dependencies: [
        "MetaxyCommands", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxyPostgreSQL",
        "MetaxyProject", "MetaxyRuntime", .product(name: "ArgumentParser", package: "swift-argument-parser"),
      ],
      swiftSettings: strict),
    .executableTarget(name: "MetaxyMain", dependencies: ["MetaxyCLI"], swiftSettings: strict),

    // What programs import to write and read the rows of their features. The command does not link it.
    .target(
      name: "MetaxyStore",
      dependencies: [
        "MetaxyEngines", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxyProject",
        "MetaxyRuntime", "MetaxySchema", "MetaxyRevisions", "MetaxySQL",
        .product(name: "Crypto", package: "swift-crypto"),
      ],
      swiftSettings: strict),

    // What tests share: the harness that runs scripts against the built command, databases read past the code under test.
    .target(
      name: "MetaxyTestSupport",
      dependencies: ["CSQLite", "MetaxyErrors", "MetaxyFiles", "MetaxyRuntime", "MetaxySQL", "MetaxySchema"],
      swiftSettings: strict),

    // Tests, from the bottom to the top.
    .testTarget(
      name: "MetaxyErrorsTests", dependencies: ["MetaxyCLI", "MetaxyErrors", "MetaxyFiles", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "MetaxyFeaturesTests", dependencies: ["MetaxyFeatures"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyMacroTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxyRegistry", "MetaxySQL",
        "MetaxySchema", "MetaxySyntax", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyTOMLTests", dependencies: ["MetaxyErrors", "MetaxyTOML", "MetaxyTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyGraphTests", dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySyntaxTests",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxySyntax", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySQLTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyPostgreSQL", "MetaxySQL", "MetaxySQLite", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRevisionsTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyPostgreSQL", "MetaxySQLite", "MetaxySchema",
        "MetaxyRevisions", "MetaxySQL", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySchemaTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxySQL", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRegistryTests",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyRegistry", "MetaxySQL", "MetaxySchema"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySQLiteTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyRuntime", "MetaxySQLite", "MetaxySchema", "MetaxyRevisions",
        "MetaxySQL",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyPostgreSQLTests",
      dependencies: [
        "CPostgreSQL", "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyMain", "MetaxyPostgreSQL",
        "MetaxyRuntime",
        "MetaxySchema", "MetaxyRevisions", "MetaxySQL", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRuntimeTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyRuntime", "MetaxySQLite", "MetaxySchema", "MetaxyRevisions",
        "MetaxySQL",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRebuildTests",
      dependencies: [
        "MetaxyErrors", "MetaxyMain", "MetaxyRuntime", "MetaxySQLite", "MetaxySchema", "MetaxyRevisions", "MetaxySQL",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyProjectTests",
      dependencies: ["MetaxyErrors", "MetaxyFiles", "MetaxyProject", "MetaxyTOML", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyStoreTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFiles", "MetaxyStore", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    // The features of one program, before and after a change; each module with the registry that was generated from it.
    .target(
      name: "ProgramFeaturesBefore", dependencies: ["Metaxy"], path: "Tests/ProgramFeatures/Before",
      swiftSettings: asUsersBuild),
    .target(
      name: "ProgramFeaturesAfter", dependencies: ["Metaxy"], path: "Tests/ProgramFeatures/After",
      swiftSettings: asUsersBuild),
    .testTarget(
      name: "MetaxyProgramTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFiles", "MetaxyMain", "MetaxyStore", "MetaxyTestSupport",
        "ProgramFeaturesAfter", "ProgramFeaturesBefore",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyInteropTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFiles", "MetaxyMain", "MetaxyProject", "MetaxyStore", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyExampleTests",
      dependencies: ["MetaxyCommands", "MetaxyErrors", "MetaxyRuntime", "MetaxyTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyScenarioTests", dependencies: ["MetaxyCommands", "MetaxyErrors", "MetaxyMain", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyVersionTests",
      dependencies: [
        "MetaxyCommands", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxySQL", "MetaxySchema",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySystemTests",
      dependencies: [
        "MetaxyCommands", "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyPostgreSQL", "MetaxyRuntime",
        "MetaxySQLite", "MetaxySQL", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyEndToEndTests", dependencies: ["MetaxyMain", "MetaxyTestSupport"], swiftSettings: strict),
  ]
)
