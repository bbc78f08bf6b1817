internal import MetaxyErrors
internal import MetaxyFeatures
internal import MetaxyProject
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The tables after certain revisions according to their records: the expected content of databases of other dialects.
///
/// A database of one dialect does not show the content of another's, because it may not support comments or enum types.
struct RevisionRecords {
  let environment: EnvironmentContext
  private let records: [RevisionRecord]
  /// Revisions that were written by hand, whose effect is unknown.
  private let unknown: [RevisionFile]

  /// - Parameter revisions: the last revisions; their ancestors are included.
  init(_ environment: EnvironmentContext, upTo revisions: [String]) throws(MetaxyError) {
    self.environment = environment
    var records: [RevisionRecord] = []
    var unknown: [RevisionFile] = []
    for revision in try environment.revisions.graph.applied(Set(revisions)) {
      guard let file = environment.revisions[revision] else { continue }
      if let record = try environment.record(of: file) {
        records.append(record)
      } else if file.sections.contains(where: { !$0.statements.isEmpty }) {
        unknown.append(file)
      }
    }
    self.records = records
    self.unknown = unknown
  }

  /// The versions of the features at these revisions, as far as the records contain them.
  var featureVersions: [FeatureKey: String] {
    records.reduce(into: [:]) { versions, record in
      for (key, change) in record.features { versions[key] = change.to }
    }
  }

  /// Returns the tables of databases of a dialect.
  func schema(for dialect: any Dialect) -> Schema {
    var schema = Schema()
    for record in records { record.part(for: dialect.name).fold(into: &schema, rules: dialect) }
    return schema
  }

  /// Returns the drafts for the project's other dialects, from the recorded to the desired tables.
  func drafts(to comparison: EnvironmentComparison) throws(MetaxyError) -> [DialectDraft] {
    let others = environment.session.project.configuration.migrations.dialects
      .filter { $0.rawValue != environment.dialect.name }
    var drafts: [DialectDraft] = []
    for dialect in others {
      let own = try comparison.desired(for: dialect)
      var draft = try draft(
        to: own ?? comparison.desired, Engines.dialect(dialect, environment.session.context))
      draft.ownTables = own?.schema
      drafts.append(draft)
    }
    return drafts
  }

  private func draft(to desired: DesiredSchema, _ dialect: any Dialect) throws(MetaxyError) -> DialectDraft {
    try Self.draft(from: schema(for: dialect), to: desired, dialect)
  }

  /// Returns the draft for a dialect from recorded tables to others.
  static func draft(
    from recorded: Schema, to desired: DesiredSchema, _ dialect: any Dialect
  ) throws(MetaxyError) -> DialectDraft {
    let (operations, live) = operations(from: recorded, to: desired, dialect)
    do {
      return try DialectDraft(operations, dialect, on: live)
    } catch {
      throw .cannotRenderFor(dialect.name, cause: error)
    }
  }

  /// What the live database needs beyond what the records explain, in sentences: it stands in that dialect's sections alone.
  func drift(of operations: [MigrationOperation], to desired: DesiredSchema) -> [String] {
    let dialect = environment.dialect
    let recorded = Self.operations(from: schema(for: dialect), to: desired, dialect).operations
    let explained = Set(recorded.map(\.description))
    let unexplained = operations.map(\.description).filter { !explained.contains($0) }
    let name = environment.database.displayName
    let drift = unexplained.map {
      "`\(name)` has drifted from the revisions: `\($0)` is only for \(environment.dialect.name)"
    }
    return drift
      + unknown.map {
        "\($0.path) was written by hand and has no record; write what other engines need after it by hand, too"
      }
  }

  /// Returns the tables of `dialect` with the declared renames.
  func tables(renamedTo desired: DesiredSchema, _ dialect: any Dialect) -> RenamedSchema {
    Self.tables(schema(for: dialect), renamedTo: desired, dialect)
  }

  private static func tables(
    _ recorded: Schema, renamedTo desired: DesiredSchema, _ dialect: any Dialect
  ) -> RenamedSchema {
    func rename(_ dialect: some Dialect) -> RenamedSchema {
      RenamedSchema(
        LiveSchema(dialect.supportedSubset(of: recorded)), desired.renames,
        to: dialect.supportedSubset(of: desired.schema),
        rules: dialect)
    }
    return rename(dialect)
  }

  private static func operations(
    from recorded: Schema, to desired: DesiredSchema, _ dialect: any Dialect
  ) -> (operations: [MigrationOperation], live: RenamedSchema) {
    let live = tables(recorded, renamedTo: desired, dialect)
    func compare(_ dialect: some Dialect) -> [MigrationOperation] {
      SchemaComparison(rules: dialect).operations(from: live, to: desired.schema)
    }
    return (compare(dialect), live)
  }
}
