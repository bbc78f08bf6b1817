import MetaxyCommands
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyNames
import MetaxyTestSupport
import Testing

/// Which generation a project is of, and what follows from it.
@Suite(.timed) struct Generation01Tests {
  private static let swift = """
    import Metaxy

    /// Videos.
    @Feature("media/raw-video", idColumns: ["uid"], fields: [.field("frames"), .field("sound", codeVersion: "2")])
    struct Video: Feature {
      var uid: String
      var size: Int?
    }

    """

  private func project(_ settings: String, _ files: (String, String)...) throws -> VersionProject {
    try VersionProject(settings: "project = \"shop\"\n" + settings, files.map { (name: $0.0, text: $0.1) })
  }

  private static let key01 = "[ext.migrations]\ngeneration = \"0.1\"\n"
  private static func graph(_ spec: String, _ further: String = "") -> String {
    "{\(further)\"features\": [{\"spec\": \(spec), \"class_path\": \"m.T\"}]}"
  }
  private static let spec01 = #"{"key": "a", "id_columns": ["id"], "deps": []}"#
  private static let specSeed = #"{"key": ["a"], "id_columns": ["id"], "deps": null}"#

  @Test func keyChoosesForSwift() throws {
    #expect(try project("", ("F.swift", Self.swift)).list().generation == .seed)
    let list = try project(Self.key01, ("F.swift", Self.swift)).list()
    let item = try #require(list.features.first)
    #expect(item.table == "media__raw_video")
    // sha256 of `{"deps": [], "description": "Videos.", "fields": [{"code_version": "__metaxy_initial__", "deps": [],
    // "key": "frames"}, {"code_version": "2", "deps": [], "key": "sound"}], "id_columns": ["uid"], "key":
    // "media/raw-video", "metadata": {}}`, cut to eight characters; the others follow from it, by the rules.
    #expect(item.specVersion == "ba501718")
    #expect(item.codeVersion == "c5976044")
    #expect(item.fields.map(\.version) == ["d15c8323", "ac2d00c5"])
    #expect(item.featureVersion == "5a0c1ed8")
    #expect(item.definitionVersion == "02e71438")
    #expect(list.projectVersion == "f8a426f9")
  }

  @Test func formOfSpecsChooses() throws {
    #expect(try project("", ("g.json", Self.graph(Self.spec01))).list().generation == .release01)
    #expect(try project("", ("g.json", Self.graph(Self.specSeed))).list().generation == .seed)
    #expect(try project("", ("g.json", Self.graph(#"{"key": "a", "id_columns": ["id"]}"#))).list().generation == .seed)
  }

  @Test func keyOutranksAFormThatBothRead() throws {
    let text = #"{"key": ["a", "b"], "id_columns": ["id"]}"#
    #expect(try project(Self.key01, ("g.json", Self.graph(text))).list().features.map(\.key) == ["a/b"])
  }

  @Test func otherFormIsOneErrorThatNamesTheKey() throws {
    let cases = [
      (Self.key01, Self.graph(Self.specSeed), "seed", "0.1"),
      (
        "[ext.migrations]\ngeneration = \"seed\"\n", Self.graph(Self.spec01, "\"generation\": \"0.1\", "), "0.1", "seed"
      ),
    ]
    for (settings, text, found, wanted) in cases {
      let error = try #require(throws: MetaxyError.self) { try project(settings, ("g.json", text)).list() }
      #expect(
        error.diagnostics.map(\.message) == [
          "this graph is of generation `\(found)`, and the project is of generation `\(wanted)`: `generation` in"
            + " [ext.migrations] chooses"
        ])
    }
  }

  @Test func twoGraphsHaveOneGeneration() throws {
    let dependent = #"{"key": "b", "id_columns": ["id"], "deps": [{"feature": "a", "optional": true}]}"#
    let project = try project("", ("a.json", Self.graph(Self.specSeed)), ("b.json", Self.graph(dependent)))
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.diagnostics.map(\.location.file) == ["b.json"])
  }

  @Test func unknownGenerationIsRefused() throws {
    let project = try project("[ext.migrations]\ngeneration = \"0.2\"\n", ("F.swift", Self.swift))
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    #expect(error.diagnostics.map(\.message) == ["`generation` must be `seed` or `0.1`, found `0.2`"])
  }

  @Test func emptyListOfDependenciesIsRefused() throws {
    let source =
      Self.swift + """
        @Feature("b", idColumns: ["uid"], dependencies: [.feature(Video.self)], fields: [.field("x", dependencies: [])])
        struct B: Feature {
          var uid: String
        }
        """
    let error = try #require(throws: MetaxyError.self) { try project(Self.key01, ("F.swift", source)).list() }
    #expect(
      error.diagnostics.map(\.message) == [
        "the field `x` has an empty list of dependencies, which generation `0.1` reads as none given"
      ])
  }

  @Test func namesOfTheFirstGenerationAreFreeAndThoseOf01AreNot() throws {
    func source(_ name: String) -> String {
      Self.swift.replacing("  var size: Int?", with: "  @Column(name: \"\(name)\") var size: Int?")
    }
    #expect(try project(Self.key01, ("F.swift", source("data_version"))).list().features.count == 1)
    let error = try #require(throws: MetaxyError.self) {
      try project(Self.key01, ("F.swift", source("metaxy_data_version"))).list()
    }
    #expect(error.diagnostics.map(\.message).first?.contains("`metaxy_data_version` is a system column") == true)
  }

  @Test func exportedProjectVersionOfOtherFeaturesIsWarnedOf() throws {
    let project = try project("", ("g.json", Self.graph(Self.spec01, "\"project_version\": \"0123abcd\", ")))
    _ = try project.list()
    #expect(project.warnings.contains { $0.contains("`0123abcd` where it was exported") })
  }

  @Test func keysWithOneTableAreAWarning() throws {
    let text =
      #"{"generation": "0.1", "features": [{"spec": {"key": "a-b", "id_columns": ["id"]}, "class_path": "m.A"},"#
      + "\n" + #"{"spec": {"key": "a_b", "id_columns": ["id"]}, "class_path": "m.B"}]}"#
    let project = try project("", ("g.json", text))
    #expect(try project.list().features.map(\.table) == ["a_b", "a_b"])
    let warning = try #require(project.warnings.first)
    #expect(
      warning.hasPrefix(
        "g.json:2:1: warning: the keys `a-b` and `a_b` give both features the table `a_b`: hyphens become underscores"))
  }
}
