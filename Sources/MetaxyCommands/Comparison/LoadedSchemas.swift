internal import MetaxyNames
internal import MetaxyRevisions
internal import MetaxyRuntime
internal import MetaxySQL
internal import MetaxySchema

/// What a comparison works on, as it was read.
struct LoadedSchemas {
  /// The features; nil where Metaxy's own tables are desired.
  let features: FeatureSource?
  /// What the features and plain SQL, or Metaxy's own definitions, ask for.
  let desired: DesiredSchema
  /// The owned objects of the database as the engine prints them, before and after the declared renames.
  let live: RenamedSchema
  /// The revisions that are not applied yet; nil where there are none.
  var pending: PendingRevisions?
  /// The revisions that a new one follows; nil where none is written.
  var records: RevisionRecords?
  /// What a new revision leads to on the other dialects that the project serves.
  var otherDialects: [DialectTarget] = []
}

/// What is desired on a dialect other than the store's.
struct DialectTarget {
  let dialect: any Dialect
  let desired: DesiredSchema
  /// Whether this differs from what is desired on the store's dialect.
  let isOwn: Bool
}

/// What records say of revisions that are not applied yet.
struct PendingRevisions {
  /// What the pending revisions do on the store's engine, one after the other.
  let records: [RevisionRecord]
  /// The schema that the applied revisions lead to.
  let applied: Schema
  /// Whether the first of them is half applied, so that the tables match no revision.
  let isHalfApplied: Bool

  /// The tables that the pending revisions change, in the form in which the engine compares names.
  func changedTables(_ dialect: any Dialect) -> Set<TableName> {
    Set(records.flatMap { $0.tables.keys.map { dialect.folded($0) } })
  }
}
