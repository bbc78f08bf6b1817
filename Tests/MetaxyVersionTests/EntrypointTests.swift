import MetaxyCommands
import MetaxyErrors
import MetaxyFeatures
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// Exported graphs and Swift as entrypoints of one project.
@Suite(.timed) struct EntrypointTests {
  private static let spec: JSONValue = ["key": ["raw"], "id_columns": ["id"]]

  private static let swift = """
    import Metaxy

    @Feature("clean", idColumns: ["id"], dependencies: [.feature("raw")])
    struct Clean: Feature {
      var id: String
    }
    """

  private func project(_ settings: String = "", lengths: [Int?] = [nil], with swift: String = swift) throws
    -> VersionProject
  {
    let graphs = lengths.enumerated().map { position, length in
      var spec = Self.spec
      if position > 0 { spec = ["key": [.string("raw\(position)")], "id_columns": ["id"]] }
      return ("g\(position).json", exported([spec], project: "other", truncatedTo: length))
    }
    return try VersionProject(settings: settings, [("Clean.swift", swift)] + graphs)
  }

  @Test func featuresInSwiftDependOnExportedOnes() throws {
    let list = try project("project = \"mine\"").list()
    #expect(list.project == "mine")
    #expect(list.features.map(\.key) == ["clean", "raw"])
    #expect(list.features.map(\.project) == ["mine", "other"])
    #expect(list.features.map(\.source.file) == ["Clean.swift", "g0.json"])
    #expect(list.features.map(\.source.line) == [3, 2])
    #expect(list.features[0].dependencies == ["raw"])
  }

  @Test func exportOfBothGivesTheSameVersions() throws {
    let project = try project("project = \"mine\"\nhash_truncation_length = 12", lengths: [12])
    let before = try project.list()
    let again = try VersionProject([("all.json", project.export().text())]).list()
    #expect(again.snapshotVersion == before.snapshotVersion)
    #expect(again.features.map(\.trackingVersion) == before.features.map(\.trackingVersion))
    #expect(again.features.map(\.table) == before.features.map(\.table))
    #expect(again.features.map(\.project) == ["mine", "other"])
  }

  @Test func keyOfBothIsDeclaredTwice() throws {
    let twice = Self.swift.replacing(
      "\"clean\", idColumns: [\"id\"], dependencies: [.feature(\"raw\")]", with: "\"raw\", idColumns: [\"id\"]")
    let project = try project(with: twice)
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.code == .invalidFeatures)
    #expect(error.diagnostics.first?.message == "the feature `raw` is declared twice")
    #expect(error.diagnostics.first?.location.file == "g0.json")
  }

  @Test func featureThatCouldNotBeReadIsNotCalledMissing() throws {
    let bad = "{\"features\": [\n{\"spec\": {\"key\": [\"raw\"], \"id_columns\": []}, \"class_path\": \"R\"}]}"
    let project = try VersionProject([("Clean.swift", Self.swift), ("g.json", bad)])
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.code == .invalidFeatures)
    #expect(error.diagnostics.map(\.location.file) == ["g.json"])
    #expect(error.diagnostics.first?.sourceLine?.hasPrefix("{\"spec\": {\"key\"") == true)
  }

  @Test func lengthOfTheFileHoldsForAllWithAWarning() throws {
    let project = try project(lengths: [9])
    let list = try project.list()
    #expect(list.features.map(\.featureVersion.count) == [9, 9])
    #expect(list.features.map(\.specVersion.count) == [64, 64])
    #expect(project.warnings.count == 1)
    #expect(project.warnings.first?.contains("9 characters of a hash are kept for the features in Swift, too") == true)
  }

  @Test(arguments: [
    (
      "hash_truncation_length = 12", [Int?.some(9)], "9 characters of a hash are kept here, and 12 characters elsewhere"
    ),
    ("hash_truncation_length = 12", [nil], "all characters of a hash are kept here, and 12 characters elsewhere"),
    ("", [9, nil], "all characters of a hash are kept here, and 9 characters elsewhere"),
  ])
  func lengthsThatDifferAreRefused(settings: String, lengths: [Int?], message: String) throws {
    let project = try project(settings, lengths: lengths)
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.code == .invalidFeatures)
    #expect(error.diagnostics.map(\.message) == ["\(message): a graph has one `hash_truncation_length`"])
  }

  @Test func lengthOfTheConfigurationHolds() throws {
    let list = try project("hash_truncation_length = 8", lengths: [8]).list()
    #expect(list.version.count == 8)
    #expect(list.features.map(\.trackingVersion?.count) == [8, 8])
  }
}
