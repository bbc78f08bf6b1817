internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// Render, the fourth stage: writes operations as the sections of a revision, for the store's dialect and for each other
/// one that the project serves, and as the record beside it.
struct RevisionRenderer {
  private let environment: EnvironmentContext

  init(_ environment: EnvironmentContext) { self.environment = environment }

  /// Returns the revision; nil when there is nothing to do on any dialect.
  ///
  /// - Parameter operations: what leads from the live schema to the desired one.
  /// - Throws: what a dialect cannot do, in either direction.
  func draft(
    _ operations: [MigrationOperation], _ schemas: NormalisedSchemas, _ loaded: LoadedSchemas
  ) throws(MetaxyError) -> RevisionDraft? {
    let live = try DialectDraft(operations, environment.dialect, on: schemas.live)
    let others = try loaded.otherDialects.map { target throws(MetaxyError) in try draft(target, loaded.records) }
    guard !operations.isEmpty || others.contains(where: { !$0.operations.isEmpty }) else { return nil }
    let drafts = [live] + others
    let versions = loaded.features.flatMap { features in
      features.graph.features.isEmpty ? nil : features.versions(environment.session.context)
    }
    var record = Self.record(of: drafts, desired: schemas.desired.schema)
    if let versions {
      record.features = FeatureVersionChange.changes(
        from: loaded.records?.featureVersions ?? [:], to: versions.featureVersions)
    }
    let described = operations.isEmpty ? others.flatMap(\.operations) : operations
    return RevisionDraft(
      sections: drafts.flatMap(\.sections), record: record, snapshot: versions?.snapshot,
      operations: drafts.flatMap(\.operations).distinctTargets.map(\.description), message: described.revisionMessage,
      warnings: drafts.flatMap(\.warnings).uniqued + (others.isEmpty ? [] : drift(of: operations, schemas, loaded)),
      liveStatements: live.upgrade.flatMap(\.statements))
  }

  /// A database of one dialect cannot tell what one of another holds: it has no comments, or no enum types. So what a
  /// revision does on the others is worked out from the records.
  private func draft(_ target: DialectTarget, _ records: RevisionRecords?) throws(MetaxyError) -> DialectDraft {
    var draft = try DialectDraft(
      from: records?.schema(for: target.dialect) ?? Schema(), to: target.desired, target.dialect)
    if target.isOwn { draft.ownTables = target.desired.schema }
    return draft
  }

  /// What the revision leads to: one part for all dialects, and one for each dialect that other files define tables for.
  private static func record(of drafts: [DialectDraft], desired: Schema) -> RevisionRecord {
    var common = RevisionRecord()
    for draft in drafts where draft.ownTables == nil {
      common.take(draft.operations, desired: desired, rules: draft.dialect)
    }
    var record = common
    for draft in drafts {
      guard let tables = draft.ownTables else { continue }
      let part = RevisionRecord(of: draft.operations, desired: tables, rules: draft.dialect)
      if part != common { record.dialects[draft.dialect.name] = part }
    }
    return record
  }

  /// What the live database needs beyond what the records explain, in sentences: the sections of the other dialects do
  /// not do it.
  private func drift(
    of operations: [MigrationOperation], _ schemas: NormalisedSchemas, _ loaded: LoadedSchemas
  ) -> [String] {
    guard let records = loaded.records else { return [] }
    let dialect = environment.dialect
    let recorded = dialect.renamed(LiveSchema(records.schema(for: dialect)), to: schemas.desired)
    let explained = Set(dialect.operations(from: recorded, to: schemas.desired.schema).map(OperationTarget.init))
    let unexplained = operations.filter { !explained.contains(OperationTarget($0)) }
    let name = environment.database.displayName
    return unexplained.map {
      "`\(name)` has drifted from the revisions: `\($0)` is only for \(dialect.name)"
    }
      + records.unknown.map {
        "\($0.path) was written by hand and has no record; write its sections for other engines by hand, too"
      }
  }
}

extension [String] {
  /// Each text once, where it stands first: what two dialects do alike is said once.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
