import MetaxyFeatures
import MetaxyFiles
import MetaxyGraph
import MetaxyJSON
import MetaxyNames
import MetaxySchema
import MetaxyStore
import MetaxyTestSupport
import Testing

/// The provenance and the data versions of rows are those of Metaxy 0.1, by every algorithm.
@Suite(.timed) struct RowVector01Tests {
  @Test func vectorsAreThere() {
    #expect(RowVector.all.count == 29)
    #expect(RowVector.texts.count == 23)
    #expect(Set(RowVector.algorithms) == Set(HashAlgorithm.allCases))
  }

  /// Texts of all lengths at which an algorithm takes another way.
  @Test(arguments: HashAlgorithm.allCases)
  func textsHaveMetaxysHashes(algorithm: HashAlgorithm) {
    for text in RowVector.texts { #expect(algorithm.hash(text.text("text")) == text.text(algorithm.rawValue)) }
  }

  @Test(arguments: RowVector.all, HashAlgorithm.allCases)
  func rowsHaveMetaxysHashes(vector: RowVector, algorithm: HashAlgorithm) throws {
    let hashing = RowHashing(algorithm, length: vector.truncationLength)
    let results = vector.json["results"]?[algorithm.rawValue]
    var tables: [FeatureKey: [RowVector.Row]] = [:]
    for feature in try vector.features() {
      let result = try #require(results?[feature.key.text], "\(feature.key)")
      let expected = result["update"] ?? result["stored"]
      for row in (expected?.elements ?? []).map(RowVector.Row.init) {
        let provenance =
          feature.dependencies.isEmpty
          ? row.provenance : ProvenanceRecipe(feature, hashing).provenance(of: row.parents(feature, tables))
        expect(provenance, toBe: row, of: feature, hashing)
      }
      // What Metaxy stored, or else what it computed: with the data versions that a program gave.
      let stored = ((result["stored"] ?? result["update"])?.elements ?? []).map(RowVector.Row.init)
      for row in stored {
        #expect(hashing.hash(of: row.dataVersion, feature.fields) == row.json.hash("data_version", "provenance"))
      }
      tables[feature.key] = stored.map { $0.completed(by: vector, feature.key) }
    }
  }

  private func expect(
    _ provenance: FieldHashes, toBe row: RowVector.Row, of feature: RegisteredFeature, _ hashing: RowHashing
  ) {
    for field in feature.fields {
      let name = field.key.memberName
      #expect(provenance[name] == row.provenance[name], "\(feature.key) \(row.json["ids"] ?? .null) \(name)")
    }
    #expect(provenance.members.count == row.provenance.members.count)
    #expect(hashing.hash(of: provenance, feature.fields) == row.json["provenance"]?.string, "\(feature.key)")
  }
}

/// Features with rows, and what Metaxy makes of them.
struct RowVector: Sendable, CustomTestStringConvertible {
  /// A row with the values by which others find it.
  struct Row {
    var json: JSONValue
    var values: [JSONValue.Member]

    init(_ json: JSONValue) {
      self.json = json
      values = json["ids"]?.members ?? []
    }

    var provenance: FieldHashes { FieldHashes(json["provenance_by_field"]) }
    /// The data version by field, where it is not the provenance.
    var dataVersion: FieldHashes {
      json["data_version_by_field"].map(FieldHashes.init) ?? provenance
    }

    func value(_ column: String) -> JSONValue? { values.first { $0.name == column }?.value }

    /// The row with the columns that only the rows in the vector have.
    func completed(by vector: RowVector, _ key: FeatureKey) -> Row {
      let ids = values
      guard
        let written = vector.json["rows"]?[key.text]?.elements.first(where: { row in
          ids.allSatisfy { row[$0.name] == $0.value }
        })
      else { return self }
      var row = self
      row.values = written.members.filter { !["by_field", "data_by_field"].contains($0.name) }
      return row
    }

    /// Finds the rows that this one is computed from.
    func parents(_ feature: RegisteredFeature, _ tables: [FeatureKey: [Row]]) -> [ProvenanceRecipe.Parent] {
      feature.dependencies.map { dependency in
        let found = (tables[dependency.feature] ?? []).filter { parent in
          zip(dependency.columns, dependency.upstreamColumns).allSatisfy { value($0) == parent.value($1) }
        }
        guard let first = found.first else { return .none }
        let sorted = found.sorted { $0.isBefore($1) }
        return dependency.isAggregated ? .group(sorted.map(\.dataVersion)) : .row(first.dataVersion)
      }
    }

    /// By the ID columns in their order: numbers as numbers, texts by code point.
    private func isBefore(_ other: Row) -> Bool {
      for member in json["ids"]?.members ?? [] {
        guard let left = value(member.name), let right = other.value(member.name), left != right else { continue }
        if let left = left.integer, let right = right.integer { return left < right }
        return ScalarString(left.string ?? "") < ScalarString(right.string ?? "")
      }
      return false
    }
  }

  var json: JSONValue
  var truncationLength: Int { json["hash_truncation_length"]?.integer ?? 0 }
  var testDescription: String { json.text("name") }

  /// The features of the graph, upstream first.
  func features() throws -> [RegisteredFeature] {
    let specs = (json["features"]?.elements ?? []).map { $0["spec"] ?? .null }
    let text = exported(specs, project: "p", truncatedTo: truncationLength)
    let export = ExportedGraph(bytes(text), file: "graph.json", .release01)
    try #require(export.diagnostics == [])
    let (built, problems) = FeatureGraph.build(export.definitions, generation: .release01)
    let graph = try #require(built, "\(problems.map(\.message))")
    return graph.topologicalOrder.map { feature in
      RegisteredFeature(
        feature.key, type: nil, project: "p", table: feature.key.tableName, idColumns: feature.idColumns, columns: [],
        fields: graph.registeredFields(of: feature), dependencies: graph.registeredDependencies(of: feature),
        featureVersion: "", specVersion: "")
    }
  }

  private static let file: JSONValue = {
    let path = "\(Repository.fixtures)/metaxy-0.1-rows.json"
    // Without the file there is nothing, and a test counts.
    guard let bytes = try? Files.bytes(at: path) else { return .null }
    return (try? JSONValue(parsing: bytes, file: path)) ?? .null
  }()

  static let all: [RowVector] = (file["vectors"]?.elements ?? []).map(RowVector.init)
  static let texts: [JSONValue] = file["hashes"]?.elements ?? []
  static let algorithms: [HashAlgorithm] =
    (file["algorithms"]?.elements ?? []).compactMap { $0.string.flatMap(HashAlgorithm.init(rawValue:)) }
}

extension FieldHashes {
  fileprivate init(_ json: JSONValue?) {
    self.init((json?.members ?? []).map { Member($0.name, $0.value.string) })
  }
}

extension JSONValue {
  /// The text of a member, or else that of another one.
  fileprivate func hash(_ name: String, _ other: String) -> String? { (self[name] ?? self[other])?.string }
}
