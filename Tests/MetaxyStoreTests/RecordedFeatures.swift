import Metaxy
import MetaxyStore
import MetaxyTestSupport

@Feature("a", idColumns: ["id"])
struct Base: Equatable {
  var id: String
}

@Feature("o", idColumns: ["id"])
struct Extra: Equatable {
  var id: String
}

@Feature("b", idColumns: ["id"])
struct Derived: Equatable {
  var id: String
}

@Feature("b", idColumns: ["id", "n"])
struct Part: Equatable {
  var id: String
  var n: String
}

@Feature("c", idColumns: ["id"])
struct Last: Equatable {
  var id: String
}

@Feature("a", idColumns: ["g", "n"])
struct Piece: Equatable {
  var g: String
  var n: String
}

@Feature("b", idColumns: ["g"])
struct Whole: Equatable {
  var g: String
}

/// A database with tables of Metaxy 0.1, written in SQL past the code under test, and read so.
final class RecordedDatabase: Sendable {
  let engine: Engine
  var url: String { database.url }
  private let database: EmptyDatabase

  /// - Parameter tables: the ID columns of each table, all of them texts.
  init(_ engine: Engine, _ tables: [String: [String]], project version: String? = "p1") throws {
    self.engine = engine
    database = try EmptyDatabase(on: engine)
    try run(
      """
      CREATE TABLE metaxy_system__feature_versions (
        project VARCHAR NOT NULL, feature_key VARCHAR NOT NULL, metaxy_definition_version VARCHAR NOT NULL,
        metaxy_feature_version VARCHAR, metaxy_project_version VARCHAR, recorded_at \(plainTime))
      """)
    for (name, ids) in tables {
      let columns = ids.map { "\($0) VARCHAR NOT NULL" }.joined(separator: ", ")
      try run("CREATE TABLE \(name) (\(system), \(columns))")
    }
    if let version { try record(version, at: "2026-11-22 10:00:00") }
  }

  func record(_ version: String, at time: String) throws {
    try run(
      "INSERT INTO metaxy_system__feature_versions VALUES ('pipeline', 'a', 'd', 'v', '\(version)', '\(time)')")
  }

  func run(_ sql: String) throws { try database.rows(sql) }

  /// The rows of a query, values separated by `|`, NULL as nothing.
  func rows(_ sql: String) throws -> [String] { try database.rows(sql) }

  func store(
    _ features: [RegisteredFeature], _ algorithm: HashAlgorithm? = .md5, length: Int = 8
  ) async throws -> MetadataStore {
    try await MetadataStore.open(
      url: url,
      registry: FeatureRegistry(
        project: "pipeline", projectVersion: "p1", hashTruncationLength: length, features: features),
      hashAlgorithm: algorithm)
  }

  private var plainTime: String { engine == .sqlite ? "DATETIME" : "TIMESTAMP WITHOUT TIME ZONE" }
  private var time: String { engine == .sqlite ? "DATETIME" : "TIMESTAMP WITH TIME ZONE" }

  /// The columns of Metaxy's SQLModel class, without NOT NULL, as a store of Metaxy makes them.
  private var system: String {
    """
    metaxy_provenance_by_field JSON, metaxy_provenance VARCHAR, metaxy_feature_version VARCHAR,
    metaxy_project_version VARCHAR, metaxy_data_version_by_field JSON, metaxy_data_version VARCHAR,
    metaxy_created_at \(time), metaxy_materialization_id VARCHAR, metaxy_updated_at \(time), metaxy_deleted_at \(time)
    """
  }
}

/// Features as `metaxy generate` registers them.
enum Recorded {
  static func feature(
    _ key: FeatureKey, _ type: any Feature.Type, ids: [String] = ["id"], fields: [RegisteredField],
    dependencies: [RegisteredDependency] = [], version: String = "1"
  ) -> RegisteredFeature {
    RegisteredFeature(
      key, type: type, project: "pipeline", table: key.tableName, idColumns: ids,
      columns: ids.map { RegisteredColumn($0, codingKey: $0, type: .string) }, fields: fields,
      dependencies: dependencies, featureVersion: "\(key)-\(version)", specVersion: "\(key)-spec")
  }

  static func field(
    _ key: FieldKey, _ parents: [RegisteredParent] = [], code version: String = "__metaxy_initial__"
  ) -> RegisteredField {
    RegisteredField(key, codeVersion: version, parents: parents)
  }
}
