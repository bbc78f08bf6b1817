import MetaxyCommands
import MetaxyErrors
import MetaxyMigrationErrors
import MetaxyTestSupport
import Testing

/// What Metaxy refuses, or accepts by mistake, is refused with its place.
@Suite(.timed) struct NegativeCaseTests {
  @Test func everyCaseIsAccountedFor() {
    let names = Goldens.negatives.map { $0.text("name") }
    #expect(names.count == 62)
    let known = Set(NegativeCase.refused.keys).union(NegativeCase.leftOut.keys).union(NegativeCase.accepted)
    #expect(Set(names) == known)
    #expect(known.count == NegativeCase.refused.count + NegativeCase.leftOut.count + NegativeCase.accepted.count)
  }

  @Test(
    arguments: NegativeCase.refused.sorted { $0.key < $1.key }.flatMap { name, cases in
      cases.indices.map { "\(name) \($0)" }
    })
  func caseIsRefusedWithItsPlace(label: String) throws {
    let words = label.split(separator: " ")
    let negative = try #require(NegativeCase.refused[String(words[0])]?[Int(words[1]) ?? 0])
    let (file, marked, message) = Self.text(of: negative)
    let (text, place) = Self.unmarked(marked, in: file)
    let project =
      file == "metaxy.toml"
      ? try VersionProject(settings: text, [("Empty.swift", "")]) : try VersionProject([(file, text)])
    let error = try #require(throws: MetaxyError.self) { try project.list() }
    let isEntrypoint = text.contains("entrypoints")
    #expect(
      error.code
        == (file != "metaxy.toml" ? .invalidFeatures : isEntrypoint ? .invalidEntrypoints : .invalidConfiguration))
    // The entrypoints come before the settings.
    let line = file == "metaxy.toml" && !isEntrypoint ? 1 : 0
    let found = error.diagnostics.filter { $0.severity == .error }
    #expect(
      found.map { "\($0.location.file):\($0.location.line - line):\($0.location.column): \($0.message)" }
        == ["\(place): \(message)"])
  }

  @Test func renameToTheSpecVersionIsAccepted() throws {
    let specs = [
      "{\"key\": [\"u\"], \"id_columns\": [\"i\"]}",
      "{\"key\": [\"a\"], \"id_columns\": [\"i\"],"
        + " \"deps\": [{\"feature\": [\"u\"], \"rename\": {\"p\": \"feature_spec_version\"}}]}",
    ]
    let project = try VersionProject([("graph.json", Self.graph(specs.map(Self.feature)))])
    #expect(try project.list().features.count == 2)
  }

  private static func text(of negative: NegativeCase) -> (file: String, text: String, message: String) {
    switch negative {
    case .json(let specs, let message): ("graph.json", graph(specs.map(feature)), message)
    case .features(let text, let message): ("graph.json", graph([text]), message)
    case .swift(let source, let message): ("Features.swift", base + source, message)
    case .toml(let text, let message): ("metaxy.toml", text, message)
    }
  }

  private static func feature(_ spec: String) -> String { "{\"spec\": \(spec), \"class_path\": \"T\"}" }

  private static func graph(_ features: [String]) -> String {
    "{\"features\": [\n\(features.joined(separator: ",\n"))\n]}"
  }

  private static let base = """
    @FeatureBase(idColumns: ["sample_id"])
    protocol Sample: Feature {}

    @Feature("u")
    struct U: Sample {
      var sampleId: String
      var p: String
      var q: String
    }

    """

  /// The text without its mark, and the place of the mark.
  private static func unmarked(_ text: String, in file: String) -> (text: String, place: String) {
    let parts = text.split(separator: "▸", omittingEmptySubsequences: false)
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let column = (before.last ?? "").utf8.count + 1
    return (parts.joined(), "\(file):\(before.count):\(column)")
  }
}
