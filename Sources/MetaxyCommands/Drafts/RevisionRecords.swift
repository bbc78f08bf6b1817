internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyGraph
internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySchema

/// The records of a revision and its ancestors, from which the schema of every dialect is computed, without a database.
struct RevisionRecords {
  private let environment: EnvironmentContext
  private let revisions: [String]
  private let records: [RevisionRecord]
  /// The generation of the project; system tables of the other generation are not part of the schema, because no revision
  /// changes them any more.
  var generation: Generation?
  /// Schemas with values for columns that the next revision drops and its downgrade adds again, by dialect.
  var prepared: [String: Schema] = [:]
  /// Revisions that were written by hand and have no record, so their effect is unknown.
  let unknown: [RevisionFile]

  /// Reads the records.
  ///
  /// - Parameter revisions: the last revisions; their ancestors are included.
  init(_ environment: EnvironmentContext, upTo revisions: [String]) throws(MetaxyError) {
    var records: [RevisionRecord] = []
    var unknown: [RevisionFile] = []
    let graph = environment.revisions.graph
    for revision in try graph.applied(Set(graph.ends(revisions))) {
      guard let file = environment.revisions[revision] else { continue }
      if let record = try environment.record(of: file) {
        records.append(record)
      } else if file.sections.contains(where: { !$0.statements.isEmpty }) {
        unknown.append(file)
      }
    }
    self.environment = environment
    self.revisions = revisions
    self.records = records
    self.unknown = unknown
  }

  /// The versions of the features at these revisions, as far as they are recorded.
  var featureVersions: [FeatureKey: String] {
    records.reduce(into: [:]) { versions, record in
      for (key, change) in record.features { versions[key] = change.to }
    }
  }

  /// Returns the schema after these revisions on a dialect.
  ///
  /// - Throws: `conflicting_records`.
  func schema(for dialect: any Dialect) throws(MetaxyError) -> Schema {
    if let schema = prepared[dialect.name] { return schema }
    let schema = try environment.recordedSchemas(for: dialect).schema(at: revisions)
    return generation.map(schema.withoutSystemTables) ?? schema
  }
}

extension Schema {
  /// Returns the schema without the system tables of the other generation.
  func withoutSystemTables(ofOtherThan generation: Generation) -> Schema {
    filter { table in SystemTables.generation(of: table).map { $0 == generation } ?? true }
  }
}
