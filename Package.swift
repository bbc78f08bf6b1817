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
  // A package that uses only the libraries leaves the trait out, `.package(…, traits: [])`, and fetches no other package.
  traits: [.trait(name: "Command", description: "The command `metaxy`."), .default(enabledTraits: ["Command"])],
  dependencies: [
    .package(url: "https://github.com/swiftlang/swift-syntax", from: "603.0.1"),
    .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
  ],
  targets: [
    // What feature modules import. Nothing here may depend on a package: it is built with every user's features.
    .target(name: "MetaxyFeatures", swiftSettings: strict),
    .macro(name: "MetaxyMacros", dependencies: ["MetaxyEssentials", "MetaxyPlatform"], swiftSettings: strict),
    .target(name: "Metaxy", dependencies: ["MetaxyFeatures", "MetaxyMacros"], swiftSettings: strict),

    // Leaves, each with one concern: the C library, the smaller part of Foundation, errors, hashes, sorting, the calendar, files,
    // TOML, JSON, and the names of tables and columns.
    .target(name: "MetaxyPlatform", swiftSettings: strict),
    .target(name: "MetaxyEssentials", swiftSettings: strict),
    .target(name: "MetaxyErrors", swiftSettings: strict),
    .target(name: "MetaxyHashing", swiftSettings: strict),
    .target(name: "MetaxySorting", swiftSettings: strict),
    .target(name: "MetaxyDrawing", swiftSettings: strict),
    .target(name: "MetaxyTime", dependencies: ["MetaxyPlatform"], swiftSettings: strict),
    .target(
      name: "MetaxyFiles", dependencies: ["MetaxyErrors", "MetaxyEssentials", "MetaxyPlatform"],
      swiftSettings: strict),
    .target(
      name: "MetaxyFileWriting", dependencies: ["MetaxyErrors", "MetaxyEssentials", "MetaxyFiles", "MetaxyPlatform"],
      swiftSettings: strict),
    .target(name: "MetaxyTOML", dependencies: ["MetaxyErrors", "MetaxyTime"], swiftSettings: strict),
    .target(
      name: "MetaxyJSON", dependencies: ["MetaxyErrors", "MetaxyFeatures"],
      swiftSettings: strict),
    .target(name: "MetaxyNames", dependencies: ["MetaxyFeatures"], swiftSettings: strict),

    // Connections: what programs with rows and the command both need of a database. libpq is loaded when it is first
    // needed; it need not be installed to build.
    .systemLibrary(name: "CSQLite", pkgConfig: "sqlite3", providers: [.apt(["libsqlite3-dev"])]),
    .target(name: "CInterruption"),
    .target(name: "CPostgreSQL", linkerSettings: [.linkedLibrary("dl", .when(platforms: [.linux]))]),
    .target(
      name: "MetaxyDatabase",
      dependencies: [
        "CInterruption", "MetaxyErrors", "MetaxyFeatures", "MetaxyJSON", "MetaxyNames", "MetaxyPlatform", "MetaxyTime",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxySQLiteDriver",
      dependencies: [
        "CSQLite", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyNames", "MetaxyPlatform",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyPostgreSQLDriver",
      dependencies: [
        "CPostgreSQL", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyHashing", "MetaxyNames",
        "MetaxyPlatform",
      ],
      swiftSettings: strict),

    // `metaxy.toml` as far as programs and the command both read it.
    .target(
      name: "MetaxyConfiguration",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyJSON", "MetaxyNames", "MetaxyTOML"],
      swiftSettings: strict),

    // Rows of features, for programs and the command: the newest row of each sample, and rows as text.
    .target(
      name: "MetaxyRows",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyErrors", "MetaxyEssentials", "MetaxyFeatures",
        "MetaxyFileWriting", "MetaxyFiles", "MetaxyHashing", "MetaxyJSON", "MetaxyNames", "MetaxyTime",
      ],
      swiftSettings: strict),

    // What programs import to write and read the rows of their features. It contains nothing of the migration engine, and
    // the command does not link it.
    .target(
      name: "MetaxyStore",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyErrors", "MetaxyEssentials", "MetaxyFeatures", "MetaxyFiles",
        "MetaxyHashing", "MetaxyJSON", "MetaxyNames", "MetaxyPostgreSQLDriver", "MetaxyRows", "MetaxySQLiteDriver",
        "MetaxyTime",
      ],
      swiftSettings: strict),

    // What only the migration engine and the command need of errors and time.
    .target(name: "MetaxyMigrationErrors", dependencies: ["MetaxyErrors"], swiftSettings: strict),
    .target(name: "MetaxyTimeZones", dependencies: ["MetaxyTime"], swiftSettings: strict),

    // Swift sources → definitions → graph → tables → operations → revision files. Pure values, no database.
    .target(
      name: "MetaxyGraph",
      dependencies: [
        "MetaxyDrawing", "MetaxyErrors", "MetaxyFeatures", "MetaxyHashing", "MetaxyJSON", "MetaxyMigrationErrors",
        "MetaxyNames", "MetaxySorting",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxySyntax",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyGraph", "MetaxyHashing", "MetaxyJSON",
        "MetaxyPlatform",
        .product(name: "SwiftParser", package: "swift-syntax", condition: .when(traits: ["Command"])),
        .product(name: "SwiftSyntax", package: "swift-syntax", condition: .when(traits: ["Command"])),
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxySQL", dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyMigrationErrors", "MetaxyNames"],
      swiftSettings: strict),
    .target(
      name: "MetaxySchema",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyHashing", "MetaxyJSON", "MetaxyMigrationErrors",
        "MetaxyNames", "MetaxySQL", "MetaxySorting",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyRegistry",
      dependencies: ["MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyNames", "MetaxySchema"],
      swiftSettings: strict),
    .target(
      name: "MetaxyRevisions",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyHashing", "MetaxyMigrationErrors", "MetaxyNames",
        "MetaxySQL", "MetaxySchema",
        "MetaxySorting",
        "MetaxyTime",
      ],
      swiftSettings: strict),

    // The migration engine: first what all engines share, then each engine.
    .target(
      name: "MetaxyRuntime",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyFileWriting", "MetaxyFiles", "MetaxyMigrationErrors",
        "MetaxyNames",
        "MetaxyPlatform",
        "MetaxyRevisions", "MetaxySQL", "MetaxySchema", "MetaxyTime",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxySQLite",
      dependencies: [
        "CSQLite", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyFiles", "MetaxyMigrationErrors",
        "MetaxyNames", "MetaxyPlatform",
        "MetaxyRuntime", "MetaxySQL", "MetaxySQLiteDriver", "MetaxySchema",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyPostgreSQL",
      dependencies: [
        "CPostgreSQL", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyMigrationErrors", "MetaxyNames",
        "MetaxyPostgreSQLDriver",
        "MetaxyRuntime", "MetaxySQL", "MetaxySchema", "MetaxySorting",
      ],
      swiftSettings: strict),

    // Safety rules: what they are, and how they read the statements of revisions. No database.
    .target(name: "MetaxyLintRules", swiftSettings: strict),
    .target(
      name: "MetaxyLint",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyLintRules", "MetaxyNames", "MetaxyRevisions", "MetaxyRuntime",
        "MetaxySQL",
        "MetaxySchema",
      ],
      swiftSettings: strict),

    // The page of `metaxy report`: values to HTML.
    .target(name: "MetaxyPage", dependencies: ["MetaxyDrawing"], swiftSettings: strict),

    // The command.
    .target(
      name: "MetaxyProject",
      dependencies: [
        "MetaxyConfiguration", "MetaxyErrors", "MetaxyFileWriting", "MetaxyFiles", "MetaxyLintRules",
        "MetaxyMigrationErrors",
        "MetaxyPlatform", "MetaxyTOML",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyEngines",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyErrors", "MetaxyMigrationErrors", "MetaxyPostgreSQL",
        "MetaxyPostgreSQLDriver", "MetaxyProject",
        "MetaxyRuntime", "MetaxySQL", "MetaxySQLite", "MetaxySQLiteDriver",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyCommands",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyDrawing", "MetaxyEngines", "MetaxyErrors", "MetaxyFeatures",
        "MetaxyFileWriting", "MetaxyFiles",
        "MetaxyGraph", "MetaxyHashing", "MetaxyJSON", "MetaxyLint", "MetaxyLintRules", "MetaxyMigrationErrors",
        "MetaxyNames", "MetaxyPage", "MetaxyPlatform", "MetaxyPostgreSQL", "MetaxyProject",
        "MetaxyRegistry", "MetaxyRevisions", "MetaxyRows", "MetaxyRuntime", "MetaxySQL", "MetaxySchema", "MetaxySyntax",
        "MetaxyTime", "MetaxyTimeZones",
      ],
      swiftSettings: strict),
    .target(
      name: "MetaxyCLI",
      dependencies: [
        "MetaxyCommands", "MetaxyConfiguration", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures",
        "MetaxyFileWriting", "MetaxyFiles",
        "MetaxyGraph", "MetaxyMigrationErrors", "MetaxyPlatform", "MetaxyProject", "MetaxyRows", "MetaxyRuntime",
        .product(name: "ArgumentParser", package: "swift-argument-parser", condition: .when(traits: ["Command"])),
      ],
      swiftSettings: strict),
    .executableTarget(name: "MetaxyMain", dependencies: ["MetaxyCLI"], swiftSettings: strict),

    // The repository is its own example: `metaxy.toml` points here, `migrations/` contains its revisions.
    .target(name: "ExampleFeatures", dependencies: ["Metaxy"], swiftSettings: asUsersBuild),
    .executableTarget(
      name: "ExampleProgram", dependencies: ["ExampleFeatures", "Metaxy", "MetaxyStore"],
      swiftSettings: asUsersBuild),

    // What tests share: the harness that runs scripts against the built command, databases read past the code under test.
    .target(
      name: "MetaxyTestSupport",
      dependencies: [
        "CSQLite", "MetaxyDatabase", "MetaxyErrors", "MetaxyEssentials", "MetaxyFileWriting", "MetaxyFiles",
        "MetaxyNames", "MetaxyPlatform",
        "MetaxyRuntime", "MetaxySchema",
      ],
      swiftSettings: strict),

    // Tests, from the bottom to the top.
    .testTarget(
      name: "MetaxyErrorsTests",
      dependencies: [
        "MetaxyCLI", "MetaxyErrors", "MetaxyFileWriting", "MetaxyFiles", "MetaxyMigrationErrors", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "MetaxyProseTests", swiftSettings: strict),
    .testTarget(name: "MetaxyFeaturesTests", dependencies: ["MetaxyFeatures"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyMacroTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFeatures", "MetaxyFileWriting", "MetaxyFiles", "MetaxyGraph", "MetaxyRegistry",
        "MetaxySchema",
        "MetaxySyntax", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyDrawingTests", dependencies: ["MetaxyDrawing", "MetaxyTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyPageTests", dependencies: ["MetaxyDrawing", "MetaxyPage", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(name: "MetaxyHashingTests", dependencies: ["MetaxyHashing"], swiftSettings: strict),
    .testTarget(name: "MetaxyTimeTests", dependencies: ["MetaxyTime"], swiftSettings: strict),
    .testTarget(name: "MetaxyTimeZonesTests", dependencies: ["MetaxyTimeZones"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyJSONTests",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyJSON", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyTOMLTests", dependencies: ["MetaxyErrors", "MetaxyTOML", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyGraphTests",
      dependencies: ["MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyMigrationErrors", "MetaxyTestSupport"],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySyntaxTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyNames", "MetaxySyntax", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySQLTests",
      dependencies: [
        "MetaxyErrors", "MetaxyMigrationErrors", "MetaxyNames", "MetaxyPostgreSQL", "MetaxyRevisions", "MetaxySQL",
        "MetaxySQLite",
        "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRevisionsTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyJSON", "MetaxyMigrationErrors", "MetaxyNames",
        "MetaxyPostgreSQL",
        "MetaxyRevisions", "MetaxySQL", "MetaxySQLite", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySchemaTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyJSON", "MetaxyMigrationErrors", "MetaxyNames",
        "MetaxySQL", "MetaxySchema",
        "MetaxySorting",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRegistryTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyNames", "MetaxyRegistry", "MetaxySchema",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySQLiteTests",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyMigrationErrors", "MetaxyNames", "MetaxyRevisions",
        "MetaxyRuntime",
        "MetaxySQL", "MetaxySQLite", "MetaxySQLiteDriver", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyPostgreSQLTests",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyGraph", "MetaxyJSON", "MetaxyMain",
        "MetaxyMigrationErrors", "MetaxyNames",
        "MetaxyPostgreSQL", "MetaxyPostgreSQLDriver", "MetaxyRevisions", "MetaxyRuntime", "MetaxySQL", "MetaxySchema",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRuntimeTests",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyMigrationErrors", "MetaxyNames", "MetaxyRevisions",
        "MetaxyRuntime",
        "MetaxySQL", "MetaxySQLite", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyLintTests",
      dependencies: [
        "MetaxyErrors", "MetaxyFeatures", "MetaxyFileWriting", "MetaxyFiles", "MetaxyLint", "MetaxyLintRules",
        "MetaxyNames",
        "MetaxyPostgreSQL", "MetaxyRevisions", "MetaxyRuntime", "MetaxySQL", "MetaxySQLite", "MetaxySchema",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRebuildTests",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyMain", "MetaxyMigrationErrors", "MetaxyNames", "MetaxyRevisions",
        "MetaxyRuntime", "MetaxySQL",
        "MetaxySQLite", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyProjectTests",
      dependencies: [
        "MetaxyConfiguration", "MetaxyErrors", "MetaxyFiles", "MetaxyLintRules", "MetaxyMigrationErrors",
        "MetaxyProject", "MetaxyTOML",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyRowsTests",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyFileWriting", "MetaxyFiles",
        "MetaxyRows", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyStoreTests",
      dependencies: [
        "Metaxy", "MetaxyDatabase", "MetaxyErrors", "MetaxyFileWriting", "MetaxyFiles", "MetaxyNames", "MetaxyRegistry",
        "MetaxyStore", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    // The features of one program, before and after a change; each module with the registry that was generated from it.
    .target(
      name: "ProgramFeaturesBefore", dependencies: ["Metaxy"], path: "Tests/ProgramFeatures/Before",
      swiftSettings: asUsersBuild),
    .target(
      name: "ProgramFeaturesAfter", dependencies: ["Metaxy"], path: "Tests/ProgramFeatures/After",
      swiftSettings: asUsersBuild),
    .target(
      name: "ProgramFeaturesSince01", dependencies: ["Metaxy"], path: "Tests/ProgramFeatures/Since01",
      swiftSettings: asUsersBuild),
    .testTarget(
      name: "MetaxyProgramTests",
      dependencies: [
        "Metaxy", "MetaxyErrors", "MetaxyFileWriting", "MetaxyFiles", "MetaxyMain", "MetaxyStore", "MetaxyTestSupport",
        "ProgramFeaturesAfter", "ProgramFeaturesBefore", "ProgramFeaturesSince01",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyInteropTests",
      dependencies: [
        "Metaxy", "MetaxyConfiguration", "MetaxyFiles", "MetaxyMain", "MetaxyProject", "MetaxyStore",
        "MetaxyTestSupport", "ProgramFeaturesSince01",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyExampleTests",
      dependencies: ["MetaxyCommands", "MetaxyErrors", "MetaxyRuntime", "MetaxyTestSupport"], swiftSettings: strict),
    .testTarget(
      name: "MetaxyScenarioTests",
      dependencies: [
        "MetaxyCommands", "MetaxyErrors", "MetaxyFiles", "MetaxyMain", "MetaxyMigrationErrors", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxyVersionTests",
      dependencies: [
        "MetaxyCommands", "MetaxyErrors", "MetaxyFeatures", "MetaxyFileWriting", "MetaxyFiles", "MetaxyGraph",
        "MetaxyHashing", "MetaxyJSON",
        "MetaxyMigrationErrors", "MetaxyNames", "MetaxySchema", "MetaxyStore",
        "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(
      name: "MetaxySystemTests",
      dependencies: [
        "MetaxyDatabase", "MetaxyErrors", "MetaxyFeatures", "MetaxyNames", "MetaxyPostgreSQL", "MetaxyRuntime",
        "MetaxySQLite", "MetaxySchema", "MetaxyTestSupport",
      ],
      swiftSettings: strict),
    .testTarget(name: "MetaxyEndToEndTests", dependencies: ["MetaxyMain", "MetaxyTestSupport"], swiftSettings: strict),
  ]
)

// The fuzz targets are linked with libFuzzer: only `make fuzz` builds them. Our targets are instrumented and swift-syntax is
// not, whose instrumented build takes too long.
if Context.environment["METAXY_FUZZ"] != nil {
  for target in package.targets where target.type == .regular {
    target.swiftSettings?.append(.unsafeFlags(["-sanitize=fuzzer"]))
  }
  package.targets.append(
    .executableTarget(
      name: "MetaxyFuzzing",
      dependencies: [
        "MetaxyConfiguration", "MetaxyDatabase", "MetaxyFeatures", "MetaxyJSON", "MetaxyNames", "MetaxyPostgreSQL",
        "MetaxyPostgreSQLDriver", "MetaxyProject", "MetaxyRevisions", "MetaxyRows", "MetaxySQL", "MetaxySQLite",
        "MetaxySchema", "MetaxySyntax", "MetaxyTOML", "MetaxyTime",
      ],
      path: "Tests/Fuzzing/Sources",
      swiftSettings: strict + [.unsafeFlags(["-sanitize=fuzzer"])],
      linkerSettings: [.unsafeFlags(["-sanitize=fuzzer", "-use-ld=lld", "-Xlinker", "-z", "-Xlinker", "muldefs"])]))
}

// `make sanitize` leaves out the command and whatever else needs swift-syntax, whose build with a sanitizer takes too long.
// Tests that only run the built command name `MetaxyMain` and import nothing of it.
if Context.environment["METAXY_WITHOUT_COMMAND"] != nil {
  package.products.removeAll { $0.name == "metaxy" }
  var leftOut: Set = ["MetaxyEndToEndTests", "MetaxyInteropTests", "MetaxyMain", "MetaxyProgramTests", "MetaxySyntax"]
  func names(_ target: Target) -> [String] {
    target.dependencies.compactMap { if case .byNameItem(let name, _) = $0 { name } else { nil } }
  }
  for target in package.targets where target.type == .test {
    target.dependencies.removeAll { if case .byNameItem("MetaxyMain", _) = $0 { true } else { false } }
  }
  while let target = package.targets.first(where: { !leftOut.contains($0.name) && !leftOut.isDisjoint(with: names($0)) }
  ) {
    leftOut.insert(target.name)
  }
  package.targets.removeAll { leftOut.contains($0.name) }
}
