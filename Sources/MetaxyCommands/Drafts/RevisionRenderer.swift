internal import MetaxyErrors
internal import MetaxyGraph
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// The fourth stage, render: renders operations as the sections of a revision, for each dialect of the project, and as the
/// record beside it.
struct RevisionRenderer {
  private let environment: EnvironmentContext

  init(_ environment: EnvironmentContext) { self.environment = environment }

  /// Returns the revision.
  ///
  /// - Parameter operations: the operations from the live schema to the desired one.
  /// - Throws: errors for operations that a dialect does not support, in either direction.
  func draft(
    _ operations: [MigrationOperation], _ schemas: NormalisedSchemas, _ loaded: LoadedSchemas
  ) throws(MetaxyError) -> RevisionDraft {
    let live = try DialectDraft(operations, environment.dialect, on: schemas.live)
    let others = try loaded.otherDialects.map { target throws(MetaxyError) in try draft(target, loaded.records) }
    let drafts = [live] + others
    let versions = loaded.features.flatMap { features in
      features.graph.features.isEmpty ? nil : features.versions(environment.session.context)
    }
    var record = Self.record(of: drafts, desired: schemas.desired.schema)
    if let versions {
      record.features = FeatureVersionChange.changes(
        from: loaded.records.featureVersions, to: versions.featureVersions)
    }
    let described = operations.isEmpty ? others.flatMap(\.operations) : operations
    return RevisionDraft(
      sections: drafts.flatMap(\.sections), record: record, snapshot: versions?.snapshot,
      operations: drafts.flatMap(\.operations).distinctTargets.map(\.description), message: described.revisionMessage,
      warnings: drafts.flatMap(\.warnings).uniqued + (others.isEmpty ? [] : unrecorded(loaded.records)),
      liveStatements: live.upgrade.flatMap(\.statements), live: schemas.live.before.definition)
  }

  /// A database of one dialect does not show the schema of another: SQLite has no comments and no enum types. So the
  /// operations for other dialects are derived from the records.
  private func draft(_ target: DialectTarget, _ records: RevisionRecords) throws(MetaxyError) -> DialectDraft {
    var draft = try DialectDraft(from: try records.schema(for: target.dialect), to: target.desired, target.dialect)
    if target.isOwn { draft.ownTables = target.desired.schema }
    return draft
  }

  /// The tables after the revision: one part for all dialects, and one for each dialect with SQL files of its own.
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

  /// The revisions whose effect on other engines is unknown, as sentences.
  private func unrecorded(_ records: RevisionRecords) -> [String] {
    records.unknown.map {
      "\($0.path) was written by hand and has no record; write its sections for other engines by hand, too"
    }
  }
}

extension [String] {
  /// Each text once, at its first place: an operation of two dialects is listed once.
  var uniqued: [String] {
    var seen: Set<String> = []
    return filter { seen.insert($0).inserted }
  }
}
