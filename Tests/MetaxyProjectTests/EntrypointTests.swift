import Foundation
import MetaxyConfiguration
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyProject
import MetaxyTestSupport
import Testing

struct EntrypointTests {
  private let directory: TemporaryDirectory

  init() throws {
    directory = try TemporaryDirectory()
    for path in [
      "Sources/A/Features/Video.swift", "Sources/A/Features/Deep/er/Crop.swift", "Sources/B/Features/Text.swift",
      "Sources/B/Other.swift", "Sources/B/notes.md", "Sources/.build/x.swift", "Sources/.hidden.swift",
      "Sources/.hidden/y.swift", ".build-release/z.swift", "app.sql", "graph.json",
    ] { try directory.write("", to: path) }
  }

  private func project(_ entrypoints: [String], _ environment: [String: String] = [:]) throws -> Project {
    let list = entrypoints.map { "'\($0)'" }.joined(separator: ", ")
    try directory.write("entrypoints = [\(list)]", to: "metaxy.toml")
    return try directory.load(environment)
  }

  private func files(_ entrypoints: String..., environment: [String: String] = [:]) throws -> [String] {
    let project = try project(entrypoints, environment)
    return try project.sourceFiles().swift.map(project.displayPath)
  }

  private func sql(_ entrypoints: String..., dialect: StoreDialect = .sqlite) throws -> [String] {
    let project = try project(entrypoints)
    return try project.sourceFiles().sql(for: dialect).map(project.displayPath)
  }

  @Test func directoriesStandForTheSwiftFilesBelowWithoutHiddenOnes() throws {
    let all = [
      "Sources/A/Features/Deep/er/Crop.swift", "Sources/A/Features/Video.swift", "Sources/B/Features/Text.swift",
      "Sources/B/Other.swift",
    ]
    #expect(try files("Sources") == all)
    #expect(try files("./Sources/") == all)
    #expect(try files(".") == all)
    #expect(try files("\(directory.path)/Sources") == all)
  }

  @Test(arguments: [
    (
      "Sources/*/Features/**/*.swift",
      ["Sources/A/Features/Deep/er/Crop.swift", "Sources/A/Features/Video.swift", "Sources/B/Features/Text.swift"]
    ),
    (
      "Sources/*/Features",
      ["Sources/A/Features/Deep/er/Crop.swift", "Sources/A/Features/Video.swift", "Sources/B/Features/Text.swift"]
    ),
    ("Sources/*/*.swift", ["Sources/B/Other.swift"]),
    ("Sources/?/Features/*.swift", ["Sources/A/Features/Video.swift", "Sources/B/Features/Text.swift"]),
    ("Sources/[B-Z]/**", ["Sources/B/Features/Text.swift", "Sources/B/Other.swift"]),
    ("Sources/[!B]/*/*.swift", ["Sources/A/Features/Video.swift"]),
    ("**/V*o.swift", ["Sources/A/Features/Video.swift"]),
    ("Sources/../Sources/B/Oth[e]r.swift", ["Sources/B/Other.swift"]),
  ])
  func globsMatchNames(pattern: String, expected: [String]) throws {
    #expect(try files(pattern) == expected)
  }

  @Test func filesAreListedOnceAndSortedByBytes() throws {
    try directory.write("", to: "Sources/Z.swift")
    try directory.write("", to: "Sources/a.swift")
    try directory.write("", to: "Sources/é.swift")
    #expect(
      try files("Sources/é.swift", "Sources/a.swift", "Sources/Z.swift", "Sources/[a-z].swift") == [
        "Sources/Z.swift", "Sources/a.swift", "Sources/é.swift",
      ])
  }

  @Test func linksThatLeadUpwardsEnd() throws {
    try FileManager.default.createSymbolicLink(
      atPath: "\(directory.path)/Sources/B/up", withDestinationPath: "\(directory.path)/Sources")
    #expect(try files("Sources/B").filter { $0.hasSuffix("Other.swift") }.count == 1)
    #expect(try files("Sources/**/*.swift").contains("Sources/B/Other.swift"))
  }

  @Test func entrypointsThatNameNothingAreToldTogetherWithTheirPlaces() throws {
    let error = try #require(
      #expect(throws: MetaxyError.self) {
        try files("Nowhere", "Sources", "x*.swift", "my.module", "lost.sql", "lost.json")
      })
    #expect(error.code == .invalidEntrypoints)
    #expect(error.message.contains("entrypoint `Nowhere` matches no Swift file (set by `metaxy.toml:1:16`)"))
    #expect(error.message.contains("`x*.swift` matches no Swift file"))
    #expect(error.message.contains("`my.module` looks like a Python module"))
    #expect(error.message.contains("entrypoint `lost.sql` matches no SQL file"))
    #expect(error.message.contains("entrypoint `lost.json` matches no JSON file"))
    #expect(error.diagnostics.count == 5)
  }

  @Test func variablesAreNamedWhereTheySetTheEntrypoint() throws {
    let error = #expect(throws: MetaxyError.self) {
      try files("Sources", environment: ["METAXY_ENTRYPOINT_1": "Nowhere"])
    }
    #expect(error?.code == .invalidEntrypoints)
    #expect(error?.message == "entrypoint `Nowhere` matches no Swift file (set by `METAXY_ENTRYPOINT_1`)")
  }

  @Test func otherFilesAndOpenBracketsAreRefused() throws {
    #expect { try files("Sources/B/notes.md") } throws: { ($0 as? MetaxyError)?.code == .invalidEntrypoints }
    #expect { try files("Sources/[B") } throws: { ($0 as? MetaxyError)?.code == .invalidEntrypoints }
    #expect { try files() } throws: { ($0 as? MetaxyError)?.code == .invalidEntrypoints }
  }

  @Test func starsDoNotTakeForever() throws {
    let name = String(repeating: "a", count: 200) + ".swift"
    try directory.write("", to: "Sources/\(name)")
    #expect { try files("Sources/" + String(repeating: "*a", count: 50) + "b") } throws: {
      ($0 as? MetaxyError)?.code == .invalidEntrypoints
    }
  }

  @Test func sqlStandsBesideSwiftOrAlone() throws {
    #expect(try sql("Sources", "app.sql") == ["app.sql"])
    #expect(try files("Sources/B", "app.sql") == ["Sources/B/Features/Text.swift", "Sources/B/Other.swift"])
    #expect(try files("app.sql") == [])
    #expect(try sql("Sources") == [])
  }

  @Test func exportedGraphsAreNamedByFileOrPattern() throws {
    for name in ["db/b.json", "db/a.json", "db/Video.swift"] { try directory.write("", to: name) }
    let project = try project(["db/*.json", "graph.json", "./graph.json"])
    #expect(try project.sourceFiles().json.map(project.displayPath) == ["db/a.json", "db/b.json", "graph.json"])
    #expect(try files("db") == ["db/Video.swift"])
  }

  @Test func sqlFilesKeepTheirOrderAndAreListedOnce() throws {
    for name in ["db/2_views.sql", "db/10_tables.sql", "db/notes.md", "db/Video.swift"] {
      try directory.write("", to: name)
    }
    #expect(
      try sql("db/2_views.sql", "db/*.sql", "./app.sql") == ["db/2_views.sql", "db/10_tables.sql", "app.sql"])
    #expect(try files("db") == ["db/Video.swift"])
  }

  @Test func aDialectInTheNamePicksTheFile() throws {
    for name in ["app.sqlite.sql", "app.postgresql.sql", "app.v2.sql", "sqlite.sql"] {
      try directory.write("", to: name)
    }
    let all = ["app.sql", "app.sqlite.sql", "app.postgresql.sql", "app.v2.sql", "sqlite.sql"]
    let project = try project(all)
    let files = try project.sourceFiles()
    #expect(
      files.sql(for: .sqlite).map(project.displayPath) == ["app.sql", "app.sqlite.sql", "app.v2.sql", "sqlite.sql"])
    #expect(
      files.sql(for: .postgresql).map(project.displayPath) == [
        "app.sql", "app.postgresql.sql", "app.v2.sql", "sqlite.sql",
      ])
  }
}
